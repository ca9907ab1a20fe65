# Reports to records to tables.
.PHONY: tables
tables: build
	mkdir -p "$(OUT)"
	export PATH="$(abspath $(BUILD)/bin):$$PATH"
	for f in "$(SEEDS)"/*.txt; do \
		name=$$(basename "$$f" .txt); \
		"$(BUILD)/bin/normalize" "$$f" | "$(BUILD)/bin/split-sections" -n "$$name" | "$(BUILD)/bin/extract-numbers" | \
		"$(BUILD)/bin/tag-entities" | "$(BUILD)/bin/bind-facts" > "$(OUT)/$$name.jsonl"; \
	done
	for t in documents sections numbers entities facts; do \
		"$(BUILD)/bin/to-tsv" -t $$t "$(OUT)"/*.jsonl > "$(OUT)/$$t.tsv"; done
