# A page in headless Chromium, driven over WebDriver (W3C) with curl: real clicks and keys.

# Skips the test where there is no browser.
browser_needed() {
	local tool
	for tool in chromium chromedriver curl; do
		command -v "$tool" >/dev/null || skip "no $tool"
	done
}

# browser_open FILE [WIDTH HEIGHT [light|dark]]
browser_open() {
	local port
	: >"$T/driver.log"
	chromedriver --port=0 >"$T/driver.log" 2>&1 3>&- &
	DRIVER=$!
	for _ in {1..100}; do
		port=$(sed -n 's/.*started successfully on port \([0-9]*\).*/\1/p' "$T/driver.log")
		[ -z "$port" ] || break
		sleep 0.1
	done
	SESSION=http://127.0.0.1:$port/session
	SESSION+=/$(curl -s "$SESSION" -d "$(jq -nc --arg dir "$T/profile" --arg size "${2:-1440},${3:-900}" \
		--arg dark "${4:-light}" '{capabilities: {alwaysMatch: {browserName: "chrome", "goog:chromeOptions": {
			binary: "/usr/bin/chromium", args: (["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
			"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--disable-dev-shm-usage", "--user-data-dir=\($dir)", "--window-size=\($size)"]
			+ if $dark == "dark" then ["--force-dark-mode"] else [] end)}}}}')" | jq -r .value.sessionId)
	browser_post url "$(jq -nc --arg url "file://$(printf %s "$1" | jq -sRr '@uri | gsub("%2F"; "/")')" '{url: $url}')"
}

browser_close() {
	[ -n "${DRIVER:-}" ] || return 0
	curl -s -X DELETE "$SESSION" >/dev/null || true
	kill "$DRIVER" 2>/dev/null || true
	wait "$DRIVER" 2>/dev/null || true
}

browser_post() {
	curl -s "$SESSION/$1" -d "$2" >"$T/answer"
	refute jq -e '.value.error?' "$T/answer" >/dev/null
}

# browser_js EXPRESSION: prints its value.
browser_js() {
	browser_post execute/sync "$(jq -nc --arg script "return $1" '{script: $script, args: []}')" &&
		jq -r .value "$T/answer"
}

# browser_click SELECTOR: a real click, into the middle of what is there.
browser_click() {
	browser_post element "$(jq -nc --arg s "$1" '{using: "css selector", value: $s}')" &&
		browser_post "element/$(jq -r '.value | .[]' "$T/answer")/click" '{}'
}

# browser_keys KEYS: typed one after the other.
browser_keys() {
	browser_post actions "$(jq -nc --arg keys "$1" '{actions: [{type: "key", id: "keys", actions:
		[$keys | split("")[] | {type: "keyDown", value: .}, {type: "keyUp", value: .}]}]}')"
}

# browser_picture FILE.png
browser_picture() {
	curl -s "$SESSION/screenshot" | jq -r .value | base64 -d >"$1"
}
