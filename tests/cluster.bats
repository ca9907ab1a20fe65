load helper
load slurm

teardown() {
	slurm_stop
}

# reports N: small reports with figures of their own, under names that are no plain words.
reports() {
	local i
	mkdir "$T/in puts"
	for ((i = 1; i <= $1; i++)); do
		printf '203%d年青湾区政府工作报告\n一、去年工作\n全区地区生产总值%d.%d亿元，增长%d.%d%%。\n二、今年打算\n新建学校%d所。\n' \
			$((i % 10)) $((i * 7)) $((i % 10)) $((i % 9)) $((i % 7)) "$i" >"$T/in puts/报告 $i.txt"
	done
}

# turn GOAL OUT [NAME=VALUE...]
turn() {
	make -s -C "$ROOT" "$1" BUILD="$BUILD" SEEDS="$T/in puts" OUT="$T/$2" "${@:3}" >"$T/said" 2>&1
}

alike() {
	(cd "$T/one" && sha256sum -- *.tsv *.jsonl) >"$T/sums"
	(cd "$T/many" && sha256sum --quiet -c "$T/sums")
	[ "$(ls "$T/one")" = "$(ls "$T/many")" ]
}

records() {
	find "$T/many" -name '*.jsonl' 2>/dev/null | wc -l
}

@test "cluster: GNU parallel over hosts gives the tables of one machine, byte for byte" {
	command -v parallel >/dev/null || skip 'no parallel'
	reports 60
	turn tables one
	echo 2/: >"$T/hosts"
	turn cluster many HOSTS="$T/hosts" BATCH=7
	alike
}

@test "cluster: a Slurm job array whose tasks are killed half way gives, when it is run again, the same tables" {
	slurm_needed
	local n=${CLUSTER_REPORTS:-200} # 2000 takes minutes
	reports "$n"
	turn tables one -j "$(nproc)"
	slurm_start
	turn cluster many BATCH=$((n / 20)) 3>&- &
	cluster=$!
	# Early, so that much is left when the machine is busy with other things.
	until [ "$(records)" -gt $((n / 10)) ]; do
		sleep 0.2
		kill -0 $cluster || { cat "$T/said"; false; }
	done
	# What runs now dies without a word; what waits goes on. Three times, for a task may have nothing left but its end.
	for _ in 1 2 3; do
		until pids=$(pgrep -f "$T/many/.gwr/tasks/task") && kill -9 $pids 2>/dev/null; do
			sleep 0.05
			kill -0 $cluster
		done
	done
	rc=0
	wait $cluster || rc=$?
	[ "$rc" != 0 ]
	grep -q 'run again: what is done stays' "$T/said"
	done=$(records)
	[ "$done" -gt $((n / 10)) ]
	[ "$done" -lt "$n" ]
	turn cluster many BATCH=$((n / 20))
	grep -q "^$((n - done)) reports in" "$T/said"
	alike
}

@test "cluster: when nothing is left no machine is asked" {
	reports 3
	turn tables many
	turn cluster many HOSTS=/none
}
