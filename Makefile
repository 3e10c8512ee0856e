# Every verb sets up what it needs. Only the first set-up talks to a package registry.
#   make setup PYTHON=python3.12     another interpreter than python3 (3.11 or newer)
#   make run PORT=9000               another port than 8080
#   make test ARGS="-n 0 -k backup"  words for pytest: -n 0 runs them in one process

PYTHON ?= python3
PORT ?= 8080
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
READY := $(VENV)/.ready
# All cores. Bytecode is kept even where the environment says no: without it each process that the
# tests start compiles everything anew, which takes longer than the tests themselves.
PYTEST := PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -n auto --dist worksteal
UV ?= uv

# An environment is kept until it is broken, or until PYTHON asks for another version than it has.
HAVE := $(shell $(PY) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
ifeq ($(HAVE),)
  REMAKE := yes
else ifneq ($(origin PYTHON),file)
  WANT := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
  ifneq ($(HAVE),$(WANT))
    REMAKE := yes
  endif
endif
ifdef REMAKE
  FRESH := remake
endif

.DEFAULT_GOAL := help
.PHONY: help setup run test rehearse check lint fix bench coverage lock clean handbook storm remake

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY)  ## make .venv with everything pinned by requirements.lock
	@:

$(READY): pyproject.toml requirements.lock $(FRESH)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  found=$$($(PYTHON) --version 2>/dev/null) || found="not a Python that runs here"; \
	  echo "make setup needs Python 3.11 or newer, but $(PYTHON) is $$found."; \
	  echo "Install a newer one, or name one that you have: make setup PYTHON=python3.12"; \
	  exit 1; } >&2
	@echo "Setting up $(VENV) (the first time takes about a minute) ..."
	@test -z "$(REMAKE)" || rm -rf $(VENV)
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install -q -q --no-input --require-hashes --no-deps -r requirements.lock
	@$(PY) -m pip install -q -q --no-input --no-deps --no-build-isolation --editable .
	@$(PY) -m pip check >/dev/null || { $(PY) -m pip check; exit 1; }
	@touch $@

run: setup  ## start the simulator with the training pages on port 8080 (PORT=9000 for another)
	$(PY) -m mock_server serve --port $(PORT) $(ARGS)

test: setup  ## run all tests
	$(PYTEST) $(ARGS)

rehearse: setup  ## carry out every scenario, client against simulator, and show the results
	$(PY) -m client rehearse $(ARGS)

storm: setup  ## let random faults strike while the client works (ARGS="--storms 200 --seed 7")
	$(PY) -m tests.e2e.storm $(ARGS)

check: lint  ## what must hold before every commit: lint, format, types, imports, fast tests
	$(PYTEST) -q -m "not slow" $(ARGS)

lint: setup  ## lint, format, types, imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup  ## mend what ruff can mend, and format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup  ## measure speed and memory, print the figures with their method
	$(PY) -m benchmarks $(ARGS)

coverage: setup  ## run all tests and show the lines and branches that none of them reached
	$(PY) -m coverage run -m pytest -q
	$(PY) -m coverage report

lock:  ## pin everything anew: needs the tool uv, on the PATH or as UV=...
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --upgrade --quiet \
	  --group dev pyproject.toml --output-file requirements.lock

clean:  ## remove what was built or cached; the environment stays (rm -rf .venv removes it)
	rm -rf build dist out htmlcov .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache \
	  .import_linter_cache .hypothesis .schemathesis
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

# The features run and the pictures are taken side by side. A feature that fails does not stop here:
# the build does, and says where. The day that is printed is that of the last commit; without git,
# that of the run.
EVIDENCE := build/evidence
handbook: setup  ## run the features, take the pictures, build the handbook and its cards (ARGS=--draft)
	@$(PYTEST) -q tests/bdd/test_features.py --evidence $(EVIDENCE) & features=$$!; \
	$(PY) -m mock_server handbook --evidence $(EVIDENCE) --pictures-only $(ARGS); pictures=$$?; \
	wait $$features; exit $$pictures
	SOURCE_DATE_EPOCH="$${SOURCE_DATE_EPOCH:-$$(git log -1 --format=%ct 2>/dev/null)}" \
	  $(PY) -m mock_server handbook --evidence $(EVIDENCE) $(ARGS)
