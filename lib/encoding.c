#include "encoding.h"

#include <dlfcn.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <uchardet/uchardet.h>

#include "err.h"
#include "utf8.h"

/* Where a step of a decoder stopped: at the end, in front of a character that is cut there, or at a fault. */
struct stop {
	size_t used;     /* bytes decoded */
	size_t bad;      /* bytes of the fault that follows them; 0 when what follows is cut, or nothing */
	const char *why; /* of the fault */
};

typedef struct stop step(struct decoder *d, const char *p, size_t n, struct buf *out);

struct decoder {
	step *step;
	iconv_t iconv;     /* (iconv_t)-1 where it is not needed */
	size_t unit;       /* bytes that a fault of an iconv encoding skips */
	const uint32_t *pairs; /* GB18030: by lead byte less 0x80 and trail byte, as UTF-8, length in the top byte; or 0 */
	uint64_t at;       /* offset of the first byte that is not decoded, carry included */
	char carry[16];    /* the beginning of a character that a read cut */
	size_t carried;
};

static const char nul_byte[] = "a NUL byte, as in no text";

/* --- UTF-8 --- */

/* The maximal subpart of an ill-formed sequence (Unicode 15, 3.9, U+FFFD substitution): what to skip; *cut says that
 * it is the beginning of a character that the end cut. */
static size_t subpart(const char *s, size_t n, bool *cut)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t want = u[0] < 0xc2 ? 1 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : u[0] < 0xf5 ? 4 : 1, k = 1;
	unsigned char low = 0x80, high = 0xbf;

	switch (u[0]) {
	case 0xe0: low = 0xa0; break;
	case 0xed: high = 0x9f; break;
	case 0xf0: low = 0x90; break;
	case 0xf4: high = 0x8f; break;
	}
	while (k < want && k < n && u[k] >= low && u[k] <= high) {
		low = 0x80;
		high = 0xbf;
		k++;
	}
	*cut = k == n && k < want;
	return k;
}

static struct stop step_utf8(struct decoder *d, const char *p, size_t n, struct buf *out)
{
	const char *nul = memchr(p, '\0', n);
	size_t room = nul ? (size_t)(nul - p) : n, good = utf8_valid(p, room);
	bool cut;

	(void)d;
	buf_put(out, p, good);
	if (good == n)
		return (struct stop){good, 0, NULL};
	if (good == room)
		return (struct stop){good, 1, nul_byte};
	size_t bad = subpart(p + good, room - good, &cut);
	return (struct stop){good, cut && !nul ? 0 : bad, "not valid UTF-8"};
}

/* --- GB18030 --- */

enum { GB_TRAILS = 190, GB_PAIRS = 126 * GB_TRAILS }; /* leads 0x81 to 0xfe, trails 0x40 to 0xfe without 0x7f */

static size_t gb_index(unsigned lead, unsigned trail)
{
	return (size_t)(lead - 0x80) << 8 | trail;
}

/* The table of all decoders, made by the first one. */
static const uint32_t *gb_table(struct decoder *d)
{
	static uint32_t *pairs;

	if (pairs)
		return pairs;
	char in[GB_PAIRS * 2], *from = in, utf8[64 * 1024], *to = utf8;
	size_t left = sizeof in, room = sizeof utf8, k = 0;

	for (int i = 0; i < GB_PAIRS; i++) {
		int trail = i % GB_TRAILS + 0x40;
		in[2 * i] = (char)(0x81 + i / GB_TRAILS);
		in[2 * i + 1] = (char)(trail + (trail >= 0x7f));
	}
	pairs = xcalloc(0x8000, sizeof *pairs);
	/* What iconv refuses has no character. */
	while (left) {
		char *start = to;
		size_t first = k;
		size_t r = iconv(d->iconv, &from, &left, &to, &room);
		bool refused = r == (size_t)-1 && errno != E2BIG;
		for (const char *s = start; s < to; k++) {
			size_t len = utf8_len(*s);
			uint32_t v = (uint32_t)len << 24;
			/* The few that are beyond the BMP are left to gb_rare. */
			if (len == 4)
				v = 0;
			for (size_t b = 0; b < len && v; b++)
				v |= (uint32_t)(unsigned char)s[b] << 8 * b;
			pairs[gb_index((unsigned char)in[2 * k], (unsigned char)in[2 * k + 1])] = v;
			s += len;
		}
		if (k != (size_t)(from - in) / 2)
			die(RC_SYSTEM, "iconv: its GB18030 maps %zu pairs to %zu characters",
			    (size_t)(from - in) / 2 - first, k - first);
		if (refused) {
			from += 2;
			left -= 2;
			k++;
			iconv(d->iconv, NULL, NULL, NULL, NULL);
		}
		to = utf8;
		room = sizeof utf8;
	}
	return pairs;
}

