/* fold: the fast scanner and the portable one, any cut and any repetition give the same text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "fold.h"
#include "tsv.h"
#include "utf8.h"

static uint32_t random_state = 7;

static uint32_t random_below(uint32_t n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(random_state >> 8) * n >> 24);
}

/* Characters with which something can happen, and a few with which nothing does. */
static const char *const pieces[] = {
	"推进", "改革", "年", "二", "一", "九", "〇", "○", "0", "O", "o", "０", "5", "12", "３", "．", ".", ",", "，", ":", "：",
	"∶", ";", "；", "!", "？", "(", ")", "（", "）", "\"", "'", "“", "”", "‘", "’", "「", "」", "『", "-", "--", "－", "–", "—",
	"―", "~", "～", "%", "％", "‰", "℃", "㎡", "Ⅲ", "①", "⑴", "㈠", "²", "₃", "½", "⒈", "_", "^", "{", "}", "_{2.5}", "PM",
	"GDP", "Ａ", "b", " ", "  ", "\t", "　", "\xc2\xa0", "\xe2\x80\x8b", "\xef\xbb\xbf", "\x07", "、", "。", "《", "》", "…",
	"六", "⼀", "º", "⁰", "₀", "ǈ", "⒕", "㍘", "㏻", "㎧", "｛", "｝", "＿", "é", "ﬁ", "\xf0\x9d\x90\x80", "\xf0\x9d\x9f\x8e", "\xf0\x9f\x98\x80", "\xf3\xa0\x81\x81", "、。《》，；", "增长6.5%，其中：",
};

static void make_text(struct buf *b)
{
	/* Short ones come in more ways: the fewer pieces, the more often two that matter meet. */
	uint32_t n = 1 + random_below(random_below(2) ? 60 : 6);

	buf_clear(b);
	for (uint32_t i = 0; i < n; i++) {
		if (random_below(10)) {
			buf_puts(b, pieces[random_below(sizeof pieces / sizeof *pieces)]);
		} else {
			/* Where most of the table's characters are. */
			char any[4];
			buf_put(b, any, utf8_encode(0xa0 + random_below(0x3400 - 0xa0), any));
		}
	}
}

/* Folds text in stretches of random length, 0 for all at once. */
static void fold(struct fold *f, struct span text, uint32_t longest, struct buf *out)
{
	struct buf rest = {0};

	for (size_t at = 0; longest && at < text.len;) {
		size_t n = 1 + random_below(longest);
		n = n < text.len - at ? n : text.len - at;
		while (at + n < text.len && ((unsigned char)text.p[at + n] & 0xc0) == 0x80)
			n++;
		buf_put(&rest, text.p + at, n);
		at += n;
		size_t used = fold_feed(f, (struct span){rest.p, rest.len}, false);
		memmove(rest.p, rest.p + used, rest.len - used);
		rest.len -= used;
	}
	if (!longest)
		buf_span(&rest, text);
	fold_feed(f, (struct span){rest.p, rest.len}, true);
	buf_clear(out);
	buf_span(out, (struct span){fold_text(f)->p, fold_text(f)->len});
	buf_clear(fold_text(f));
	buf_free(&rest);
}

static void expect_same(const char *promise, const struct buf *text, const struct buf *a, const struct buf *b)
{
	if (a->len == b->len && (a->len == 0 || memcmp(a->p, b->p, a->len) == 0))
		return;
	fprintf(stderr, "fold: broken: %s\n%.*s\n%.*s\n%.*s\n", promise, (int)text->len, text->p, (int)a->len, a->p,
	        (int)b->len, b->p);
	exit(1);
}

int main(int argc, char *argv[])
{
	struct buf text = {0}, all = {0}, cut = {0}, plain = {0}, again = {0};

	(void)argc;
	err_program(argv[0]);
	char *path = tsv_own("fold.tsv");
	struct fold *f = fold_new(path), *slow = fold_beside(f);
	fold_plain(slow, true);
	for (int i = 0; i < 40000; i++) {
		make_text(&text);
		struct span s = {text.p, text.len};
		fold(f, s, 0, &all);
		fold(f, s, 1 + random_below(40), &cut);
		expect_same("any cut gives the same text", &text, &all, &cut);
		fold(slow, s, 0, &plain);
		expect_same("both scanners give the same text", &text, &all, &plain);
		fold(f, (struct span){all.p, all.len}, 0, &again);
		expect_same("folding twice is folding once", &text, &all, &again);
		if (utf8_valid(all.p, all.len) != all.len)
			expect_same("the text is UTF-8", &text, &all, &text);
	}
	fold_free(slow);
	fold_free(f);
	buf_free(&text);
	buf_free(&all);
	buf_free(&cut);
	buf_free(&plain);
	buf_free(&again);
	free(path);
	return 0;
}
