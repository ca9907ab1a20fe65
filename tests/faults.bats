load helper

@test "faults: no call that fails makes a filter wrong or silent" {
	run make -s -C "$ROOT" BUILD="$BUILD" faults MOST=8
	echo "$output"
	[ "$status" = 0 ]
	[ "$(grep -c ' 0 points' <<<"$output")" = 0 ]
}
