#include "cut.h"

#include <stdint.h>
#include <stdlib.h>

#include "err.h"
#include "tsv.h"
#include "utf8.h"

enum {
	REACH = 50,      /* characters that are looked at */
	LONGEST = 46,    /* of a heading at most */
	WORD = 8,        /* of a word, */
	SEEN = LONGEST + 2 * WORD, /* and up to here words are looked for: an adverb, its verb and what follows it */
	SHORTEST = 3,
	PLAIN_BYTES = 39, /* twelve characters and their 。: too little for a heading and the first sentence of a body */
	UNKNOWN = -2,    /* the weight of what the dictionary does not have */
	QUOTED = 2,      /* of a quoted name at the end of a heading */
	NAMED = 3,       /* of a quoted name or a place at the beginning of a body */
	DATED = 5,       /* of a year there */
	NUMBERED = 1,    /* of another figure */
	SPACE = 12,      /* a space where Chinese text has none is a break that somebody lost */
	FULL_STOP = 6,   /* what a 。 counts, against the two words at a cut without one */
	NONE = -100,
	CLAUSE = 3,      /* the price of one clause more or less than the siblings have */
	ALIKE = 2,       /* the worth of ending, or going on, with the same character as the siblings */
	PREDICATE = 2,   /* the weight of a verb at the end of a heading, without that of its adverb */
	STATE = 2,       /* the weight of an adverb that tells how things are */
	TOLD = 2,        /* the worth of a predicate on both sides: one thing was told, then the next */
	SUBJECTLESS = 5, /* the price of a body that begins with a predicate */
	SHORT_REST = 5,  /* the price of a body that is over at once */
	OVER = 3,        /* the price of more behind a subject with its predicate */
	WITHIN = 3,      /* the price of a cut through a word, */
	INSIDE = 6,      /* and through a phrase that headings end with: 工作回顾 */
	PHRASE = 4,      /* characters that make one */
	REPEATED = 3,    /* the worth of a body that begins like its heading */
	FULL = 5,        /* the weight of a predicate with its subject */
	FIXED = 8,       /* the weight of an end that is known */
	HALF = 6,        /* characters that the last clause of a heading has at least */
	CLOSING = 4,     /* so well must it end if what follows is no word that begins a body */
};

/* A place where the heading may end. */
struct spot {
	size_t at; /* bytes from the text's start */
	int score;
	int clause; /* commas before it */
	int length; /* characters since the last of them */
	uint32_t last, next; /* the characters before and behind it */
};

struct sibling {
	size_t first, count; /* its spots */
	size_t stop;         /* behind its first 。, 0 when that is too far */
	size_t best;
};

/* What a row of the dictionary says, in a number; 0 is no word. */
enum {
	OPEN = 7,        /* the weight to open */
	CLOSE_SHIFT = 3, /* the weight to close, */
	ADVERB_SHIFT = 6, /* and that of an adverb */
	TELLS = 1 << 8,
	VERB = 1 << 9,
	MAY_OPEN = 1 << 10, /* it counts behind a place, */
	MAY_CLOSE = 1 << 11, /* in front of one */
	CHARS_SHIFT = 16, /* its length */
};

enum { HASHES = 1 << 16, SINGLES = 1 << 12, SHORTS = 1 << 12, CHAINS = 1 << 12, TERMS = 1 << 10 };

/* A word of one character or two, */
struct brief {
	uint32_t key, word; /* what it is; 0: a free slot */
};

/* and one of more. */
struct term {
	uint32_t word;
	uint16_t c[WORD];
	uint16_t next; /* 1 + that in the same chain, 0 at its end */
};

struct cuts {
	/* The words of one and of two characters, and what longer ones begin with, as bits of their hashes: they turn nearly
	 * all places away. */
	uint32_t one[SINGLES / 32], two[HASHES / 32], three[HASHES / 32];
	struct brief shorts[SHORTS]; /* a table by hashes */
	size_t short_count;
	uint16_t chains[CHAINS]; /* 1 + a word, by the hash of its first three characters; 0 for none */
	struct term *terms;
	size_t term_count;
	const struct gazetteer *gazetteer;
	struct spot *spots;
	size_t spot_count, spot_room;
	struct sibling *siblings;
	size_t sibling_room;
};

static inline bool common(uint32_t c)
{
	return c - 0x4e00 < 0x5200;
}

