#include "json.h"

#include "scan.h"
#include "utf8.h"

#if defined __SSE2__
const char *json_plain_long(const char *s, const char *end)
{
	for (; end - s >= 64; s += 64) {
		__m128i any = _mm_or_si128(_mm_or_si128(json_special(s), json_special(s + 16)),
		                           _mm_or_si128(json_special(s + 32), json_special(s + 48)));
		if (_mm_movemask_epi8(any))
			break;
	}
	for (; end - s >= 16; s += 16) {
		int mask = _mm_movemask_epi8(json_special(s));
		if (mask)
			return s + __builtin_ctz((unsigned)mask);
	}
	/* The last block overlaps the one before, where there was nothing. */
	int mask = _mm_movemask_epi8(json_special(end - 16));
	return mask ? end - 16 + __builtin_ctz((unsigned)mask) : end;
}
#endif

const char *json_plain_short(const char *s, const char *end)
{
	while (s < end && *s != '"' && *s != '\\' && (unsigned char)*s >= 0x20)
		s++;
	return s;
}

static bool hex4(const char *s, const char *end, uint32_t *c)
{
	*c = 0;
	if (end - s < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		char h = s[i];
		uint32_t d = h >= '0' && h <= '9' ? (uint32_t)(h - '0')
		           : h >= 'a' && h <= 'f' ? (uint32_t)(h - 'a' + 10)
		           : h >= 'A' && h <= 'F' ? (uint32_t)(h - 'A' + 10) : 16;
		if (d == 16)
			return false;
		*c = *c << 4 | d;
	}
	return true;
}

/* What is checked, with the marks of its bytes. */
struct text {
	const char *begin, *end;
	const uint64_t *marks;
};

/* The end of the string whose opening quote is at s, or NULL. */
static inline const char *check_string(const char *s, const struct text *t, const char **why)
{
	uint32_t c;

	for (s++;;) {
		size_t at = utf8_mark(t->marks, (size_t)(s - t->begin));
		if (at >= (size_t)(t->end - t->begin)) {
			*why = "a string that does not end";
			return NULL;
		}
		s = t->begin + at;
		if (*s == '"')
			return s + 1;
		if (*s != '\\') {
			*why = "a control character in a string";
			return NULL;
		}
		s++;
		if (s < t->end && *s == 'u' ? !hex4(s + 1, t->end, &c) : s == t->end || !*s || !strchr("\"\\/bfnrt", *s)) {
			*why = "a bad escape in a string";
			return NULL;
		}
		s += *s == 'u' ? 5 : 1;
	}
}

static inline const char *check_number(const char *s, const char *end)
{
	const char *from;

	if (*s == '-')
		s++;
	from = s;
	s = scan_digits(s, end);
	if (s == from || (*from == '0' && s - from > 1))
		return NULL;
	if (s < end && *s == '.') {
		from = ++s;
		s = scan_digits(s, end);
		if (s == from)
			return NULL;
	}
	if (s < end && (*s == 'e' || *s == 'E')) {
		s++;
		if (s < end && (*s == '+' || *s == '-'))
			s++;
		from = s;
		s = scan_digits(s, end);
		if (s == from)
			return NULL;
	}
	return s;
}

static inline const char *check_scalar(const char *s, const struct text *t, const char **why)
{
	static const struct span words[] = {{"true", 4}, {"false", 5}, {"null", 4}};
	const char *end = t->end;

	if (*s == '"')
		return check_string(s, t, why);
	*why = "not a JSON value";
	if (*s == '-' || (*s >= '0' && *s <= '9'))
		return check_number(s, end);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if ((size_t)(end - s) >= words[i].len && memcmp(s, words[i].p, words[i].len) == 0)
			return s + words[i].len;
	return NULL;
}

/* Names that were found good, each with its quotes and its colon, and the one that followed it last time. The objects
 * of one writer have their members in one order: to guess the next name and to compare it costs less than to look for
 * its end, which the processor would have to wait for before it reads on. */
enum { NAME_BITS = 7, NAMES = 1 << NAME_BITS, FIRST = NAMES, FIRST_WITHIN, ROOM = 4 };
struct names {
	struct json_name name[NAMES];
	unsigned char next[NAMES + 2];
	unsigned char last; /* in front of the first one: FIRST in the outermost object, FIRST_WITHIN in others */
};

static inline void learn(struct names *n, const char *s, size_t len)
{
	uint64_t half[2] = {0, 0};

	memcpy(half, s, len);
	/* Told apart by this factor are nearly all names that the filters write. */
	size_t slot = (half[0] + half[1]) * 0xc84f69d7c42cf7e9u >> (64 - NAME_BITS);
	n->next[n->last] = (unsigned char)slot;
	n->last = (unsigned char)slot;
	n->name[slot].len = len;
	memcpy(n->name[slot].bytes, half, sizeof half);
}

/* The length of the name that is guessed to stand at s, with quotes and colon, or 0. */
static inline size_t guess(struct names *n, const char *s, const char *end)
{
	unsigned char slot = n->next[n->last];

	if (!json_named(&n->name[slot], s, end))
		return 0;
	n->last = slot;
	return n->name[slot].len;
}

