/* Chinese numerals are read as in GB/T 15835 and everyday usage: digits with 十 百 千 inside sections of four
 * places, sections closed by 万 and 亿. 64 bits hold every sum that such a section structure can make before the
 * last 亿; Arabic digits and digits in a row are copied as text and can be of any length.
 */
#include "numeral.h"

#include "scan.h"
#include "utf8.h"

static uint32_t at(const char *s, const char *end)
{
	return s < end ? utf8_at(s) : 0;
}

/* What a character can be in a Chinese numeral. */
enum { DIGIT = 0x10, POWER = 0x20, VAGUE = 0x40, VALUE = 0x0f };

static const unsigned char roles[0x10000] = {
	[U'〇'] = DIGIT, [U'零'] = DIGIT, [U'○'] = DIGIT, [U'一'] = DIGIT | 1, [U'二'] = DIGIT | 2, [U'两'] = DIGIT | 2,
	[U'三'] = DIGIT | 3, [U'四'] = DIGIT | 4, [U'五'] = DIGIT | 5, [U'六'] = DIGIT | 6, [U'七'] = DIGIT | 7,
	[U'八'] = DIGIT | 8, [U'九'] = DIGIT | 9, [U'十'] = POWER | 1, [U'百'] = POWER | 2, [U'千'] = POWER | 3,
	[U'万'] = POWER | 4, [U'亿'] = POWER | 8, [U'多'] = VAGUE, [U'余'] = VAGUE, [U'几'] = VAGUE,
};

static unsigned role(uint32_t c)
{
	return c < 0x10000 ? roles[c] : 0;
}

int numeral_han(uint32_t c)
{
	unsigned r = role(c);
	return r & DIGIT ? (int)(r & VALUE) : -1;
}

/* The power of ten that multiplier c stands for, or 0. */
static size_t power(uint32_t c)
{
	unsigned r = role(c);
	return r & POWER ? r & VALUE : 0;
}

static bool vague(uint32_t c)
{
	return role(c) & VAGUE;
}

bool numeral_begins(uint32_t c)
{
	return numeral_arabic(c) >= 0 || (role(c) & (DIGIT | POWER) && c != U'○') || c == U'几' || c == U'数';
}

/* White space that layouts put between a figure and its unit. */
static const char *over_space(const char *s, const char *end)
{
	while (s < end && *s == ' ')
		s++;
	return s;
}

struct reader {
	const char *end;
	struct buf *scratch;
	numeral_unit *is_unit;
	const void *self;
};

/* The power of the multiplier at s, 0 when there is none or a unit begins there. */
static size_t multiplier(const struct reader *r, const char *s)
{
	size_t k = power(at(s, r->end));
	return k && !(k <= 3 && r->is_unit(r->self, s, r->end)) ? k : 0;
}

/* Whether exactly three digits stand at s, as behind a thousands separator. */
static bool group(const struct reader *r, const char *s)
{
	size_t k = 0;

	for (; k < 4 && numeral_arabic(at(s, r->end)) >= 0; k++)
		s += utf8_len(*s);
	return k == 3;
}

/* Puts n bytes of a text that goes on to end. Most are few: to copy 16 takes no branch on their number. */
static void put_short(struct buf *b, const char *s, size_t n, const char *end)
{
	enum { SHORT = 16 };

	if (n > SHORT || end - s < SHORT) {
		buf_put(b, s, n);
		return;
	}
	if (b->cap - b->len < SHORT)
		buf_grow(b, SHORT);
	memcpy(b->p + b->len, s, SHORT);
	b->len += n;
}

