#include "fold.h"

#include <stdlib.h>
#if defined __x86_64__
#include <immintrin.h>
#endif

#include "err.h"
#include "tsv.h"
#include "utf8.h"

/* How it works. A scanner marks, 64 bytes at a time, the bytes at which something may have to be done: ASCII that has
 * an action, lead bytes of characters that have one, and a 0 or O behind a character that is not ASCII. Between the
 * marks text passes by memcpy. At a mark the character's action looks at the character before, which is the last one
 * written, and at the one behind, over any spaces; both are seen by class, and the classes are such that a character
 * and what it becomes have the same one. So an action decides alike when its own output comes in again. */

enum action {
	PASS,
	SPACE,  /* any white space */
	TAKE,   /* shows nothing: taken out */
	MAP,    /* becomes what the table says */
	WIDE,   /* full-width ASCII without an action of its own */
	AFTER,  /* as MAP, but stays behind a digit */
	PAREN,  /* a parenthesised number or ideograph */
	POINT,  /* , : ; ! ? in every width */
	STOP,   /* . */
	OPEN,   /* ( */
	CLOSE,  /* ) */
	DOUBLE, /* " */
	SINGLE, /* ' */
	LEFT,   /* “ */
	RIGHT,  /* ” */
	APOSTROPHE, /* ‘ and ’ */
	HYPHEN, /* - */
	CIRCLE, /* ○ */
	ZERO,   /* 0 O o: only behind a Chinese digit */
	SCRIPT, /* _ ^ */
};

enum class {
	NOTHING, /* the paragraph's beginning or end */
	HAN,     /* Chinese characters and punctuation, and all other symbols */
	DIGIT,
	LATIN,   /* letters of alphabets */
	PERCENT, /* % ‰ ° */
	QUOTE,
	MARK,    /* punctuation that has a Chinese and an ASCII form */
	DASH,
	SYMBOL,  /* other ASCII */
	BLANK,   /* white space and what shows nothing */
	UNKNOWN, /* the next character is not there yet */
};

struct mapping {
	unsigned char len;
	unsigned char to[23];
};

struct taken {
	uint32_t c;
	uint64_t times;
};

enum { PLANE = 0x10000, PLANES = 3 * PLANE, NESTING = 64, CONTEXT = 64 };

/* Where a paragraph stands, beside its text. */
struct state {
	bool space;               /* white space came last, and what follows it is not known yet */
	bool quoted;              /* the last “ or ” in text before paired was “ */
	bool half_quoted;         /* inside ‘ */
	bool han;                 /* a Han character was seen in text before scanned */
	size_t scanned, paired;
	size_t joined;            /* where in text a digit was joined to the one before, plus 1 */
	uint64_t chinese;         /* the open parentheses, the innermost lowest: 1 for （ */
	unsigned depth;
};

struct fold {
	unsigned char action[PLANE], class[PLANE]; /* of the BMP */
	struct mapping *map;
	size_t mappings, room;
	uint16_t *mapped;                          /* by character, below PLANES, which has one: its place in map, plus 1 */
	unsigned char marked[256];                 /* bytes that the scanner marks */
	unsigned char low[16], high[16];           /* the same by halves of a byte, for the fast scanner; or a few more */
	bool plain;
	bool borrowed;                             /* map is another's */
	struct taken *taken;
	size_t kinds;

	/* The paragraph, and what it goes back to. */
	struct buf text;
	struct state now, before;
	bool trial;
	size_t length;          /* of text before the trial */
	struct buf taken_since; /* what was taken out in it */
};

/* --- the table --- */

static void set(struct fold *f, uint32_t from, uint32_t to, enum action action, enum class class)
{
	for (uint32_t c = from; c <= to; c++) {
		f->action[c] = (unsigned char)action;
		f->class[c] = (unsigned char)class;
	}
}

static void set_each(struct fold *f, const char *characters, enum action action, enum class class)
{
	for (const char *s = characters; *s; s += utf8_len(*s))
		set(f, utf8_at(s), utf8_at(s), action, class);
}

static void set_own(struct fold *f)
{
	memset(f->action, PASS, PLANE);
	memset(f->class, HAN, PLANE);
	set(f, 0x21, 0x7e, PASS, SYMBOL);
	set(f, 'A', 'Z', PASS, LATIN);
	set(f, 'a', 'z', PASS, LATIN);
	set(f, 0xaa, 0xff, PASS, LATIN);
	set(f, 0x100, 0x2af, PASS, LATIN);
	set(f, 0x300, 0x1cff, PASS, LATIN);
	set(f, 0x1d00, 0x1fff, PASS, LATIN);
	set(f, '0', '9', PASS, DIGIT);
	set_each(f, "%‰°", PASS, PERCENT);
	set_each(f, "§±·×÷¢£¥¶¬¦©®«»", PASS, HAN);
	set_each(f, ",:;!?", POINT, MARK);
	set_each(f, ".", STOP, MARK);
	set_each(f, "(", OPEN, MARK);
	set_each(f, ")", CLOSE, MARK);
	set_each(f, "\"", DOUBLE, QUOTE);
	set_each(f, "'", SINGLE, QUOTE);
	set_each(f, "“", LEFT, QUOTE);
	set_each(f, "”", RIGHT, QUOTE);
	set_each(f, "‘’", APOSTROPHE, QUOTE);
	set_each(f, "-", HYPHEN, DASH);
	set_each(f, "—~", PASS, DASH);
	set_each(f, "_^", SCRIPT, SYMBOL);
	set_each(f, "○", CIRCLE, HAN);
	for (uint32_t c = 0xff01; c <= 0xff5e; c++) {
		enum action ascii = f->action[c - 0xfee0];
		set(f, c, c, ascii == PASS ? WIDE : ascii, f->class[c - 0xfee0]);
	}
	set_each(f, "0Oo０Ｏｏ", ZERO, LATIN);
	set_each(f, "0０", ZERO, DIGIT);
	/* Line breaks never come here; every other control character is nothing. */
	set(f, 0, 0x1f, TAKE, BLANK);
	set(f, 0x7f, 0x9f, TAKE, BLANK);
	for (uint32_t c = 0x80; c < 0x2070; c++)
		if (utf8_invisible(c))
			set(f, c, c, TAKE, BLANK);
	set(f, 0xfeff, 0xfeff, TAKE, BLANK);
	set(f, 0x180b, 0x180e, TAKE, BLANK);
	set(f, 0xfe00, 0xfe0f, TAKE, BLANK);
	set(f, 0xfff9, 0xfffc, TAKE, BLANK);
	set_each(f, "\t \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2028\u2029",
	         SPACE, BLANK);
	/* ⑴ to ⒇ and ㈠ to ㉃ */
	set(f, 0x2474, 0x2487, PAREN, MARK);
	set(f, 0x3220, 0x3243, PAREN, MARK);
}