/* The start of the value behind the name and the colon that begin at s, or NULL. */
static inline const char *check_name(const char *s, const struct text *t, struct names *names, struct span *name,
                                     const char **why)
{
	const char *p, *end = t->end;
	size_t len = guess(names, s, end);

	if (len) {
		*name = (struct span){s + 1, len - 3};
		return json_space(s + len, end);
	}
	if (s == end || *s != '"') {
		*why = "a member without a name";
		return NULL;
	}
	p = check_string(s, t, why);
	if (!p)
		return NULL;
	*name = (struct span){s + 1, (size_t)(p - s) - 2};
	p = json_space(p, end);
	if (p == end || *p != ':') {
		*why = "a member without a colon";
		return NULL;
	}
	p++;
	if (name->len + 3 == (size_t)(p - s) && p - s <= 16)
		learn(names, s, (size_t)(p - s));
	else
		names->last = FIRST;
	return json_space(p, end);
}

/* Goes on over members as the filters write them, without white space, their values strings without escapes or whole
 * numbers, and into the objects that follow if listed says that the one in which the value at s begins stands in an array:
 * most of a line of annotations. The end of the last value passed, NULL when none was: what comes then is left to who knows all of
 * JSON. */
static inline const char *check_members(const char *s, const struct text *t, struct names *names, bool listed)
{
	const char *behind = NULL, *p = s, *end = t->end;

	/* Room for the shortest that may follow a value saves asking for the end. */
	while (end - p >= ROOM) {
		if (*p == '"') {
			size_t at = utf8_mark(t->marks, (size_t)(p + 1 - t->begin));
			if (at + ROOM > (size_t)(end - t->begin) || t->begin[at] != '"')
				break;
			p = t->begin + at + 1;
		} else if (*p > '0' && *p <= '9') {
			p = scan_digits(p, end);
			if (end - p < ROOM || (*p != ',' && *p != '}'))
				break;
		} else {
			break;
		}
		behind = p;
		if (*p == ',') {
			p++;
		} else if (listed && *p == '}' && p[1] == ',' && p[2] == '{') {
			p += 3;
			names->last = FIRST_WITHIN;
		} else {
			break;
		}
		size_t len = guess(names, p, end);
		if (!len)
			break;
		p += len;
	}
	return behind;
}

size_t json_check(const char *s, size_t len, const uint64_t *marks, json_each *each, json_array *array, void *self,
                  const char **why)
{
	const char *p = s, *end = s + len, *value = s;
	const struct text t = {s, end, marks};
	char closers[JSON_DEPTH]; /* what will end each of the open objects and arrays */
	struct span name, outer = {0};
	static _Thread_local struct names names; /* what it guesses changes no answer */
	unsigned char outermost = FIRST; /* the last name of the outermost object */
	size_t depth = 0;

	if (len == 0) {
		*why = "no JSON value";
		return 0;
	}
	for (;;) {
		/* Here a value begins. */
		bool opened = false;
		if (p == end) {
			*why = "an object or array that does not end";
			return 0;
		}
		const char *behind = NULL;
		if (depth == 1)
			value = p;
		if (depth == 1 && *p == '[' && array && *closers == '}')
			behind = array(self, outer, p, end);
		else if (depth > 1 && closers[depth - 1] == '}')
			behind = check_members(p, &t, &names, closers[depth - 2] == ']');
		if (behind) {
			p = behind;
		} else if (*p == '{' || *p == '[') {
			if (depth == JSON_DEPTH) {
				*why = "nested too deep";
				return 0;
			}
			/* The brackets of ASCII are two apart. */
			closers[depth++] = (char)(*p + 2);
			opened = true;
			p++;
		} else {
			p = check_scalar(p, &t, why);
			if (!p)
				return 0;
		}
		/* Here a value ended, or one was opened: closing brackets, then a comma or the first member. */
		for (;;) {
			if (depth == 0)
				return (size_t)(p - s);
			if (depth == 1 && !opened && *closers == '}' && each &&
			    (*why = each(self, outer, (struct span){value, (size_t)(p - value)})))
				return 0;
			p = json_space(p, end);
			if (p == end) {
				*why = "an object or array that does not end";
				return 0;
			}
			if (*p == closers[depth - 1]) {
				p++;
				depth--;
				opened = false;
				continue;
			}
			if (!opened) {
				if (*p != ',') {
					*why = "no comma between members";
					return 0;
				}
				p = json_space(p + 1, end);
			}
			if (closers[depth - 1] == '}') {
				/* What the values of the outermost members hold tells nothing about their names. */
				if (opened)
					names.last = depth == 1 ? FIRST : FIRST_WITHIN;
				else if (depth == 1)
					names.last = outermost;
				p = check_name(p, &t, &names, &name, why);
				if (!p)
					return 0;
				if (depth == 1) {
					outer = name;
					outermost = names.last;
				}
			}
			break;
		}
	}
}

static inline const char *skip_string(const char *s, const char *end)
{
	for (s = json_plain(s + 1, end); s < end && *s != '"'; s = json_plain(s, end))
		s += 2;
	return s + 1;
}