/* Copies the Arabic digits at s; separators are left out. Sets how many digits stand before the point. */
static const char *arabic(const struct reader *r, const char *s, struct numeral *m, size_t *whole)
{
	uint32_t c;
	size_t n = 0;
	int d;

	for (;;) {
		const char *ascii = s;
		s = scan_digits(s, r->end);
		put_short(r->scratch, ascii, (size_t)(s - ascii), r->end);
		n += (size_t)(s - ascii);
		while ((d = numeral_arabic(c = at(s, r->end))) >= 0) {
			buf_putc(r->scratch, (char)('0' + d));
			s += utf8_len(*s);
			n++;
		}
		/* A full-width comma is a separator only among full-width digits. */
		size_t comma = c == ',' ? 1 : c == 0xff0c && n && s[-1] < 0 ? 3 : 0;
		if (!comma || (!m->grouped && n > 3) || !group(r, s + comma))
			break;
		m->grouped = true;
		s += comma;
	}
	*whole = n;
	if (c == '.' || c == 0xff0e) {
		const char *p = s + utf8_len(*s);
		if (numeral_arabic(at(p, r->end)) >= 0) {
			m->fraction = true;
			buf_putc(r->scratch, '.');
			while ((d = numeral_arabic(at(p, r->end))) >= 0) {
				buf_putc(r->scratch, (char)('0' + d));
				p += utf8_len(*p);
			}
			s = p;
		}
	}
	return s;
}

/* 2个亿, as people say it; not 2个亿元项目, 4个万亿元台阶. */
static bool counted(const struct reader *r, const char *s)
{
	const char *p = s + 3;
	uint32_t c;

	if (at(s, r->end) != U'个')
		return false;
	while ((c = at(p, r->end)) == U'亿' || c == U'万')
		p += 3;
	return p > s + 3 && c != U'级' && !r->is_unit(r->self, p, r->end);
}

/* Multipliers behind Arabic digits, stacked (1.2万亿), with an infix between (20多亿). */
static const char *multipliers(const struct reader *r, const char *s, struct numeral *m)
{
	for (;;) {
		const char *p = over_space(s, r->end);
		if (counted(r, p))
			p += 3;
		size_t k = multiplier(r, p);
		if (!k && !m->infix && vague(at(p, r->end)) && multiplier(r, p + 3)) {
			m->infix = true;
			p += 3;
			k = multiplier(r, p);
		}
		if (!k)
			return s;
		m->exp += k;
		m->tail += k;
		m->multiplied |= k >= 2;
		s = p + 3;
	}
}

/* 3万4000, 2亿3000万: a lower part in Arabic digits that fits under the multiplier of what was read. */
static const char *lower_part(const struct reader *r, const char *s, struct numeral *m)
{
	while (m->exp && !m->fraction && !m->infix) {
		struct numeral low = {.at = r->scratch->len};
		const char *p = s;
		size_t whole;

		if (at(p, r->end) == U'零')
			p += 3;
		if (numeral_arabic(at(p, r->end)) < 0)
			return s;
		p = arabic(r, p, &low, &whole);
		low.n = r->scratch->len - low.at;
		p = multipliers(r, p, &low);
		if (low.fraction || low.grouped || low.infix || whole + low.exp > m->exp) {
			r->scratch->len = low.at;
			return s;
		}
		/* The low digits stand right behind the high ones in scratch: push zeros in between. */
		size_t zeros = m->exp - low.exp - whole;
		for (size_t i = 0; i < zeros; i++)
			buf_putc(r->scratch, '0');
		memmove(r->scratch->p + low.at + zeros, r->scratch->p + low.at, whole);
		memset(r->scratch->p + low.at, '0', zeros);
		m->n = r->scratch->len - m->at;
		m->exp = low.exp;
		m->tail = 0;
		s = p;
	}
	return s;
}

/* Digits of a fraction behind 点. */
static const char *point(const struct reader *r, const char *s, struct numeral *m)
{
	const char *p = s + 3;
	int d;

	if (at(s, r->end) != U'点' || numeral_han(at(p, r->end)) < 0)
		return s;
	m->fraction = true;
	buf_putc(r->scratch, '.');
	while ((d = numeral_han(at(p, r->end))) >= 0) {
		buf_putc(r->scratch, (char)('0' + d));
		p += 3;
	}
	return p;
}

