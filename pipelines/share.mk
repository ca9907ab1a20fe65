# The JSON Schema of the records and the example word lists go where the dictionaries are.
SHARED := $(BUILD)/share/gwr/record.schema.json \
	$(patsubst lib/dict/%,$(BUILD)/share/gwr/%,$(wildcard lib/dict/terms/*.tsv))
DICTS += $(SHARED)
build: $(SHARED)

$(BUILD)/share/gwr/record.schema.json: lib/schema/record.schema.json | $(BUILD)/share/gwr
	cp $< $@
$(BUILD)/share/gwr/terms/%: lib/dict/terms/% | $(BUILD)/share/gwr/terms
	cp $< $@
$(BUILD)/share/gwr/terms:
	mkdir -p $@
