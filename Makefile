# Foldlog: every command of the project. Needs bash, a JDK 25 and any Maven 3; the rest is fetched.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MVN := scripts/mvn
BENCH_OPTIONS = $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(WARM_UP),--warm-up $(WARM_UP))

.PHONY: help run test fmt lint-proto release-proto clients golden test-clients clients-table clients-table-check \
	conformance linearizability conformance-report conformance-check faults-quick real-input readme bench bench-growth \
	bench-smoke bench-layout clean

# A client's folder has two executables, generate and test (clients/scenarios/README.md).
CLIENTS := $(patsubst clients/%/test,%,$(wildcard clients/*/test))

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z%-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## build what is needed and serve on 127.0.0.1:7070, data in ./foldlog-data
	@./foldlog serve

test: ## check the format, build, run every JVM test
	@$(MVN) verify

fmt: ## format the Java sources
	@$(MVN) -q spotless:apply

lint-proto: ## buf lint, and buf breaking against the last release
	@scripts/lint-proto

release-proto: ## at a release: take the protos as published from now on
	@scripts/lint-proto --release

clients: ## make the stubs of all clients anew from the protos
	@set -e; for client in $(CLIENTS); do clients/$$client/generate; done

golden: ## write the golden messages of clients/scenarios anew
	@scripts/scenario-server --write-golden

test-clients: $(CLIENTS:%=test-client-%) ## check, build and test the clients of other languages, each with all scenarios

test-client-%: ## the same for one, for example test-client-python
	@clients/$*/test

clients-table: ## write the table of README.md that says what each client can do, from the last runs of their tests
	@scripts/clients-table

clients-table-check: ## the table says what the last make test and make test-clients found
	@scripts/clients-table --check

conformance: ## judge the server at TARGET=host:port, without one our own backends (docs/conformance-guide.md)
	@scripts/conformance

linearizability: ## record concurrent histories over a kill -9 and check them with porcupine (Go)
	@scripts/linearizability

conformance-report: ## write docs/conformance.md anew from fresh runs
	@rm -rf conformance-tests/target/conformance
	@$(MVN) -pl conformance-tests -am verify -Dtest='*ConformanceTest,LiarsTest,NoopServerTest' -Dsurefire.failIfNoSpecifiedTests=false
	@scripts/linearizability
	@scripts/conformance-report

conformance-check: ## docs/conformance.md says what the last make test and make linearizability found
	@scripts/conformance-report --check

faults-quick: ## run the process-level fault tests (Linux, strace)
	@scripts/need strace
	@$(MVN) -Pfaults -pl cli -am verify

real-input: ## import real feedback from ../shared/data and check it
	@scripts/real-input

bench: ## measure speed beside limits and peers: MEASURES=append,read ROUNDS=3 SECONDS=10 (scripts/bench run --help)
	@scripts/bench run $(if $(MEASURES),--measures $(MEASURES)) $(BENCH_OPTIONS)

bench-growth: ## measure one store of SIZES=0,1000000,10000000 events (an hour; scripts/bench growth --help)
	@scripts/bench growth $(if $(SIZES),--sizes $(SIZES)) $(BENCH_OPTIONS)

bench-smoke: ## run every measure for a moment and see that each brings numbers
	@scripts/bench smoke >/dev/null

readme: ## run the commands of README.md and docs/debugging.md
	@scripts/readme-check

bench-layout: ## rerun the experiments behind the layout on disk: ids indexes settings columns (EXPERIMENTS="ids columns")
	@BENCH_MAIN=dev.foldlog.bench.layout.LayoutBench scripts/bench .build/bench-layout $(EXPERIMENTS)

clean: ## remove what was built
	@$(MVN) -q clean
	@rm -rf .build .tools
