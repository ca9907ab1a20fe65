# make charts [CHARTS=12]   pictures of the series with most figures: OUT/charts
CHARTS ?= 12
export CHARTS
TEST_PACKAGES += gnuplot-nox fonts-noto-cjk

.PHONY: charts
charts: panel
	@pipelines/needs gnuplot=gnuplot-nox
	@pipelines/chart
