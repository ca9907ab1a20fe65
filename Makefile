# make                      builds the filters and turns seeds/ into tables
# make SEEDS=DIR OUT=DIR    the same for any folder of reports
# make panel                tables of targets and achievements, a database and typed metadata from the same
# make test                 passes the tests
# make asan                 passes them in a build with sanitizers
# make lint                 static analysis of the programs, scripts and pages
# make install PREFIX=DIR   puts programs, dictionaries and pages there; make uninstall takes them away
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all
export LC_ALL := C.UTF-8

VERSION := 0.1.0
BUILD ?= build
PREFIX ?= /usr/local

CFLAGS ?= -O2 -g
HARDEN ?= -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
override CFLAGS += $(HARDEN) -std=c11 -D_GNU_SOURCE -DGWR_VERSION='"$(VERSION)"' -Ilib -Wall -Wextra -Wpedantic -Wshadow \
	-Wstrict-prototypes -Wmissing-prototypes -Wconversion -Wno-sign-conversion -Wvla $(WERROR)
override LDFLAGS += $(if $(HARDEN),-pie -Wl$(,)-z$(,)relro$(,)-z$(,)now)
LDLIBS := -Wl,--as-needed -lpcre2-8
, := ,

TOOLS := $(patsubst bin/%.c,%,$(wildcard bin/*.c))
PAGES := $(wildcard bin/*.1 bin/*.7)
LIB := $(patsubst lib/%.c,$(BUILD)/obj/%.o,$(wildcard lib/*.c))
UNITS := $(patsubst %.c,$(BUILD)/test/%,$(notdir $(wildcard tests/*.c tests/lib/*.c)))
DICTS := $(patsubst lib/dict/%,$(BUILD)/share/gwr/%,$(wildcard lib/dict/*.tsv))

# The programs just built come first in every recipe.
export PATH := $(if $(filter /%,$(BUILD)),,$(CURDIR)/)$(BUILD)/bin:$(PATH)

.PHONY: all build packages test check asan lint install uninstall clean
all: tables
build: $(TOOLS:%=$(BUILD)/bin/%) $(DICTS)

$(BUILD)/bin/%: bin/%.c $(BUILD)/libgwr.a | $(BUILD)/bin
	$(CC) $(CFLAGS) -MMD -MF $(BUILD)/obj/$*.tool.d -o $@ $< $(BUILD)/libgwr.a $(LDFLAGS) $(LDLIBS)
$(BUILD)/libgwr.a: $(LIB)
	rm -f $@ && $(AR) rcs $@ $^
$(BUILD)/obj/%.o: lib/%.c $(BUILD)/.needs | $(BUILD)/obj
	$(CC) $(CFLAGS) -MMD -c -o $@ $<
unit = $(CC) $(CFLAGS) -MMD -MF $(BUILD)/obj/$*.unit.d -o $@ $< $(BUILD)/libgwr.a $(LDFLAGS) $(LDLIBS)
$(BUILD)/test/%: tests/lib/%.c $(BUILD)/libgwr.a | $(BUILD)/test
	$(unit)
$(BUILD)/test/%: tests/%.c $(BUILD)/libgwr.a | $(BUILD)/test
	$(unit)
$(BUILD)/share/gwr/%: lib/dict/% | $(BUILD)/share/gwr
	cp $< $@
$(BUILD)/bin $(BUILD)/test $(BUILD)/obj $(BUILD)/share/gwr:
	mkdir -p $@

# What a command or a header proves to be there, and the package that brings it.
NEEDS := $(firstword $(CC))=$(if $(findstring clang,$(CC)),clang,gcc) stdio.h=libc6-dev pcre2.h=libpcre2-dev \
	uchardet/uchardet.h=libuchardet-dev
TEST_NEEDS := bats=bats jq=jq mandoc=mandoc python3=python3 sqlite3=sqlite3
LINT_NEEDS := gcc=gcc clang-tidy=clang-tidy cppcheck=cppcheck shellcheck=shellcheck mandoc=mandoc
$(BUILD)/.needs: pipelines/needs | $(BUILD)/obj
	pipelines/needs $(NEEDS)
	touch $@
# A test that needs one of TEST_PACKAGES, which files in pipelines/ add to, skips where it is not there. As browsers,
# batch systems and statistics are large, they are installed by CI alone, which sets CI.
$(BUILD)/.test-needs: Makefile $(wildcard pipelines/*.mk) | $(BUILD)/obj
	pipelines/needs $(TEST_NEEDS)
	$(if $(CI),pipelines/needs $(TEST_PACKAGES) || true)
	touch $@
$(BUILD)/.lint-needs: Makefile | $(BUILD)/obj
	pipelines/needs $(LINT_NEEDS)
	touch $@

# All that tests, linters and fuzzing need, at once.
packages: $(BUILD)/.needs $(BUILD)/.test-needs $(BUILD)/.lint-needs

include $(wildcard pipelines/*.mk)

check: test
test: build $(UNITS) $(BUILD)/.test-needs
	BUILD="$(BUILD)" bats $(BATSFLAGS) tests
asan:
	$(MAKE) test BUILD=$(BUILD)/asan HARDEN= \
		CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all"

# A third of the states that it would follow through each function take a third of the time.
TIDY_DEPTH := -Xclang -analyzer-config -Xclang max-nodes=75000
# Each source is looked at by gcc -fanalyzer and clang-tidy, and again only when it has changed.
SOURCES := $(wildcard lib/*.c bin/*.c)
SCRIPTS := $(shell grep -slE '^\#! ?/.*sh' pipelines/* tests/* .ci/*)
lint: $(patsubst %.c,$(BUILD)/lint/%.ok,$(SOURCES)) $(BUILD)/.lint-needs
	@# It does not know that die() never returns: hence the suppressions.
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --error-exitcode=1 --suppress=negativeIndex --suppress=arrayIndexOutOfBoundsCond \
		--suppress=nullPointerRedundantCheck:lib/encoding.c --suppress=ctunullpointer:lib/encoding.c \
		-Ilib -D__SSE2__ -DGWR_VERSION='""' lib bin
	shellcheck -S warning -x $(SCRIPTS)
	mandoc -T lint -W warning $(PAGES)
$(BUILD)/lint/%.ok: %.c .clang-tidy $(wildcard lib/*.h) $(BUILD)/.lint-needs
	gcc $(CFLAGS) -Werror -fanalyzer -c -o /dev/null $<
	clang-tidy --quiet $< -- $(CFLAGS) $(TIDY_DEPTH) 2> >(grep -v ' generated\.$$' >&2 || true)
	mkdir -p $(@D) && touch $@

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)"/share/{gwr,man/man1,man/man7}
	install -m 755 $(TOOLS:%=$(BUILD)/bin/%) "$(DESTDIR)$(PREFIX)/bin"
	for dict in $(DICTS:$(BUILD)/%=%); do install -D -m 644 "$(BUILD)/$$dict" "$(DESTDIR)$(PREFIX)/$$dict"; done
	for page in $(PAGES); do install -m 644 $$page "$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}"; done
uninstall:
	for tool in $(TOOLS); do rm -f "$(DESTDIR)$(PREFIX)/bin/$$tool"; done
	for page in $(PAGES); do rm -f "$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}"; done
	rm -rf "$(DESTDIR)$(PREFIX)/share/gwr"
clean:
	rm -rf $(BUILD)

-include $(wildcard $(BUILD)/obj/*.d)
