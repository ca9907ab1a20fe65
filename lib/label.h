/* label: the numbering in front of a heading, a list item or a note. */
#ifndef LABEL_H
#define LABEL_H

#include <stdbool.h>
#include <stddef.h>

/* From the outermost inwards, as GB/T 9704 (一、 （一） 1. （1）) and custom have them. */
enum label_style {
	LABEL_NONE,
	LABEL_SECTION,     /* 第一部分, 第一章 */
	LABEL_HAN,         /* 一、 */
	LABEL_HAN_PAREN,   /* （一） */
	LABEL_DIGIT,       /* 1. 1、 */
	LABEL_DIGIT_PAREN, /* （1） 1） */
	LABEL_CIRCLED,     /* ① */
	LABEL_STYLES
};

struct label {
	enum label_style style;
	unsigned number; /* 1 to 99 */
	size_t len;      /* bytes, the separator included, the spaces behind it not */
};

/* All characters that a label begins with. */
extern const char label_begins[];

/* Reads the label at s, in valid UTF-8; false when there is none. */
bool label_at(const char *s, const char *end, struct label *label);

/* The number, 1 to 99, written in Chinese numerals at s, and its length in bytes, which is 0 when there is none. */
size_t label_numeral(const char *s, const char *end, unsigned *number);

#endif
