# make serve   install, fetch models and design system, ingest the sample corpus, index it and serve it
# make test    install what the tests need, fetch the models and the design system, and run the tests
#
# Everything that these make lies under var/, which is safe to delete.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
HOST ?= 127.0.0.1
PORT ?= 8000
PYTEST_ARGS ?=
VENV := var/venv
BIN := $(VENV)/bin

export PYTHONPYCACHEPREFIX := $(CURDIR)/var/pycache

.PHONY: serve test lint clean models assets

serve: $(VENV)/installed models assets
	@$(BIN)/plansearch ingest corpus || test $$? -eq 1
	@$(BIN)/plansearch serve --host $(HOST) --port $(PORT)

test: $(VENV)/installed-tests models assets
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PYTEST_ARGS)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

lint: $(VENV)/installed-tests
	$(BIN)/flake8 .
	$(BIN)/mypy

clean:
	rm -rf var

# Once; where they cannot be had, everything goes on without them, and the next run tries again.
models: $(VENV)/installed
	@test -n "$$PLANSEARCH_MODELS" || $(BIN)/plansearch fetch-models || true

# Likewise: without them the pages are plain.
assets: $(VENV)/installed
	@test -n "$$PLANSEARCH_ASSETS" || $(BIN)/plansearch fetch-assets || true

$(VENV)/installed: setup.cfg constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "plansearch needs Python 3.11 or later; name one with: make PYTHON=..."; exit 1; }
	@echo "Installing plansearch into $(VENV) (once) ..."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-tests: $(VENV)/installed
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --constraint constraints.txt --editable '.[corpus,tests]'
	@touch $@