static inline unsigned hash(uint32_t a, uint32_t b, uint32_t third)
{
	return (a * 0x9e37u ^ b * 0x79b9u ^ third) % HASHES;
}

static inline bool bit(const uint32_t *bits, unsigned i)
{
	return bits[i / 32] >> i % 32 & 1;
}

static void set_bit(uint32_t *bits, unsigned i)
{
	bits[i / 32] |= (uint32_t)1 << i % 32;
}

/* The slot of the word of these two characters, or, where b is 0, of one; a free one if there is none. */
static inline struct brief *find_brief(const struct cuts *c, uint32_t a, uint32_t b)
{
	size_t i = hash(a, b, 0) % SHORTS;

	while (c->shorts[i].word && c->shorts[i].key != (a << 16 | b))
		i = (i + 1) % SHORTS;
	return (struct brief *)&c->shorts[i];
}

/* Adds a word of n characters, or gives the one that is there already another value. */
static void add_term(struct cuts *c, struct tsv *t, const char *s, size_t n, uint32_t value)
{
	struct term term = {.word = (uint32_t)n << CHARS_SHIFT | value};

	for (size_t i = 0; i < n; i++)
		term.c[i] = (uint16_t)utf8_at(s + 3 * i);
	unsigned h = hash(term.c[0], term.c[1], term.c[2]);
	if (n <= 2) {
		struct brief *slot = find_brief(c, term.c[0], term.c[1]);
		c->short_count += !slot->word;
		if (c->short_count > SHORTS / 2)
			tsv_bad(t, "too many words");
		*slot = (struct brief){(uint32_t)term.c[0] << 16 | term.c[1], term.word};
		if (n == 1)
			set_bit(c->one, term.c[0] % SINGLES);
		else
			set_bit(c->two, h);
		return;
	}
	uint16_t *first = &c->chains[h % CHAINS];
	for (size_t k = *first; k; k = c->terms[k - 1].next)
		if (memcmp(c->terms[k - 1].c, term.c, sizeof term.c) == 0) {
			c->terms[k - 1].word = term.word;
			return;
		}
	if (c->term_count == UINT16_MAX)
		tsv_bad(t, "too many words");
	term.next = *first;
	if (c->term_count % TERMS == 0)
		c->terms = xrealloc(c->terms, (c->term_count + TERMS) * sizeof *c->terms);
	c->terms[c->term_count++] = term;
	*first = (uint16_t)c->term_count;
	set_bit(c->three, h);
}

struct cuts *cuts_new(const struct gazetteer *g)
{
	static const char *const columns[] = {"word", "close", "open", "predicate", "adverb", "verb"};
	enum { WORD_COLUMN, CLOSE, OPENING, PREDICATES, ADVERB, VERBS, COLUMNS };
	struct cuts *c = xcalloc(1, sizeof *c);
	struct span f[COLUMNS];
	struct tsv t;
	char *path = tsv_own("heading.tsv");

	c->gazetteer = g;
	tsv_open(&t, path, columns, COLUMNS);
	while (tsv_row(&t, f)) {
		int32_t weight[COLUMNS] = {0};
		const char *end = f[WORD_COLUMN].p + f[WORD_COLUMN].len;
		size_t n = f[WORD_COLUMN].len / 3;
		if (f[WORD_COLUMN].len == 0)
			tsv_bad(&t, "empty word");
		for (const char *s = f[WORD_COLUMN].p; s < end; s += 3)
			if (n > WORD || !common(utf8_at(s)))
				tsv_bad(&t, "a word has up to eight characters, all Chinese");
		for (size_t i = CLOSE; i < COLUMNS; i++) {
			if (f[i].len > 1 || (f[i].len == 1 && (*f[i].p < '1' || *f[i].p > '5')))
				tsv_bad(&t, "a weight is a digit from 1 to 5");
			weight[i] = f[i].len ? *f[i].p - '0' : 0;
		}
		if (weight[ADVERB] > STATE)
			tsv_bad(&t, "the weight of an adverb is 1 or 2");
		int32_t both = weight[ADVERB] << ADVERB_SHIFT | (weight[PREDICATES] ? TELLS : 0) | (weight[VERBS] ? VERB : 0);
		int32_t close = weight[PREDICATES] ? weight[PREDICATES] : weight[CLOSE];
		bool closes = both || close, opens = both || weight[OPENING] || !closes;
		if (closes && n == 1)
			tsv_bad(&t, "a word of one character can only open");
		add_term(c, &t, f[WORD_COLUMN].p, n,
		         (uint32_t)(both | weight[OPENING] | close << CLOSE_SHIFT | (opens ? MAY_OPEN : 0) | (closes ? MAY_CLOSE : 0)));
	}
	tsv_close(&t);
	free(path);
	return c;
}

