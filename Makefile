# One line per job; the work is done by `python -m stadtlabor`, the same on every system.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
JOB = @$(PYTHON) -m stadtlabor

.PHONY: run test build check bench report format lock help
.DEFAULT_GOAL := help

run: ## Set everything up, build from raw/ and serve the dashboard (PORT=8501; EDITION=team for the internal one)
	$(JOB) run

test: ## Set everything up and run all tests, the browser's included
	$(JOB) test

build: ## Build from raw/ and publish a release
	$(JOB) build

check: ## Lint and type-check
	$(JOB) check

bench: ## Measure, as ratios within one run
	$(JOB) bench

report: ## Write the release to be handed on: pages, PDF, slides … (REPORT="--format pdf --towns moelln --language de")
	$(JOB) report $(REPORT)

format: ## Mend what the linter can mend
	$(JOB) format

lock: ## Write the hashed pins anew from pyproject.toml
	$(JOB) lock

help: ## List these jobs
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10
