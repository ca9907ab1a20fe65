# make wide                 OUT/panel-wide.csv: the panel for spreadsheets, a column for each indicator
.PHONY: wide
wide: panel
	@pipelines/wide
