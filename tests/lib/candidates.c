/* candidates: the fast search finds what the plain one finds, in every position of a block, and nothing else. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "candidates.h"
#include "utf8.h"

static uint32_t state = 7;

static uint32_t below(uint32_t n)
{
	state = state * 1664525u + 1013904223u;
	return (state >> 8) % n;
}

int main(void)
{
	/* More classes than the search tells apart. */
	static const uint32_t wanted[] = {'0', '5', '9', '"', U'一', U'万', U'两', U'亿', U'八', U'几', U'十', U'半', U'四',
	                                  U'百', U'翻', U'数', U'零', U'首', U'〇', U'“', U'《', 0xff10, 0xff19, U'ऀ', U'힣', U'€'};
	static struct candidates set;
	static char text[4096];

	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		candidates_add(&set, wanted[i]);
	for (int round = 0; round < 20000; round++) {
		size_t n = 0, limit = below(300);
		while (n < limit) {
			uint32_t c = below(8) == 0 ? wanted[below(sizeof wanted / sizeof *wanted)]
			             : below(4) == 0 ? below(0x80)
			             : below(9) == 0 ? 0x80 + below(0x700)
			             : below(9) == 0 ? 0x10000 + below(0x100000)
			                             : 0x3000 + below(0x7000);
			n += utf8_encode(c, text + n);
		}
		const char *s = text, *end = text + n;
		struct candidates_block block = candidates_begin(s);
		while (s < end) {
			const char *plain = candidates_next_plain(&set, s, end), *fast = candidates_next(&set, &block, s, end);
			if (plain != fast) {
				fprintf(stderr, "candidates: plain %td, fast %td of %zu\n", plain - text, fast - text, n);
				return 1;
			}
			s = plain < end ? plain + utf8_len(*plain) : end;
			/* A reader goes on behind what it took, however far that reaches. */
			for (uint32_t k = below(3) ? 0 : below(40); k > 0 && s < end; k--)
				s += utf8_len(*s);
		}
	}
	return 0;
}
