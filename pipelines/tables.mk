# Reports to records to tables: OUT/NAME.jsonl for each file in the folder SEEDS, and OUT/TABLE.tsv of them all.
#
# Names of reports hold spaces, quotes and dollar signs, which make cannot carry in the names of targets: so
# pipelines/plan looks at the files, and writes the work that is left as a makefile whose targets are numbers.
# The values of SEEDS and OUT are taken as they are typed, without make's own expansion.
ifeq ($(origin SEEDS),undefined)
SEEDS := seeds
else
override SEEDS := $(value SEEDS)
endif
ifeq ($(origin OUT),undefined)
OUT := $(BUILD)/out
else
override OUT := $(value OUT)
endif
export SEEDS OUT
export GWR_BUILD := $(BUILD)

# Refused reports do not stand in the way of the others: only at the end the summary fails because of them.
.PHONY: tables converted
tables: converted
	@pipelines/summary
converted: build
	@mkdir -p "$$OUT/.gwr"
	@# One run at a time in one folder; what a killed run left behind is waited for.
	@exec 9>"$$OUT/.gwr/lock"; flock 9; pipelines/plan >"$$OUT/.gwr/work.mk"; \
	$(MAKE) --no-print-directory -f - <"$$OUT/.gwr/work.mk"
