/* scan: finds the rare bytes of Chinese running text, sixteen at a time where the machine can. */
#ifndef SCAN_H
#define SCAN_H

/* The first of 。 ！ ： ； （ in valid UTF-8, or end. */
const char *scan_stop(const char *s, const char *end);

/* The first digit 0 to 9, or end. */
const char *scan_digit(const char *s, const char *end);

#endif
