/* json: the scanner accepts what RFC 8259 does and nothing else, and hands out what was written. */
#include "json.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "err.h"
#include "utf8.h"

static int failed;

static void expect(bool good, const char *promise, const char *s, size_t len)
{
	if (good)
		return;
	fprintf(stderr, "json: broken: %s: %.*s\n", promise, (int)len, s);
	if (++failed > 20)
		exit(1);
}

static uint32_t random_state = 1;

static uint32_t random_below(uint32_t n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)(random_state >> 8) * n >> 24);
}

/* The grammar of RFC 8259 as it stands there, rule by rule: the end of what begins at s, or NULL. */
static const char *rfc_value(const char *s, const char *end);

static const char *rfc_ws(const char *s, const char *end)
{
	while (s < end && memchr(" \t\n\r", *s, 4))
		s++;
	return s;
}

static const char *rfc_digits(const char *s, const char *end)
{
	const char *from = s;
	while (s < end && *s >= '0' && *s <= '9')
		s++;
	return s > from ? s : NULL;
}

static const char *rfc_number(const char *s, const char *end)
{
	if (s < end && *s == '-')
		s++;
	/* No more digits behind a leading zero; the scanner says so at once, not when it looks for what follows. */
	if (s < end && *s == '0')
		s = s + 1 < end && s[1] >= '0' && s[1] <= '9' ? NULL : s + 1;
	else
		s = rfc_digits(s, end);
	if (!s)
		return NULL;
	if (s < end && *s == '.' && !(s = rfc_digits(s + 1, end)))
		return NULL;
	if (s < end && (*s == 'e' || *s == 'E')) {
		s++;
		if (s < end && (*s == '+' || *s == '-'))
			s++;
		s = rfc_digits(s, end);
	}
	return s;
}

static const char *rfc_string(const char *s, const char *end)
{
	if (s == end || *s != '"')
		return NULL;
	for (s++; s < end && *s != '"'; s++) {
		if ((unsigned char)*s < 0x20)
			return NULL;
		if (*s != '\\')
			continue;
		if (++s == end || !memchr("\"\\/bfnrtu", *s, 9))
			return NULL;
		if (*s == 'u') {
			for (int i = 0; i < 4; i++)
				if (++s == end || !memchr("0123456789abcdefABCDEF", *s, 22))
					return NULL;
		}
	}
	return s < end ? s + 1 : NULL;
}

/* begin-object [ member *( value-separator member ) ] end-object, and the like for arrays. */
static const char *rfc_list(const char *s, const char *end, bool object)
{
	s = rfc_ws(s + 1, end);
	if (s < end && *s == (object ? '}' : ']'))
		return s + 1;
	for (;;) {
		if (object) {
			s = rfc_string(s, end);
			if (!s)
				return NULL;
			s = rfc_ws(s, end);
			if (s == end || *s != ':')
				return NULL;
			s = rfc_ws(s + 1, end);
		}
		s = rfc_value(s, end);
		if (!s)
			return NULL;
		s = rfc_ws(s, end);
		if (s == end)
			return NULL;
		if (*s == (object ? '}' : ']'))
			return s + 1;
		if (*s != ',')
			return NULL;
		s = rfc_ws(s + 1, end);
	}
}

static const char *rfc_value(const char *s, const char *end)
{
	if (s == end)
		return NULL;
	if (*s == '{' || *s == '[')
		return rfc_list(s, end, *s == '{');
	if (*s == '"')
		return rfc_string(s, end);
	if (end - s >= 4 && (memcmp(s, "true", 4) == 0 || memcmp(s, "null", 4) == 0))
		return s + 4;
	if (end - s >= 5 && memcmp(s, "false", 5) == 0)
		return s + 5;
	return rfc_number(s, end);
}

static size_t check(const char *s, size_t len, json_each *each, void *self, const char **why)
{
	uint64_t *marks = xmalloc(UTF8_MARKS(len) * sizeof *marks);
	bool plain;

	utf8_marks(s, len, marks, &plain);
	size_t got = json_check(s, len, marks, each, NULL, self, why);
	free(marks);
	return got;
}

