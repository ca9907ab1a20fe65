# The style and script of to-html's page become part of the program, with the hashes by which the page's
# Content-Security-Policy lets them run.
override CFLAGS += -I$(BUILD)/obj

$(BUILD)/obj/html.o $(BUILD)/lint/lib/html.ok: $(BUILD)/obj/page.h
$(BUILD)/obj/page.h: lib/html/page.css lib/html/page.js | $(BUILD)/obj
	for type in css js; do \
		echo "static const unsigned char page_$$type[] = {"; \
		od -An -v -tu1 lib/html/page.$$type | sed 's/[0-9][0-9]*/&,/g'; \
		echo '};'; \
		hash=$$(sha256sum lib/html/page.$$type | head -c 64 | sed 's/../\\x&/g'); \
		echo "#define PAGE_$${type^^}_SHA256 \"$$(printf "$$hash" | base64)\""; \
	done > $@
