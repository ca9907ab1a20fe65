/* annotations: offsets in code points become bytes, whatever the order; what does not lie in the text is refused. */
#include "annotations.h"

#include <stdio.h>
#include <stdlib.h>

static struct record r;
static struct annotations a;

static const char *read_line(const char *line)
{
	const char *why = NULL;

	if (!record_parse(&r, span_of(line), &why)) {
		printf("no record: %s: %s\n", line, why);
		exit(1);
	}
	return annotations_read(&a, &r);
}

static void check(int good, const char *what)
{
	if (good)
		return;
	printf("%s\n", what);
	exit(1);
}

static void refused(const char *line)
{
	check(read_line(line) != NULL, line);
}

/* A text of n times 甲a, with a number at each code point, last first. */
static void every_place(size_t n)
{
	struct buf line = {0};

	buf_puts(&line, "{\"text\":\"");
	for (size_t i = 0; i < n; i++)
		buf_puts(&line, "甲a");
	buf_puts(&line, "\",\"numbers\":[");
	for (size_t i = 2 * n; i-- > 0;) {
		buf_puts(&line, "{\"start\":");
		buf_put_size(&line, i);
		buf_puts(&line, ",\"end\":");
		buf_put_size(&line, i + 1);
		buf_puts(&line, i ? "}," : "}");
	}
	buf_puts(&line, "]}");
	buf_putc(&line, '\0');
	check(!read_line(line.p), "every place: refused");
	check(a.numbers.n == 2 * n && a.points == 2 * n, "every place: count");
	for (size_t i = 0; i < 2 * n; i++) {
		size_t point = 2 * n - 1 - i;
		check(a.numbers.a[i].at.start == point / 2 * 4 + point % 2 * 3, "every place: start");
		check(a.numbers.a[i].at.from == point, "every place: from");
	}
	buf_free(&line);
}

int main(void)
{
	every_place(1);
	every_place(31);
	every_place(32);
	every_place(200);

	check(!read_line("{\"text\":\"\"}") && a.numbers.n == 0 && a.facts.n == 0, "empty");
	check(!read_line("{\"text\":\"甲乙\",\"entities\":[{\"start\":2,\"end\":2}]}") && a.entities.a[0].at.end == 6, "the end");
	check(!read_line("{\"text\":\"城乡居民\",\"facts\":[{\"subject\":[\"城\",\"居民\"],\"subject_start\":[0,2],\"subject_end\":[1,4]},{}]}") &&
	      a.facts.a[0].subjects == 2 && a.subjects[1].start == 6 && a.facts.a[1].subjects == 0 &&
	      a.facts.a[0].number == ANNOTATION_NONE, "subject of two stretches");

	refused("{\"text\":\"甲\",\"numbers\":{}}");
	refused("{\"text\":\"甲\",\"numbers\":[1]}");
	refused("{\"text\":\"甲\",\"numbers\":[{}]}");
	refused("{\"text\":\"甲\",\"numbers\":[{\"start\":0,\"end\":2}]}");
	refused("{\"text\":\"甲\",\"numbers\":[{\"start\":1,\"end\":0}]}");
	refused("{\"text\":\"甲\",\"numbers\":[{\"start\":-1,\"end\":0}]}");
	refused("{\"text\":\"甲\",\"numbers\":[{\"start\":\"0\",\"end\":1}]}");
	refused("{\"text\":\"甲\",\"entities\":[{\"start\":0,\"end\":99999999999999999999}]}");
	refused("{\"text\":\"甲\",\"facts\":[{\"number\":0}]}");
	refused("{\"text\":\"甲\",\"facts\":[{\"subject_start\":0}]}");
	refused("{\"text\":\"甲\",\"facts\":[{\"subject_start\":[0],\"subject_end\":[1,1]}]}");
	refused("{\"text\":\"甲\",\"facts\":[{\"subject_start\":[0,0],\"subject_end\":[1]}]}");
	annotations_free(&a);
	record_free(&r);
	return 0;
}
