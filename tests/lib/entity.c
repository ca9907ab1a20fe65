/* entity: what the scanner gives does not overlap and lies within the text, on any text; home and memory are the document's. */
#include <stdio.h>
#include <stdlib.h>

#include "entity.h"
#include "err.h"

static int failed;

static struct entity list[20000];
static size_t n;

static void keep(void *self, const struct entity *e)
{
	(void)self;
	if (n == sizeof list / sizeof *list)
		die(RC_SYSTEM, "too many entities");
	list[n++] = *e;
}

static void scan(struct entity_scanner *e, struct span text)
{
	n = 0;
	entity_scan(e, text, keep, NULL);
}

static void check(struct entity_scanner *e, struct span text)
{
	size_t at = 0, taken = 0;

	scan(e, text);

	for (size_t i = 0; i < n; i++) {
		if (list[i].start < at || list[i].end <= list[i].start || list[i].end > text.len || !list[i].taken ||
		    list[i].type == ENTITY_none) {
			fprintf(stderr, "entity: entity %zu of %.60s lies badly\n", i, text.p);
			failed = 1;
		}
		at = list[i].end;
	}
	taken = n;
	n = 0;
	entity_explain(e, text, keep, NULL);
	while (n)
		taken -= list[--n].taken;
	if (taken != 0) {
		fprintf(stderr, "entity: explained others than found in %.60s\n", text.p);
		failed = 1;
	}
}

/* Texts of pieces that set off every rule, in any order. */
static void pieces(struct entity_scanner *e)
{
	static const char *const piece[] = {
		"实施", "“", "”", "、", "，", "和", "行动", "工程", "宁波市", "鼓楼区", "国家", "示范区", "获评", "《", "》", "（", "）",
		"第", "三", "届", "次会议", "12", "个", "条", "等", "乡镇", "大桥", "青岚", "推进", "改革", "沪", "甬", "合作", "\"", "县长",
		"马", "至", "段", "大革命", "A", " ", "\n", "𠮷", "的", "委", "台风", "奖", "号线", "周"};
	char text[4096];

	srand(7);
	for (int round = 0; round < 3000; round++) {
		size_t len = 0;
		for (int k = rand() % 60; k; k--) {
			const char *s = piece[(size_t)rand() % (sizeof piece / sizeof *piece)];
			memcpy(text + len, s, strlen(s));
			len += strlen(s);
		}
		if (round % 100 == 0)
			entity_document(e, 320100);
		check(e, (struct span){text, len});
	}
}

static uint32_t code_of(struct entity_scanner *e, const char *text)
{
	scan(e, span_of(text));
	return n == 1 ? list[0].code : 1;
}

/* A text of more tokens than are held at a time has the same entities all along, also behind a quotation mark that was
 * never closed. */
static void long_text(struct entity_scanner *e)
{
	static const char begin[] = "“", piece[] = "宁波市实施“青岚”行动，，，，，，，";
	enum { PIECES = 5000, LENGTH = sizeof piece - 1, FIRST = sizeof begin - 1 };
	char *text = xmalloc(FIRST + (size_t)PIECES * LENGTH);

	scan(e, span_of(piece));
	size_t each = n;
	memcpy(text, begin, FIRST);
	for (size_t i = 0; i < PIECES; i++)
		memcpy(text + FIRST + i * LENGTH, piece, LENGTH);
	scan(e, (struct span){text, FIRST + (size_t)PIECES * LENGTH});
	if (each != 2 || n != PIECES * each) {
		fprintf(stderr, "entity: %zu entities in a piece, %zu in %d of them\n", each, n, PIECES);
		failed = 1;
	}
	for (size_t i = each; i < n && !failed; i++)
		if (list[i].start != list[i - each].start + LENGTH || list[i].end != list[i - each].end + LENGTH) {
			fprintf(stderr, "entity: entity %zu of a long text is another one\n", i);
			failed = 1;
		}
	free(text);
}

int main(void)
{
	struct entity_scanner *e = entity_open(NULL, 0);

	if (code_of(e, "鼓楼区") != 0)
		failed = 1;
	entity_document(e, 320100);
	if (code_of(e, "鼓楼区") != 320106)
		failed = 1;
	entity_document(e, 410200);
	if (code_of(e, "鼓楼区") != 410204)
		failed = 1;
	if (failed)
		fprintf(stderr, "entity: the document's place does not decide\n");
	check(e, span_of(""));
	pieces(e);
	long_text(e);
	entity_free(e);
	return failed;
}
