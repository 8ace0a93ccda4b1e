# Two commands are enough: `make run` and `make test`. Each sets up .venv first when it has to.

# The first of these that fits is used; `make .venv PYTHON=/path/to/python3.12` names another.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
ARGS ?=

# The same versions as requires-python in pyproject.toml.
FITS = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
SAY_VERSION = import sys; print("%d.%d" % sys.version_info[:2])
INSTALLED = .venv/installed
OFFSCREEN = QT_QPA_PLATFORM=offscreen .venv/bin/python

.DEFAULT_GOAL = help
.PHONY: help .venv run test lint bench fuzz torture pictures bundle bundle-test \
	lock translations clean

help: ## list the targets
	@sed -n 's/^\([.a-z-]*\):.*## \(.*\)/\1|\2/p' Makefile \
	| while IFS='|' read -r target text; do printf '  make %-11s %s\n' "$$target" "$$text"; done

.venv: $(INSTALLED) ## set up the virtual environment and nothing more

$(INSTALLED): requirements.lock
	@.venv/bin/python -c '$(FITS)' 2>/dev/null && exit; \
	for python in $(PYTHON); do \
		$$python -c '$(FITS)' 2>/dev/null || continue; \
		if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
			echo "$$python cannot make a virtual environment: its venv module is missing." \
			"On Debian and Ubuntu install it with: sudo apt-get install python3-venv" >&2; \
			exit 2; \
		fi; \
		$$python -m venv --clear .venv; exit; \
	done; \
	found=$$($(firstword $(PYTHON)) -c '$(SAY_VERSION)' 2>/dev/null || echo missing); \
	echo "Kypholog needs Python 3.11, 3.12, 3.13 or 3.14, and $(firstword $(PYTHON)) is $$found." \
	"Install one of them; where it is not found by itself, name it:" \
	"make .venv PYTHON=/path/to/python3.12" >&2; \
	exit 2
	.venv/bin/python -m pip install --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $(INSTALLED)

run: .venv ## open the window; make run ARGS="--logbook DIR"
	@.venv/bin/python main.py $(ARGS)

# Whoever has told Python to keep no compiled files would have every worker and every child compile
# the whole program anew.
test: export PYTHONDONTWRITEBYTECODE =
test: .venv ## run all tests, without a screen; make test ARGS="-k pain"
	@$(OFFSCREEN) -m ui.preflight
	$(OFFSCREEN) -m pytest -q -n auto --dist worksteal $(ARGS)

lint: .venv ## check style, types and import directions
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo

bench: .venv ## measure speed beside what a user would pick instead
	.venv/bin/python -m tests.benchmarks $(ARGS)

fuzz: .venv ## try odd files on the import; make fuzz ARGS="--minutes 10"
	.venv/bin/python -m tests.fuzz $(ARGS)

torture: .venv ## kill it, fill its disk, damage its files; make torture ARGS="--minutes 10"
	.venv/bin/python -m tests.torture $(ARGS)

pictures: .venv ## draw every page in every language and look; see build/pictures/index.html
	@$(OFFSCREEN) -m ui.preflight
	$(OFFSCREEN) -m tests.pictures $(ARGS)

translations: .venv ## bring the catalogs up to date with the source, and make what is read of them
	.venv/bin/python -m resources.translations

bundle: .venv ## build dist/kypholog/ and its archive, which need no Python
	$(OFFSCREEN) -m resources.bundle

bundle-test: .venv ## run what was built in an empty environment, and time its start
	.venv/bin/python -m tests.bundle $(ARGS)

lock: build/lock/bin/uv ## write requirements.lock anew; make lock ARGS=--upgrade
	build/lock/bin/uv pip compile --universal --python-version 3.11 --fork-strategy fewest \
		--group dev --generate-hashes --no-config --quiet --custom-compile-command "make lock" \
		--output-file requirements.lock $(ARGS) pyproject.toml

build/lock/bin/uv: | .venv
	.venv/bin/python -m venv build/lock
	build/lock/bin/python -m pip install --disable-pip-version-check --quiet uv

clean: ## remove everything that is made, except .venv
	rm -rf build dist __pycache__ .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find models ui tests -name __pycache__ -prune -exec rm -rf {} +
