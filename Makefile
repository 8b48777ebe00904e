# Two commands matter: `make site` and `make test`. Each sets up what it needs in .venv; the second run is quick.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 15))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site serve docs wheel test lint types screenshots pythons lock clean

site: .venv/run.ready
	$(BIN)/faq build
	@echo
	@echo "The FAQ is in site/. To look at it:   make serve   and open http://127.0.0.1:8000/"

serve: .venv/run.ready
	$(BIN)/faq serve

docs: .venv/run.ready
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict --clean -f docs/mkdocs.yml
	@echo "The documentation is in site-docs/: open site-docs/index.html, or to search in it, too,"
	@echo "run   $(BIN)/python -m http.server --bind 127.0.0.1 --directory site-docs 8001"

wheel: .venv/run.ready
	$(BIN)/python -m hatchling build -t wheel -d dist

test: lint types
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: .venv/dev.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev.ready
	$(BIN)/python -m mypy

screenshots: .venv/dev.ready
	$(BIN)/python -m benchmarks.screenshots

# Slow: installs from the locks into a fresh environment of each Python from 3.11 to 3.14 that is here, and builds.
pythons: .venv/run.ready
	$(BIN)/python -m benchmarks.pythons $(ARGS)

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "faq_builder needs Python 3.11 to 3.14 with the venv module"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run.ready: requirements/run.txt pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev.ready: requirements/dev.txt .venv/run.ready
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# Needs uv. The locks hold names, versions and hashes for every platform and Python from 3.11 on.
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --no-emit-index-url --quiet
lock:
	$(LOCK) pyproject.toml --extra meaning --group build -o requirements/run.txt
	$(LOCK) pyproject.toml --extra meaning --group dev -c requirements/run.txt -o requirements/dev.txt

clean:
	rm -rf .venv .cache site site-docs dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
