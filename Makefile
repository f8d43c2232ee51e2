# All that a developer ever types. `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin
HOME_FOLDER ?= demo
PORT ?= 8765

.PHONY: help demo world test check e2e format types worlds bench clean

help:  ## this list
	@grep -hE '^[a-z0-9]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

demo: .make/product  ## set up, load the retail demo, serve http://127.0.0.1:8765
	$(BIN)/desirelines --home $(HOME_FOLDER) serve --demo retail --port $(PORT)

world: .make/product  ## the same with the simulated brand
	$(BIN)/desirelines --home $(HOME_FOLDER) serve --demo world --port $(PORT)

test: .make/dev  ## everything that must hold: the quick checks, then all tests
	@$(MAKE) --no-print-directory -j 2 check .make/kernels
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .make/dev  ## the quick checks: format, lint, types, the law of imports
	$(BIN)/ruff format --check -q .
	$(BIN)/ruff check -q .
	$(BIN)/lint-imports --cache-dir .make/imports >/dev/null || $(BIN)/lint-imports
	$(BIN)/mypy

e2e: .make/dev  ## only the stories in a real browser (needs Chromium)
	$(BIN)/python -m pytest -m e2e

format: .make/dev  ## format and mend what can be mended
	$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

types: .make/dev  ## write the API schema and the front end's types
	$(BIN)/python -m desirelines.server.schema > web/openapi.json
	cd web && npm run types

worlds: .make/dev  ## two hundred worlds whose truths are known, through the ripples' estimators
	OPENBLAS_NUM_THREADS=1 $(BIN)/python tests/explain/rippling_worlds.py

bench: .make/dev  ## the benchmarks, as ratios
	for file in benchmarks/bench_*.py; do $(BIN)/python $$file || exit 1; done

clean:  ## forget everything that was made
	rm -rf .venv .make demo src/desirelines/server/static web/node_modules

# pip is told once what to install; a changed pin or page installs again.
WEB := $(shell find web/src web/public web/index.html web/package-lock.json web/vite.config.ts 2>/dev/null)

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Desirelines needs Python 3.11 or newer; try: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv

.make/product: .venv/bin/python pyproject.toml constraints.txt hatch_build.py $(WEB)
	@mkdir -p .make
	@echo "Installing Desirelines (a minute or two the first time) ..."
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[retail]'
	@touch $@

.make/dev: .make/product
	@echo "Installing what the tests need ..."
	$(BIN)/python -m pip install -q --disable-pip-version-check -c constraints.txt -e '.[retail,dev]'
	@touch $@

# Compiled once beside the checks: otherwise every process of the tests does it for itself.
.make/kernels: .make/dev $(shell find src -name '*.py')
	@$(BIN)/python -c 'from desirelines.rehearsal import rehearse; rehearse()'
	@touch $@