static void add_mapping(struct fold *f, uint32_t from, struct span to, bool after)
{
	struct mapping m = {.len = (unsigned char)to.len};
	uint32_t first = utf8_at(to.p);

	if (f->mappings == f->room) {
		f->room = f->room ? 2 * f->room : 4096;
		f->map = xrealloc(f->map, f->room * sizeof *f->map);
	}
	memcpy(m.to, to.p, to.len);
	f->map[f->mappings++] = m;
	f->mapped[from] = (uint16_t)f->mappings;
	if (from >= PLANE)
		return;
	/* A form of a character that has an action takes the same. */
	bool alone = utf8_len(*to.p) == to.len && first < PLANE;
	enum action action = alone && f->action[first] != PASS && f->action[first] != ZERO ? f->action[first] : MAP;
	set(f, from, from, after ? AFTER : action, first < PLANE ? f->class[first] : HAN);
}

static void read_table(struct fold *f, const char *path)
{
	static const char *const names[] = {"to", "from", "?unless"};
	struct span row[3];
	struct tsv t;

	tsv_open(&t, path, names, 3);
	while (tsv_row(&t, row)) {
		if (row[0].len == 0 || row[0].len > sizeof f->map->to)
			tsv_bad(&t, "\"to\" must be 1 to 23 bytes");
		if (row[2].len && !span_is(row[2], "digit"))
			tsv_bad(&t, "\"unless\" can only be \"digit\"");
		for (const char *s = row[1].p, *end = s + row[1].len; s < end; s += utf8_len(*s)) {
			if (utf8_at(s) >= PLANES || f->mappings == UINT16_MAX)
				tsv_bad(&t, "\"from\" must be below U+30000, and not more than 65535 characters");
			add_mapping(f, utf8_at(s), row[0], row[2].len > 0);
		}
	}
	tsv_close(&t);
}

/* The mapping of c, which must have one where there is no default. */
static const struct mapping *mapping(const struct fold *f, uint32_t c)
{
	return c < PLANES && f->mapped[c] ? &f->map[f->mapped[c] - 1] : NULL;
}

/* Splits what is marked by halves of a byte: high halves that are marked with the same low ones share one of eight bits. If
 * these do not suffice, the last ones share one too, and some bytes are marked in vain: those of two-byte characters, C
 * and D, are rarest. */
static void split_marks(struct fold *f)
{
	unsigned kinds[8] = {0}, n = 0;

	for (unsigned i = 0; i < 16; i++) {
		unsigned h = (i + 0xe) % 16, lows = 0, k = 0;
		for (unsigned b = 0; b < 16; b++)
			lows |= (unsigned)f->marked[h << 4 | b] << b;
		if (!lows)
			continue;
		while (k < n && kinds[k] != lows)
			k++;
		if (k < 8)
			kinds[k] = lows;
		else
			kinds[k = 7] |= lows;
		n = k < n ? n : k + 1;
		f->high[h] = (unsigned char)(1u << k);
	}
	for (unsigned k = 0; k < n; k++)
		for (unsigned b = 0; b < 16; b++)
			f->low[b] |= (unsigned char)((kinds[k] >> b & 1) << k);
}

static void set_marks(struct fold *f)
{
	for (unsigned b = 0; b < 0x80; b++)
		f->marked[b] = f->action[b] != PASS && f->action[b] != ZERO;
	for (uint32_t c = 0x80; c < PLANE; c++)
		if (f->action[c] != PASS)
			f->marked[c < 0x800 ? 0xc0 | c >> 6 : 0xe0 | c >> 12] = 1;
	for (unsigned b = 0xf0; b < 0xf5; b++)
		f->marked[b] = 1;
	split_marks(f);
}

/* --- the scanner --- */

enum { BLOCK = 64, BLOCKS = 16, ASIDE = 3 };

/* For each of n blocks at p the marks of its bytes. The byte before p is looked at. */
static void scan_plain(const struct fold *f, const char *p, size_t n, uint64_t *marks)
{
	bool high = (unsigned char)p[-1] >= 0x80;

	for (size_t k = 0; k < n; k++) {
		uint64_t m = 0;
		for (unsigned i = 0; i < BLOCK; i++) {
			unsigned char b = (unsigned char)p[k * BLOCK + i];
			bool mark = f->marked[b] || (high && (b == '0' || b == 'O' || b == 'o'));
			m |= (uint64_t)mark << i;
			high = b >= 0x80;
		}
		marks[k] = m;
	}
}

#if defined __x86_64__
#define LOAD(p) _mm256_loadu_si256((const __m256i *)(const void *)(p))
#define TWICE(...) _mm256_broadcastsi128_si256(_mm_setr_epi8(__VA_ARGS__))

/* All ones in the bytes of v that lie from b upward by n: what is moved to where these are the largest. */
__attribute__((target("avx2"), always_inline)) static inline __m256i within(__m256i v, unsigned b, unsigned n)
{
	__m256i d = _mm256_add_epi8(v, _mm256_set1_epi8((char)(127 - b - n)));
	return _mm256_cmpgt_epi8(d, _mm256_set1_epi8((char)(126 - n)));
}

/* For each byte of v the bits that both tables have, by its low and its high half. */
__attribute__((target("avx2"), always_inline)) static inline __m256i look_up(__m256i v, __m256i low, __m256i high)
{
	const __m256i half = _mm256_set1_epi8(15);
	return _mm256_and_si256(_mm256_shuffle_epi8(low, _mm256_and_si256(v, half)),
	                        _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(v, 4), half)));
}

