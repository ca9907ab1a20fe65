/* normalize: bytes in any encoding of Chinese text in, clean text out, one paragraph a line. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "encoding.h"
#include "err.h"
#include "fold.h"
#include "furniture.h"
#include "io.h"
#include "layout.h"
#include "tool.h"
#include "tsv.h"

static const char usage[] =
	"usage: normalize [-f ENCODING] [--invalid=error|replace] [--dropped FILE] [FILE...]\n"
	"Turns reports as they are found into clean text: UTF-8, one paragraph a line.\n"
	"\n"
	"  -f, --from ENCODING     the input's encoding, instead of guessing it\n"
	"      --invalid=replace   put U+FFFD for bytes that do not decode and go on\n"
	"      --dropped FILE      write what was taken out to FILE, as TSV\n"
	"  -h, --help              print this and exit\n"
	"  -V, --version           print the version and exit\n";

static const char *from;   /* encoding; NULL to guess */
static bool replace;       /* go on behind bytes that do not decode */
static struct out dropped; /* fd -1 when nobody asked */

/* A file on its way through. */
struct source {
	const char *name;
	struct layout *layout;
	struct decoder *decoder; /* NULL until the encoding is known */
	struct buf head;         /* the bytes before that */
	struct buf text;         /* decoded, but not laid out */
	uint64_t mark, replaced;
};

static void put_field(struct buf *b, struct span s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.p[i];
		if (c == '\t' || c == '\\') {
			buf_putc(b, '\\');
			c = c == '\t' ? 't' : c;
		}
		buf_putc(b, c);
	}
}

static void note_dropped(void *self, uint64_t line, const char *rule, struct span text)
{
	const struct source *s = self;

	if (dropped.fd < 0)
		return;
	buf_put_size(&dropped.b, line);
	buf_putc(&dropped.b, '\t');
	buf_puts(&dropped.b, rule);
	buf_putc(&dropped.b, '\t');
	put_field(&dropped.b, text);
	buf_putc(&dropped.b, '\t');
	put_field(&dropped.b, span_of(s->name));
	buf_putc(&dropped.b, '\n');
	out_turn(&dropped);
}

static void note_invisible(void *self, uint32_t c, uint64_t times)
{
	char text[64];

	(void)self;
	buf_puts(&dropped.b, "0\tinvisible\t");
	snprintf(text, sizeof text, "U+%04X, %llu times\t\n", (unsigned)c, (unsigned long long)times);
	buf_puts(&dropped.b, text);
}

/* Lays out what is complete of the text that waits. */
static void lay_out(struct source *s, bool last)
{
	size_t used = layout_feed(s->layout, (struct span){s->text.p, s->text.len}, last);

	if (used) {
		memmove(s->text.p, s->text.p + used, s->text.len - used);
		s->text.len -= used;
	}
}

/* Lays out text where it stands, but for the line that has begun and the one that does not end. */
static void lay_out_in_place(struct source *s, struct span text)
{
	if (s->text.len && text.len) {
		const char *lf = memchr(text.p, '\n', text.len);
		size_t n = lf ? (size_t)(lf - text.p) + 1 : text.len;
		buf_put(&s->text, text.p, n);
		lay_out(s, false);
		text = (struct span){text.p + n, text.len - n};
	}
	size_t used = s->text.len ? 0 : layout_feed(s->layout, text, false);
	buf_put(&s->text, text.p + used, text.len - used);
}

/* Decodes bytes and lays out what they say; false when the rest of the file cannot be used. */
static bool decode(struct source *s, struct span bytes, bool last)
{
	struct decoder_fault fault;
	bool good = true;

	lay_out_in_place(s, decoder_plain(s->decoder, &bytes, &s->text));
	while (good && !decoder_feed(s->decoder, &bytes, last, &s->text, &fault)) {
		if (!replace) {
			char hex[3 * sizeof fault.bytes + 1] = "";
			for (size_t i = 0; i < fault.n; i++)
				sprintf(hex + 3 * i, " %02x", fault.bytes[i]);
			complain("%s: byte %llu:%s: %s", s->name, (unsigned long long)fault.at + s->mark, hex, fault.why);
			good = false;
		} else {
			buf_puts(&s->text, "\xef\xbf\xbd");
			s->replaced++;
		}
	}
	/* At a fault the line that it stands in is not complete. */
	lay_out(s, last && good);
	return good;
}

