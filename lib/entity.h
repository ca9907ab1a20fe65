/* entity: names in running text: places, bodies, people, events, projects, policies, works and honours.
 *
 * The rules are dictionaries: names.tsv (closed sets), name-endings.tsv (…大学, …铁路, …行动 and what must stand before
 * them), name-bounds.tsv (the words at which a name begins), common.tsv (words that make nothing a name),
 * persons.tsv (surnames), and the gazetteer. See entity_rules.h for how they are held.
 */
#ifndef ENTITY_H
#define ENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/* The types, in the order of their names in entity_types. */
#define ENTITY_TYPES(TYPE) \
	TYPE(none) TYPE(place) TYPE(org) TYPE(person) TYPE(event) TYPE(project) TYPE(policy) TYPE(work) TYPE(title)

enum entity_type {
#define TYPE(name) ENTITY_##name,
	ENTITY_TYPES(TYPE)
#undef TYPE
	ENTITY_TYPE_COUNT
};

extern const char *const entity_types[ENTITY_TYPE_COUNT];

/* The row that names something. */
struct entity_rule {
	struct span text;
	struct span id; /* given by the user's dictionary; empty for none */
};

struct entity {
	uint32_t start, end; /* bytes of the text */
	uint32_t code;       /* GB/T 2260, 0 for none */
	uint8_t type;        /* enum entity_type */
	bool taken;          /* false for a candidate that was refused */
	const struct entity_rule *rule; /* belongs to the scanner */
};

struct entity_scanner;

/* A scanner with the suite's dictionaries and count dictionaries of the user (columns name, type, id). Does not
 * return when one is not good. The caller frees. */
struct entity_scanner *entity_open(char *const *dictionaries, size_t count);
void entity_free(struct entity_scanner *e);

/* Begins a document that is about the place with this code, 0 when nobody knows. */
void entity_document(struct entity_scanner *e, uint32_t home);

/* What is done with an entity. */
typedef void entity_each(void *self, const struct entity *e);

/* Calls each with the entities of the text, which must be valid UTF-8 of less than 4 GB, in its order and without overlap.
 * Few of them are held at a time, however many the text has. */
void entity_scan(struct entity_scanner *e, struct span text, entity_each *each, void *self);

/* The same, and among them, with taken false, the candidates that were refused. All are held. */
void entity_explain(struct entity_scanner *e, struct span text, entity_each *each, void *self);

#endif
