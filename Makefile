# Every target works on a fresh clone by itself: each one that needs the environment makes it first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.made
RUN := .run

.PHONY: setup lock demo test lint soak bench-reading bench-search elasticsearch elasticsearch-stop clean

setup: $(STAMP)

$(STAMP): requirements.lock setup.cfg
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Crossforce needs Python 3.11 or newer; set PYTHON=… to one (now: $$($(PYTHON) --version))."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: on Debian, apt-get install python3-venv."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Renews the lock file: hashes, but no addresses.
lock:
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'pip-tools>=7.5,<8'
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --strip-extras --extra dev --output-file requirements.lock setup.cfg build.in

demo: setup
	$(BIN)/crossforce demo

test: setup
	$(BIN)/python -m pytest -m "not soak"

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The long chaos and scale checks: tens of minutes.
soak: setup
	$(BIN)/python -m pytest -m soak

bench-reading: setup
	$(BIN)/python benchmarks/reading.py

bench-search: setup
	$(BIN)/python benchmarks/search.py

# Fetches and starts a test server on loopback; prints its address last.
elasticsearch: setup
	@$(BIN)/python tests/elasticsearch_server.py start --folder $(RUN)/elasticsearch

elasticsearch-stop:
	@test ! -x $(BIN)/python || $(BIN)/python tests/elasticsearch_server.py stop --folder $(RUN)/elasticsearch

clean:
	rm -rf $(VENV) $(RUN) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
