.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
PORT ?= 8000
FRONTEND ?= 1

BIN := .venv/bin
INSTALLED := .venv/installed
BENCHMARKS := tests/benchmarks
CONFORMANCE := tests/conformance
GRAPHIQL := frontend-queries/graphiql
GRAPHIQL_BUILT := catalog_graphql/static/catalog_graphql/graphiql/graphiql.js

export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help:  ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(INSTALLED): pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable '.[dev,frontend,mysql,postgresql]'
	touch $@

$(GRAPHIQL_BUILT): $(INSTALLED) $(shell find $(GRAPHIQL) -type f -not -path '*/node_modules/*')
	cd $(GRAPHIQL) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund
	cd $(GRAPHIQL) && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent build

.PHONY: frontend
ifeq ($(FRONTEND),1)
frontend: $(GRAPHIQL_BUILT)  ## Build the pages' static files
else
frontend:
	@echo "FRONTEND=$(FRONTEND): GraphiQL is not built; /graphql/ answers queries, and says so to a browser."
endif

.PHONY: run
run: $(INSTALLED) frontend  ## Install, migrate, load the demo catalog, serve: http://127.0.0.1:PORT/graphql/
	DEBUG=1 $(BIN)/python manage.py migrate --verbosity 0
	DEBUG=1 $(BIN)/python manage.py load_demo_catalog --if-empty
	DEBUG=1 $(BIN)/python manage.py load_demo_author
	DEBUG=1 $(BIN)/python manage.py runserver $(PORT)

$(CONFORMANCE)/node_modules/.package-lock.json: $(INSTALLED) $(CONFORMANCE)/package-lock.json
	cd $(CONFORMANCE) && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund

.PHONY: conformance
ifeq ($(FRONTEND),1)
conformance: $(CONFORMANCE)/node_modules/.package-lock.json  ## Install what other implementations of GraphQL check the server with
else
conformance:
	@echo "FRONTEND=$(FRONTEND): the tests that need Node skip."
endif

.PHONY: test
test: $(INSTALLED) frontend conformance  ## Run the tests on the database of DATABASE_URL, SQLite by default
	$(BIN)/pytest --numprocesses auto $(ARGS)

.PHONY: endurance
endurance: $(INSTALLED)  ## Test what is left of the server under overload, and when its database is killed
	$(BIN)/pytest --numprocesses 0 -m endurance tests/endurance $(ARGS)

.PHONY: check
check: export DEBUG = 1
check: $(INSTALLED)  ## Lint, types, layers, migrations and Django's own checks
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING

.PHONY: format
format: $(INSTALLED)  ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# The benchmark has environments apart: graphene-django takes another graphql-core than Strawberry.
$(BENCHMARKS)/.venv/server/installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(@D)
	$(@D)/bin/pip install --quiet --editable '.[bench,mysql,postgresql]'
	touch $@

$(BENCHMARKS)/.venv/graphene/installed: $(BENCHMARKS)/constraints.txt
	$(PYTHON) -m venv $(@D)
	PIP_CONSTRAINT= $(@D)/bin/pip install --quiet --requirement $<
	touch $@

.PHONY: bench
bench: $(BENCHMARKS)/.venv/server/installed $(BENCHMARKS)/.venv/graphene/installed  ## Compare the speed of reads with SQL by hand and with other libraries
	$(BENCHMARKS)/.venv/server/bin/python -m tests.benchmarks $(ARGS)

.PHONY: schema
schema: $(INSTALLED)  ## Write schema/schema.graphql from the code
	DEBUG=1 $(BIN)/python manage.py export_schema catalog_graphql.schema:schema > schema/schema.graphql

.PHONY: clean
clean:  ## Remove what was built, but not the database
	rm -rf .venv build *.egg-info $(BENCHMARKS)/.venv $(BENCHMARKS)/.catalogs catalog_graphql/static/catalog_graphql/graphiql $(GRAPHIQL)/node_modules $(CONFORMANCE)/node_modules
