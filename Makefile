# make            what there is
# make run        the community at http://127.0.0.1:8000
PYTHON ?= python3
VENV := .venv/bin
UV_COMPILE := build/uv/bin/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11 --no-header
PARTS = boards bookmarks initials letters listing models outside policy reader reading registrants rights sealing states
TYPED = $(sort $(shell find cityexchange/core cityexchange/states -name '*.py') $(foreach part,$(PARTS),$(wildcard cityexchange/*/$(part).py cityexchange/*/$(part)/*.py)))
# Each check says what it has to say in one piece; an old make mixes their lines.
TOGETHER = $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

.DEFAULT_GOAL := help
.PHONY: help run test quick check bench tour lock clean dev format tidy lint types imports translations catalogues migrations migration

help: ## What there is
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1|\2/p' Makefile | while IFS='|' read -r name words; do printf '  make %-13s %s\n' "$$name" "$$words"; done

run: ## Everything, from a fresh clone to a living community (PORT, HOST)
	@$(PYTHON) deploy/run.py

test: ## Every test, on SQLite and on PostgreSQL (ARGS="tests/forums -k close", DATABASES=sqlite)
	@$(PYTHON) deploy/test.py $(ARGS)

quick: dev ## For every day: the static checks, the walls, and the tests of what changed since main (SINCE=commit)
	@$(MAKE) --no-print-directory --jobs --keep-going $(TOGETHER) format lint types imports translations
	@$(PYTHON) deploy/quick.py

check: dev ## The same as CI: all of the checks below beside each other, then make test
	@$(MAKE) --no-print-directory --jobs --keep-going $(TOGETHER) format lint types imports translations migrations
	@$(MAKE) --no-print-directory test

bench: dev ## The benchmarks beside the floor; writes docs/scale.md
	@$(VENV)/python -m tests.load.bench

tour: dev ## Walks the journeys in Chromium; takes the pictures of docs/tour.md afresh
	@$(VENV)/python -m tests.browser.tour

format: dev ## Check: formatted as ruff formats
	@$(VENV)/ruff format --check .

tidy: dev ## Format, and mend what ruff can mend
	@$(VENV)/ruff format . && $(VENV)/ruff check --fix .

lint: dev ## Check: Python and templates
	@$(VENV)/ruff check .
	@$(VENV)/djlint --lint --quiet templates

types: dev ## Check: types of the core, the models, the states, the policies and the lists
	@$(VENV)/mypy $(TYPED)

imports: dev ## Check: who imports whom
	@$(VENV)/lint-imports

translations: dev ## Check: catalogues fresh and complete in six languages
	@$(VENV)/python deploy/catalogues.py check

catalogues: dev ## Bring the catalogues up to date with the sources
	@$(VENV)/python deploy/catalogues.py update

migrations: dev ## Check: the migrations make exactly the models
	@$(VENV)/python deploy/migrations.py check

migration: dev ## The next migration, with what the models say beyond the others (NAME=add_bookmarks)
	@$(VENV)/python deploy/migrations.py make $(NAME)

dev:
	@$(PYTHON) deploy/setup.py --dev

lock: dev ## Make the locked requirements afresh
	@$(VENV)/python -m pip install --quiet --target build/uv --upgrade uv
	$(UV_COMPILE) --upgrade requirements.in -o requirements.txt
	$(UV_COMPILE) --upgrade requirements-dev.in -o requirements-dev.txt
	$(UV_COMPILE) --upgrade requirements-node.in -o requirements-node.txt

clean: ## Remove what the set-up made; the data in instance/ stays
	rm -rf .venv node_modules static/vendor build .ruff_cache .mypy_cache .pytest_cache .import_linter_cache
	find translations -name '*.mo' -delete
