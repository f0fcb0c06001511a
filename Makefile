# Everything from a fresh machine: needs only Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.requirements
DEVSTAMP := $(VENV)/.requirements-dev
WORKERS ?= 2

.PHONY: setup setup-dev browser run test soak check format bench templates sample docs clean

setup: $(STAMP)

setup-dev: $(DEVSTAMP)

$(VENV)/bin/python:
	$(PYTHON) -c "import sys; sys.exit('Python 3.11 or newer is needed, this is ' + sys.version.split()[0]) if sys.version_info < (3, 11) else None"
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $(STAMP)

$(DEVSTAMP): requirements.txt requirements-dev.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $(STAMP) $(DEVSTAMP)

browser: $(DEVSTAMP)
	$(PY) tools/get_browser.py

run: $(STAMP)
	$(PY) -m salesanalytics serve

test: browser
	$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not soak"

soak: browser
	SALESANALYTICS_SOAK=1 $(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

check: $(DEVSTAMP)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest tests/architecture tests/docs -p no:cacheprovider

format: $(DEVSTAMP)
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: $(DEVSTAMP)
	$(PY) -m benchmarks

templates: $(STAMP)
	$(PY) -m salesanalytics templates --out templates

sample: $(STAMP)
	$(PY) -m salesanalytics sample --out sample_data
	$(PY) -m salesanalytics sample --out sample_data/dirty --dirty

docs: $(STAMP)
	$(PY) -m salesanalytics docs --out docs

clean:
	rm -rf $(VENV) build sample_workspace .pytest_cache .mypy_cache .ruff_cache .hypothesis