void cuts_free(struct cuts *c)
{
	free(c->terms);
	free(c->spots);
	free(c->siblings);
	free(c);
}

/* What a character is, as bits; 0 for Chinese ones. Punctuation cannot stand on either side of a cut, but for quotes that
 * open behind it or close before it. */
enum { PUNCTUATION = 1, COMMA = 2, OPENS = 4, CLOSES = 8, STOP = 16, OTHER = 32 };

static inline unsigned char kind_of(uint32_t c)
{
	switch (c) {
	case ',': case 0xff0c: return PUNCTUATION | COMMA;
	case 0x3002: case 0xff01: case 0xff1f: case 0xff1b: return PUNCTUATION | STOP;
	case 0x3001: case 0xff1a: case ':': case ';': case '.': case 0x2014: case '-': case '+': case '/': return PUNCTUATION;
	case 0x201c: case 0x2018: case 0x300a: case 0xff08: case '(': case 0x3010: return OPENS;
	case 0x201d: case 0x2019: case 0x300b: case 0xff09: case ')': case 0x3011: return CLOSES;
	default: return OTHER;
	}
}

static bool latin(uint32_t c)
{
	return c < 0x80 && c > ' ';
}

/* The text's first characters, where they begin, the words among them, and where its first 。 stands. */
struct reach {
	uint32_t c[SEEN + 1];
	uint16_t han[SEEN + WORD]; /* the same where they are common, else 0 */
	unsigned char kind[SEEN];
	uint16_t at[SEEN + 1];
	uint32_t opens[SEEN + WORD + 1], closes[SEEN + WORD]; /* the longest word that begins with the character, and that ends before it */
	uint64_t signs, breaks; /* the characters of a kind, and the punctuation among them, as bits */
	uint64_t closed; /* those in front of which no heading ends, because of a sign */
	uint64_t words; /* where words begin or end, as bits */
	uint64_t inside; /* the characters within phrases that end headings */
	size_t count; /* characters up to the first 。 or REACH of them */
	bool stopped; /* by a 。, which is c[count] */
};

_Static_assert(SEEN <= 64, "each character that is looked at is a bit");

static inline uint64_t nth(size_t i)
{
	return (uint64_t)1 << i;
}

static inline size_t chars(uint32_t word)
{
	return word >> CHARS_SHIFT;
}

/* Whether the word stands there; both can be read as far as the longest word goes. */
static inline bool stands(const struct term *t, const uint16_t *han)
{
	static const uint16_t first[WORD + 1][WORD] = {
		{0}, {~0}, {~0, ~0}, {~0, ~0, ~0}, {~0, ~0, ~0, ~0}, {~0, ~0, ~0, ~0, ~0}, {~0, ~0, ~0, ~0, ~0, ~0},
		{~0, ~0, ~0, ~0, ~0, ~0, ~0}, {~0, ~0, ~0, ~0, ~0, ~0, ~0, ~0},
	};
	uint64_t a[2], b[2], mask[2];

	memcpy(a, t->c, sizeof a);
	memcpy(b, han, sizeof b);
	memcpy(mask, first[chars(t->word)], sizeof mask);
	return (((a[0] ^ b[0]) & mask[0]) | ((a[1] ^ b[1]) & mask[1])) == 0;
}

/* Adds a word that stands at character i, or 0, which changes nothing, to those that begin there and to those that end behind
 * it. */
static inline void add_word(struct reach *r, size_t i, uint32_t word)
{
	size_t end = i + chars(word);
	bool opens = (word / MAY_OPEN & 1) & (chars(word) > chars(r->opens[i]));
	bool closes = (word / MAY_CLOSE & 1) & (chars(word) > chars(r->closes[end]));

	r->opens[i] = opens ? word : r->opens[i];
	r->closes[end] = closes ? word : r->closes[end];
	r->words |= (uint64_t)opens << i | (uint64_t)(closes & (end < 64)) << (end & 63);
}

