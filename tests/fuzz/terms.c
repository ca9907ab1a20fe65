/* Counted words: each row has as many fields as the header, and each list counts what a plain search counts. */
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "tally.h"
#include "terms.h"

static const char *const words[] = {"发展", "高质量发展", "质量", "民生", "生", "a", "ab", "保障民生", "发展质"};
enum { WORDS = sizeof words / sizeof *words };
static struct terms terms;

static void open_list(void)
{
	static char path[64];
	int fd = memfd_create("terms", 0);

	dprintf(fd, "category\tterm\n");
	for (int i = 0; i < WORDS; i++)
		dprintf(fd, "%d\t%s\n", i % 3, words[i]);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	terms_open(&terms, path);
}

static void count(struct span text)
{
	size_t counts[WORDS] = {0}, plain[WORDS] = {0};

	terms_count(&terms, text, counts);
	for (size_t i = 0; i < text.len;) {
		int best = -1;
		for (int w = 0; w < WORDS; w++) {
			size_t len = strlen(words[w]);
			if (len <= text.len - i && !memcmp(words[w], text.p + i, len) && (best < 0 || len > strlen(words[best])))
				best = w;
		}
		i += best < 0 ? utf8_len(text.p[i]) : strlen(words[best]);
		if (best >= 0)
			plain[best]++;
	}
	FUZZ_CHECK(memcmp(counts, plain, sizeof counts) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct record r;
	static struct buf header, rows;
	const char *why;

	if (!terms.n)
		open_list();
	for (int i = 0; i < 2 * TALLY_BYS; i++) {
		struct tally t = {.by = (enum tally_by)(i / 2), .each = i % 2, .lists = &terms, .lists_n = 1};
		struct span rest = {(const char *)data, size}, line;
		buf_clear(&header);
		buf_clear(&rows);
		tally_open(&t);
		tally_header(&t, &header);
		while (fuzz_line(&rest, &line)) {
			if (!record_parse(&r, line, &why))
				continue;
			size_t before = rows.len;
			if (tally_record(&t, &r, &rows))
				FUZZ_CHECK(rows.len == before);
			if (i == 0)
				count(r.text);
		}
		tally_end(&t, &rows);
		tally_close(&t);
		fuzz_rows(fuzz_span(&header), fuzz_span(&rows));
	}
	return 0;
}