__attribute__((target("avx2"), always_inline)) static inline __m256i table(const unsigned char *t)
{
	return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)t));
}

/* As scan_plain, but without marks for the commonest of what an action would only pass: decimal points, 、。《》【】〈〉“”,
 * and full-width points beside a Han character. ASIDE bytes on both sides of the blocks are looked at. */
__attribute__((target("avx2"))) static void scan_avx2(const struct fold *f, const char *p, size_t n, uint64_t *marks)
{
	/* What passes has a bit in common in three bytes that follow one another: 1 and 2 for e3 80 and one of 81, 82, 88 to
	 * 8b, 90, 91 (、。〈〉《》【】); 4 and 8 for ef bc and one of 81, 8c, 9a, 9b, 9f (！，：；？); 16 for e2 80 and 9c or 9d
	 * (“”); 32 for . or - and a digit. 64 and -128 are for 0 and O in the first byte alone. */
	enum { CJK = 1 | 2, FULL = 4 | 8, QUOTES = 16, DOT = 32, NIL = 64, ROUND = -128 };
	const __m256i low_1 = TWICE(NIL, 0, QUOTES, CJK, 0, 0, 0, 0, 0, 0, 0, 0, 0, DOT, DOT, FULL | ROUND);
	const __m256i high_1 = TWICE(0, 0, DOT, NIL, ROUND, 0, ROUND, 0, 0, 0, 0, 0, 0, 0, CJK | FULL | QUOTES, 0);
	const __m256i low_2 = TWICE(CJK | QUOTES | DOT, DOT, DOT, DOT, DOT, DOT, DOT, DOT, DOT, DOT, 0, 0, FULL, 0, 0, 0);
	const __m256i high_2 = TWICE(0, 0, 0, DOT, 0, 0, 0, 0, CJK | QUOTES, 0, 0, FULL, 0, 0, 0, 0);
	const __m256i low_3 = TWICE(DOT | 2, DOT | 1 | 2 | 4, DOT | 1, DOT, DOT, DOT, DOT, DOT, DOT | 1, DOT | 1, DOT | 1 | 8,
	                            DOT | 1 | 8, DOT | QUOTES | 4, DOT | QUOTES, DOT, DOT | 8);
	const __m256i high_3 = TWICE(DOT, DOT, DOT, DOT, DOT, DOT, DOT, DOT, DOT | 1 | 4, DOT | QUOTES | 2 | 8, DOT, DOT, DOT,
	                             DOT, DOT, DOT);
	const __m256i zero = _mm256_setzero_si256(), low = table(f->low), high = table(f->high);
	char *to = (char *)marks;

	for (const char *end = p + n * BLOCK; p < end; p += 32, to += 4) {
		__m256i v = LOAD(p), back = LOAD(p - 1);
		__m256i first = look_up(v, low_1, high_1);
		__m256i common = _mm256_and_si256(_mm256_and_si256(first, look_up(LOAD(p + 1), low_2, high_2)),
		                                  look_up(LOAD(p + 2), low_3, high_3));
		__m256i han = _mm256_or_si256(within(LOAD(p - 3), 0xe4, 5), within(LOAD(p + 3), 0xe4, 5));
		__m256i not_here = _mm256_or_si256(_mm256_andnot_si256(han, _mm256_set1_epi8(FULL)),
		                                   _mm256_andnot_si256(within(back, '0', 9), _mm256_set1_epi8(DOT)));
		__m256i dull = _mm256_cmpeq_epi8(look_up(v, low, high), zero);
		__m256i marked = _mm256_andnot_si256(dull, _mm256_cmpeq_epi8(_mm256_andnot_si256(not_here, common), zero));
		/* A sign bit in back says that a 0 or O stands behind what is not ASCII. */
		__m256i round = _mm256_cmpeq_epi8(_mm256_and_si256(first, _mm256_set1_epi8((char)(NIL | ROUND))), zero);
		marked = _mm256_or_si256(marked, _mm256_andnot_si256(round, back));
		uint32_t m = (uint32_t)_mm256_movemask_epi8(marked);
		memcpy(to, &m, sizeof m);
	}
}
#endif

static void scan(const struct fold *f, const char *p, size_t n, uint64_t *marks)
{
#if defined __x86_64__
	if (!f->plain && __builtin_cpu_supports("avx2")) {
		scan_avx2(f, p, n, marks);
		return;
	}
#endif
	scan_plain(f, p, n, marks);
}

/* --- what stands before and behind --- */

/* A stretch that is being folded. */
struct work {
	struct fold *f;
	const char *copied; /* what lies before it is written */
	const char *end;
	bool last;
	bool starved; /* an action needs to see beyond end */
};

static void put(struct work *w, const char *s, size_t n)
{
	buf_put(&w->f->text, s, n);
}

static void put_char(struct work *w, uint32_t c)
{
	char s[4];
	put(w, s, utf8_encode(c, s));
}

static enum class class_of(const struct fold *f, uint32_t c)
{
	if (c < PLANE)
		return f->class[c];
	if (c >= 0xe0000 && c < 0xe1000)
		return BLANK;
	const struct mapping *m = mapping(f, c);
	return m && utf8_at((const char *)m->to) < PLANE ? f->class[utf8_at((const char *)m->to)] : HAN;
}

/* The last character written, 0 when there is none. */
static uint32_t before(const struct fold *f)
{
	const struct buf *b = &f->text;
	return b->len ? utf8_before(b->p, b->p + b->len) : 0;
}

static enum class class_before(const struct fold *f)
{
	return f->text.len ? class_of(f, before(f)) : NOTHING;
}

/* The first character that c becomes by the table, ASCII for full-width ASCII; *several, if more follow. */
static uint32_t form(const struct fold *f, uint32_t c, bool *several)
{
	*several = false;
	if (c < 0x80 || (c < PLANE && f->action[c] == PASS))
		return c;
	if (c >= 0xff01 && c <= 0xff5e)
		return c - 0xfee0;
	const struct mapping *m = mapping(f, c);
	if (!m)
		return c;
	*several = utf8_len((char)m->to[0]) != m->len;
	return utf8_at((const char *)m->to);
}