static void find_words(const struct cuts *c, struct reach *r, size_t seen)
{
	/* Places are sifted first, and then hardly anything branches: what a place is cannot be foretold. */
	uint8_t ones[SEEN] = {0}, twos[SEEN] = {0}, threes[SEEN] = {0};
	size_t one_count = 0, two_count = 0, three_count = 0;

	memset(r->opens, 0, (seen + WORD + 1) * sizeof *r->opens);
	memset(r->closes, 0, (seen + WORD) * sizeof *r->closes);
	r->words = r->inside = 0;
	for (size_t i = 0; i < seen; i++) {
		const uint16_t *han = r->han + i;
		unsigned two = hash(han[0], han[1], 0);
		ones[one_count] = twos[two_count] = threes[three_count] = (uint8_t)i;
		one_count += bit(c->one, han[0] % SINGLES);
		two_count += bit(c->two, two);
		three_count += bit(c->three, two ^ han[2]);
	}
	for (size_t k = 0; k < one_count; k++)
		add_word(r, ones[k], find_brief(c, r->han[ones[k]], 0)->word);
	for (size_t k = 0; k < two_count; k++)
		add_word(r, twos[k], find_brief(c, r->han[twos[k]], r->han[twos[k] + 1])->word);
	for (size_t k = 0; k < three_count; k++) {
		const uint16_t *han = r->han + threes[k];
		for (size_t next = c->chains[hash(han[0], han[1], han[2]) % CHAINS]; next;) {
			const struct term *t = &c->terms[next - 1];
			bool here = stands(t, han), phrase = (t->word / MAY_CLOSE & 1) & (chars(t->word) >= PHRASE);
			add_word(r, threes[k], here * t->word);
			r->inside |= (here & phrase) * ((nth(chars(t->word) - 1) - 1) << (threes[k] + 1));
			next = t->next;
		}
	}
}

static void read_reach(const struct cuts *c, struct reach *r, struct span text)
{
	size_t at = 0, n = 0;

	r->stopped = false;
	r->signs = r->breaks = r->closed = 0;
	while (n < SEEN && at < text.len) {
		uint32_t character = utf8_at(text.p + at);
		r->c[n] = character;
		r->han[n] = common(character) ? (uint16_t)character : 0;
		r->at[n] = (uint16_t)at;
		r->kind[n] = 0;
		if (common(character))
			at += 3;
		else {
			r->kind[n] = kind_of(character);
			r->signs |= nth(n);
			r->breaks |= r->kind[n] & PUNCTUATION ? nth(n) : 0;
			r->closed |= r->kind[n] & (PUNCTUATION | CLOSES) ? nth(n) : 0;
			r->closed |= r->kind[n] & (PUNCTUATION | OPENS) || character == ' ' ? nth(n + 1) : 0;
			r->closed &= character == ' ' ? ~nth(n) : ~(uint64_t)0;
			if (n < REACH && r->kind[n] & STOP) {
				r->stopped = true;
				break;
			}
			at += utf8_len(text.p[at]);
		}
		n++;
	}
	r->count = n < REACH ? n : REACH;
	r->at[n] = (uint16_t)at;
	if (!r->stopped)
		r->c[n] = 0;
	/* A word may end behind the last character. */
	memset(r->han + n, 0, WORD * sizeof *r->han);
	for (size_t i = SEEN; n == SEEN && i < SEEN + WORD && at < text.len && common(utf8_at(text.p + at)); i++, at += 3)
		r->han[i] = (uint16_t)utf8_at(text.p + at);
	find_words(c, r, n);
}

/* What stands in front of a place. */
struct end {
	int weight;   /* how well a heading may end with it, 0 if the dictionary does not say */
	bool tells;   /* it is a predicate, */
	size_t chars; /* of that length */
	bool adverb;  /* it is an adverb, */
	bool verb;    /* or a verb without one */
};

static int adverb(uint32_t word)
{
	return word >> ADVERB_SHIFT & 3;
}

__attribute__((always_inline)) static inline struct end closing(const struct reach *r, size_t i)
{
	uint32_t w = r->closes[i], before = r->closes[i - chars(w)];
	int made = (int)(w / VERB & 1) * adverb(before);

	return (struct end){
		.weight = (made != 0) * (PREDICATE + made) + (made == 0) * (int)(w >> CLOSE_SHIFT & OPEN),
		.tells = (made != 0) | (w / TELLS & 1),
		.chars = chars(w) + (made != 0) * chars(before),
		.adverb = !made & (adverb(w) != 0),
		.verb = (w / VERB & 1) & (made == 0),
	};
}

