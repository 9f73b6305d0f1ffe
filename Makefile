# Glassbox. `make demo` and `make test` need git, make and python3, nothing else.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
# Compiled modules are kept, whatever the environment says: else every process compiles Django anew.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help env lock setup demo test test-db e2e lint format bench bench-evaluate bench-spam check-container clean licences

PORT ?= 8000
PYTHON := .venv/bin/python
MANAGE := $(PYTHON) manage.py
UV := .local/uv/bin/uv

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

# --- environment -------------------------------------------------------------------------

env: .local/env.stamp ## the Python environment, from the lock

.local/env.stamp: requirements-dev.lock .python-version scripts/environment
	@scripts/environment
	@touch $@

lock: ## renew the locks from requirements*.in
	@scripts/environment --uv-only
	@for name in requirements requirements-dev; do \
	  $(UV) pip compile --quiet --universal --generate-hashes --no-header --no-annotate --upgrade \
	    --python-version 3.13 $$name.in --output-file $$name.lock; done

# --- the site ----------------------------------------------------------------------------

setup: env ## environment, database, catalogue loaded and evaluated; nothing served
	@$(MANAGE) prepare $(if $(DATABASE_URL),,--demo)

demo: setup ## setup, then serve the site at http://127.0.0.1:8000 (PORT to change)
	@scripts/serve $(PORT)

# --- proof -------------------------------------------------------------------------------

test: env ## the whole suite, in real Chromium too
	@scripts/chromium
	@scripts/pgbouncer
	@$(MANAGE) shell -v 0 -c "from tests.databases import whole; whole()" & laid_out=$$!; \
	  $(PYTHON) -m pytest -n 2 -m "rules and not hypothesis" tests/definitions \
	  --cov=definitions --cov-report= --cov-fail-under=0; wait $$laid_out
	@$(PYTHON) -m coverage report --fail-under=100 >/dev/null \
	  || { $(PYTHON) -m coverage report; exit 1; }
	@$(PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "hypothesis or not rules"

test-db: env ## the tests that need a database, on the server that DATABASE_URL names
	@$(PYTHON) -m pytest -n 2 --dist loadfile -m "not once" \
	  tests --ignore=tests/definitions --ignore=tests/architecture --ignore=tests/e2e \
	  --ignore=tests/replicas --ignore=tests/submissions --ignore=tests/config

e2e: env ## the browser tests alone
	@scripts/chromium
	@$(PYTHON) -m pytest tests/e2e

lint: env ## formatting, types, import contracts, templates, settings
	@scripts/lint

format: env ## put the code into its form
	@$(PYTHON) -m ruff check --fix --quiet .
	@$(PYTHON) -m ruff format --quiet .

licences: env ## write definitions/licences.json from fixtures/licences.yaml and licence_aliases.yaml
	@$(PYTHON) -m scripts.licence_facts

bench: env ## pages a second with 1,000, 30,000 and 1,000,000 systems
	@trap '$(PYTHON) -m bench.server --reset' EXIT; trap 'exit 130' INT TERM; \
	  $(PYTHON) -m bench.server && $(PYTHON) -m bench.pages $(BENCH)

bench-evaluate: env ## time the evaluation of the whole catalogue
	@$(PYTHON) -m bench.evaluate

bench-spam: env ## flood the submission form, and time what everybody else notices
	@$(PYTHON) -m bench.spam

check-container: env ## run every command of Dockerfile and compose.yaml in a clean folder
	@scripts/check-container

clean: ## remove everything that was built here, the database included
	@rm -rf .local .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
