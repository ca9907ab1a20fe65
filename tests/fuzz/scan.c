/* Scanners: what vector instructions and tables find is what plain loops find. */
#include "candidates.h"
#include "fuzz.h"
#include "lexicon.h"
#include "scan.h"
#include "sentence.h"

static void candidates(struct span text)
{
	static struct candidates set;
	const char *end = text.p + text.len, *fast = text.p, *plain = text.p;

	if (!set.class_count) {
		struct span s = span_of("0123456789\"〇一二三四五六七八九十百千万亿“”《》第几数两多");
		for (size_t i = 0; i < s.len; i += utf8_len(s.p[i]))
			candidates_add(&set, utf8_at(s.p + i));
	}
	struct candidates_block block = candidates_begin(text.p);
	do {
		fast = candidates_next(&set, &block, fast, end);
		plain = candidates_next_plain(&set, plain, end);
		FUZZ_CHECK(fast == plain);
		if (fast == end)
			break;
		FUZZ_CHECK(candidates_has(&set, utf8_at(fast)));
		fast = plain += utf8_len(*plain);
	} while (fast < end);
}

static bool is_stop(uint32_t c)
{
	return c == 0x3002 || c == 0xff01 || c == 0xff1a || c == 0xff1b || c == 0xff08;
}

static void stops(struct span text)
{
	const char *end = text.p + text.len, *s = text.p;

	while (s < end && !is_stop(utf8_at(s)))
		s += utf8_len(*s);
	FUZZ_CHECK(scan_stop(text.p, end) == s);
	for (s = text.p; s < end && !(*s >= '0' && *s <= '9');)
		s++;
	FUZZ_CHECK(scan_digit(text.p, end) == s);
}

static void lexicon(struct span text)
{
	static const char *const words[] = {"一", "一般", "一般公共预算", "一般公共预算收入", "增长", "比上年", "比上年增长", "年", "a", "abc", "0", "。"};
	static struct lexicon *x;
	enum { WORDS = sizeof words / sizeof *words };
	const char *end = text.p + text.len, *found = NULL;
	size_t found_len = 0;
	int32_t found_value = 0;

	if (!x) {
		x = lexicon_new();
		for (int i = 0; i < WORDS; i++)
			lexicon_add(x, span_of(words[i]), i);
		lexicon_build(x);
	}
	for (const char *s = text.p; s < end; s += utf8_len(*s)) {
		size_t best = 0;
		int32_t value = LEXICON_NONE, got;
		for (int i = 0; i < WORDS; i++) {
			size_t len = strlen(words[i]);
			if (len > best && len <= (size_t)(end - s) && memcmp(s, words[i], len) == 0) {
				best = len;
				value = i;
			}
		}
		FUZZ_CHECK(lexicon_longest(x, s, end, &got) == best && got == value);
		if (!found || found < s)
			found = lexicon_search(x, s, end, &found_len, &found_value);
		if (best)
			FUZZ_CHECK(found == s && found_len == best && found_value == value);
		else
			FUZZ_CHECK(!found || found > s);
		if (!found)
			found = end;
	}
}

static void sentences(struct span text)
{
	static struct sentences ss;
	struct points at = points_of(text);
	size_t end = 0;

	sentences_split(&ss, text);
	for (size_t i = 0; i < ss.count; i++) {
		const struct sentence *s = &ss.s[i];
		FUZZ_CHECK(s->start >= end && s->end > s->start && fuzz_boundary(text, s->start) && fuzz_boundary(text, s->end));
		FUZZ_CHECK(points_at(&at, s->start) == s->point && points_at(&at, s->end) == s->point_end);
		FUZZ_CHECK(fuzz_han((struct span){text.p + end, s->start - end}) == 0);
		FUZZ_CHECK(sentence_at_byte(&ss, s->start) == s && sentence_at_point(&ss, s->point) == s);
		end = s->end;
	}
	FUZZ_CHECK(fuzz_han((struct span){text.p + end, text.len - end}) == 0);
	struct span first = sentence_first(text);
	FUZZ_CHECK(ss.count ? first.p == text.p + ss.s[0].start && first.len == ss.s[0].end - ss.s[0].start : !first.len);
}

static void utf8(struct span bytes)
{
	size_t valid = utf8_valid(bytes.p, bytes.len), points = 0, all = 0;

	FUZZ_CHECK(valid == utf8_valid_plain(bytes.p, bytes.len));
	for (size_t i = 0; i < valid; i += utf8_len(bytes.p[i])) {
		size_t ahead = points;
		if (points % 61 == 0)
			FUZZ_CHECK(utf8_offset(bytes.p, valid, &ahead) == i && ahead == 0);
		points++;
	}
	uint64_t *marks[2]; /* of blocks and of bytes, and their signs */
	size_t *signs[2], count[2];
	for (size_t i = 0; i < 2; i++) {
		marks[i] = malloc(UTF8_MARKS(bytes.len) * sizeof *marks[i]);
		signs[i] = malloc(UTF8_SIGNS(bytes.len) * sizeof *signs[i]);
	}
	FUZZ_CHECK(utf8_marks_signs(bytes.p, bytes.len, marks[0], signs[0], &count[0]) == (valid == bytes.len));
	FUZZ_CHECK(utf8_marks_signs_plain(bytes.p, bytes.len, marks[1], signs[1], &count[1]) == (valid == bytes.len));
	FUZZ_CHECK(memcmp(marks[0], marks[1], UTF8_MARKS(bytes.len) * sizeof *marks[0]) == 0);
	FUZZ_CHECK(count[0] == count[1] && memcmp(signs[0], signs[1], count[0] * sizeof *signs[0]) == 0);
	for (size_t i = 0; i < 2; i++) {
		free(marks[i]);
		free(signs[i]);
	}
	all = points + 1;
	FUZZ_CHECK(utf8_count(bytes.p, valid) == points);
	FUZZ_CHECK(utf8_offset(bytes.p, valid, &all) == valid && all == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct buf buf;

	/* As large as it is, so that a look behind the end is seen. */
	char *exact = malloc(size ? size : 1);
	memcpy(exact, data, size);
	utf8((struct span){exact, size});
	struct span text = fuzz_text(data, size, &buf);
	exact = realloc(exact, text.len ? text.len : 1);
	if (text.len)
		memcpy(exact, text.p, text.len);
	text.p = exact;
	candidates(text);
	stops(text);
	lexicon(text);
	sentences(text);
	free(exact);
	return 0;
}