/* What stands behind a place. */
struct start {
	size_t chars;     /* of the word */
	int weight;       /* how well a body may begin with it, 0 if the dictionary does not say */
	size_t predicate; /* characters of the predicate that it is, 0 if it is none */
	bool state;       /* that makes no sense there, whatever stands behind it */
	size_t verb;      /* characters of the verb that it is, 0 if it is none */
};

__attribute__((always_inline)) static inline struct start opening(const struct reach *r, size_t i)
{
	uint32_t w = r->opens[i], next = r->opens[i + chars(w)];
	bool tells = w / TELLS & 1, makes = !tells & (adverb(w) != 0) & (next / VERB & 1);

	return (struct start){
		.chars = chars(w),
		.weight = w & OPEN,
		.predicate = (tells | makes) * chars(w) + makes * chars(next),
		.state = tells | (makes & (adverb(w) == STATE)),
		.verb = (w / VERB & 1) * chars(w),
	};
}

bool cuts_predicate(const struct cuts *c, struct span text)
{
	struct reach r;

	read_reach(c, &r, text);
	return text.len && opening(&r, 0).predicate * 3 == text.len;
}

/* A clause of the text, by characters. */
struct clause {
	size_t begin, end;
	size_t nth;    /* 0 for the first */
	bool orders;   /* it says what is to be done, and needs no subject */
	bool told;     /* what is left of it at the place in question ends with a predicate */
	bool stops;    /* a 。 ends it */
	size_t whole;  /* where it was a whole sentence, 0 if nowhere */
	size_t word;   /* behind the last character of the words that were found in it */
};

/* How well a heading may end in front of character i of the clause, where a word or a sign begins or ends, and which no sign
 * closes. Hardly anything branches, for what a place is cannot be foretold. */
static int weigh(const struct cuts *c, const struct reach *r, size_t i, struct span text, struct clause *clause)
{
	uint32_t before = r->c[i - 1], behind = r->c[i];
	size_t rest = clause->end - i, length = i - clause->begin;
	struct start open = {0};
	struct end close = closing(r, i);
	/* A predicate behind its subject makes a whole sentence. */
	bool orders = clause->orders;
	bool full = close.tells & !orders & ((size_t)(r->at[i] - r->at[clause->begin]) > close.chars * 3 + 3);

	if (!r->kind[i])
		open = opening(r, i);
	else if (behind == ' ')
		return SPACE;
	else if (latin(before) && latin(behind))
		return NONE;
	else if (behind >= '0' && behind <= '9')
		open.weight = i + 4 < r->count && r->c[i + 4] == 0x5e74 ? DATED : NUMBERED; /* 2019年 */
	else if (r->kind[i] & OPENS)
		open.weight = NAMED;
	clause->orders |= (open.weight >= CLOSING) & !open.predicate; /* for what comes behind it */
	bool within = i < clause->word;
	clause->word = i + open.chars > clause->word ? i + open.chars : clause->word;
	if (close.adverb && open.verb)
		return NONE;
	bool over = clause->whole; /* the sentence was whole before */
	clause->whole = full ? i : clause->whole;
	close.weight += (close.weight == 0) * (UNKNOWN + (r->kind[i - 1] / CLOSES & 1) * (QUOTED - UNKNOWN));
	close.weight += full * (FULL - close.weight);
	if (!open.weight) {
		struct place place;
		if (close.weight < CLOSING)
			return NONE;
		bool named = gazetteer_find(c->gazetteer, text.p + r->at[i], text.p + text.len, 0, &place) && !place.word;
		open.weight = named ? NAMED : full ? UNKNOWN / 2 : UNKNOWN;
	}
	int score = open.weight + close.weight;
	bool nominal = !orders & !close.tells; /* what is left of the cut lacks a predicate */
	score += (clause->told & close.tells) * TOLD;
	if (open.predicate) {
		if (clause->told | open.state | nominal | (open.predicate == rest))
			score -= SUBJECTLESS;
		else if (opening(r, i + open.predicate).weight >= CLOSING)
			score -= SUBJECTLESS / 2;
	}
	score -= (!open.predicate & (open.verb == rest)) * SUBJECTLESS;
	/* 扎实推进 without what is done is no clause. */
	score -= (orders & close.tells & (length == close.chars)) * SUBJECTLESS;
	score -= within * WITHIN;
	score -= (int)(r->inside >> i & 1) * INSIDE;
	score -= over * OVER;
	/* 依靠改革 is no heading, and seldom the second half of one; 产业结构 even less. */
	score -= (HALF - (int)(length < HALF ? length : HALF)) << (nominal & (clause->nth != 0));
	/* 过去一年的主要工作 | 过去一年, … */
	if (behind == r->c[0] && i >= 4 && i + 4 < r->count && memcmp(r->c, r->c + i, 4 * sizeof *r->c) == 0)
		score += REPEATED;
	/* What is left must be able to stand as a clause. */
	score -= ((rest < 2) | ((rest < 6) & clause->stops)) * SHORT_REST;
	return score;
}

