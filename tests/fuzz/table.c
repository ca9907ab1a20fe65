/* Tables: each row has as many fields as the header, in every table; what is guarded begins no formula. */
#include "fuzz.h"
#include "table.h"

static void guarded(struct span rows)
{
	for (size_t i = 0; i < rows.len; i++)
		if (i == 0 || rows.p[i - 1] == '\t' || rows.p[i - 1] == '\n')
			FUZZ_CHECK(rows.p[i] != '=' && rows.p[i] != '@');
}

static void check(struct span line)
{
	static struct record r;
	static struct buf header, rows;
	static struct table *tables[TABLE_COUNT][2];
	const char *why = NULL;

	if (!record_parse(&r, line, &why))
		return;
	for (int name = 0; name < TABLE_COUNT; name++) {
		for (int guard = 0; guard < 2; guard++) {
			if (!tables[name][guard])
				tables[name][guard] = table_new((enum table_name)name, guard);
			struct table *t = tables[name][guard];
			buf_clear(&header);
			table_header(t, false, &header);
			buf_clear(&rows);
			if (table_rows(t, &r, &rows))
				FUZZ_CHECK(rows.len == 0);
			fuzz_rows(fuzz_span(&header), fuzz_span(&rows));
			if (guard)
				guarded(fuzz_span(&rows));
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span rest = {(const char *)data, size}, line;
	while (fuzz_line(&rest, &line))
		check(line);
	return 0;
}
