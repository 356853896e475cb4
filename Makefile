# Two commands do everything:  make demo  and  make test.
# Another interpreter:  make demo PYTHON=python3.12
# A CPU build of torch, where the default would be a large CUDA build:
#   make demo PIP_FLAGS="--extra-index-url https://download.pytorch.org/whl/cpu"

PYTHON ?= python3
PIP_FLAGS ?=
VENV := .venv
BIN := $(VENV)/bin
INSTALL := PIP_CONSTRAINT=$(abspath constraints.txt) PIP_DISABLE_PIP_VERSION_CHECK=1 \
	$(BIN)/python -m pip install --quiet $(PIP_FLAGS)

# What checks pages for accessibility comes from npm; where it cannot be had, those tests skip.
AXE := $(VENV)/npm/axe-core-4.14.1
NPM := npm install --prefix $(VENV)/npm --no-save --no-package-lock --ignore-scripts --no-audit \
	--no-fund --loglevel=error --fetch-retries=1

.PHONY: demo test lint wheel texts axe clean
.DELETE_ON_ERROR:

demo: $(VENV)/.run
	@$(BIN)/lrquiz demo

test: lint $(AXE)
	@$(BIN)/python -m pytest

lint: $(VENV)/.dev
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

# The wheel, installed and run in a clean environment outside this checkout.
wheel: $(VENV)/.dev
	@$(BIN)/python tests/wheel/check.py --constraints constraints.txt

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "lrquiz needs Python 3.11 or newer; say make PYTHON=python3.12"; exit 2; }
	@echo "Making $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made pyproject.toml constraints.txt
	@echo "Installing lrquiz and what it needs into $(VENV); torch makes this the longest step ..."
	@$(INSTALL) -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run
	@echo "Installing what the tests need ..."
	@$(INSTALL) -e ".[dev]"
	@touch $@

axe: $(AXE)

$(AXE): $(VENV)/.dev
	@mkdir -p $(@D)
	@if $(NPM) axe-core@$(subst axe-core-,,$(@F)) >/dev/null; then touch $@; \
		else echo "no axe-core from npm: the tests that need it will be skipped"; fi

# The words of the interface: collected from code, templates and scripts, and compiled.
LOCALE := templates/locale
texts: $(VENV)/.dev
	@$(BIN)/pybabel -q extract -F $(LOCALE)/babel.cfg -k said -k said_of:2,3 --no-location \
		--sort-output -o $(VENV)/lrquiz.pot .
	@$(BIN)/pybabel -q update -i $(VENV)/lrquiz.pot -d $(LOCALE) -D lrquiz --no-fuzzy-matching \
		--ignore-obsolete --ignore-pot-creation-date
	@$(BIN)/pybabel -q compile -d $(LOCALE) -D lrquiz --statistics

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache lrquiz-demo