/* Makes room for n more spots. */
static void reserve_spots(struct cuts *c, size_t n)
{
	if (c->spot_room - c->spot_count >= n)
		return;
	c->spot_room = c->spot_room * 2 + n;
	c->spots = xrealloc(c->spots, c->spot_room * sizeof *c->spots);
}

/* The one spot of a heading that fills its line. */
static void fixed_spot(struct cuts *c, struct sibling *s, struct span text)
{
	struct spot spot = {.at = text.len, .score = FIXED};

	*s = (struct sibling){.first = c->spot_count, .count = 1, .best = c->spot_count};
	for (size_t at = 0; at < text.len; at += utf8_len(text.p[at])) {
		uint32_t character = utf8_at(text.p + at);
		if (kind_of(character) & STOP) {
			s->stop = text.len;
			continue;
		}
		spot.last = character;
		spot.length++;
		if (kind_of(character) & COMMA) {
			spot.clause++;
			spot.length = 0;
		}
	}
	reserve_spots(c, 1);
	c->spots[c->spot_count++] = spot;
}

/* The clause from character i on. */
static struct clause clause_at(const struct reach *r, size_t i, size_t nth)
{
	return (struct clause){.begin = i, .end = i, .nth = nth, .orders = opening(r, i).weight >= CLOSING};
}

static void find_spots(struct cuts *c, struct sibling *s, struct span text)
{
	struct reach r;
	int depth = 0;

	read_reach(c, &r, text);
	struct clause clause = clause_at(&r, 0, 0);
	*s = (struct sibling){.first = c->spot_count};
	/* A heading that closes with a 。 has something behind it. */
	if (r.stopped && r.count <= LONGEST && r.at[r.count] + 3u < text.len)
		s->stop = r.at[r.count] + 3u;
	/* Where neither a word nor a sign begins or ends no heading does; the first character begins a clause. */
	uint64_t places = 1 | r.words | r.signs | r.signs << 1;
	places &= nth(r.count <= LONGEST ? r.count : LONGEST + 1) - 1;
	reserve_spots(c, LONGEST + 1);
	for (; places; places &= places - 1) {
		size_t i = (size_t)__builtin_ctzll(places);
		if (i > clause.end || i == 0) {
			uint64_t breaks = r.breaks >> i << i | nth(r.count);
			clause.end = (size_t)__builtin_ctzll(breaks);
			struct end last = closing(&r, clause.end);
			clause.told = last.tells || (last.verb && !clause.orders);
			clause.stops = clause.end == r.count && r.stopped;
		}
		if ((i > clause.begin) & (i > 1) & (depth == 0) & !(r.closed >> i & 1)) {
			int score = weigh(c, &r, i, text, &clause);
			c->spots[c->spot_count] = (struct spot){r.at[i], score, (int)clause.nth, (int)(i - clause.begin), r.c[i - 1], r.c[i]};
			c->spot_count += (score > 0) & (i >= SHORTEST);
		}
		if (!r.kind[i])
			continue;
		if (r.kind[i] & OPENS)
			depth++;
		else if (r.kind[i] & CLOSES && depth > 0)
			depth--;
		else if (r.kind[i] & COMMA && depth == 0) {
			size_t end = clause.end;
			clause = clause_at(&r, i + 1, clause.nth + 1);
			clause.end = end;
		}
	}
	s->count = c->spot_count - s->first;
	s->best = s->first;
	for (size_t i = s->first; i < c->spot_count; i++)
		if (c->spots[i].score >= c->spots[s->best].score)
			s->best = i;
}