/* Digits in a row: 二〇二六, 一九九八, and 三四 in 三四十, which says a range. */
static const char *row(const struct reader *r, const char *s, struct numeral *m)
{
	int d;

	m->at = r->scratch->len;
	while ((d = numeral_han(at(s, r->end))) >= 0) {
		buf_putc(r->scratch, (char)('0' + d));
		s += 3;
	}
	m->n = r->scratch->len - m->at;
	m->row = true;
	const char *p = r->scratch->p + m->at;
	if (m->n == 2 && p[0] > '0' && p[1] > p[0] && p[1] <= p[0] + 2) {
		size_t k = multiplier(r, s);
		m->at2 = m->at + 1;
		m->n = m->n2 = 1;
		if (k)
			m->row = false;
		return multipliers(r, s, m);
	}
	s = point(r, s, m);
	m->n = r->scratch->len - m->at;
	return m->fraction ? multipliers(r, s, m) : s;
}

/* 万 and 亿 sections; *value gets the sum in units of ten to the power of m->exp. */
static const char *sections(const struct reader *r, const char *s, struct numeral *m, uint64_t *value)
{
	static const uint64_t ten[] = {1, 10, 100, 1000, 10000};
	uint64_t total = 0, group = 0, section = 0; /* closed by 亿, closed by 万, open */
	size_t last = 9, digits = 0; /* the multiplier before; digits said */
	int digit = -1;
	bool zero = false;
	const char *begin = s;

	for (;; s += 3) {
		uint32_t c = at(s, r->end);
		/* 两千米 are metres, though 2千米 are kilometres. */
		size_t k = c == U'千' && digit >= 0 && at(s + 3, r->end) == U'米' ? 3 : multiplier(r, s);
		int d = numeral_han(c);
		if (c == U'几' || c == U'数') {
			size_t next = power(at(s + 3, r->end));
			if (digit >= 0 || !next || (c == U'数' && digits + last != 9))
				break;
			m->infix = true;
			if (last != 9 && next >= 4)
				continue; /* 十几万: some more than ten of them */
			d = 1;
		}
		if (d == 0) {
			uint32_t next = at(s + 3, r->end);
			if (s == begin) {
				digit = 0; /* nothing, or 零点六 */
				digits++;
				s += 3;
				break;
			}
			if (digit >= 0 || last == 9 || zero || (numeral_han(next) <= 0 && !power(next)))
				break;
			zero = true;
			continue;
		}
		if (d > 0) {
			if (digit >= 0)
				break;
			digit = d;
			digits++;
			continue;
		}
		if (k == 0)
			break;
		if (k < 4) {
			if (k >= last && last != 9 && last < 4)
				break;
			/* Only 十 goes without its digit behind something, and others only in front. */
			if (digit < 0 && last != 9 && k != 1)
				break;
			section += (uint64_t)(digit < 0 ? 1 : digit) * ten[k];
			digits += k == 1;
		} else if (k == 4) {
			uint64_t whole = section + (uint64_t)(digit < 0 ? 0 : digit);
			if (whole == 0 && last == 9)
				whole = 1;
			if (group || whole == 0)
				break;
			group = whole * ten[4];
			section = 0;
		} else {
			uint64_t whole = group + section + (uint64_t)(digit < 0 ? 0 : digit);
			if (whole == 0 && last == 9)
				whole = 1;
			if (total > UINT64_MAX / 100000000 / 2 || (total && whole >= 10000) ||
			    (total == 0 && whole == 0))
				break;
			if (total && whole == 0)
				total *= 100000000;
			else
				total += whole * 100000000;
			group = section = 0;
		}
		m->multiplied |= k >= 2;
		m->tail = k < 4 ? 0 : digit < 0 && last >= 4 && last != 9 ? m->tail + k : k;
		digit = -1;
		zero = false;
		last = k;
	}
	/* 三万五 is 35,000 and 一百二 is 120, where nothing said 零 in between. */
	if (digit >= 0) {
		bool short_form = !zero && last >= 2 && last <= 8;
		m->tail = 0;
		section += (uint64_t)digit * (short_form ? (last == 8 ? 10000000 : ten[last - 1]) : 1);
	}
	m->lone = digits == 0 && !m->infix;
	*value = total + group + section;
	return s;
}

