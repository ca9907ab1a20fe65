# make                      builds the filters and turns seeds/ into tables
# make test                 passes the tests
# make SEEDS=DIR OUT=DIR    the same for any folder of reports
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

VERSION := 0.1.0
SEEDS ?= seeds
BUILD ?= build
OUT ?= $(BUILD)/out
PREFIX ?= /usr/local

CFLAGS ?= -O2 -g
override CFLAGS += -std=c11 -D_GNU_SOURCE -DGWR_VERSION='"$(VERSION)"' -Ilib -Wall -Wextra -Wpedantic -Wshadow \
	-Wstrict-prototypes -Wmissing-prototypes -Wconversion -Wno-sign-conversion -Wvla $(WERROR)
LDLIBS := -Wl,--as-needed -luchardet -lpcre2-8

TOOLS := $(patsubst bin/%.c,%,$(wildcard bin/*.c))
LIB := $(patsubst lib/%.c,$(BUILD)/obj/%.o,$(wildcard lib/*.c))
UNITS := $(patsubst tests/lib/%.c,$(BUILD)/test/%,$(wildcard tests/lib/*.c))
DICTS := $(patsubst lib/dict/%,$(BUILD)/share/gwr/%,$(wildcard lib/dict/*.tsv))

.PHONY: all build test clean
all: tables
build: $(TOOLS:%=$(BUILD)/bin/%) $(DICTS)

$(BUILD)/bin/%: bin/%.c $(BUILD)/libgwr.a | $(BUILD)/bin
	$(CC) $(CFLAGS) -MMD -MF $(BUILD)/obj/$*.tool.d -o $@ $< $(BUILD)/libgwr.a $(LDFLAGS) $(LDLIBS)
$(BUILD)/libgwr.a: $(LIB)
	rm -f $@ && $(AR) rcs $@ $^
$(BUILD)/obj/%.o: lib/%.c | $(BUILD)/obj
	$(CC) $(CFLAGS) -MMD -c -o $@ $<
$(BUILD)/share/gwr/%: lib/dict/% | $(BUILD)/share/gwr
	cp $< $@
$(BUILD)/test/%: tests/lib/%.c $(BUILD)/libgwr.a | $(BUILD)/test $(BUILD)/obj
	$(CC) $(CFLAGS) -MMD -MF $(BUILD)/obj/$*.unit.d -o $@ $< $(BUILD)/libgwr.a $(LDFLAGS) $(LDLIBS)
$(BUILD)/bin $(BUILD)/test $(BUILD)/obj $(BUILD)/share/gwr:
	mkdir -p $@

include $(wildcard pipelines/*.mk)

test: build $(UNITS)
	BUILD="$(abspath $(BUILD))" bats tests
clean:
	rm -rf $(BUILD)

-include $(wildcard $(BUILD)/obj/*.d)
