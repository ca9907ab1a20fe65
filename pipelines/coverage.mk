# make coverage            the tests in a build that counts lines and branches: a table of lib and bin, by gcov
COVERAGE_NEEDS := gcov=gcc jq=jq
.PHONY: coverage
coverage:
	$(MAKE) test BUILD=$(BUILD)/coverage HARDEN= CFLAGS="-O0 -g --coverage -fprofile-update=atomic" LDFLAGS=--coverage
	pipelines/coverage "$(BUILD)/coverage"
