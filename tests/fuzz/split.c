/* Sections: a text becomes records numbered without a gap, which keep its Han characters, wherever its reads end. */
#include <sys/mman.h>
#include <unistd.h>

#include "document.h"
#include "err.h"
#include "fuzz.h"

/* A file in memory that holds text, or is emptied for another. */
static int file(int *fd, const char *name, struct span text)
{
	if (*fd < 0)
		*fd = memfd_create(name, 0);
	FUZZ_CHECK(*fd >= 0 && ftruncate(*fd, 0) == 0 && pwrite(*fd, text.p, text.len, 0) == (ssize_t)text.len);
	return *fd;
}

static void split(struct span text, struct buf *records)
{
	static struct documents *documents;
	static int from = -1, to = -1;
	char name[64], *paths[] = {name, NULL};
	struct in in;
	struct out out;

	if (!documents)
		documents = documents_new();
	snprintf(name, sizeof name, "/proc/self/fd/%d", file(&from, "text", text));
	lseek(file(&to, "records", (struct span){"", 0}), 0, SEEK_SET);
	out_open(&out, dup(to), "records");
	in_open(&in, paths, &out);
	FUZZ_CHECK(in_next(&in) && documents_read(documents, &in, &out, span_of("case")) == RC_OK);
	in_close(&in);
	out_close(&out);
	off_t size = lseek(to, 0, SEEK_END);
	buf_clear(records);
	buf_grow(records, (size_t)size + 1);
	FUZZ_CHECK(pread(to, records->p, (size_t)size, 0) == size);
	records->len = (size_t)size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record r;
	static struct buf text, records, scratch;
	size_t seq = 0, han = 0, marks = 0;
	const char *why = NULL;

	/* The lines of a text are lines here too. */
	buf_clear(&text);
	buf_grow(&text, 1);
	for (size_t i = 0; i < size;) {
		uint32_t c;
		size_t n = utf8_decode((const char *)data + i, size - i, &c);
		if (n && c)
			buf_put(&text, (const char *)data + i, n);
		i += n ? n : 1;
	}
	split(fuzz_span(&text), &records);
	fuzz_records(fuzz_span(&records));
	for (struct span rest = fuzz_span(&records), line, label; fuzz_line(&rest, &line);) {
		size_t at;
		FUZZ_CHECK(record_parse(&r, line, &why) && json_size(r.m[M_seq], SIZE_MAX, &at));
		FUZZ_CHECK(at == seq || at == 0);
		seq = at + 1;
		han += fuzz_han(r.text);
		if (record_string(&r, M_label, &scratch, &label))
			han += fuzz_han(label);
		if (r.m[M_note_refs].p)
			marks += fuzz_han(r.m[M_note_refs]);
	}
	/* Markers leave the text: 注1 with its character, 1 of an entry （一） without. */
	size_t all = fuzz_han(fuzz_span(&text));
	FUZZ_CHECK(han <= all && all <= han + marks);
	return 0;
}
