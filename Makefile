# Foldlog: every command of the project. Needs bash, a JDK 25 and any Maven 3; the rest is fetched.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MVN := scripts/mvn

.PHONY: help run test fmt lint-proto release-proto conformance faults-quick real-input readme clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

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

conformance: ## run the conformance suites against our own stores
	@$(MVN) -pl conformance-tests -am verify -Dtest='*ConformanceTest' -Dsurefire.failIfNoSpecifiedTests=false

faults-quick: ## run the process-level fault tests (Linux, strace)
	@scripts/need-strace
	@$(MVN) -Pfaults -pl cli -am verify

real-input: ## import real feedback from ../shared/data and check it
	@scripts/real-input

readme: ## run the commands of README.md
	@scripts/readme-check

clean: ## remove what was built
	@$(MVN) -q clean
	@rm -rf .build .tools