/* The character at or behind s, over white space, as it will be written, and where it is. */
struct next {
	enum class class;
	uint32_t c;
	const char *at;
	bool several; /* it becomes more than one, of which c is the first */
	bool spaced;  /* there was white space */
};

static struct next next(struct work *w, const char *s)
{
	struct next n = {.class = BLANK};

	while (s < w->end) {
		n.c = utf8_at(s);
		n.class = class_of(w->f, n.c);
		n.at = s;
		if (n.class != BLANK) {
			n.c = form(w->f, n.c, &n.several);
			return n;
		}
		n.spaced |= n.c < PLANE && w->f->action[n.c] == SPACE;
		s += utf8_len(*s);
	}
	n.at = s;
	n.c = 0;
	n.class = w->last ? NOTHING : UNKNOWN;
	w->starved |= !w->last;
	return n;
}

/* How many digits were written last, up to max. */
static size_t digits_before(const struct fold *f, size_t max)
{
	size_t n = 0;
	while (n < max && n < f->text.len && f->text.p[f->text.len - n - 1] >= '0' && f->text.p[f->text.len - n - 1] <= '9')
		n++;
	return n;
}

/* Whether n stays as it is behind a digit, as an exponent does. */
static bool is_exponent(const struct fold *f, struct next n)
{
	uint32_t c = n.class == DIGIT ? utf8_at(n.at) : 0;
	return c >= 0x80 && c < PLANE && f->action[c] == AFTER;
}

/* How many digits begin at s, behind none, up to max; what shows nothing may stand between them. */
static size_t digits_at(struct work *w, const char *s, size_t max)
{
	size_t n = 0;

	while (n < max) {
		struct next c = next(w, s);
		if (c.spaced || c.class != DIGIT || (n && is_exponent(w->f, c)))
			break;
		if (c.several) {
			/* ⒈ brings a full stop of its own, 10日 more than one digit. */
			const char *to = (const char *)mapping(w->f, utf8_at(c.at))->to;
			for (; n < max && *to >= '0' && *to <= '9'; to++)
				n++;
			break;
		}
		n++;
		s = c.at + utf8_len(*c.at);
	}
	return n;
}

/* Whether a point and a digit will stand right behind the digit n, which may bring more of its own: ⒈5 but not ㍘.5 */
static bool point_behind(struct work *w, struct next n)
{
	const char *behind = n.at + utf8_len(*n.at);

	if (n.several)
		return mapping(w->f, utf8_at(n.at))->to[1] == '.' && next(w, behind).class == DIGIT;
	n = next(w, behind);
	return !n.spaced && !n.several && n.class == MARK && w->f->action[n.c] == STOP &&
	       next(w, n.at + utf8_len(*n.at)).class == DIGIT;
}

/* Whether n, with white space in front of it, is a single digit, which joins others that are spaced apart: 7 4 7 7 2 */
static bool is_digit_apart(struct work *w, struct next n)
{
	return n.class == DIGIT && digits_at(w, n.at, 2) == 1 && !point_behind(w, n);
}

/* Whether the paragraph has had a Han character. */
static bool had_han(struct fold *f)
{
	for (; !f->now.han && f->now.scanned < f->text.len; f->now.scanned++) {
		unsigned char b = (unsigned char)f->text.p[f->now.scanned];
		f->now.han = b >= 0xe4 && b <= 0xe9;
	}
	return f->now.han;
}

/* Whether what is written last stands inside “ and ”. */
static bool in_quotes(struct fold *f)
{
	size_t left = f->text.len - f->now.paired;

	while (left) {
		const char *from = f->text.p + f->now.paired, *p = memrchr(from, 0xe2, left);
		bool opens = p && memcmp(p, "“", 3) == 0;
		if (opens || (p && memcmp(p, "”", 3) == 0)) {
			f->now.quoted = opens;
			break;
		}
		left = p ? (size_t)(p - from) : 0;
	}
	f->now.paired = f->text.len;
	return f->now.quoted;
}

/* --- the actions: each works on the character c at s and returns the end of what it used --- */

static const char *keep(struct work *w, const char *s)
{
	size_t n = utf8_len(*s);
	put(w, s, n);
	return s + n;
}

static void take(struct fold *f, uint32_t c)
{
	size_t i = 0;

	if (f->trial) {
		buf_put(&f->taken_since, (const char *)&c, sizeof c);
		return;
	}
	while (i < f->kinds && f->taken[i].c < c)
		i++;
	if (i == f->kinds || f->taken[i].c != c) {
		f->taken = xrealloc(f->taken, (f->kinds + 1) * sizeof *f->taken);
		memmove(f->taken + i + 1, f->taken + i, (f->kinds - i) * sizeof *f->taken);
		f->taken[i] = (struct taken){c, 0};
		f->kinds++;
	}
	f->taken[i].times++;
}

/* Whether punctuation between the two belongs to Chinese text. */
static bool is_chinese(struct fold *f, enum class b, enum class n)
{
	if (b == HAN || n == HAN)
		return true;
	if ((b == LATIN || b == SYMBOL) && (n == LATIN || n == SYMBOL))
		return false;
	return had_han(f);
}

static const char *do_point(struct work *w, const char *s, uint32_t c)
{
	struct fold *f = w->f;
	const char *after = s + utf8_len(*s);
	struct next n = next(w, after);
	enum class b = class_before(f);
	char mark = (char)fold_form(f, c);
	bool chinese;

	if (w->starved)
		return s;
	if (mark == ':' && n.class == DIGIT && b == DIGIT) {
		/* A ratio or a time. */
		put(w, ":", 1);
		return n.at;
	}
	if (mark == ',' && b == DIGIT && n.class == DIGIT) {
		/* Thousands, else a comma between two figures, which only a full-width one says for sure. */
		size_t digits = digits_at(w, n.at, 4);
		/* 9 9 7 will be 997. */
		struct next digit = n;
		while (digits && digits < 4 && !digit.several && digits_at(w, digit.at, 2) == 1) {
			digit = next(w, digit.at + utf8_len(*digit.at));
			if (!digit.spaced || is_exponent(f, digit) || !is_digit_apart(w, digit))
				break;
			digits++;
		}
		if (w->starved)
			return s;
		if (digits == 3 && digits_before(f, 4) <= 3) {
			put(w, ",", 1);
			return n.at;
		}
		chinese = (c != ',' || n.spaced) && had_han(f);
	} else {
		chinese = is_chinese(f, b, n.class);
	}
	if (chinese)
		put_char(w, (uint32_t)mark + 0xfee0);
	else
		put(w, &mark, 1);
	return after;
}

