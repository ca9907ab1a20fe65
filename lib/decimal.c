#include "decimal.h"

/* The value as a run of digits without a point, the first of them not 0, and how many of them, or of the zeros
 * to be thought behind them, stand before the point. */
struct plain {
	const char *p, *end; /* with the point still inside */
	size_t whole;        /* digits before the point; 0 when the value is below 1 */
	size_t zeros;        /* zeros between the point and the first digit, when whole is 0 */
};

static struct plain plain(struct decimal d)
{
	const char *p = d.mantissa.p, *end = p + d.mantissa.len;
	const char *point = memchr(p, '.', d.mantissa.len);
	size_t before = (size_t)((point ? point : end) - p) + d.exp;

	if (point)
		while (end[-1] == '0')
			end--;
	if (point && end == point + 1)
		end = point;
	for (; p < end && (*p == '0' || *p == '.'); p++)
		before -= *p == '0' && before > 0;
	struct plain q = {p, end, p < end ? before : 0, 0};
	/* What was stripped behind the shifted point is counted anew: the subtraction above stops at 0. */
	if (q.whole == 0 && p < end && point) {
		size_t passed = p > point ? (size_t)(p - point - 1) : 0;
		q.zeros = passed - d.exp;
	}
	return q;
}

void decimal_put(struct buf *out, struct decimal d)
{
	/* Most are whole and do not begin with 0. */
	if (*d.mantissa.p != '0' && !memchr(d.mantissa.p, '.', d.mantissa.len)) {
		buf_span(out, d.mantissa);
		for (size_t i = 0; i < d.exp; i++)
			buf_putc(out, '0');
		return;
	}
	struct plain q = plain(d);
	size_t n = 0;

	if (q.p == q.end) {
		buf_putc(out, '0');
		return;
	}
	if (q.whole == 0) {
		buf_puts(out, "0.");
		for (; n < q.zeros; n++)
			buf_putc(out, '0');
		buf_put(out, q.p, (size_t)(q.end - q.p));
		return;
	}
	for (const char *p = q.p; p < q.end; p++) {
		if (*p == '.')
			continue;
		if (n++ == q.whole)
			buf_putc(out, '.');
		buf_putc(out, *p);
	}
	for (; n < q.whole; n++)
		buf_putc(out, '0');
}

/* The next digit of q, 0 when there are no more. */
static char digit(struct plain *q)
{
	if (q->p < q->end && *q->p == '.')
		q->p++;
	return q->p < q->end ? *q->p++ : '0';
}

int decimal_compare(struct decimal a, struct decimal b)
{
	struct plain x = plain(a), y = plain(b);

	if (x.p == x.end || y.p == y.end)
		return (x.p != x.end) - (y.p != y.end);
	if (x.whole != y.whole)
		return x.whole < y.whole ? -1 : 1;
	if (x.zeros != y.zeros)
		return x.zeros > y.zeros ? -1 : 1;
	while (x.p < x.end || y.p < y.end) {
		char m = digit(&x), k = digit(&y);
		if (m != k)
			return m < k ? -1 : 1;
	}
	return 0;
}
