# make fuzz TIME=60        fuzzes every parser of foreign bytes, and the whole pipe, for that many seconds each; what was
#                          found lies in build/fuzz/found, what was learned in build/fuzz/corpus
# make fuzz-cases          runs the saved cases alone, once
TIME ?= 60
FUZZ_CC ?= clang
FUZZ := $(BUILD)/fuzz
FUZZ_TARGETS := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))
FUZZ_FLAGS := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
FUZZ_NEEDS := clang=clang /usr/lib/llvm-14/lib/clang/14.0.6/lib/linux/libclang_rt.fuzzer-x86_64.a=libclang-rt-14-dev

.PHONY: fuzz fuzz-cases fuzz-build
fuzz: fuzz-build
	pipelines/fuzz "$(FUZZ)" "$(TIME)" $(FUZZ_TARGETS)
fuzz-cases: fuzz-build
	pipelines/fuzz "$(FUZZ)" 0 $(FUZZ_TARGETS)
fuzz-build:
	$(MAKE) $(FUZZ_TARGETS:%=$(FUZZ)/bin/%) $(patsubst lib/dict/%,$(FUZZ)/share/gwr/%,$(wildcard lib/dict/*.tsv)) \
		BUILD=$(FUZZ) CC=$(FUZZ_CC) HARDEN= CFLAGS="$(FUZZ_FLAGS)"
ifneq ($(filter %/fuzz,$(BUILD)),)
$(BUILD)/bin/%: tests/fuzz/%.c tests/fuzz/fuzz.h $(BUILD)/libgwr.a | $(BUILD)/bin
	$(CC) $(CFLAGS) -Wno-pedantic -Werror=implicit-function-declaration -Itests/fuzz -fsanitize=fuzzer -o $@ $< $(BUILD)/libgwr.a $(if $(filter dictionary,$*),-Wl$(,)--wrap=exit) $(LDLIBS)
endif
