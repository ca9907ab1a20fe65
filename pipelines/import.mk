# What the tests of the parts for users need beyond what the filters need: Debian packages. A test whose tool is
# missing skips.
TEST_PACKAGES += poppler-utils pandoc antiword unzip zip python3-jsonschema python3-pandas r-base-core chromium chromium-driver \
	curl fonts-noto-cjk
