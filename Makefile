.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
PORT ?= 8000
FRONTEND ?= 1

BIN := .venv/bin
INSTALLED := .venv/installed
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm
BENCHMARKS := tests/benchmarks
AUDIT := audit
SBOM := build/sbom
CONFORMANCE := tests/conformance
CORE := tests/core
# All but our own openedx_catalog, which Python would find first.
CORE_CHECKOUT := manage.py catalog_graphql tests schema frontend-queries docs README.md pyproject.toml
PYTHON312 ?= $(firstword $(wildcard $(HOME)/.pyenv/versions/3.12*/bin/python) $(shell command -v python3.12))
QUERIES := frontend-queries
GRAPHIQL := frontend-queries/graphiql
GRAPHIQL_BUILT := catalog_graphql/static/catalog_graphql/graphiql/graphiql.js
STUDIO_HOME := frontend-queries/studio-home
STUDIO_HOME_BUILT := catalog_graphql/static/catalog_graphql/studio-home/studio-home.js

export PIP_CONSTRAINT := $(CURDIR)/constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help
help:  ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(INSTALLED): pyproject.toml openedx_catalog/pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --editable ./openedx_catalog --editable '.[dev,frontend,mysql,postgresql,standalone]'
	touch $@

$(GRAPHIQL_BUILT): $(INSTALLED) frontend-queries/src/csrf.ts $(shell find $(GRAPHIQL) -type f -not -path '*/node_modules/*')
	cd $(GRAPHIQL) && $(NPM) ci --silent --no-audit --no-fund
	cd $(GRAPHIQL) && $(NPM) run --silent build

# The page takes its operations, and what asks them, from the folder above.
$(STUDIO_HOME_BUILT): $(INSTALLED) $(shell find $(STUDIO_HOME) frontend-queries/src -type f -not -path '*/node_modules/*' -not -path '*/pictures/*')
	cd $(STUDIO_HOME) && $(NPM) ci --silent --no-audit --no-fund
	cd $(STUDIO_HOME) && $(NPM) run --silent build

.PHONY: frontend
ifeq ($(FRONTEND),1)
frontend: $(GRAPHIQL_BUILT) $(STUDIO_HOME_BUILT)  ## Build the pages' static files
else
frontend:
	@echo "FRONTEND=$(FRONTEND): GraphiQL and the Studio home page are not built; /graphql/ answers queries, and both say so to a browser."
endif

.PHONY: run
run: $(INSTALLED) frontend  ## Install, migrate, load the demo catalog, serve: http://127.0.0.1:PORT/
	DEBUG=1 $(BIN)/python manage.py migrate --verbosity 0
	DEBUG=1 $(BIN)/python manage.py load_demo_catalog --if-empty
	DEBUG=1 $(BIN)/python manage.py load_demo_author
	DEBUG=1 $(BIN)/python manage.py runserver $(PORT)

$(CONFORMANCE)/node_modules/.package-lock.json: $(INSTALLED) $(CONFORMANCE)/package-lock.json
	cd $(CONFORMANCE) && $(NPM) ci --silent --no-audit --no-fund

.PHONY: conformance
conformance: $(CONFORMANCE)/node_modules/.package-lock.json  ## Install what other implementations of GraphQL check the server with

$(QUERIES)/node_modules/.package-lock.json: $(INSTALLED) $(QUERIES)/package-lock.json
	cd $(QUERIES) && $(NPM) ci --silent --no-audit --no-fund

.PHONY: queries
queries: $(QUERIES)/node_modules/.package-lock.json  ## Install what generates and checks the frontend's operations

.PHONY: test
test: $(INSTALLED)  ## Run the tests on the database of DATABASE_URL, SQLite by default
	$(BIN)/pytest --numprocesses auto --dist worksteal $(ARGS)

# An environment apart: openedx-core wants Python 3.12, and has an openedx_catalog of its own.
$(CORE)/.venv/installed: pyproject.toml constraints.txt $(CORE)/constraints.txt tests/requirements.py
	$(PYTHON312) -m venv $(@D)
	$(PYTHON312) tests/requirements.py core $(@D)
	PIP_CONSTRAINT=$(@D)/constraints.txt $(@D)/bin/pip install --quiet --requirement $(@D)/requirements.txt
	touch $@

.PHONY: core test-core
ifneq ($(PYTHON312),)
core: $(CORE)/.venv/installed  ## Install openedx-core, as a CMS has it

