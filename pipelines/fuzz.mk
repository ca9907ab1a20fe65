# make fuzz TIME=60 JOBS=2  fuzzes every parser of foreign bytes, and the whole pipe, for that many seconds each, so many
#                           at a time, and prints how often each ran; what was found lies in build/fuzz/found, what was
#                           learned in build/fuzz/corpus
# make fuzz-cases           runs the saved cases alone, once
# make fuzz-short           runs them, and then for a minute in all new inputs made of them: the same ones each time
# make fuzz-keep            saves, for each target, the few small inputs of what was learned that reach most
TIME ?= 60
JOBS ?= 1
FUZZ_CC ?= clang
FUZZ := $(BUILD)/fuzz
FUZZ_TARGETS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))
# Without traces of comparisons a target runs twice as often; words.txt and the dictionaries stand in for them. NULL + 0,
# which clang takes for an overflow of pointers, is what an empty list begins with; real ones are left to make asan.
FUZZ_FLAGS := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
	-fno-sanitize=pointer-overflow -fno-sanitize-coverage=trace-cmp
FUZZ_NEEDS := $(FUZZ_CC)=clang -fsanitize=fuzzer=libclang-rt-dev
FUZZ_RUN = pipelines/fuzz "$(FUZZ)"

.PHONY: fuzz fuzz-cases fuzz-short fuzz-keep fuzz-build fuzz-needs
fuzz: fuzz-build
	$(FUZZ_RUN) "$(TIME)" "$(JOBS)" $(FUZZ_TARGETS)
fuzz-cases: fuzz-build
	$(FUZZ_RUN) cases "$(JOBS)" $(FUZZ_TARGETS)
fuzz-short: fuzz-build
	$(FUZZ_RUN) short "$(JOBS)" $(FUZZ_TARGETS)
fuzz-keep: fuzz-build
	pipelines/fuzz-keep "$(FUZZ)" $(FUZZ_TARGETS)
fuzz-needs:
	CC=$(FUZZ_CC) pipelines/needs $(FUZZ_NEEDS)
# Where clang cannot be installed, CI does without.
packages:
	$(if $(CI),-$(MAKE) fuzz-needs)
fuzz-build: fuzz-needs
	$(MAKE) $(FUZZ_TARGETS:%=$(FUZZ)/bin/%) $(patsubst lib/dict/%,$(FUZZ)/share/gwr/%,$(wildcard lib/dict/*.tsv)) \
		BUILD=$(FUZZ) CC=$(FUZZ_CC) HARDEN= CFLAGS="$(FUZZ_FLAGS)"
ifneq ($(filter %/fuzz,$(BUILD)),)
$(BUILD)/bin/%: tests/fuzz/%.c $(wildcard tests/fuzz/*.h) $(BUILD)/libgwr.a | $(BUILD)/bin
	$(CC) $(CFLAGS) -Wno-pedantic -Werror=implicit-function-declaration -Itests/fuzz -fsanitize=fuzzer -o $@ $< $(BUILD)/libgwr.a $(if $(filter dictionary,$*),-Wl$(,)--wrap=exit) $(LDLIBS)
endif
