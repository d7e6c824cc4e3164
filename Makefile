# Meldekette: one place for every command. `make` alone explains them.

PYTHON := .venv/bin/python
LOCAL_DIR ?= .local
DEMO := $(if $(REPORTS),--reports "$(REPORTS)") $(if $(RATE),--rate "$(RATE)") \
	$(if $(COUNT),--count "$(COUNT)") $(if $(EXIT),--exit)
TESTS ?= tests
PYTEST_ARGS ?=

# Compiled modules are kept: without them each start costs twice the time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo up down status doctor test test-full check format bench lock

help: ## explain these commands
	@echo "Meldekette: from the citizen to the one who can act, and back."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' Makefile
	@echo
	@echo "  make demo REPORTS=file.csv RATE=20 COUNT=500   play a file of reports"
	@echo "  make up ROUTERS=2                              two routers share the work"
	@echo "  make down RESET=1                              stop, and forget the data"

setup: ## fetch everything once; quick when nothing is to do
	@python=; for name in python3 python3.13 python3.12 python3.11 python3.14; do \
		if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then python=$$name; break; fi; done; \
	if [ -z "$$python" ]; then \
		echo "Meldekette needs Python 3.11 or newer: please install it" \
			"(Debian 12 and later: apt-get install python3 python3-venv)." >&2; \
		exit 1; fi; \
	exec $$python -m deploy.local.setup

demo: setup ## bring the chain up and play a city's reports through it
	@exec $(PYTHON) -m deploy.demo $(DEMO)

up: setup ## start everything on this machine, until Ctrl-C
	@exec $(PYTHON) -m deploy.local up

down: ## stop what `make up` started; RESET=1 forgets the data too
	@exec $(PYTHON) -m deploy.local down $(if $(RESET),--reset)

status: ## what runs, since when, where
	@exec $(PYTHON) -m deploy.local status

doctor: ## say in words what is wrong
	@if [ -x $(PYTHON) ]; then exec $(PYTHON) -m deploy.local doctor; \
	else echo "Nothing is set up yet: run \`make setup\`."; exit 1; fi

test: setup ## every test, small numbers
	@exec $(PYTHON) -m pytest $(PYTEST_ARGS) $(TESTS)

test-full: setup ## every test, the full numbers
	@FULL=1 exec $(PYTHON) -m pytest $(PYTEST_ARGS) $(TESTS)

check: setup ## format, lint, types, import rules
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@.venv/bin/lint-imports

format: setup ## let ruff lay out the code
	@$(PYTHON) -m ruff check --fix --quiet . ; $(PYTHON) -m ruff format .

bench: setup ## measure: POST to case, POST to mail
	@exec $(PYTHON) -m tests.bench

lock: setup ## pin every dependency with its checksums anew
	@exec $(PYTHON) -m deploy.local.lock
