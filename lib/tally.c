#include "tally.h"

#include <stdint.h>
#include <stdlib.h>

#include "err.h"
#include "json.h"
#include "utf8.h"

const char *const tally_names[] = {"document", "part", "section"};

static bool is_space(uint32_t c)
{
	return c <= 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
	       c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

void tally_open(struct tally *t)
{
	for (size_t i = 0; i < t->lists_n; i++)
		t->terms_n += t->lists[i].n;
	for (size_t i = 0; i < PART_NONE; i++)
		t->units[i].counts = xcalloc(t->terms_n, sizeof *t->units[i].counts);
}

void tally_close(struct tally *t)
{
	for (size_t i = 0; i < PART_NONE; i++)
		free(t->units[i].counts);
	buf_free(&t->doc);
	buf_free(&t->place);
	buf_free(&t->adcode);
	buf_free(&t->year);
	buf_free(&t->seq);
	buf_free(&t->section);
	buf_free(&t->scratch);
}

void tally_header(const struct tally *t, struct buf *out)
{
	static const char *const unit[] = {"", "part\t", "section_seq\tsection\t"};

	buf_puts(out, "doc\tplace\tadcode\tyear\t");
	buf_puts(out, unit[t->by]);
	buf_puts(out, "list\tcategory\t");
	buf_puts(out, t->each ? "term\t" : "");
	buf_puts(out, "count\tcharacters\than\twords\n");
}

static void put_field(struct buf *out, struct span field)
{
	tsv_put(out, field);
	buf_putc(out, '\t');
}

static struct span held(const struct buf *b)
{
	return (struct span){b->p, b->len};
}

static void put_row(const struct tally *t, size_t unit, const struct terms *list, size_t category,
                    const struct term *term, size_t count, struct buf *out)
{
	const struct tally_unit *u = &t->units[unit];

	put_field(out, held(&t->doc));
	put_field(out, held(&t->place));
	put_field(out, held(&t->adcode));
	put_field(out, held(&t->year));
	if (t->by == TALLY_PART)
		put_field(out, span_of(part_names[unit]));
	if (t->by == TALLY_SECTION) {
		put_field(out, held(&t->seq));
		put_field(out, held(&t->section));
	}
	put_field(out, list->name);
	put_field(out, list->categories[category]);
	if (term)
		put_field(out, term->word);
	buf_put_size(out, count);
	buf_putc(out, '\t');
	buf_put_size(out, u->characters);
	buf_putc(out, '\t');
	buf_put_size(out, u->han);
	buf_putc(out, '\t');
	if (!u->wordless)
		buf_put_size(out, u->words);
	buf_putc(out, '\n');
}

static void put_list(const struct tally *t, size_t unit, const struct terms *list, const size_t *counts, struct buf *out)
{
	for (size_t c = 0; c < list->categories_n; c++) {
		size_t sum = 0;
		for (size_t i = 0; i < list->n; i++) {
			if (list->terms[i].category != c || !counts[i])
				continue;
			sum += counts[i];
			if (t->each)
				put_row(t, unit, list, c, &list->terms[i], counts[i], out);
		}
		if (!t->each)
			put_row(t, unit, list, c, NULL, sum, out);
	}
}

/* Writes the rows of what was counted, and begins anew. */
static void put_units(struct tally *t, struct buf *out)
{
	for (size_t unit = 0; unit < PART_NONE; unit++) {
		struct tally_unit *u = &t->units[unit];
		size_t *counts = u->counts;
		if (!u->seen)
			continue;
		for (size_t i = 0; i < t->lists_n; counts += t->lists[i++].n)
			put_list(t, unit, &t->lists[i], counts, out);
		memset(u->counts, 0, t->terms_n * sizeof *u->counts);
		*u = (struct tally_unit){.counts = u->counts};
	}
}

/* Holds the characters of member m; what is no string as it is written. */
static void hold(struct tally *t, struct buf *b, const struct record *r, enum member m)
{
	struct span s;

	buf_clear(b);
	if (record_string(r, m, &t->scratch, &s))
		buf_span(b, s);
	else if (r->m[m].p)
		buf_span(b, r->m[m]);
}

static void begin_document(struct tally *t, const struct record *r)
{
	hold(t, &t->doc, r, M_doc);
	hold(t, &t->place, r, M_place);
	hold(t, &t->adcode, r, M_adcode);
	hold(t, &t->year, r, M_year);
	buf_clear(&t->seq);
	buf_clear(&t->section);
}

static void begin_section(struct tally *t, const struct record *r)
{
	hold(t, &t->seq, r, M_seq);
	hold(t, &t->section, r, M_label);
	buf_span(&t->section, r->text);
}

static size_t part_of(struct tally *t, const struct record *r)
{
	struct span part = {"", 0};
	size_t i = 0;

	record_string(r, M_part, &t->scratch, &part);
	while (i < PART_OTHER && !span_is(part, part_names[i]))
		i++;
	return i;
}

static void measure(struct tally_unit *u, struct span text)
{
	for (size_t at = 0; at < text.len; at += utf8_len(text.p[at])) {
		uint32_t c = utf8_at(text.p + at);
		u->characters += !is_space(c);
		u->han += utf8_han(c);
	}
}

const char *tally_record(struct tally *t, const struct record *r, struct buf *out)
{
	struct span type = {"", 0}, doc = {"", 0};
	bool document, heading;
	size_t words = 0, *counts;

	if (r->m[M_words].p && !json_size(r->m[M_words], SIZE_MAX, &words))
		return "\"words\" is not a count";
	record_string(r, M_type, &t->scratch, &type);
	document = span_is(type, "document");
	heading = span_is(type, "heading");
	record_string(r, M_doc, &t->scratch, &doc);
	if (document || doc.len != t->doc.len || (doc.len && memcmp(doc.p, t->doc.p, doc.len) != 0)) {
		put_units(t, out);
		begin_document(t, r);
	}
	if (document)
		return NULL;
	if (heading && t->by == TALLY_SECTION) {
		put_units(t, out);
		begin_section(t, r);
	}
	struct tally_unit *u = &t->units[t->by == TALLY_PART ? part_of(t, r) : 0];
	u->seen = true;
	u->words += words;
	u->wordless = u->wordless || !r->m[M_words].p;
	measure(u, r->text);
	counts = u->counts;
	for (size_t i = 0; i < t->lists_n; counts += t->lists[i++].n)
		terms_count(&t->lists[i], r->text, counts);
	return NULL;
}

void tally_end(struct tally *t, struct buf *out)
{
	put_units(t, out);
}
