# Two commands on a bare Debian 12 with python3 and make: `make run` and `make test`. Each installs what it needs.
.DEFAULT_GOAL := help
.PHONY: help run test check proof bench docs lock clean prepare-run prepare-test prepare-proof prepare-bench
CHECKS := check-types check-templates check-fences check-settings check-writing
.PHONY: $(CHECKS)

# A run starts hundreds of processes: each loads what the first one compiled.
unexport PYTHONDONTWRITEBYTECODE

VENV := .venv/bin
PYTHON := $(VENV)/python
# Checks and documents look at an installation of their own, never at yours.
SCRATCH := DEAN06_HOME="$(CURDIR)/build/scratch" DATABASE_URL=
# Tests write and sync thousands of small files: in memory, where 6 GB are free, they do not wait for a disk.
MEMORY := $(shell [ -w /dev/shm ] && df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 6000000 { print "/dev/shm" }')
TESTED := $(if $(MEMORY),TMPDIR=$(MEMORY) )$(PYTHON) -m pytest

run: prepare-run ## Install, make the demonstration on first start, serve it on 127.0.0.1 (PORT=8000)
	@exec $(PYTHON) -m dean06 serve --demo

test: check ## Install, then all checks and the whole suite: on PostgreSQL, then on SQLite with the browser journeys
	DEAN06_TEST_TOLD=once DEAN06_TEST_DATABASE=postgresql $(TESTED) -q -n 2 --dist loadfile -m "not proof and not journey"
	DEAN06_TEST_TOLD=once $(TESTED) -n 2 --dist loadfile

check: prepare-test ## Format, lint, fences, types, settings, migrations, templates; two at a time
	@$(MAKE) --no-print-directory -j2 --output-sync=target $(CHECKS)

check-types: # the longest begins first
	$(VENV)/mypy --no-error-summary

check-templates:
	$(VENV)/djlint src/dean06 --lint --quiet

check-fences:
	$(VENV)/lint-imports --no-cache > build/lint-imports.txt || { cat build/lint-imports.txt; exit 1; }

check-settings:
	@mkdir -p build/scratch
	$(SCRATCH) DEAN06_HTTPS=1 $(PYTHON) -W error manage.py check --deploy --fail-level WARNING
	$(SCRATCH) $(PYTHON) manage.py makemigrations --check --dry-run

check-writing:
	$(VENV)/ruff format --check -q .
	$(VENV)/ruff check -q .

proof: prepare-proof ## The bars at their full size; an hour at most
	$(TESTED) -m proof
	DEAN06_TEST_TOLD=again DEAN06_TEST_DATABASE=postgresql $(TESTED) -q -n 2 --dist loadfile -m "not journey"
	DEAN06_TEST_TOLD=again $(TESTED) -q -n 2 --dist loadfile -m "not proof and not journey"

bench: prepare-bench ## Measure on this machine and write docs/benchmarks.md
	$(PYTHON) tools/measure.py

docs: prepare-test ## Write the generated pages of docs/: commands, faces of the rooms, glossary
	$(PYTHON) tools/command_reference.py
	$(PYTHON) tools/face_reference.py
	$(PYTHON) tools/glossary.py
	$(PYTHON) tools/enforcement_reference.py
	$(PYTHON) tools/api_reference.py

lock: prepare-test ## Resolve requirements/*.in into the hashed locks
	$(PYTHON) tools/lock.py

clean: ## Remove what can be made again; your data (var/) stays
	rm -rf .venv build dist .mypy_cache .ruff_cache .hypothesis .benchmarks .import_linter_cache src/*.egg-info
	find src tests tools -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## This list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' Makefile

prepare-run prepare-test prepare-proof prepare-bench: prepare-%:
	@python3 tools/prepare.py $*
	@mkdir -p build