/* Finds out the encoding as soon as enough bytes are there. */
static bool begin(struct source *s, bool last)
{
	struct encoding_guess guess = {.name = from};

	if (!from) {
		guess = encoding_guess(s->head.p, s->head.len, last);
		if (guess.binary) {
			complain("%s: %s", s->name, guess.binary);
			return false;
		}
		if (!guess.name)
			return true;
	}
	s->decoder = decoder_new(guess.name);
	if (!s->decoder)
		die(RC_SYSTEM, "iconv knows no %s", guess.name);
	s->mark = guess.mark;
	struct span rest = {s->head.p + guess.mark, s->head.len - guess.mark};
	return decode(s, rest, last);
}

/* Whether the whole of the file was text. */
static bool normalize(struct in *in, struct source *s)
{
	struct span bytes;
	bool good = true;

	s->name = strcmp(in->path, "-") ? in->path : "standard input";
	while (good && in_some(in, &bytes)) {
		if (s->decoder) {
			good = decode(s, bytes, false);
		} else {
			buf_span(&s->head, bytes);
			good = begin(s, false);
		}
		out_turn(in->out);
	}
	if (good)
		good = s->decoder ? decode(s, (struct span){"", 0}, true) : s->head.len == 0 || begin(s, true);
	layout_file(s->layout);
	if (s->replaced)
		complain("%s: replaced what did not decode in %llu places", s->name, (unsigned long long)s->replaced);
	decoder_free(s->decoder);
	s->decoder = NULL;
	buf_clear(&s->head);
	buf_clear(&s->text);
	s->mark = s->replaced = 0;
	return good;
}

static void open_dropped(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);

	if (fd < 0)
		die(RC_SYSTEM, "%s: %s", path, strerror(errno));
	out_open(&dropped, fd, path);
	buf_puts(&dropped.b, "line\trule\ttext\tfile\n");
}

int main(int argc, char *argv[])
{
	static const struct option options[] = {{"from", required_argument, 0, 'f'},
	                                        {"invalid", required_argument, 0, 'i'},
	                                        {"dropped", required_argument, 0, 'd'},
	                                        TOOL_OPTIONS};
	struct source source = {0};
	struct out out;
	struct in in;
	int c, rc = RC_OK;

	err_program(argv[0]);
	dropped.fd = -1;
	while ((c = getopt_long(argc, argv, "f:hV", options, NULL)) != -1) {
		switch (c) {
		case 'f':
			from = optarg;
			break;
		case 'i':
			replace = strcmp(optarg, "replace") == 0;
			if (!replace && strcmp(optarg, "error") != 0)
				die(RC_USAGE, "--invalid is \"error\" or \"replace\", not \"%s\"", optarg);
			break;
		case 'd':
			open_dropped(optarg);
			break;
		case 'h': tool_help(usage);
		case 'V': tool_version();
		default: tool_usage(usage);
		}
	}
	if (from) {
		struct decoder *d = decoder_new(from);
		if (!d)
			die(RC_USAGE, "no encoding is called \"%s\"", from);
		decoder_free(d);
	}
	char *fold_path = tsv_own("fold.tsv"), *rules_path = tsv_own("furniture.tsv"), *joins_path = tsv_own("joins.tsv");
	struct fold *fold = fold_new(fold_path);
	struct furniture *furniture = furniture_new(rules_path);
	out_open(&out, STDOUT_FILENO, "standard output");
	source.layout = layout_new(fold, furniture, joins_path, &out.b, note_dropped, &source);
	in_open(&in, argv + optind, &out);
	layout_file(source.layout);
	while (in_next(&in))
		if (!normalize(&in, &source))
			rc = RC_REFUSED;
	in_close(&in);
	out_close(&out);
	if (dropped.fd >= 0) {
		fold_taken(fold, note_invisible, NULL);
		out_close(&dropped);
	}
	layout_free(source.layout);
	furniture_free(furniture);
	fold_free(fold);
	buf_free(&source.head);
	buf_free(&source.text);
	free(fold_path);
	free(rules_path);
	free(joins_path);
	return rc;
}
