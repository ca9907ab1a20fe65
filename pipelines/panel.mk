# make panel                what was aimed at and what was reached, place by year by indicator: OUT/targets.tsv,
#                           OUT/panel.tsv, OUT/reports.db (SQLite) and OUT/datapackage.json (Frictionless)
.PHONY: panel
panel: converted
	@pipelines/panel
	@pipelines/summary
