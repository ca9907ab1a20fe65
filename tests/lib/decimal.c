/* Exact decimals: what is written is the shortest form of the value, and order is order of values. */
#include <stdio.h>
#include <stdlib.h>

#include "decimal.h"

static int bad;

static void put(const char *mantissa, size_t exp, const char *want)
{
	struct buf b = {0};

	decimal_put(&b, (struct decimal){span_of(mantissa), exp});
	if (b.len != strlen(want) || memcmp(b.p, want, b.len) != 0) {
		printf("%s times 10^%zu: want %s, got %.*s\n", mantissa, exp, want, (int)b.len, b.p);
		bad = 1;
	}
	buf_free(&b);
}

static void order(const char *a, size_t ea, const char *b, size_t eb, int want)
{
	int got = decimal_compare((struct decimal){span_of(a), ea}, (struct decimal){span_of(b), eb});

	if ((got > 0) - (got < 0) != want) {
		printf("%s e%zu against %s e%zu: want %d, got %d\n", a, ea, b, eb, want, got);
		bad = 1;
	}
}

int main(void)
{
	put("0", 0, "0");
	put("000", 8, "0");
	put("0.000", 2, "0");
	put("7", 0, "7");
	put("007", 0, "7");
	put("1.10", 0, "1.1");
	put("100.0", 0, "100");
	put("0.15", 0, "0.15");
	put("00.15", 0, "0.15");
	put("0.0015", 2, "0.15");
	put("0.0015", 4, "15");
	put("0.0015", 6, "1500");
	put("0.00015", 1, "0.0015");
	put("1.31", 12, "1310000000000");
	put("1.31", 1, "13.1");
	put("12.5", 1, "125");
	put("99999999999999999999999999", 8, "9999999999999999999999999900000000");
	put("0.10000000000000000000000001", 4, "1000.0000000000000000000001");
	order("1.2", 4, "12000", 0, 0);
	order("1.20", 0, "1.2", 0, 0);
	order("0.5", 0, "0.05", 1, 0);
	order("0", 3, "0.0", 0, 0);
	order("0", 0, "0.001", 0, -1);
	order("8000", 0, "1.2", 4, -1);
	order("30", 0, "4", 8, -1);
	order("30", 8, "4", 8, 1);
	order("0.09", 0, "0.1", 0, -1);
	order("5", 0, "5.5", 0, -1);
	order("100", 0, "99.9999", 0, 1);
	return bad;
}
