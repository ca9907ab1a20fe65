/* Tables: each row has as many fields as the header, in every table, guarded or not. */
#include "fuzz.h"
#include "table.h"

static size_t tabs(struct span s)
{
	size_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.p[i] == '\t';
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record r;
	static struct buf header, rows;
	static struct table *tables[TABLE_COUNT][2];
	const char *why = NULL;

	if (!record_parse(&r, (struct span){(const char *)data, size}, &why))
		return 0;
	for (int name = 0; name < TABLE_COUNT; name++) {
		for (int guard = 0; guard < 2; guard++) {
			if (!tables[name][guard])
				tables[name][guard] = table_new((enum table_name)name, guard);
			struct table *t = tables[name][guard];
			buf_clear(&header);
			table_header(t, false, &header);
			buf_clear(&rows);
			if (table_rows(t, &r, &rows)) {
				FUZZ_CHECK(rows.len == 0);
				continue;
			}
			FUZZ_CHECK(utf8_valid(rows.p, rows.len) == rows.len);
			for (struct span left = {rows.p, rows.len}; left.len;) {
				const char *lf = memchr(left.p, '\n', left.len);
				FUZZ_CHECK(lf);
				struct span row = {left.p, (size_t)(lf - left.p)};
				FUZZ_CHECK(tabs(row) == tabs((struct span){header.p, header.len}));
				left = (struct span){lf + 1, left.len - row.len - 1};
			}
		}
	}
	return 0;
}