static const char *do_stop(struct work *w, const char *s)
{
	const char *after = s + utf8_len(*s);

	if (utf8_han(before(w->f))) {
		struct next n = next(w, after);
		if (!w->starved && n.class == QUOTE)
			n = next(w, n.at + utf8_len(*n.at));
		if (w->starved)
			return s;
		if (n.class == NOTHING) {
			put(w, "。", 3);
			return after;
		}
	}
	put(w, ".", 1);
	return after;
}

static void note_open(struct fold *f, bool chinese)
{
	if (f->now.depth < NESTING) {
		f->now.chinese = f->now.chinese << 1 | chinese;
		f->now.depth++;
	}
}

/* Whether the innermost open parenthesis, of which there is one, is （; it is closed. */
static bool note_close(struct fold *f)
{
	bool chinese = f->now.chinese & 1;

	f->now.chinese >>= 1;
	f->now.depth--;
	return chinese;
}

static bool opens_chinese(struct work *w, enum class b, enum class n)
{
	return b == NOTHING ? n != UNKNOWN : is_chinese(w->f, b, n);
}

static const char *do_open(struct work *w, const char *s)
{
	const char *after = s + utf8_len(*s);
	struct next n = next(w, after);

	if (w->starved)
		return s;
	bool chinese = opens_chinese(w, class_before(w->f), n.class);
	note_open(w->f, chinese);
	if (chinese)
		put(w, "（", 3);
	else
		put(w, "(", 1);
	return after;
}

static const char *do_close(struct work *w, const char *s)
{
	struct fold *f = w->f;
	const char *after = s + utf8_len(*s);
	bool chinese;

	if (f->now.depth) {
		chinese = note_close(f);
	} else {
		struct next n = next(w, after);
		if (w->starved)
			return s;
		chinese = is_chinese(f, class_before(f), n.class);
	}
	if (chinese)
		put(w, "）", 3);
	else
		put(w, ")", 1);
	return after;
}

/* ⑴ as （1） and ㈠ as （一）. */
static const char *do_paren(struct work *w, const char *s, uint32_t c)
{
	static const char ideographs[] = "一二三四五六七八九十月火水木金土日株有社名特財祝労代呼学監企資協祭休自至";
	bool number = c < 0x3000;
	bool chinese = opens_chinese(w, class_before(w->f), number ? DIGIT : HAN);

	note_open(w->f, chinese);
	if (chinese)
		put(w, "（", 3);
	else
		put(w, "(", 1);
	if (number) {
		buf_put_size(&w->f->text, c - 0x2474 + 1);
	} else {
		put(w, ideographs + 3 * (c - 0x3220), 3);
	}
	if (note_close(w->f))
		put(w, "）", 3);
	else
		put(w, ")", 1);
	return s + utf8_len(*s);
}

static bool closes_clause(const struct fold *f, struct next n)
{
	switch (n.c) {
	case 0x3001: case 0x3002: case 0x300b: case 0x3011: return true; /* 、。》】 */
	}
	if (n.class == MARK && f->action[n.c] != OPEN && f->action[n.c] != PAREN)
		return true;
	return n.class == NOTHING;
}

/* A straight quote opens and closes by turns, but for what only one of them can do. */
static bool quote_opens(struct work *w, bool inside, struct next n)
{
	if (w->f->text.len == 0 && n.class != NOTHING)
		return true;
	return !inside && !closes_clause(w->f, n);
}

static const char *do_double(struct work *w, const char *s)
{
	const char *after = s + utf8_len(*s);
	struct next n = next(w, after);

	if (w->starved)
		return s;
	put(w, quote_opens(w, in_quotes(w->f), n) ? "“" : "”", 3);
	return after;
}

static const char *do_single(struct work *w, const char *s)
{
	struct fold *f = w->f;
	const char *after = s + utf8_len(*s);
	struct next n = next(w, after);
	enum class b = class_before(f);
	uint32_t c = fold_form(f, utf8_at(s));

	if (w->starved)
		return s;
	/* An apostrophe; a ‘ cannot be one. */
	if (c != 0x2018 && (b == LATIN || b == DIGIT) && n.class == LATIN && !n.spaced && !(c == 0x2019 && f->now.half_quoted)) {
		put(w, "'", 1);
	} else if (c == '\'') {
		f->now.half_quoted = quote_opens(w, f->now.half_quoted, n);
		put(w, f->now.half_quoted ? "‘" : "’", 3);
	} else {
		f->now.half_quoted = c == 0x2018;
		put_char(w, c);
	}
	return after;
}

/* The run of n hyphens that begins at s. */
struct hyphens {
	size_t n;
	const char *end;
	bool dashes; /* they stand for —— */
};

static struct hyphens hyphens_at(struct work *w, const char *s)
{
	struct hyphens h = {.end = s};
	enum class b = class_before(w->f);
	struct next c;

	for (;;) {
		c = next(w, h.end);
		if (c.class != DASH || (c.spaced && h.n) || c.c != '-')
			break;
		h.n++;
		h.end = c.at + utf8_len(*c.at);
	}
	h.dashes = h.n >= 2 && h.n <= 4 && (b == HAN || c.class == HAN || b == NOTHING);
	return h;
}

static const char *do_hyphen(struct work *w, const char *s)
{
	struct hyphens h = hyphens_at(w, s);

	if (w->starved)
		return s;
	if (h.dashes)
		put(w, "——", 6);
	else
		for (; h.n; h.n--)
			put(w, "-", 1);
	return h.end;
}

