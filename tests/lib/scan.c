/* scan: the fast ways find what a look at each byte finds, wherever it stands and however little may be read. */
#include <stdio.h>
#include <string.h>

#include "scan.h"

enum { SIZE = 700 };

static int is_stop(const char *s)
{
	return memcmp(s, "。", 3) == 0 || memcmp(s, "（", 3) == 0 || memcmp(s, "：", 3) == 0 || memcmp(s, "；", 3) == 0 || memcmp(s, "！", 3) == 0;
}

static int is_opening(const char *s)
{
	return memcmp(s, "“", 3) == 0 || memcmp(s, "《", 3) == 0 || memcmp(s, "「", 3) == 0 || memcmp(s, "（", 3) == 0;
}

int main(void)
{
	static const char *const pieces[] = {"。", "，", "（", "）", "：", "；", "！", "字", "《", "7", "“", "「", "『", "〈", "”", "a", "㊣", " "};
	char text[SIZE + 8];
	size_t len;
	unsigned seed = 1;

	for (int round = 0; round < 3000; round++) {
		for (len = 0; len < SIZE;) {
			seed = seed * 1103515245u + 12345u;
			const char *piece = pieces[(seed >> 16) % (round % 3 ? 18 : 8)];
			memcpy(text + len, piece, strlen(piece));
			len += strlen(piece);
		}
		size_t from = 0, to = (seed >> 8) % len;
		while (to < len && ((unsigned char)text[to] & 0xc0) == 0x80)
			to++;
		for (const char *s = text, *end = text + to; s < end; s++, from++) {
			s = scan_stop(s, end);
			while (from < to && (to - from < 3 || !is_stop(text + from)))
				from++;
			if (s != text + from)
				return fprintf(stderr, "scan: round %d: stop at %td, expected %zu\n", round, s - text, from), 1;
			if (s == end)
				break;
		}
		from = 0;
		for (const char *s = text, *end = text + to; s < end; s++, from++) {
			s = scan_opening(s, end);
			while (from < to && (to - from < 3 || !is_opening(text + from)))
				from++;
			if (s != text + from)
				return fprintf(stderr, "scan: round %d: opening at %td, expected %zu\n", round, s - text, from), 1;
			if (s == end)
				break;
		}
		size_t digit = strcspn(text, "0123456789");
		text[len] = '\0';
		digit = strcspn(text, "0123456789");
		if (scan_digit(text, text + len) != text + digit)
			return fprintf(stderr, "scan: round %d: digit\n", round), 1;
		static const char *const words[] = {"。，", "7a", "（）：", "字字a（", "！；：）（"};
		for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
			struct span part = {text + len - to, to};
			if (scan_word(part, words[i]) != memmem(part.p, part.len, words[i], strlen(words[i])))
				return fprintf(stderr, "scan: round %d: word\n", round), 1;
		}
	}
	return 0;
}