static int descending(const void *a, const void *b)
{
	return *(const int *)b - *(const int *)a;
}

/* The median of what the best spots have; values is room for n. */
static int median(const struct cuts *c, size_t n, int *values, bool of_length)
{
	size_t count = 0;
	for (size_t i = 0; i < n; i++) {
		const struct sibling *s = &c->siblings[i];
		if (s->count)
			values[count++] = of_length ? c->spots[s->best].length : c->spots[s->best].clause;
	}
	qsort(values, count, sizeof *values, descending);
	return count ? values[count / 2] : 0;
}

/* The character that more than half of the best spots stand behind, or in front of; 0 when there is none. */
static uint32_t majority(const struct cuts *c, size_t n, bool behind)
{
	uint32_t winner = 0;
	size_t votes = 0, count = 0, all = 0;

	for (size_t i = 0; i < n; i++) {
		const struct sibling *s = &c->siblings[i];
		if (!s->count)
			continue;
		uint32_t character = behind ? c->spots[s->best].next : c->spots[s->best].last;
		all++;
		if (votes == 0)
			winner = character;
		votes += character == winner ? 1 : (size_t)-1;
	}
	for (size_t i = 0; i < n; i++) {
		const struct sibling *s = &c->siblings[i];
		count += s->count && (behind ? c->spots[s->best].next : c->spots[s->best].last) == winner;
	}
	return all >= 3 && count * 2 > all ? winner : 0;
}

/* Chooses each sibling's spot again, now with an eye to what the others look like. */
static void agree(struct cuts *c, size_t n)
{
	int *values = xmalloc(n * sizeof *values);
	int clauses = median(c, n, values, false), length = median(c, n, values, true);
	uint32_t last = majority(c, n, false), next = majority(c, n, true);

	free(values);
	for (size_t i = 0; i < n; i++) {
		struct sibling *s = &c->siblings[i];
		int best = NONE;
		for (size_t k = s->first; k < s->first + s->count; k++) {
			const struct spot *p = &c->spots[k];
			int score = p->score - CLAUSE * abs(p->clause - clauses) - abs(p->length - length) / 2;
			score += (p->last == last ? ALIKE : 0) + (p->next == next ? ALIKE : 0);
			if (score >= best) {
				best = score;
				s->best = k;
			}
		}
	}
}

/* Headings that a 。 closes so soon that no body can have run into them; false when that is not what all are. */
static bool plain(const struct span *texts, size_t n, const char **ends)
{
	for (size_t i = 0; i < n; i++) {
		size_t near = texts[i].len < PLAIN_BYTES ? texts[i].len : PLAIN_BYTES;
		const char *stop = memmem(texts[i].p, near, "。", 3);
		if (!ends[i] && (!stop || stop + 3 == texts[i].p + texts[i].len))
			return false;
	}
	for (size_t i = 0; i < n; i++)
		if (!ends[i])
			ends[i] = (const char *)memmem(texts[i].p, texts[i].len, "。", 3) + 3;
	return true;
}

void cuts_find(struct cuts *c, const struct span *texts, size_t n, const char **ends)
{
	int stopped = 0, fused = 0, shown = 0; /* headings on lines of their own, with 。 more than without */

	if (plain(texts, n, ends))
		return;

	if (n > c->sibling_room) {
		c->sibling_room = n * 2;
		c->siblings = xrealloc(c->siblings, c->sibling_room * sizeof *c->siblings);
	}
	c->spot_count = 0;
	for (size_t i = 0; i < n; i++) {
		struct sibling *s = &c->siblings[i];
		if (ends[i]) {
			fixed_spot(c, s, texts[i]);
			shown += s->stop ? 1 : -1;
		} else
			find_spots(c, s, texts[i]);
		stopped += s->stop ? FULL_STOP : -FULL_STOP;
		fused += s->count ? c->spots[s->best].score : -FULL_STOP;
	}
	if (fused > stopped && n > 2)
		agree(c, n);
	for (size_t i = 0; i < n; i++) {
		const struct sibling *s = &c->siblings[i];
		if (ends[i])
			continue;
		bool by_stop = s->stop && (stopped >= fused || shown > 0 || s->count == 0);
		ends[i] = by_stop ? texts[i].p + s->stop : s->count ? texts[i].p + c->spots[s->best].at : NULL;
	}
}