/* The infix at the end: 500余, 3000多, 十几 (几 stands for the last digit), 二十余. */
static const char *tail(const struct reader *r, const char *s, struct numeral *m, bool round)
{
	const char *p = over_space(s, r->end);
	uint32_t c = at(p, r->end);

	if (m->infix || (m->fraction && !m->exp) || (!round && c != U'余'))
		return s;
	/* 20几个, 五十来个: these are common characters, and a unit must follow. */
	if (c == U'来' || (c == U'几' && !m->han)) {
		if (!r->is_unit(r->self, p + 3, r->end))
			return s;
		m->about = c == U'来';
	} else if (!vague(c)) {
		return s;
	}
	m->infix = true;
	m->characters++;
	return multipliers(r, p + 3, m);
}

static const char *chinese(const struct reader *r, const char *s, struct numeral *m)
{
	char digits[24];
	size_t i = sizeof digits;
	uint64_t value;
	const char *begin = s;

	m->han = true;
	if (numeral_han(at(s, r->end)) >= 0 && numeral_han(at(s + 3, r->end)) >= 0)
		return row(r, s, m);
	s = sections(r, s, m, &value);
	if (s == begin)
		return s;
	bool round = value % 10 == 0;
	uint64_t tens = value;
	do
		digits[--i] = (char)('0' + value % 10);
	while (value /= 10);
	m->at = r->scratch->len;
	while (i < sizeof digits)
		buf_putc(r->scratch, digits[i++]);
	const char *p = point(r, s, m);
	int d = numeral_han(at(s, r->end));
	bool neighbour = p == s && tens > 10 && tens < 100 && d > 1 && d == (int)(tens % 10) + 1 &&
	                 numeral_han(at(s + 3, r->end)) < 0 && !(power(at(s + 3, r->end)) % 4);
	if (neighbour) { /* 十五六, 三十二三万 */
		m->n = m->n2 = 2;
		m->at2 = r->scratch->len;
		buf_putc(r->scratch, (char)('0' + tens / 10));
		buf_putc(r->scratch, (char)('0' + d));
		return multipliers(r, s + 3, m);
	}
	if (p > s)
		p = multipliers(r, p, m);
	else
		p = tail(r, counted(r, s) ? multipliers(r, s, m) : s, m, round);
	m->n = r->scratch->len - m->at;
	return p;
}

/* Whether a numeral in Arabic digits may go on at s with more than a 万 or 亿. */
static bool goes_on(const char *s, const char *end)
{
	uint32_t c = at(s, end);

	if (c == U'个')
		return power(at(s + 3, end)) >= 4;
	return c == ' ' || c == U'来' || c == U'零' || power(c) || vague(c) || numeral_arabic(c) >= 0;
}

struct numeral numeral_read(const char *s, const char *end, struct buf *scratch, numeral_unit *is_unit,
                            const void *self)
{
	struct reader r = {end, scratch, is_unit, self};
	struct numeral m = {.at = scratch->len};
	const char *p = s;
	size_t whole;

	if (numeral_arabic(at(s, end)) >= 0) {
		p = arabic(&r, s, &m, &whole);
		m.n = scratch->len - m.at;
		bool round = scratch->p[m.at + m.n - 1] == '0';
		size_t k = power(at(p, end));
		if (k >= 4 && !goes_on(p + 3, end)) {
			m.exp = m.tail = k;
			m.multiplied = true;
			p += 3;
		} else if (goes_on(p, end)) {
			p = multipliers(&r, p, &m);
			p = lower_part(&r, p, &m);
			p = tail(&r, p, &m, round || m.exp);
		}
	} else if (numeral_begins(at(s, end))) {
		p = chinese(&r, s, &m);
	}
	m.len = (size_t)(p - s);
	m.characters = m.len == m.n && !m.han ? m.len : utf8_count(s, m.len);
	return m;
}
