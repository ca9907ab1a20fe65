# The forms that people have reports in. pipelines/to-text turns each into text.
REPORT_SUFFIXES := txt text pdf html htm docx odt doc wps zip

# What the tests of the parts for users need beyond the tools that build and check the filters: Debian packages.
# A test whose tool is missing skips.
TEST_PACKAGES += poppler-utils pandoc antiword unzip python3-jsonschema