test-core: core  ## Run the tests over openedx-core's catalog, on the database of DATABASE_URL
	rm -rf $(CORE)/.venv/checkout && mkdir $(CORE)/.venv/checkout
	tar -c --exclude .venv --exclude node_modules --exclude __pycache__ $(CORE_CHECKOUT) | tar -x -C $(CORE)/.venv/checkout
	cd $(CORE)/.venv/checkout && ../bin/python -m pytest --ds tests.core.settings -p tests.core.differences --numprocesses auto --dist worksteal $(ARGS) --ignore tests/catalog_graphql/standalone tests/catalog_graphql tests/core
else
core test-core:
	@echo "There is no Python 3.12, which openedx-core needs: set PYTHON312 to one."
endif

.PHONY: test-all
test-all:  ## Run all tests on every database that is reachable, as .ci/run does with fewer
	EVERYTHING=1 .ci/run

.PHONY: pictures
pictures: $(INSTALLED) frontend  ## Take the pictures of the README
	PICTURES=frontend-queries/studio-home/pictures $(BIN)/pytest --numprocesses 0 tests/browser/test_pictures.py

.PHONY: endurance
endurance: $(INSTALLED)  ## Test what is left of the server under overload, and when its database is killed
	$(BIN)/pytest --numprocesses 2 --dist loadfile -m endurance tests/endurance $(ARGS)

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

# An environment apart: graphene-django takes another graphql-core than Strawberry.
$(BENCHMARKS)/.venv/graphene/installed: pyproject.toml openedx_catalog/pyproject.toml constraints.txt $(BENCHMARKS)/constraints.txt tests/requirements.py
	$(PYTHON) -m venv $(@D)
	$(PYTHON) tests/requirements.py graphene $(@D)
	PIP_CONSTRAINT=$(@D)/constraints.txt $(@D)/bin/pip install --quiet --requirement $(@D)/requirements.txt
	touch $@

.PHONY: contestants
contestants: $(INSTALLED) $(BENCHMARKS)/.venv/graphene/installed  ## Install what the benchmark compares the server with

.PHONY: bench
bench: contestants  ## Compare the speed of reads with SQL by hand and with other libraries
	$(BIN)/python -m tests.benchmarks $(ARGS)

.PHONY: bench-test
bench-test: contestants  ## Test the benchmark itself, with everybody it compares
	CI=true $(BIN)/pytest --numprocesses 0 $(BENCHMARKS) $(ARGS)

$(AUDIT)/.venv/installed: $(AUDIT)/requirements.txt
	$(PYTHON) -m venv $(@D)
	PIP_CONSTRAINT= $(@D)/bin/pip install --quiet --requirement $<
	touch $@

.PHONY: audit
audit: $(INSTALLED) $(AUDIT)/.venv/installed  ## Look up known vulnerabilities of all that is pinned
	PATH="$(CURDIR)/$(BIN):$$PATH" $(AUDIT)/.venv/bin/python -m audit $(ARGS)

# A bill of materials for what is installed on a server, and one for each page that is built into it.
.PHONY: sbom
sbom: $(INSTALLED) $(AUDIT)/.venv/installed  ## Write bills of materials (CycloneDX) to build/sbom
	rm -rf $(SBOM) && mkdir -p $(SBOM)
	$(PYTHON) -m venv --without-pip $(SBOM)/.venv
	$(BIN)/pip --python $(SBOM)/.venv/bin/python install --quiet ./openedx_catalog '.[mysql,postgresql,redis,standalone]'
	$(AUDIT)/.venv/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file $(SBOM)/server.cdx.json $(SBOM)/.venv/bin/python
	for page in $(GRAPHIQL) $(STUDIO_HOME); do \
		(cd $$page && $(NPM) sbom --silent --sbom-format cyclonedx --package-lock-only --omit dev) > $(SBOM)/$$(basename $$page).cdx.json || exit 1; \
	done
	rm -rf $(SBOM)/.venv

.PHONY: schema
schema: $(INSTALLED)  ## Write schema/schema.graphql from the code
	DEBUG=1 $(BIN)/python manage.py export_schema catalog_graphql.schema.schema:schema > schema/schema.graphql

.PHONY: clean
clean:  ## Remove what was built, but not the database
	rm -rf .venv build *.egg-info openedx_catalog/build openedx_catalog/*.egg-info $(CORE)/.venv $(BENCHMARKS)/.venv $(BENCHMARKS)/.catalogs $(AUDIT)/.venv catalog_graphql/static/catalog_graphql/graphiql catalog_graphql/static/catalog_graphql/studio-home $(QUERIES)/dist $(QUERIES)/node_modules $(GRAPHIQL)/node_modules $(STUDIO_HOME)/node_modules $(CONFORMANCE)/node_modules
