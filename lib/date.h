/* date: calendar dates as Chinese reports write them, to EDTF (ISO 8601-2).
 *
 * 2019年 → 2019 · 二〇二〇年四月二十七日 → 2020-04-27 · 3月29日至4月1日 → XXXX-03-29/XXXX-04-01 · 2017—2021年 →
 * 2017/2021 · 1至9月 → XXXX-01/XXXX-09 · 20世纪90年代 → 199X · 二季度 → XXXX-34 · 2020-04-27, 2020.4.27.
 */
#ifndef DATE_H
#define DATE_H

#include <stddef.h>

#include "buf.h"

/* Reads the longest date at s, valid UTF-8, and appends its EDTF to out. Its length in bytes, 0 when there is none.
 * A day without a month is no date: 15日 is as often a time that something takes. */
size_t date_read(const char *s, const char *end, struct buf *out);

/* The length of the dash, 至 or 到 between two ends of a range at s, or 0. */
size_t date_dash(const char *s, const char *end);

#endif