/* A character of n bytes that has no entry; they are rare, so iconv does it. Its length in UTF-8, 0 when there is none. */
static size_t gb_rare(struct decoder *d, const char *p, size_t n, char *out)
{
	char *from = (char *)(uintptr_t)p, *to = out;
	size_t left = n, room = 4;

	if (iconv(d->iconv, &from, &left, &to, &room) == (size_t)-1) {
		iconv(d->iconv, NULL, NULL, NULL, NULL);
		return 0;
	}
	return (size_t)(to - out);
}

/* Writes a character as the table has it; the fourth byte, which is none of it, goes to what comes next. */
static inline void put_packed(char *to, uint32_t v)
{
	char four[4] = {(char)v, (char)(v >> 8), (char)(v >> 16), (char)(v >> 24)};
	memcpy(to, four, 4);
}

/* Eight bytes as a number: each pair of them, without the highest bit, is its index. */
static inline uint64_t big_endian(const unsigned char *s)
{
	return (uint64_t)s[0] << 56 | (uint64_t)s[1] << 48 | (uint64_t)s[2] << 40 | (uint64_t)s[3] << 32 |
	       (uint64_t)s[4] << 24 | (uint64_t)s[5] << 16 | (uint64_t)s[6] << 8 | s[7];
}

static struct stop step_gb(struct decoder *d, const char *p, size_t n, struct buf *out)
{
	const unsigned char *s = (const unsigned char *)p, *end = s + n;
	const uint32_t *pairs = d->pairs;
	struct stop stop = {0};

	/* A pair becomes at most four bytes, and each store may write one more than it keeps. */
	if (out->cap - out->len < 2 * n + 8)
		buf_grow(out, 2 * n + 8);
	char *to = out->p + out->len;
	while (s < end) {
		uint64_t w;
		uint32_t v;
		/* Most of a text is pairs that become three bytes, and goes four at a time. What is no pair has no entry. */
		while (end - s >= 8 && ((w = big_endian(s)) & 0x8000800080008000u) == 0x8000800080008000u) {
			uint32_t v0 = pairs[w >> 48 & 0x7fff], v1 = pairs[w >> 32 & 0x7fff];
			uint32_t v2 = pairs[w >> 16 & 0x7fff], v3 = pairs[w & 0x7fff];
			if ((v0 & v1 & v2 & v3) >> 24 != 3)
				break;
			put_packed(to, v0);
			put_packed(to + 3, v1);
			put_packed(to + 6, v2);
			put_packed(to + 9, v3);
			to += 12;
			s += 8;
		}
		while (end - s >= 2 && *s >= 0x80 && (v = pairs[gb_index(s[0], s[1])]) != 0) {
			put_packed(to, v);
			to += v >> 24;
			s += 2;
		}
		while (end - s >= 8 && (memcpy(&w, s, 8), (w & 0x8080808080808080u) == 0) &&
		       ((w - 0x0101010101010101u) & 0x8080808080808080u) == 0) {
			memcpy(to, &w, 8);
			to += 8;
			s += 8;
		}
		while (s < end && *s < 0x80 && *s)
			*to++ = (char)*s++;
		if (s == end)
			break;
		if (*s == 0) {
			stop.bad = 1;
			stop.why = nul_byte;
			break;
		}
		if (*s >= 0x81 && *s < 0xff && end - s >= 2 && pairs[gb_index(s[0], s[1])])
			continue;
		stop.why = "not valid GB18030";
		if (*s == 0x80 || *s == 0xff) {
			stop.bad = 1;
			break;
		}
		if (end - s < 2)
			break;
		if (s[1] >= 0x40 && s[1] != 0x7f && s[1] != 0xff) {
			size_t rare = gb_rare(d, (const char *)s, 2, to);
			if (!rare) {
				stop.bad = 2;
				break;
			}
			to += rare;
			s += 2;
			continue;
		}
		if (s[1] < '0' || s[1] > '9') {
			stop.bad = 1;
			break;
		}
		if (end - s < 4 && (end - s < 3 || (s[2] >= 0x81 && s[2] <= 0xfe)))
			break;
		size_t len = s[2] >= 0x81 && s[2] <= 0xfe && s[3] >= '0' && s[3] <= '9' ? gb_rare(d, (const char *)s, 4, to) : 0;
		if (!len) {
			stop.bad = 1;
			break;
		}
		to += len;
		s += 4;
	}
	out->len = (size_t)(to - out->p);
	stop.used = (size_t)((const char *)s - p);
	return stop;
}

