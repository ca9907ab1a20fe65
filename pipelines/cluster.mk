# make cluster [HOSTS=FILE] [BATCH=50] [SLURM_OPTIONS=...]: the same records and tables as make, on many machines;
# pipelines/cluster says how.
export HOSTS BATCH SLURM_OPTIONS

TEST_PACKAGES += parallel munge slurmctld slurmd slurm-client

.PHONY: cluster
cluster: build
	@pipelines/cluster
	@$(MAKE) --no-print-directory tables
