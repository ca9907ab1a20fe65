/* gazetteer: names lead to codes; the document's place decides between places of one name, and nothing is guessed. */
#include <stdio.h>

#include "gazetteer.h"

static const struct {
	const char *text; /* the name is looked for at its begin */
	uint32_t home;
	size_t chars; /* the name's length in characters, 0 for none */
	uint32_t code;
} finds[] = {
	{"宁波市北仑区的港口", 0, 6, 330206},
	{"北仑区", 0, 3, 330206},
	{"北仑的港口", 330200, 2, 330206},
	{"河北唐山", 0, 4, 130200},
	{"内蒙古自治区锡林郭勒盟", 0, 11, 152500},
	{"恩施州利川市", 0, 6, 422802},
	{"重庆市北碚区", 0, 6, 500109},
	{"济源市", 0, 3, 419001},
	{"东莞", 0, 2, 441900},
	/* which of several: nothing, the document's place, the higher level, the name above */
	{"鼓楼区", 0, 3, 0},
	{"鼓楼区", 320100, 3, 320106},
	{"鼓楼区", 410200, 3, 410204},
	{"鼓楼区", 350102, 3, 350102},
	{"鼓楼区", 330200, 3, 0},
	{"江北区", 330206, 3, 330205},
	{"江北区", 500000, 3, 500105},
	{"朝阳区", 220100, 3, 220104},
	{"朝阳区", 110000, 3, 110105},
	{"朝阳", 211321, 2, 211300},
	{"朝阳", 110108, 2, 110105},
	{"开封市鼓楼区", 0, 6, 410204},
	{"吉林", 0, 2, 220000},
	{"吉林省吉林市", 0, 6, 220200},
	{"海南", 0, 2, 460000},
	{"海南", 632500, 2, 632500},
	{"青海海南州", 0, 5, 632500},
	{"西安", 0, 2, 610100},
	{"西安", 231000, 2, 231005},
	{"城区", 140300, 2, 140302},
	/* names of before */
	{"襄樊市", 0, 3, 420600},
	{"鄞县", 0, 2, 330212},
	{"江干区", 0, 3, 330104},
	{"浙江省杭州市下城区", 0, 9, 330103},
	{"台州地区", 0, 4, 331000},
	/* no name, or not all of it */
	{"全省", 330000, 0, 0},
	{"宁", 0, 0, 0},
	{"南昌路", 0, 2, 360100},
	{"", 0, 0, 0},
};

int main(void)
{
	struct gazetteer *g = gazetteer_open();
	struct place p;
	int failed = 0;

	for (size_t i = 0; i < sizeof finds / sizeof *finds; i++) {
		struct span s = span_of(finds[i].text);
		bool found = gazetteer_find(g, s.p, s.p + s.len, finds[i].home, &p);
		if (found != (finds[i].chars != 0) ||
		    (found && (p.len != 3 * finds[i].chars || p.code != finds[i].code))) {
			fprintf(stderr, "gazetteer: %s seen from %u: got %zu bytes, %u\n", finds[i].text,
			        finds[i].home, found ? p.len : 0, found ? p.code : 0);
			failed = 1;
		}
	}
	if (gazetteer_name(g, span_of("北仑区"), 0) != 330206 || gazetteer_name(g, span_of("北仑区的"), 0) != 0 ||
	    gazetteer_name(g, span_of(""), 0) != 0) {
		fprintf(stderr, "gazetteer: a name written alone\n");
		failed = 1;
	}
	if (gazetteer_parent(g, 330206) != 330200 || gazetteer_parent(g, 330200) != 330000 ||
	    gazetteer_parent(g, 330000) != 0 || gazetteer_parent(g, 110105) != 110000 ||
	    gazetteer_parent(g, 419001) != 410000 || gazetteer_parent(g, 999999) != 0) {
		fprintf(stderr, "gazetteer: what lies above\n");
		failed = 1;
	}
	if (gazetteer_level(g, 330206) != PLACE_COUNTY || gazetteer_level(g, 330000) != PLACE_PROVINCE ||
	    gazetteer_level(g, 123) != PLACE_NOWHERE || !span_is(gazetteer_full_name(g, 420600), "襄阳市")) {
		fprintf(stderr, "gazetteer: level and name of a code\n");
		failed = 1;
	}
	if (gazetteer_abbreviation(g, "甬", 0) != 330200 || gazetteer_abbreviation(g, "台", 330200) != 331000 ||
	    gazetteer_abbreviation(g, "台", 0) != 710000 || gazetteer_abbreviation(g, "的", 0) != 0) {
		fprintf(stderr, "gazetteer: single characters\n");
		failed = 1;
	}
	gazetteer_free(g);
	return failed;
}