/* --- whatever iconv knows --- */

/* iconv passes U+0000; text has none. */
static size_t before_nul(const char *p, size_t n, size_t unit)
{
	if (unit == 1) {
		const char *nul = memchr(p, '\0', n);
		return nul ? (size_t)(nul - p) : n;
	}
	for (size_t i = 0; i + unit <= n; i += unit) {
		size_t k = 0;
		while (k < unit && p[i + k] == '\0')
			k++;
		if (k == unit)
			return i;
	}
	return n;
}

static struct stop step_iconv(struct decoder *d, const char *p, size_t n, struct buf *out)
{
	size_t left = before_nul(p, n, d->unit), text = left;
	char *from = (char *)(uintptr_t)p;

	while (left) {
		buf_grow(out, left * 2 + 16);
		char *to = out->p + out->len;
		size_t room = out->cap - out->len;
		size_t r = iconv(d->iconv, &from, &left, &to, &room);
		out->len = (size_t)(to - out->p);
		if (r != (size_t)-1)
			break;
		if (errno == E2BIG)
			continue;
		bool cut = errno == EINVAL && text == n;
		return (struct stop){text - left, cut ? 0 : left < d->unit ? left : d->unit, "not valid in this encoding"};
	}
	if (text < n)
		return (struct stop){text, d->unit, nul_byte};
	return (struct stop){n, 0, NULL};
}

/* --- decoders --- */

static bool is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcasecmp(name, *names) == 0)
			return true;
	return false;
}

struct decoder *decoder_new(const char *name)
{
	static const char *const utf8[] = {"UTF-8", "UTF8", NULL};
	static const char *const gb[] = {"GB18030", "GBK", "GB2312", "CP936", "EUC-CN", "GB_2312-80", "MS936", NULL};
	static const char *const utf16[] = {"UTF-16", "UTF-16LE", "UTF-16BE", "UCS-2", "UCS-2LE", "UCS-2BE", "UTF16", NULL};
	static const char *const utf32[] = {"UTF-32", "UTF-32LE", "UTF-32BE", "UCS-4", "UCS-4LE", "UCS-4BE", "UTF32", NULL};
	iconv_t cd = (iconv_t)-1;
	step *one = step_utf8;

	if (!is_one_of(name, utf8)) {
		/* "//TRANSLIT" and the like would change the text. */
		if (strchr(name, '/') || !*name)
			return NULL;
		one = is_one_of(name, gb) ? step_gb : step_iconv;
		cd = iconv_open("UTF-8", one == step_gb ? "GB18030" : name);
		if (cd == (iconv_t)-1 && errno != EINVAL)
			die(RC_SYSTEM, "iconv: %s", strerror(errno));
		if (cd == (iconv_t)-1)
			return NULL;
	}
	struct decoder *d = xcalloc(1, sizeof *d);
	d->step = one;
	d->iconv = cd;
	d->unit = is_one_of(name, utf16) ? 2 : is_one_of(name, utf32) ? 4 : 1;
	if (one == step_gb)
		d->pairs = gb_table(d);
	return d;
}

