load helper

@test "faults: no call that fails makes a filter wrong or silent" {
	! grep -q __asan_init "$BIN/normalize" || skip "sanitizers bring a memory of their own"
	run make -s -C "$ROOT" BUILD="$BUILD" faults MOST=8
	echo "$output"
	[ "$status" = 0 ]
	[ "$(grep -c ' 0 points' <<<"$output")" = 0 ]
}
