# Everything here needs make, Python 3.11 or newer and a package index; nothing else has to be installed first.
.DEFAULT_GOAL := help
.PHONY: help report test test-faults lab bench clean
.DELETE_ON_ERROR:

BIN := .venv/bin
READY := .venv/.ready

# The environment lies in the project whatever the calling shell says, and start-up needs the compiled files.
export UV_PROJECT_ENVIRONMENT := .venv
export JUPYTER_PREFER_ENV_PATH := 1
unexport PYTHONDONTWRITEBYTECODE VIRTUAL_ENV PYTHONHOME PYTHONPATH

help: ## show this list
	@echo 'make TARGET, where TARGET is one of'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' Makefile | awk -F'|' '{ printf "%-12s %s\n", $$1, $$2 }'
	@echo 'Options of report: RAW=folder of texts, PROCESSED=folder, REPORTS=folder, PARAMS=file.yml'
	@echo 'Options of test, lab and bench: ARGS="…", handed on to pytest, JupyterLab and the benchmark'

# Variables given to make reach the recipe through the environment, so that any folder name is safe.
report: $(READY) ## read the texts, run every notebook, write tables and reports
	@$(BIN)/prevent build $${RAW:+--raw "$$RAW"} $${PROCESSED:+--processed "$$PROCESSED"} \
		$${REPORTS:+--reports "$$REPORTS"} $${PARAMS:+--params "$$PARAMS"}

test: $(READY) ## check style, types and notebooks, then run all tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	find notebooks -maxdepth 1 -name '*.ipynb' -exec $(BIN)/nbstripout --verify {} +
	$(BIN)/pytest $(ARGS)

test-faults: $(READY) ## kill 50 builds and corpus runs at random moments (FAULTS=n for another number), fill disks, starve kernels
	FAULTS=$${FAULTS:-50} $(BIN)/pytest -p no:randomly tests/test_faults.py tests/test_build.py tests/test_corpora_faults.py $(ARGS)

lab: $(READY) ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab --ServerApp.root_dir='$(CURDIR)' --LabApp.default_url=/lab/tree/notebooks $(ARGS)

bench: $(READY) ## measure speed and scale, beside other systems, and write benchmarks/results.md
	$(BIN)/python benchmarks/run.py $(ARGS)

clean: ## remove tables, reports and caches (the environment in .venv stays)
	find data/processed reports -mindepth 1 ! -name .gitkeep ! -path reports/preview.png -delete
	rm -rf .build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests notebooks -name __pycache__ -prune -exec rm -rf {} +

# A broken shim on the PATH counts as no uv.
$(READY): uv.lock pyproject.toml
	@uv=uv; uv --version >/dev/null 2>&1 || { uv=.uv/bin/uv; $(MAKE) --no-print-directory $$uv; } || exit 1; \
	$$uv python find >/dev/null 2>&1 || { echo 'No Python 3.11 or newer was found. Install one (Debian and Ubuntu:' \
		'apt-get install python3 python3-venv; anywhere: uv python install) and run make again.' >&2; exit 1; }; \
	$$uv sync --frozen --compile-bytecode
	@touch $@

# A private uv, because many systems refuse a plain pip install (PEP 668).
.uv/bin/uv:
	@for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
		$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		$$python -m venv --clear .uv && .uv/bin/python -m pip install --quiet --disable-pip-version-check uv && exit; \
		rm -rf .uv; echo "$$python could not install uv (see above). Debian and Ubuntu: apt-get install" \
			"python3-venv; without a package index: install uv by hand. Then run make again." >&2; exit 1; \
	done; \
	echo 'No Python 3.11 or newer was found. Install one (Debian and Ubuntu: apt-get install python3' \
		'python3-venv) and run make again.' >&2; exit 1