void decoder_free(struct decoder *d)
{
	if (!d)
		return;
	if (d->iconv != (iconv_t)-1)
		iconv_close(d->iconv);
	free(d);
}

static bool faulty(struct decoder *d, const char *p, struct stop stop, struct decoder_fault *fault)
{
	fault->at = d->at;
	fault->why = stop.why;
	fault->n = stop.bad < sizeof fault->bytes ? stop.bad : sizeof fault->bytes;
	memcpy(fault->bytes, p, fault->n);
	d->at += stop.bad;
	return false;
}

/* Completes the character of which the last call left the beginning. */
static bool feed_carry(struct decoder *d, struct span *bytes, struct buf *out, struct decoder_fault *fault)
{
	size_t old = d->carried, more = sizeof d->carry - old < bytes->len ? sizeof d->carry - old : bytes->len;

	memcpy(d->carry + old, bytes->p, more);
	struct stop stop = d->step(d, d->carry, old + more, out);
	d->at += stop.used;
	size_t gone = stop.used;
	bool good = stop.bad == 0 || gone >= old;
	if (!good) {
		faulty(d, d->carry + gone, stop, fault);
		gone += stop.bad;
	}
	if (gone >= old) {
		/* The rest of the carry is still at the front of bytes. */
		bytes->p += gone - old;
		bytes->len -= gone - old;
		d->carried = 0;
		return good;
	}
	if (good) {
		bytes->p += more;
		bytes->len -= more;
		old += more;
	}
	d->carried = old - gone;
	memmove(d->carry, d->carry + gone, d->carried);
	return good;
}

/* Completes the character of UTF-8 of which the last call left the beginning, if that is all that it needs. */
static bool complete(struct decoder *d, struct span *bytes, struct buf *out)
{
	char c[4];
	size_t n = utf8_len(*d->carry), more = n - d->carried;

	if (bytes->len < more)
		return false;
	memcpy(c, d->carry, d->carried);
	memcpy(c + d->carried, bytes->p, more);
	if (utf8_valid(c, n) < n)
		return false;
	buf_put(out, c, n);
	d->carried = 0;
	d->at += n;
	bytes->p += more;
	bytes->len -= more;
	return true;
}

struct span decoder_plain(struct decoder *d, struct span *bytes, struct buf *out)
{
	struct span plain = {bytes->p, 0};

	if (d->step != step_utf8 || bytes->len == 0 || (d->carried && !complete(d, bytes, out)))
		return plain;
	plain.p = bytes->p;
	const char *nul = memchr(bytes->p, '\0', bytes->len);
	plain.len = utf8_valid(bytes->p, nul ? (size_t)(nul - bytes->p) : bytes->len);
	d->at += plain.len;
	bytes->p += plain.len;
	bytes->len -= plain.len;
	return plain;
}

bool decoder_feed(struct decoder *d, struct span *bytes, bool last, struct buf *out, struct decoder_fault *fault)
{
	while (d->carried && bytes->len)
		if (!feed_carry(d, bytes, out, fault))
			return false;
	if (bytes->len) {
		struct stop stop = d->step(d, bytes->p, bytes->len, out);
		d->at += stop.used;
		bytes->p += stop.used;
		bytes->len -= stop.used;
		if (stop.bad) {
			faulty(d, bytes->p, stop, fault);
			bytes->p += stop.bad;
			bytes->len -= stop.bad;
			return false;
		}
		/* What is left is the beginning of a character: no encoding that iconv knows has one of 16 bytes. */
		if (bytes->len > sizeof d->carry)
			die(RC_SYSTEM, "iconv: a character of %zu bytes", bytes->len);
		memcpy(d->carry, bytes->p, bytes->len);
		d->carried = bytes->len;
		*bytes = (struct span){bytes->p + bytes->len, 0};
	}
	if (last && d->carried) {
		struct stop stop = {0, d->carried, "the input ends inside a character"};
		d->carried = 0;
		return faulty(d, d->carry, stop, fault);
	}
	return true;
}

/* --- guessing --- */