static bool is_chinese_digit(uint32_t c)
{
	switch (c) {
	case 0x4e00: case 0x4e8c: case 0x4e09: case 0x56db: case 0x4e94: /* 一二三四五 */
	case 0x516d: case 0x4e03: case 0x516b: case 0x4e5d: case 0x3007: /* 六七八九〇 */
		return true;
	}
	return false;
}

/* Fewer ○, 0 and O than these can stand for 〇 in a row. */
enum { ZEROS = 4 };

/* ○, 0 and O that stand for 〇: 二○二六, 一九九0年. */
static const char *do_zero(struct work *w, const char *s)
{
	struct fold *f = w->f;
	struct next n = {.c = 0};
	const char *p = s;

	if (is_chinese_digit(before(f))) {
		int k = 0;
		for (; k < ZEROS; k++) {
			n = next(w, p);
			if (n.several || n.c >= PLANE || (f->action[n.c] != CIRCLE && f->action[n.c] != ZERO))
				break;
			p = n.at + utf8_len(*n.at);
		}
		if (w->starved)
			return s;
		if (is_chinese_digit(n.c) || n.c == 0x5e74) {
			for (; k; k--)
				put(w, "〇", 3);
			return p;
		}
	}
	put_char(w, fold_form(f, utf8_at(s)));
	return s + utf8_len(*s);
}

/* Whether what was written last would become 〇 if a 0 followed at once: 一O_0六. */
static bool ends_in_zero(const struct fold *f)
{
	const char *begin = f->text.p, *p = begin + f->text.len;

	for (int k = 0; k < ZEROS && p > begin; k++) {
		p = utf8_prev(begin, p);
		if (*p == ' ' && p > begin)
			p = utf8_prev(begin, p);
		uint32_t c = utf8_at(p);
		if (is_chinese_digit(c))
			return true;
		if (c >= PLANE || (f->action[c] != CIRCLE && f->action[c] != ZERO))
			return false;
	}
	return false;
}

/* Whether only what a subscript may hold is in s. */
static bool is_plain(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'A' && s.p[i] <= 'Z') || (s.p[i] >= 'a' && s.p[i] <= 'z') ||
		      s.p[i] == '.' || s.p[i] == '+'))
			return false;
	return true;
}

/* PM_{2.5}, CO_2, m^{3}, m^2 without the marks. */
static const char *do_script(struct work *w, const char *s, uint32_t c)
{
	struct fold *f = w->f;
	char mark = (char)fold_form(f, c), inner[16];
	const char *after = s + utf8_len(*s);
	struct next n = next(w, after);

	if (class_before(f) == LATIN && !ends_in_zero(f) && !w->starved) {
		uint32_t letter = before(f);
		if (n.c == '{') {
			size_t len = 0, depth = 1;
			while (depth && len < sizeof inner) {
				n = next(w, n.at + utf8_len(*n.at));
				char one[4];
				struct span to = {one, utf8_encode(n.c, one)};
				if (n.several) {
					const struct mapping *m = mapping(f, utf8_at(n.at));
					to = (struct span){(const char *)m->to, m->len};
				}
				if (n.c == '{')
					depth++;
				else if (n.c == '}')
					depth--;
				else if (is_plain(to) && len + to.len <= sizeof inner)
					for (size_t i = 0; i < to.len; i++)
						inner[len++] = to.p[i];
				else if (w->starved || (n.c != '_' && n.c != '^'))
					break;
			}
			if (!w->starved && len && depth == 0) {
				put(w, inner, len);
				return n.at + utf8_len(*n.at);
			}
		} else if (n.class == DIGIT && !n.spaced && (mark == '^' || (letter >= 'A' && letter <= 'Z'))) {
			return after;
		}
	}
	if (w->starved)
		return s;
	put(w, &mark, 1);
	return after;
}

static const char *do_map(struct work *w, const char *s, uint32_t c)
{
	const struct mapping *m = mapping(w->f, c);

	if (!m)
		return keep(w, s);
	/* 六𝟎年 */
	if (m->len == 1 && w->f->action[m->to[0]] == ZERO)
		return do_zero(w, s);
	put(w, (const char *)m->to, m->len);
	return s + utf8_len(*s);
}

static const char *act(struct work *w, const char *s);

/* Whether the digit written last stands alone, or was joined to others that did. */
static bool spaced_apart(const struct fold *f)
{
	size_t len = f->text.len;

	return f->now.joined == len || (digits_before(f, 2) == 1 && !(len > 1 && f->text.p[len - 2] == '.'));
}

/* Whether the white space between what was written and n stays. */
static bool space_stays(struct work *w, struct next n)
{
	struct fold *f = w->f;
	enum class b = class_before(f);
	uint32_t c = before(f);

	if (b == NOTHING || b == HAN || n.class == NOTHING || n.class == HAN)
		return false;
	if (c == '(' || c == '[' || n.c == ']' || (c >= 0xff01 && c <= 0xff5e) || c == 0x201c || c == 0x2018 || c == 0x2014 || n.c == 0x2014)
		return false;
	switch (n.class) {
	case MARK:
		if (f->action[n.c] != OPEN && f->action[n.c] != PAREN)
			return false;
		if (f->action[n.c] == PAREN)
			return !opens_chinese(w, b, n.c < 0x3000 ? DIGIT : HAN);
		return !opens_chinese(w, b, next(w, n.at + utf8_len(*n.at)).class);
	case PERCENT:
		return b != DIGIT;
	case QUOTE:
		if (b == DIGIT || b == PERCENT || b == MARK)
			return false;
		if (f->action[n.c] == DOUBLE || f->action[n.c] == SINGLE) {
			bool inside = f->action[n.c] == DOUBLE ? in_quotes(f) : f->now.half_quoted;
			return quote_opens(w, inside, next(w, n.at + utf8_len(*n.at)));
		}
		return n.c == 0x201c || n.c == 0x2018;
	case DIGIT:
		if (b == QUOTE || b == PERCENT)
			return false;
		if (b == DIGIT) {
			/* 7 4 7 7 2: figures of one digit each, spaced apart; but 389.4 8.6 are two. */
			bool apart = spaced_apart(f) && is_digit_apart(w, n);
			if (apart && !w->starved)
				f->now.joined = f->text.len + 1;
			return !apart;
		}
		return true;
	case SYMBOL:
		if (f->action[n.c] == SCRIPT && b == LATIN) {
			struct next m = next(w, n.at + utf8_len(*n.at));
			return m.c != '{' && m.class != DIGIT;
		}
		return true;
	case DASH:
		return n.c == '-' ? !hyphens_at(w, n.at).dashes : n.c < 0x80;
	default:
		return true;
	}
}