struct seen {
	size_t members;
	const char *end; /* of the member told last */
};

static const char *see(void *self, struct span name, struct span value)
{
	struct seen *seen = self;
	const char *end = value.p + value.len;

	expect(name.p[-1] == '"' && name.p[name.len] == '"' && name.p > seen->end, "names are told in order", name.p,
	       name.len);
	expect(rfc_value(value.p, end) == end && json_skip(value.p, end) == value.len, "values are told whole",
	       value.p, value.len);
	seen->members++;
	seen->end = end;
	return NULL;
}

/* How many elements an array has, by going into those that can be gone into. */
static size_t entered(struct span array)
{
	struct json_walk w = json_walk(array), inner;
	struct span name, value;
	size_t n = 0;

	for (;; n++) {
		if (json_enter(&w, &inner)) {
			bool object = inner.at[-1] == '{';
			while (object ? json_member(&inner, &name, &value) : json_element(&inner, &value))
				;
			json_leave(&w, &inner);
		} else if (!json_element(&w, &value)) {
			return n;
		}
	}
}

static void judge(const char *s, size_t len)
{
	/* A copy of that very size, so that a sanitizer sees a byte read too much. */
	char *exact = xmalloc(len);
	const char *why = NULL;
	struct seen seen = {0};
	struct span name, value;

	memcpy(exact, s, len);
	const char *end = rfc_value(exact, exact + len);
	size_t want = end ? (size_t)(end - exact) : 0, got = check(exact, len, see, &seen, &why);
	expect(got == want, "the scanner judges as the grammar does", s, len);
	expect(got || why, "a fault is named", s, len);
	if (got) {
		struct json_walk w = json_walk((struct span){exact, got});
		size_t n = 0;
		expect(json_skip(exact, exact + got) == got, "a good value is passed over whole", s, len);
		while (*exact == '{' ? json_member(&w, &name, &value) : json_element(&w, &value)) {
			expect(rfc_value(value.p, value.p + value.len) == value.p + value.len,
			       "elements are handed out whole", s, len);
			n++;
		}
		expect(*exact != '{' || n == seen.members, "all members are told", s, len);
		expect(*exact != '[' || entered((struct span){exact, got}) == n, "elements are gone into and left", s, len);
	}
	free(exact);
}

/* Every text of up to six tokens, and every one of up to five bytes that matter. */
static void small_texts(void)
{
	static const char *const tokens[] = {"{", "}", "[", "]", ",", ":", "\"a\"", "0", " ", "null"};
	static const char bytes[] = "[]\"\\u0-1.eE+,t\x01";
	enum { T = sizeof tokens / sizeof *tokens, B = sizeof bytes - 1 };
	char s[64];

	for (size_t n = 0; n <= 6; n++) {
		size_t all = 1;
		for (size_t i = 0; i < n; i++)
			all *= T;
		for (size_t k = 0; k < all; k++) {
			size_t len = 0;
			for (size_t i = 0, rest = k; i < n; i++, rest /= T) {
				size_t t = strlen(tokens[rest % T]);
				memcpy(s + len, tokens[rest % T], t);
				len += t;
			}
			judge(s, len);
		}
	}
	for (size_t n = 0; n <= 5; n++) {
		size_t all = 1;
		for (size_t i = 0; i < n; i++)
			all *= B;
		for (size_t k = 0; k < all; k++) {
			for (size_t i = 0, rest = k; i < n; i++, rest /= B)
				s[i] = bytes[rest % B];
			judge(s, n);
		}
	}
}