/* The first quote or bracket, of either kind, at or after s. */
static inline const char *bracket(const char *s, const char *end)
{
#if defined __SSE2__
	for (; end - s >= 16; s += 16) {
		__m128i v = _mm_loadu_si128((const __m128i *)(const void *)s);
		/* [ ] and { } differ in one bit. */
		__m128i u = _mm_or_si128(v, _mm_set1_epi8(0x20));
		__m128i hit = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
		                           _mm_or_si128(_mm_cmpeq_epi8(u, _mm_set1_epi8('{')),
		                                        _mm_cmpeq_epi8(u, _mm_set1_epi8('}'))));
		int mask = _mm_movemask_epi8(hit);
		if (mask)
			return s + __builtin_ctz((unsigned)mask);
	}
#endif
	while (s < end && *s != '"' && (*s | 0x20) != '{' && (*s | 0x20) != '}')
		s++;
	return s;
}

size_t json_skip(const char *s, const char *end)
{
	const char *p = s;
	size_t depth = 0;

	if (*s == '"')
		return (size_t)(skip_string(s, end) - s);
	if (*s != '{' && *s != '[') {
		while (p < end && *p > ' ' && *p != ',' && *p != ']' && *p != '}')
			p++;
		return (size_t)(p - s);
	}
	do {
		if (*p == '"') {
			p = skip_string(p, end);
		} else {
			depth += *p == '{' || *p == '[' ? 1 : (size_t)-1;
			p++;
		}
		if (depth)
			p = bracket(p, end);
	} while (depth);
	return (size_t)(p - s);
}

struct json_walk json_walk(struct span v)
{
	if (v.len < 2 || (*v.p != '{' && *v.p != '['))
		return (struct json_walk){v.p, v.p};
	return (struct json_walk){v.p + 1, v.p + v.len - 1};
}

/* Goes to the next element; false at the end. */
static inline bool next_element(struct json_walk *w)
{
	const char *p = json_space(w->at, w->end);

	if (p < w->end && *p == ',')
		p = json_space(p + 1, w->end);
	w->at = p;
	return p < w->end && *p != ']' && *p != '}';
}

bool json_element(struct json_walk *w, struct span *value)
{
	if (!next_element(w))
		return false;
	*value = (struct span){w->at, json_skip(w->at, w->end)};
	w->at += value->len;
	return true;
}

bool json_enter(struct json_walk *w, struct json_walk *inner)
{
	if (!next_element(w) || (*w->at != '{' && *w->at != '['))
		return false;
	*inner = (struct json_walk){w->at + 1, w->end};
	return true;
}

void json_leave(struct json_walk *w, const struct json_walk *inner)
{
	w->at = inner->at + 1;
}

bool json_member(struct json_walk *w, struct span *key, struct span *value)
{
	struct span name;

	if (!json_element(w, &name))
		return false;
	*key = (struct span){name.p + 1, name.len - 2};
	w->at = json_space(w->at, w->end) + 1;
	return json_element(w, value);
}

bool json_string(struct span v, struct buf *scratch, struct span *out)
{
	if (v.len < 2 || *v.p != '"')
		return false;
	const char *s = v.p + 1, *end = v.p + v.len - 1, *back = memchr(s, '\\', (size_t)(end - s));
	if (!back) {
		*out = (struct span){s, (size_t)(end - s)};
		return true;
	}
	buf_clear(scratch);
	while (back) {
		uint32_t c, d;
		char u[4];
		buf_put(scratch, s, (size_t)(back - s));
		s = back + 2;
		switch (back[1]) {
		case 'n': buf_putc(scratch, '\n'); break;
		case 't': buf_putc(scratch, '\t'); break;
		case 'r': buf_putc(scratch, '\r'); break;
		case 'b': buf_putc(scratch, '\b'); break;
		case 'f': buf_putc(scratch, '\f'); break;
		case 'u':
			if (!hex4(s, end, &c) || (c >= 0xdc00 && c < 0xe000))
				return false;
			s += 4;
			if (c >= 0xd800 && c < 0xdc00) {
				if (end - s < 6 || s[0] != '\\' || s[1] != 'u' || !hex4(s + 2, end, &d) ||
				    d < 0xdc00 || d >= 0xe000)
					return false;
				c = 0x10000 + ((c - 0xd800) << 10) + (d - 0xdc00);
				s += 6;
			}
			buf_put(scratch, u, utf8_encode(c, u));
			break;
		default: buf_putc(scratch, back[1]);
		}
		back = memchr(s, '\\', (size_t)(end - s));
	}
	buf_put(scratch, s, (size_t)(end - s));
	*out = (struct span){scratch->p, scratch->len};
	return true;
}

bool json_size(struct span v, size_t max, size_t *out)
{
	size_t n = 0;

	if (v.len == 0)
		return false;
	for (size_t i = 0; i < v.len; i++) {
		size_t d = (size_t)v.p[i] - '0';
		if (d > 9 || d > max || n > SIZE_MAX / 10 || n * 10 > max - d)
			return false;
		n = n * 10 + d;
	}
	*out = n;
	return true;
}