static bool begins(const char *p, size_t n, const char *magic, size_t len)
{
	return n >= len && memcmp(p, magic, len) == 0;
}

/* The kind of a file that is no text but is often taken for one. */
static const char *binary_kind(const char *p, size_t n)
{
	static const struct { const char *magic; size_t len; const char *kind; } kinds[] = {
		{"%PDF-", 5, "a PDF file: take its text out first, as pdftotext does"},
		{"PK\3\4", 4, "a ZIP archive, as DOCX files are: take the text out first, as pandoc does"},
		{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "an old Office document: take its text out first, as antiword does"},
		{"{\\rtf", 5, "an RTF document: take its text out first"},
		{"\x89PNG\r\n\x1a\n", 8, "a PNG image"},
		{"\xff\xd8\xff", 3, "a JPEG image"},
		{"GIF8", 4, "a GIF image"},
		{"II*\0", 4, "a TIFF image"},
		{"MM\0*", 4, "a TIFF image"},
		{"\x1f\x8b", 2, "compressed by gzip"},
		{"\xfd" "7zXZ", 5, "compressed by xz"},
		{"BZh", 3, "compressed by bzip2"},
		{"\x28\xb5\x2f\xfd", 4, "compressed by zstd"},
		{"\x7f" "ELF", 4, "a program"},
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (begins(p, n, kinds[i].magic, kinds[i].len))
			return kinds[i].kind;
	return NULL;
}

/* Multibyte characters in valid UTF-8, counted up to most. */
static size_t multibyte(const char *p, size_t n, size_t most)
{
	size_t count = 0;
	for (size_t i = 0; i < n && count < most; i++)
		count += (unsigned char)p[i] >= 0xc0;
	return count;
}

/* Good multibyte characters and faults of p as UTF-8; a character that is cut at the end is none. */
static void count_utf8(const char *p, size_t n, size_t *good, size_t *faults)
{
	size_t i = utf8_valid(p, n);

	*good = multibyte(p, i, i);
	*faults = 0;
	/* Behind the first fault of another encoding the next ones are not far. */
	while (i < n) {
		uint32_t c;
		bool cut = false;
		size_t len = utf8_decode(p + i, n - i, &c);
		*good += len > 1;
		if (len == 0) {
			len = subpart(p + i, n - i, &cut);
			*faults += !cut;
		}
		i += len;
	}
}

/* How many faults a decoder finds, counted up to most + 1; a character that is cut at the end is none. */
static size_t count_faults(const char *name, const char *p, size_t n, size_t most)
{
	struct decoder *d = decoder_new(name);
	struct span rest = {p, n};
	struct decoder_fault fault;
	struct buf out = {0};
	size_t faults = 0;

	/* For want of memory too, iconv may say that it knows none of that name: no ground for a guess. */
	if (!d)
		die(RC_SYSTEM, "iconv knows no %s", name);
	while (faults <= most && !decoder_feed(d, &rest, false, &out, &fault))
		faults++;
	buf_free(&out);
	decoder_free(d);
	return faults;
}

/* How many of the commonest characters of reports that say in which order their bytes are: line breaks, spaces, digits,
 * 、 。 ， ： “ ”. Han characters do not: read the other way round most are others. */
static size_t count_common(const char *p, size_t n, bool big)
{
	size_t count = 0;

	for (size_t i = 0; i + 2 <= n; i += 2) {
		unsigned high = (unsigned char)p[i + !big], low = (unsigned char)p[i + big];
		switch (high << 8 | low) {
		case 0x0a: case 0x0d: case 0x20: case 0x3001: case 0x3002: case 0xff0c: case 0xff1a: case 0x201c: case 0x201d:
			count++;
			break;
		default:
			count += high == 0 && low >= '0' && low <= '9';
		}
	}
	return count;
}

/* UTF-16 without a mark: its ASCII characters bring NUL bytes, and it has no faults. */
static const char *utf16_order(const char *p, size_t n)
{
	size_t little = count_common(p, n, false), big = count_common(p, n, true);
	const char *name = little > big ? "UTF-16LE" : big > little ? "UTF-16BE" : NULL;
	return name && (little > big ? little : big) * 64 >= n / 2 && count_faults(name, p, n, 0) == 0 ? name : NULL;
}

/* A function of uchardet, which is loaded when it is first asked for: the C++ library that it brings with it takes as long
 * to start as everything else. */
static void from_uchardet(const char *name, void *function)
{
	static void *library;
	void *symbol;

	if (!library)
		library = dlopen("libuchardet.so.0", RTLD_NOW);
	if (!library || !(symbol = dlsym(library, name)))
		die(RC_SYSTEM, "%s", dlerror());
	memcpy(function, &symbol, sizeof symbol);
}

#define FROM_UCHARDET(name) \
	__typeof__(&uchardet_##name) name; \
	from_uchardet("uchardet_" #name, &name)

static bool says_big5(const char *p, size_t n)
{
	FROM_UCHARDET(new);
	FROM_UCHARDET(handle_data);
	FROM_UCHARDET(data_end);
	FROM_UCHARDET(get_charset);
	FROM_UCHARDET(delete);
	uchardet_t u = new();
	bool big5 = false;

	if (handle_data(u, p, n) == 0) {
		data_end(u);
		big5 = strcasecmp(get_charset(u), "BIG5") == 0;
	}
	delete(u);
	return big5;
}

struct encoding_guess encoding_guess(const char *p, size_t n, bool whole)
{
	enum { ENOUGH = 32 };
	struct encoding_guess guess = {0};
	size_t good, faults;

	whole = whole || n >= ENCODING_PREFIX;
	if (n > ENCODING_PREFIX)
		n = ENCODING_PREFIX;
	if (!whole && n < 8)
		return guess;
	if (begins(p, n, "\xef\xbb\xbf", 3))
		return (struct encoding_guess){"UTF-8", NULL, 3};
	if (begins(p, n, "\xff\xfe\0\0", 4))
		return (struct encoding_guess){"UTF-32LE", NULL, 4};
	if (begins(p, n, "\0\0\xfe\xff", 4))
		return (struct encoding_guess){"UTF-32BE", NULL, 4};
	if (begins(p, n, "\xff\xfe", 2))
		return (struct encoding_guess){"UTF-16LE", NULL, 2};
	if (begins(p, n, "\xfe\xff", 2))
		return (struct encoding_guess){"UTF-16BE", NULL, 2};
	if (begins(p, n, "\x84\x31\x95\x33", 4))
		return (struct encoding_guess){"GB18030", NULL, 4};
	guess.binary = binary_kind(p, n);
	if (guess.binary)
		return guess;
	/* This is asked first, and of the stretch in front of the first fault only, so that what comes later, which may
	 * or may not be there yet, cannot change the answer. */
	const char *nul = memchr(p, '\0', n);
	size_t clean = utf8_valid(p, nul ? (size_t)(nul - p) : n);
	if (multibyte(p, clean, ENOUGH) == ENOUGH) {
		guess.name = "UTF-8";
		return guess;
	}
	if (!whole)
		return guess;
	count_utf8(p, n, &good, &faults);
	if (!nul && faults == 0) {
		guess.name = "UTF-8";
		return guess;
	}
	if (nul) {
		guess.name = utf16_order(p, n);
		if (!guess.name && clean < n / 2 && faults * 8 >= good)
			guess.binary = "not text: it has NUL bytes";
		else if (!guess.name)
			guess.name = "UTF-8";
		return guess;
	}
	/* Text of another encoding has far more faults than good characters of UTF-8. */
	if (good >= 2 * faults) {
		guess.name = "UTF-8";
		return guess;
	}
	size_t gb = count_faults("GB18030", p, n, n), big5 = count_faults("BIG5-HKSCS", p, n, gb);
	size_t fewest = gb < big5 ? gb : big5;
	guess.name = gb < big5 || (gb == big5 && !says_big5(p, n)) ? "GB18030" : "BIG5-HKSCS";
	/* Bytes at random have a fault in every few. */
	if (fewest * 16 > n) {
		guess.name = NULL;
		guess.binary = "not text in any encoding that is known";
	}
	return guess;
}
