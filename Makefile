# Everything runs in .venv, which make builds and keeps up to date; nothing needs activating.
# `make` alone lists the targets.

VENV := .venv
PY := $(VENV)/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --no-input
COMPILE := $(PY) -m uv pip compile --quiet --universal --python-version 3.12 \
	--generate-hashes --no-header --no-emit-index-url $(LOCK_FLAGS)

PORT := 8000
DASHBOARD_PORT := 8501
EXAMPLES := claims helpdesk emergency_coding working_weeks

# Every process would compile our modules anew where the environment forbids to keep them compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run quote test check lint faults audit bench lock clean system FORCE

help: ## list these targets
	@echo "Targets:"
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1 \2/p' Makefile | \
		while read -r name text; do printf '  make %-6s %s\n' "$$name" "$$text"; done

SERVE := $(VENV)/bin/crewquote serve --port $(PORT) --dashboard-port $(DASHBOARD_PORT) \
	--database out/quotes.sqlite

# Pricing takes minutes: whatever would stop the server is found out before.
run: $(VENV)/.project ## price the examples, then serve API and dashboard until Ctrl-C
	@mkdir -p out
	@$(SERVE) --check || { \
		echo "To choose other ports: make run PORT=8010 DASHBOARD_PORT=8511" >&2; exit 2; }
	@$(MAKE) --no-print-directory quote
	@exec $(SERVE)

quote: $(VENV)/.project ## price examples/*.yaml, writing out/*.json
	@mkdir -p out
	@for name in $(EXAMPLES); do \
		$(VENV)/bin/crewquote quote "examples/$$name.yaml" --out "out/$$name.json" || exit; \
	done

# A third worker fills the time the others wait for servers, browsers and pages. Files stay whole,
# since each makes what its tests share, and keep their order: see tests/builders/whole_files.py.
WORKERS := -n 3 --dist loadfile --no-loadscope-reorder

test: lint ## check, with the whole test suite
	$(PY) -m pytest $(WORKERS) $(PYTEST_FLAGS)

check: lint ## formatting, lint, types, import contracts, fast tests
	$(PY) -m pytest $(WORKERS) -m "not slow and not integration" $(PYTEST_FLAGS)

lint: system $(VENV)/.dev
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports

faults: system $(VENV)/.dev ## kill the server a hundred times on each store
	FAULT_KILLS=100 $(PY) -m pytest -n 2 tests/integration/test_faults.py $(PYTEST_FLAGS)

audit: $(VENV)/.dev ## ask for known vulnerabilities of what is pinned
	$(PY) .ci/audit

bench: system $(VENV)/.bench ## measure speed
	$(PY) -m benchmarks

# Pins already chosen are kept; `make lock LOCK_FLAGS=--upgrade` renews them all.
lock: $(VENV)/.dev ## pin the requirements of pyproject.toml
	$(COMPILE) --group build -o requirements/build.txt
	$(COMPILE) --all-extras pyproject.toml -o requirements/runtime.txt
	$(COMPILE) --all-extras pyproject.toml --group dev -c requirements/build.txt -c requirements/runtime.txt \
		-o requirements/dev.txt
	$(COMPILE) --group bench -c requirements/runtime.txt -c requirements/dev.txt \
		-o requirements/bench.txt

clean: ## remove all that make has made
	rm -rf $(VENV) out build dist *.egg-info .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

system:
	@.ci/install-system-packages

# The environment. Each stamp is touched as the last step of its recipe, so that an interrupted
# installation leaves none behind and is done again.

# A virtual environment holds absolute paths: in a moved or copied checkout it is made anew.
ifneq ("$(shell cat $(VENV)/.made 2>/dev/null)","$(CURDIR)")
$(VENV)/.made: FORCE
endif

# Also made anew when its Python is gone (a dangling link counts as missing) or was upgraded.
$(PY):
$(VENV)/.made: $(PY)
	python="$$(.ci/find-python)" && rm -rf $(VENV) && "$$python" -m venv $(VENV)
	printf '%s\n' "$(CURDIR)" > $@

$(VENV)/.runtime: $(VENV)/.made requirements/build.txt requirements/runtime.txt
	@rm -f $@
	$(INSTALL) --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	@touch $@

$(VENV)/.project: $(VENV)/.runtime pyproject.toml
	@rm -f $@
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.project requirements/dev.txt
	@rm -f $@
	$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements/bench.txt
	@rm -f $@
	$(INSTALL) --require-hashes -r requirements/bench.txt
	@touch $@