/* Long texts, right but for one byte, the special ones at each place of a block. */
static void long_texts(void)
{
	static const char pattern[] = "{\"doc\":\"a\\u00e9\\n\",\"seq\":12345678901234567890,\"list\":[-0.5e-7, true,[],{}],"
	                              "\"text\":\"%s\\\\\" , \"last\" : { \"in\" : [ null , false ] } }";
	static const char odd[] = "\"\\,:[]{}0x \x1f\x7f";
	char filler[200], s[512];

	for (size_t fill = 0; fill < sizeof filler - 1; fill++) {
		memset(filler, 'x', fill);
		filler[fill] = '\0';
		size_t len = (size_t)snprintf(s, sizeof s, pattern, filler);
		judge(s, len);
		for (size_t at = 0; at < len; at++) {
			char old = s[at];
			s[at] = odd[random_below(sizeof odd)];
			judge(s, len);
			judge(s, at);
			s[at] = old;
		}
	}
}

static void strings(void)
{
	static const struct { const char *json, *want; size_t len; } cases[] = {
		{"\"\"", "", 0},
		{"\"abc\"", "abc", 3},
		{"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t", 8},
		{"\"a\\u0000b\"", "a\0b", 3},
		{"\"\\u4e2D\\ud83d\\uDE00x\"", "\xe4\xb8\xad\xf0\x9f\x98\x80x", 8},
		{"\"\\ud83d\"", NULL, 0},
		{"\"\\ude00\"", NULL, 0},
		{"\"\\ud83dx\"", NULL, 0},
		{"\"\\ud83d\\n\"", NULL, 0},
		{"\"\\ud83d\\ud83d\"", NULL, 0},
		{"12", NULL, 0},
	};
	struct buf scratch = {0};
	struct span out;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bool good = json_string(span_of(cases[i].json), &scratch, &out);
		expect(good == (cases[i].want != NULL), "strings are Unicode or refused", cases[i].json,
		       strlen(cases[i].json));
		expect(!good || (out.len == cases[i].len && memcmp(out.p, cases[i].want, out.len) == 0),
		       "escapes are undone", cases[i].json, strlen(cases[i].json));
	}
	/* What buf_put_json writes is read back as it was. */
	for (int round = 0; round < 20000; round++) {
		char s[100];
		struct buf json = {0};
		size_t len = random_below(sizeof s);
		for (size_t i = 0; i < len; i++)
			s[i] = (char)(random_below(8) ? 'a' + random_below(26) : random_below(128));
		buf_put_json(&json, s, len);
		expect(rfc_string(json.p, json.p + json.len) == json.p + json.len &&
		       json_string((struct span){json.p, json.len}, &scratch, &out) && out.len == len &&
		       memcmp(out.p, s, len) == 0, "a string that was written is read back", json.p, json.len);
		buf_free(&json);
	}
	buf_free(&scratch);
}

static void depth(void)
{
	const char *why = NULL;
	size_t n = 100000;
	char *s = xmalloc(2 * n);

	memset(s, '[', n);
	memset(s + n, ']', n);
	expect(check(s, 2 * n, NULL, NULL, &why) == 0 && strcmp(why, "nested too deep") == 0,
	       "deep nesting is refused", s, 10);
	expect(check(s + n - JSON_DEPTH, 2 * JSON_DEPTH, NULL, NULL, &why) == 2 * JSON_DEPTH,
	       "nesting to the limit is accepted", s, 10);
	expect(json_skip(s, s + 2 * n) == 2 * n, "passing over needs no stack", s, 10);
	free(s);
}

static void sizes(void)
{
	static const struct { const char *s; size_t max; bool good; size_t want; } cases[] = {
		{"0", 9, true, 0}, {"9", 9, true, 9}, {"10", 9, false, 0}, {"-1", 9, false, 0}, {"1.0", 9, false, 0},
		{"18446744073709551615", SIZE_MAX, true, SIZE_MAX}, {"18446744073709551616", SIZE_MAX, false, 0},
		{"99999999999999999999999999", SIZE_MAX, false, 0}, {"\"1\"", 9, false, 0}, {"1e1", 99, false, 0},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t n = 0;
		expect(json_size(span_of(cases[i].s), cases[i].max, &n) == cases[i].good && n == cases[i].want,
		       "whole numbers are read up to the limit", cases[i].s, strlen(cases[i].s));
	}
}

int main(void)
{
	small_texts();
	long_texts();
	strings();
	depth();
	sizes();
	return failed != 0;
}
