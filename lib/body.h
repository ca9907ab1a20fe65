/* body: what the text of a report says of the report where its head is silent, by the words of body.tsv. */
#ifndef BODY_H
#define BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "gazetteer.h"

struct bodies;

/* Loads the dictionary; the caller frees with bodies_free. The gazetteer must live as long. */
struct bodies *bodies_new(const struct gazetteer *g);
void bodies_free(struct bodies *b);

struct body {
	bool report;   /* it addresses delegates, or looks back and ahead as only a report does */
	unsigned year; /* that the plan speaks of, or the one behind the year that is looked back on; 0 if none */
	uint32_t kind; /* the last character of what the speaker calls his own (我代表市人民政府, 我市); 0 if nothing */
	uint32_t place; /* the code of the place of that kind (any, if 0) that is named most; 0 if another comes near */
};

/* Reads the lines, which are valid UTF-8. */
struct body body_read(struct bodies *b, const struct span *lines, size_t n);

#endif
