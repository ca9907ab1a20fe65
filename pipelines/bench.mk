# make bench                      speed beside what people use, as a table and as build/bench/bench.tsv
# make bench-growth               time and memory against the size of input, record and dictionary
# make bench BENCH_SIZE=20        with corpora of 20 MB instead of 100
# make bench BENCH_ONLY=normalize just the groups whose name has that word
.PHONY: bench bench-growth
BENCH := $(BUILD)/bench
BENCH_SIZE ?= 100
BENCH_ROUNDS ?= 5
BENCH_ONLY ?=

bench: build
	pipelines/bench-corpora "$(BUILD)" "$(SEEDS)" "$(BENCH)/$(BENCH_SIZE)" $(BENCH_SIZE)
	pipelines/bench "$(BUILD)" "$(BENCH)/$(BENCH_SIZE)" $(BENCH_ROUNDS) "$(BENCH_ONLY)"
bench-growth: build
	pipelines/bench-corpora "$(BUILD)" "$(SEEDS)" "$(BENCH)/$(BENCH_SIZE)" $(BENCH_SIZE)
	pipelines/bench-growth "$(BUILD)" "$(BENCH)/$(BENCH_SIZE)"
