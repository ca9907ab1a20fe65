/* sentence: where sentences end, in bytes and in code points. */
#include <stdint.h>
#include <stdio.h>

#include "sentence.h"
#include "utf8.h"

static int failed;

/* Splits text; the sentences, joined with |, must be want. */
static void splits(const char *text, const char *want)
{
	struct sentences ss = {0};
	struct buf got = {0};

	sentences_split(&ss, span_of(text));
	for (size_t i = 0; i < ss.count; i++) {
		const struct sentence *s = &ss.s[i];
		if (i)
			buf_putc(&got, '|');
		buf_put(&got, text + s->start, s->end - s->start);
		if (s->point != utf8_count(text, s->start) || s->point_end != utf8_count(text, s->end) ||
		    sentence_at_point(&ss, s->point) != s || sentence_at_point(&ss, s->point_end - 1) != s ||
		    sentence_at_byte(&ss, s->start) != s || sentence_at_byte(&ss, s->end - 1) != s) {
			fprintf(stderr, "sentence: offsets of number %zu in %s\n", i, text);
			failed = 1;
		}
	}
	if (got.len != strlen(want) || (got.len && memcmp(got.p, want, got.len) != 0)) {
		fprintf(stderr, "sentence: got      %.*s\n          expected %s\n", (int)got.len, got.p, want);
		failed = 1;
	}
	sentences_free(&ss);
	buf_free(&got);
}

int main(void)
{
	struct sentences none = {0};

	splits("", "");
	splits("  \n", "");
	splits("粮食总产量稳定在31万吨", "粮食总产量稳定在31万吨");
	splits("增长6.5%。比上年提高。", "增长6.5%。|比上年提高。");
	splits("增长6.5%。　比上年 提高。 \n下一行", "增长6.5%。|比上年 提高。|下一行");
	splits("大家都说“好！”我们继续干。", "大家都说“好！”|我们继续干。");
	splits("响起“加油！”的呼声，久久不息！！？结束", "响起“加油！”的呼声，久久不息！！？|结束");
	splits("（见附件。）。另起", "（见附件。）。|另起");
	splits("短。长一些的句子走过十六个字节的界线才到句号。尾", "短。|长一些的句子走过十六个字节的界线才到句号。|尾");
	/* 倡 and 怡 have bytes that stand for ! in a character of two. */
	splits("发出绿色倡议", "发出绿色倡议");
	splits("再次走过十六个字节，新建成一座怡园。开放", "再次走过十六个字节，新建成一座怡园。|开放");
	splits("完成投资12.3亿元；其中民间投资5亿元。", "完成投资12.3亿元；其中民间投资5亿元。");
	splits("Growth was 5%! Was it enough? \"Yes!\" they said", "Growth was 5%!|Was it enough?|\"Yes!\"|they said");
	splits("“好！”、‘行？’，「去。」；『来。』：（对！）的《书。》【注。】〔完。〕末", "“好！”、‘行？’，「去。」；『来。』：（对！）的《书。》|【注。】|〔完。〕|末");
	splits("(ok!),后面\"好?\";又(是!):是", "(ok!),后面\"好?\";又(是!):是");
	splits("一。\t\r\n二！\n\n三", "一。|二！|三");
	/* More sentences than are room for at first. */
	{
		struct sentences many = {0};
		struct buf text = {0};
		for (int i = 0; i < 300; i++)
			buf_puts(&text, "完成投资。");
		sentences_split(&many, (struct span){text.p, text.len});
		if (many.count != 300 || many.s[299].point_end != 1500 || sentence_at_point(&many, 1500) != &many.s[299] ||
		    sentence_at_byte(&many, SIZE_MAX) != &many.s[299]) {
			fprintf(stderr, "sentence: the last one is not that of what lies behind it\n");
			failed = 1;
		}
		sentences_free(&many);
		buf_free(&text);
	}
	struct span first = sentence_first(span_of(" \n开局良好。后来更好。"));
	if (!span_is(first, "开局良好。") || sentence_first(span_of(" ")).len) {
		fprintf(stderr, "sentence: first is %.*s\n", (int)first.len, first.p);
		failed = 1;
	}
	if (sentence_at_point(&none, 0) || sentence_at_byte(&none, 7))
		failed = 1;
	return failed;
}
