# make faults              lets every call of the system fail once in every filter: read, write, open, close, memory
# make faults MOST=20      the same for so many calls of each kind, spread evenly, where there are more
MOST ?= 0
.PHONY: faults
faults: build $(BUILD)/test/faults/inject $(BUILD)/test/faults/shim.so
	pipelines/faults "$(BUILD)" "$(MOST)"
$(BUILD)/test/faults/inject: tests/faults/inject.c
	mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $<
$(BUILD)/test/faults/shim.so: tests/faults/shim.c
	mkdir -p $(@D)
	$(CC) -O2 -fPIC -shared -std=c11 -D_GNU_SOURCE -Wall -o $@ $< -ldl