static const char *do_space(struct work *w, const char *s)
{
	struct fold *f = w->f;
	struct next n;

	for (; s < w->end; s += utf8_len(*s)) {
		uint32_t c = utf8_at(s);
		if (class_of(f, c) != BLANK)
			break;
		if (c >= PLANE || f->action[c] == TAKE)
			take(f, c);
	}
	f->now.space = true;
	n = next(w, s);
	if (w->starved)
		return s;
	/* 74 . 5 */
	if (n.class == MARK && f->action[n.c] == STOP && class_before(f) == DIGIT) {
		struct next m = next(w, n.at + utf8_len(*n.at));
		if (w->starved)
			return s;
		f->now.space = false;
		if (m.class == DIGIT) {
			bool apart = spaced_apart(f);
			put(w, ".", 1);
			if (apart)
				f->now.joined = f->text.len + 1;
			return m.at;
		}
		return s;
	}
	bool stays = space_stays(w, n);
	if (w->starved)
		return s;
	f->now.space = false;
	if (stays)
		put(w, " ", 1);
	return s;
}

/* Does what the character at s needs, everything before it being written. Returns the end of what it used, s itself
 * when it is starved. */
static const char *act(struct work *w, const char *s)
{
	struct fold *f = w->f;
	uint32_t c = utf8_at(s);
	size_t n = utf8_len(*s);

	if (c >= PLANE) {
		if (c >= 0xe0000 && c < 0xe1000) {
			take(f, c);
			return s + n;
		}
		return do_map(w, s, c);
	}
	switch ((enum action)f->action[c]) {
	case PASS: return keep(w, s);
	case SPACE: return do_space(w, s);
	case TAKE: take(f, c); return s + n;
	case MAP: return do_map(w, s, c);
	case WIDE: put_char(w, c - 0xfee0); return s + n;
	case AFTER: return class_before(f) == DIGIT ? keep(w, s) : do_map(w, s, c);
	case PAREN: return do_paren(w, s, c);
	case POINT: return do_point(w, s, c);
	case STOP: return do_stop(w, s);
	case OPEN: return do_open(w, s);
	case CLOSE: return do_close(w, s);
	case DOUBLE: return do_double(w, s);
	case SINGLE: case APOSTROPHE: return do_single(w, s);
	case LEFT: put(w, "“", 3); return s + n;
	case RIGHT: put(w, "”", 3); return s + n;
	case HYPHEN: return do_hyphen(w, s);
	case CIRCLE: case ZERO: return do_zero(w, s);
	case SCRIPT: return do_script(w, s, c);
	}
	return keep(w, s);
}

/* --- the stretch --- */

static inline bool is_han_lead(unsigned char b)
{
	return b >= 0xe4 && b <= 0xe9;
}

/* Whether the character at s, which the scanner marked, passes as it is; cheap, and false when in doubt. If it does, that is
 * all that had to be done for it. */
static inline bool passes(struct fold *f, const char *s, const char *from, const char *end)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] < 0x80) {
		/* A decimal point, a hyphen between Latin letters or digits. */
		if (u[0] == '.' || u[0] == '-')
			return s > from && s + 1 < end && (unsigned)(s[-1] - '0') < 10 && (unsigned)(s[1] - '0') < 10;
		return false;
	}
	if (u[0] < 0xe0 || u[0] >= 0xf0)
		return u[0] < 0xf0 && f->action[utf8_at(s)] == PASS;
	uint32_t c = utf8_at(s);
	switch ((enum action)f->action[c]) {
	case PASS:
		return true;
	case POINT:
		/* In its Chinese form with a Han character behind. */
		return c >= 0xff01 && c <= 0xff5e && end - s >= 6 && is_han_lead(u[3]);
	case OPEN:
		if (c != 0xff08 || end - s < 6 || !is_han_lead(u[3]))
			return false;
		note_open(f, true);
		return true;
	case CLOSE:
		if (c != 0xff09 || f->now.depth == 0 || !(f->now.chinese & 1))
			return false;
		note_close(f);
		return true;
	case LEFT: case RIGHT:
		return c == 0x201c || c == 0x201d;
	default:
		return false;
	}
}

static inline void flush(struct work *w, const char *upto)
{
	enum { STEP = 32 };
	struct buf *b = &w->f->text;
	size_t n = (size_t)(upto - w->copied);

	/* Most stretches are short: copy whole steps, and more than there is, where there is room on both sides. */
	if (n <= 4 * STEP && w->end - upto >= STEP && b->cap - b->len >= 5 * STEP) {
		for (size_t i = 0; i < n; i += STEP)
			memcpy(b->p + b->len + i, w->copied + i, STEP);
		b->len += n;
	} else {
		put(w, w->copied, n);
	}
	w->copied = upto;
}

/* Does at once what is done most often: ASCII punctuation and spaces beside a Han character, whose actions come to the
 * same. False when that is not what stands at s. */
static inline bool work_fast(struct work *w, const char *s)
{
	struct fold *f = w->f;
	struct buf *b = &f->text;
	bool han_behind = w->end - s > 1 && is_han_lead((unsigned char)s[1]);
	bool han_before = s - w->copied >= 3 && is_han_lead((unsigned char)s[-3]);
	const char *to;
	char wide[3] = {'\xef', '\xbc', (char)(0x80 | ((*s - 0x20) & 0x3f))};

	switch (*s) {
	case ' ':
		if (!han_behind)
			return false;
		flush(w, s);
		w->copied = s + 1;
		return true;
	case ',': case ':': case ';': case '!': case '?':
		if (!han_behind && !han_before)
			return false;
		to = wide;
		break;
	case '"':
		if (!han_behind || (b->len == 0 && s == w->copied))
			return false;
		flush(w, s);
		to = in_quotes(f) ? "”" : "“";
		break;
	default:
		return false;
	}
	flush(w, s);
	if (b->cap - b->len < 3)
		buf_grow(b, 3);
	memcpy(b->p + b->len, to, 3);
	b->len += 3;
	w->copied = s + 1;
	return true;
}

