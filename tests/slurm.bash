# A Slurm of one machine: munged, slurmctld and slurmd of this test alone, on loopback, under free ports.

slurm_needed() {
	local tool
	for tool in munged slurmctld slurmd sbatch; do
		command -v "$tool" >/dev/null || skip "no $tool"
	done
	[ -n "${CI:-}" ] || skip 'takes minutes: set CI=1'
	[[ $BUILD != */asan ]] || skip 'runs with the other build'
	[ "$(id -u)" = 0 ] || skip 'slurmd starts tasks as root only'
}

slurm_start() {
	local dir=$T/slurm host port me
	host=$(hostname -s) me=$(id -un)
	port=$((20000 + RANDOM % 20000))
	mkdir -p "$dir/state" "$dir/spool"
	head -c 128 /dev/urandom >"$dir/key"
	chmod 700 "$dir"
	chmod 600 "$dir/key"
	munged --force --key-file="$dir/key" --socket="$dir/munge" --pid-file="$dir/munged.pid" \
		--log-file="$dir/munged.log" --seed-file="$dir/seed" 3>&-
	cat >"$dir/slurm.conf" <<-CONF
		ClusterName=test
		SlurmctldHost=$host(127.0.0.1)
		SlurmUser=$me
		SlurmdUser=$me
		AuthType=auth/munge
		AuthInfo=socket=$dir/munge
		CredType=cred/munge
		StateSaveLocation=$dir/state
		SlurmdSpoolDir=$dir/spool
		SlurmctldPidFile=$dir/slurmctld.pid
		SlurmdPidFile=$dir/slurmd.pid
		SlurmctldLogFile=$dir/slurmctld.log
		SlurmdLogFile=$dir/slurmd.log
		SlurmctldPort=$port
		SlurmdPort=$((port + 1))
		ProctrackType=proctrack/linuxproc
		TaskPlugin=task/none
		JobAcctGatherType=jobacct_gather/none
		AccountingStorageType=accounting_storage/none
		SelectType=select/cons_tres
		SelectTypeParameters=CR_CPU
		SchedulerParameters=batch_sched_delay=0,sched_interval=1
		MpiDefault=none
		NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc)
		PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
	CONF
	export SLURM_CONF=$dir/slurm.conf
	slurmctld 3>&-
	slurmd 3>&-
	for _ in {1..100}; do
		[ "$(sinfo -h -o %t 2>/dev/null)" != idle ] || return 0
		sleep 0.2
	done
	tail "$dir"/*.log
	return 1
}

slurm_stop() {
	local daemon
	# When a test failed, its sbatch would wait for ever.
	pkill -f "sbatch .*$T/" || true
	for daemon in slurmd slurmctld munged; do
		[ ! -e "$T/slurm/$daemon.pid" ] || kill "$(<"$T/slurm/$daemon.pid")" 2>/dev/null || true
	done
}
