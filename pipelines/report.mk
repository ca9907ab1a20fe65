# make report               OUT/index.html: a page that leads to tables, charts and annotated reports
.PHONY: report
report: charts wide
	@pipelines/report