/* Acts at s and at whatever its doing puts behind a character that is not ASCII. */
static void work_at(struct work *w, const char *s)
{
	for (;;) {
		flush(w, s);
		s = act(w, s);
		w->copied = s;
		if (w->starved || s >= w->end)
			return;
		/* What was in between is gone: 二 0二六. */
		if (*s != '0' && *s != 'O' && *s != 'o')
			return;
	}
}

size_t fold_feed(struct fold *f, struct span text, bool last)
{
	struct work w = {.f = f, .copied = text.p, .end = text.p + text.len, .last = last};
	char edge[ASIDE + BLOCK + ASIDE] = {0};

	/* What a text begins behind. */
	if (f->text.len)
		edge[ASIDE - 1] = f->text.p[f->text.len - 1];

	if (f->now.space) {
		w.copied = do_space(&w, text.p);
		if (!w.starved && w.copied < w.end && (*w.copied == '0' || *w.copied == 'O' || *w.copied == 'o'))
			work_at(&w, w.copied);
	}
	for (const char *p = text.p; p < w.end && !w.starved;) {
		uint64_t marks[BLOCKS];
		size_t left = (size_t)(w.end - p), blocks = (left - ASIDE) / BLOCK < BLOCKS ? (left - ASIDE) / BLOCK : BLOCKS;
		const char *scanned = p;
		if (p == text.p || left < BLOCK + ASIDE) {
			/* The first and the last block, with zeros around. */
			size_t room = left < BLOCK + ASIDE ? left : BLOCK + ASIDE;
			if (p > text.p)
				memcpy(edge, p - ASIDE, ASIDE);
			memcpy(edge + ASIDE, p, room);
			memset(edge + ASIDE + room, 0, BLOCK + ASIDE - room);
			scanned = edge + ASIDE;
			blocks = 1;
		}
		scan(f, scanned, blocks, marks);
		for (size_t k = 0; k < blocks && !w.starved; k++) {
			uint64_t m = marks[k];
			if (left < BLOCK)
				m &= ((uint64_t)1 << left) - 1;
			for (; m && !w.starved; m &= m - 1) {
				const char *s = p + k * BLOCK + __builtin_ctzll(m);
				if (s < w.copied || passes(f, s, w.copied, w.end) || work_fast(&w, s))
					continue;
				work_at(&w, s);
			}
		}
		p += left < BLOCK ? left : blocks * BLOCK;
	}
	if (!w.starved)
		flush(&w, w.end);
	if (last) {
		f->now = (struct state){0};
	}
	return (size_t)(w.copied - text.p);
}

void fold_try(struct fold *f)
{
	f->trial = true;
	f->before = f->now;
	f->length = f->text.len;
}

void fold_keep(struct fold *f)
{
	uint32_t c;

	f->trial = false;
	for (size_t i = 0; i < f->taken_since.len; i += sizeof c) {
		memcpy(&c, f->taken_since.p + i, sizeof c);
		take(f, c);
	}
	buf_clear(&f->taken_since);
}

void fold_back(struct fold *f)
{
	f->trial = false;
	f->now = f->before;
	f->text.len = f->length;
	buf_clear(&f->taken_since);
}

struct buf *fold_text(struct fold *f)
{
	return &f->text;
}

void fold_spill(struct fold *f, struct buf *out)
{
	struct buf *b = &f->text;

	if (b->len <= CONTEXT)
		return;
	/* Any byte can be the first that stays: it is looked at only from behind, and not that far. */
	size_t n = b->len - CONTEXT;
	had_han(f);
	in_quotes(f);
	buf_put(out, b->p, n);
	memmove(b->p, b->p + n, CONTEXT);
	b->len = CONTEXT;
	f->now.scanned = f->now.scanned > n ? f->now.scanned - n : 0;
	f->now.paired -= n;
	f->now.joined = f->now.joined > n ? f->now.joined - n : 0;
}

void fold_taken(const struct fold *f, void (*each)(void *self, uint32_t c, uint64_t times), void *self)
{
	for (size_t i = 0; i < f->kinds; i++)
		each(self, f->taken[i].c, f->taken[i].times);
}

bool fold_blank(const struct fold *f, uint32_t c)
{
	return class_of(f, c) == BLANK;
}

uint32_t fold_form(const struct fold *f, uint32_t c)
{
	bool several;
	return form(f, c, &several);
}

bool fold_closes(const struct fold *f, uint32_t a, uint32_t b)
{
	return class_of(f, a) == HAN || class_of(f, b) == HAN;
}

void fold_count(struct fold *f, struct span text)
{
	for (size_t i = 0; i < text.len; i += utf8_len(text.p[i])) {
		uint32_t c = utf8_at(text.p + i);
		if (class_of(f, c) == BLANK && (c >= PLANE || f->action[c] == TAKE))
			take(f, c);
	}
}

void fold_plain(struct fold *f, bool plain)
{
	f->plain = plain;
}

struct fold *fold_new(const char *path)
{
	struct fold *f = xcalloc(1, sizeof *f);

	f->mapped = xcalloc(PLANES, sizeof *f->mapped);
	set_own(f);
	read_table(f, path);
	set_marks(f);
	return f;
}

struct fold *fold_beside(const struct fold *f)
{
	struct fold *g = xmalloc(sizeof *g);

	*g = *f;
	g->borrowed = true;
	g->taken = NULL;
	g->kinds = 0;
	g->text = g->taken_since = (struct buf){0};
	g->trial = false;
	g->now = (struct state){0};
	return g;
}

void fold_free(struct fold *f)
{
	if (!f)
		return;
	buf_free(&f->text);
	buf_free(&f->taken_since);
	if (!f->borrowed) {
		free(f->map);
		free(f->mapped);
	}
	free(f->taken);
	free(f);
}
