/* Pages: records become one page whose tags are closed in order and whose text shows none of the input's own; brat's
 * annotations stand where their offsets say. */
#include "brat.h"
#include "fuzz.h"
#include "html.h"

enum { DEPTH = 64 };

/* Behind the tag that s begins with. Tags open and close like brackets, and values of attributes are quoted. */
static const char *tag(const char *s, const char *end, struct span *open, size_t *depth)
{
	static const char *const empty[] = {"!DOCTYPE", "meta", "input", "link", "br", "hr", "path"};
	bool closes = s + 1 < end && s[1] == '/';
	struct span name = {s + 1 + closes, 0};

	while (name.p + name.len < end && !strchr(" >/", name.p[name.len]))
		name.len++;
	FUZZ_CHECK(name.len);
	for (s = name.p + name.len; s < end && *s != '>'; s++) {
		FUZZ_CHECK(*s != '<');
		if (*s == '"') {
			s = memchr(s + 1, '"', (size_t)(end - s - 1));
			FUZZ_CHECK(s);
		}
	}
	FUZZ_CHECK(s < end);
	if (closes) {
		FUZZ_CHECK(*depth && fuzz_same(open[--*depth], name));
		return s + 1;
	}
	for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
		if (span_is(name, empty[i]))
			return s + 1;
	if (span_is(name, "script") || span_is(name, "style")) {
		/* What runs is constant: its hash is in the page's policy. */
		const char *over = memmem(s, (size_t)(end - s), "</", 2);
		FUZZ_CHECK(over);
		s = over - 1;
	}
	FUZZ_CHECK(*depth < DEPTH);
	open[(*depth)++] = name;
	return s + 1;
}

static void page(struct span html)
{
	struct span open[DEPTH];
	size_t depth = 0;
	const char *end = html.p + html.len;

	FUZZ_CHECK(utf8_valid(html.p, html.len) == html.len);
	for (const char *s = html.p; s < end;)
		s = *s == '<' ? tag(s, end, open, &depth) : s + 1;
	if (depth)
		fprintf(stderr, "open: %.*s\n", (int)open[depth - 1].len, open[depth - 1].p);
	FUZZ_CHECK(depth == 0);
}

/* The line behind its last tab is the words that its offsets name, joined by blanks. */
static void standoff(struct span text, struct span line)
{
	static struct buf words;
	const char *tab = memchr(line.p, '\t', line.len), *end = line.p + line.len;
	FUZZ_CHECK(tab);
	const char *said = memchr(tab + 1, '\t', (size_t)(end - tab - 1)), *s = tab;
	FUZZ_CHECK(said);

	buf_clear(&words);
	while (s < said && *s != ' ')
		s++;
	while (s < said) {
		char *next;
		struct points at = points_of(text);
		size_t from = points_byte(&at, strtoul(s + 1, &next, 10)), to = points_byte(&at, strtoul(next + 1, &next, 10));
		FUZZ_CHECK(from < to && to <= text.len);
		if (words.len)
			buf_putc(&words, ' ');
		buf_put(&words, text.p + from, to - from);
		s = next;
		FUZZ_CHECK(s == said || *s == ';');
	}
	FUZZ_CHECK(fuzz_same((struct span){said + 1, (size_t)(end - said - 1)}, fuzz_span(&words)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct html h;
	static struct record r;
	static struct buf html, text, annotations;
	struct brat lines = {0}, marks = {0};
	struct span rest = {(const char *)data, size}, line;
	const char *why;
	bool any = false;

	if (!h.indicators.ids)
		html_open(&h, HTML_ZH);
	h.records = h.documents = h.facts_n = 0;
	memset(h.counts, 0, sizeof h.counts);
	buf_clear(&h.contents);
	buf_clear(&h.facts);
	buf_clear(&html);
	buf_clear(&text);
	buf_clear(&annotations);
	while (fuzz_line(&rest, &line)) {
		if (!record_parse(&r, line, &why))
			continue;
		size_t before = html.len;
		if (html_record(&h, &r, &html))
			FUZZ_CHECK(html.len == before);
		else
			any = true;
		why = brat_text(&lines, &r, &text);
		FUZZ_CHECK(!why == !brat_annotations(&marks, &r, &annotations));
	}
	html_end(&h, &html);
	if (any)
		page(fuzz_span(&html));
	FUZZ_CHECK(utf8_valid(text.p, text.len) == text.len);
	FUZZ_CHECK(utf8_valid(annotations.p, annotations.len) == annotations.len);
	for (rest = fuzz_span(&annotations); fuzz_line(&rest, &line);) {
		FUZZ_CHECK(line.len && strchr("TRN#", line.p[0]));
		if (line.p[0] == 'T')
			standoff(fuzz_span(&text), line);
	}
	brat_free(&lines);
	brat_free(&marks);
	return 0;
}
