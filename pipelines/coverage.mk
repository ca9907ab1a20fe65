# make coverage            the tests in a build that counts lines and branches: a table of lib and bin, by gcov
# Left out are the tests of what is not in C, which run the same programs over the same specimens.
COVERAGE_NEEDS := gcov=gcc jq=jq
COVERAGE_BUILD := BUILD=$(BUILD)/coverage HARDEN= CFLAGS="-O0 -g --coverage" LDFLAGS=--coverage
COVERAGE_TESTS := $(filter-out $(patsubst %,tests/%.bats,bench charts cluster deb faults import pipelines recipes),$(wildcard tests/*.bats))
.PHONY: coverage coverage-tests
coverage:
	pipelines/needs $(COVERAGE_NEEDS)
	find $(BUILD)/coverage -name '*.gcda' -delete 2>/dev/null || true
	$(MAKE) coverage-tests $(COVERAGE_BUILD)
	$(MAKE) faults MOST=0 $(COVERAGE_BUILD)
	pipelines/coverage "$(BUILD)/coverage"
coverage-tests: build $(UNITS) $(BUILD)/.test-needs
	BUILD="$(BUILD)" bats $(BATSFLAGS) $(COVERAGE_TESTS)
