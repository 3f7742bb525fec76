# Everything a person or CI calls. `make help` lists the targets.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
SHELL := /bin/sh

# The port of `make run`, and ONCE=1 to exit after the summary.
PORT ?= 8080
ONCE ?=
export PORT ONCE

# make setup PYTHON=python3.13: which interpreter the environments are made with. Default: one that suits.
PYTHON ?=
# make build ARCH=x86_64: what the Lambda layer is built for; template.yaml asks for arm64.
ARCH ?= arm64
# The Python that Lambda runs: builds the layer, and runs what was built.
LAMBDA_PYTHON ?= $(shell sh infra/find_lambda_python.sh)
# make bench CLAIMS="1000 10000": at which sizes of the store; by default also at 100,000, which takes four minutes.
CLAIMS ?=
# make contract-test EXAMPLES=100, make fuzz SECONDS=600: how long they look.
EXAMPLES ?= 15
SECONDS ?= 60
# make test TESTS=tests/unit: only these. WORKERS: processes at once.
TESTS ?= tests
WORKERS ?= 2

VENV := .venv
VENV_SAM := .venv-sam
VENV_RACES := .venv-races
VENV_BROWSER := .venv-browser
VENV_OPENAPI := .venv-openapi
VENV_WEBHOOKS := .venv-webhooks
VENV_LAMBDA := .venv-lambda
VENV_STACK := .venv-stack
VENV_LOCK := .venv-lock
# Environments are made anew when their lock changes; the project is installed anew when pyproject.toml does.
READY := $(VENV)/.ready
LOCKED := $(VENV)/.locked
SAM_READY := $(VENV_SAM)/.locked
RACES_READY := $(VENV_RACES)/.locked
BROWSER_READY := $(VENV_BROWSER)/.locked
OPENAPI_READY := $(VENV_OPENAPI)/.locked
WEBHOOKS_READY := $(VENV_WEBHOOKS)/.locked
LAMBDA_READY := $(VENV_LAMBDA)/.locked
STACK_READY := $(VENV_STACK)/.locked
LOCK_READY := $(VENV_LOCK)/.locked

BIN := $(VENV)/bin
# sam reports usage to its makers unless told not to; a region makes it ask no account for one.
SAM := SAM_CLI_TELEMETRY=0 AWS_DEFAULT_REGION=eu-west-1 $(VENV_SAM)/bin/sam
# What is built for this machine, to be run here; beside what is built to be deployed. Made anew when its sources change.
HERE := .aws-sam/here
HERE_ARCH := $(if $(filter aarch64 arm64,$(shell uname -m)),arm64,x86_64)
BUILT_FROM := $(shell find functions shared infra template.yaml requirements/runtime.txt -type f \
    ! -path '*/__pycache__/*' ! -path '*.egg-info/*' ! -name 'embedder.*')

.PHONY: help setup run test races browser-test contract-test webhooks-test fuzz check bench eval lock build build-test \
    stack-test extension extension-check extension-test pictures clean \
    embedder lambda-python

help: ## Say what the targets do
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) embedder ## Make the environment .venv with the command .venv/bin/secondsource
	@echo "Ready: .venv/bin/secondsource"

run: $(READY) embedder ## Serve the API on 127.0.0.1 and show the example story (PORT=8080; ONCE=1 exits after the summary)
	@$(BIN)/python -m secondsource.local.demo

test: $(READY) $(SAM_READY) embedder ## Run all tests but those with a target of their own, and validate template.yaml (TESTS=tests/unit for a part)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --ignore=tests/races $(TESTS)
	$(SAM) validate --lint --template template.yaml

races: $(READY) $(RACES_READY) ## Run the tests of many writers at once, on a server that honours transactions, and of a crash at every call
	$(BIN)/python -m pytest tests/races tests/unit/services/test_interleavings.py
	CRASHES=all $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile tests/http/test_crashes_adding.py \
	    tests/http/test_crashes_deleting.py tests/contract/test_dynamodb.py

browser-test: $(READY) $(BROWSER_READY) embedder ## Run the tests of the report page in Chromium, with axe-core (skipped aloud without Chromium)
	$(BIN)/python -m tests.browser.pages build/pages
	$(VENV_BROWSER)/bin/python -m pytest tests/browser

pictures: $(READY) $(BROWSER_READY) embedder ## Take the pictures of the documentation anew, in Chromium (needs Node, too)
	$(BIN)/python -m tests.browser.pages build/pages
	$(VENV_BROWSER)/bin/python -m tests.browser.picture
	@sh clients/browser-extension/run.sh picture

contract-test: $(READY) $(OPENAPI_READY) embedder ## Ask the served API what its OpenAPI document promises (EXAMPLES=15 of each operation)
	$(BIN)/python -m tests.openapi.run $(VENV_OPENAPI)/bin/schemathesis $(EXAMPLES)

extension: ## Build the browser extension into build/extension, and its zip into dist/ (skipped aloud without Node)
	@sh clients/browser-extension/run.sh build

extension-check: ## Check its types and run its unit tests, without a browser (skipped aloud without Node)
	@sh clients/browser-extension/run.sh check

extension-test: $(READY) embedder ## Test the browser extension, in Chromium too (skipped aloud without Node or Chromium)
	@sh clients/browser-extension/run.sh test

webhooks-test: $(READY) $(WEBHOOKS_READY) ## Have callbacks verified by the libraries of Standard Webhooks, in Python and Node (skipped aloud without Node)
	if command -v npm >/dev/null; then cd tests/receivers && npm ci --silent; fi
	$(BIN)/python -m pytest tests/receivers

fuzz: $(READY) embedder ## Send nasty pages and texts through the pipeline (SECONDS=60)
	$(BIN)/python -m tests.fuzz.run $(SECONDS)

check: $(READY) embedder ## Run ruff, mypy --strict and the import rules of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict
	$(BIN)/python -m pytest -q tests/unit/test_house.py

bench: $(READY) embedder ## Print time and memory of analysis and requests, and what the index costs as it grows (CLAIMS="1000 10000")
	@$(BIN)/python -m tests.bench.run
	@echo
	@$(BIN)/python -m tests.bench.serving
	@echo
	@$(BIN)/python -m tests.bench.index $(CLAIMS)
	@echo
	@$(BIN)/python -m tests.bench.growth

eval: $(READY) embedder ## Print how good the annotations are on labelled articles
	@$(BIN)/python tests/eval/run.py

lock: $(LOCK_READY) ## Lock requirements/*.in again (UPGRADE=1 moves all pins to the newest releases)
	@PATH="$(CURDIR)/$(VENV_LOCK)/bin:$$PATH" $(VENV_LOCK)/bin/python -m infra.lock $(if $(UPGRADE),--upgrade)

build: $(SAM_READY) embedder lambda-python ## Build functions and layer with SAM; needs Python 3.13 (ARCH=arm64 or x86_64)
	PATH="$(dir $(LAMBDA_PYTHON)):$$PATH" LAYER_ARCH=$(ARCH) $(SAM) build --template template.yaml

build-test: $(READY) $(SAM_READY) $(RACES_READY) $(LAMBDA_READY) $(HERE)/template.yaml ## Run what was built by Lambda's own runtime client
	LAMBDA_PYTHON=$(LAMBDA_PYTHON) $(BIN)/python -m pytest tests/built

stack-test: $(READY) $(SAM_READY) $(STACK_READY) $(HERE)/template.yaml ## Deploy the template to a server that answers like AWS, and test it over HTTP
	sh tests/deployed/alone.sh $(BIN)/python -m pytest tests/deployed

embedder: ## Build the network for sentence vectors, unless it is there (all of the above do it)
	@PYTHON="$(PYTHON)" sh infra/make_embedder.sh

clean: ## Remove the environments and all that was built or cached
	rm -rf $(VENV) $(VENV_SAM) $(VENV_RACES) $(VENV_BROWSER) $(VENV_OPENAPI) $(VENV_WEBHOOKS) $(VENV_LAMBDA) $(VENV_STACK) $(VENV_LOCK) .venv-embedder .aws-sam build dist shared/*.egg-info
	rm -rf clients/python/build clients/python/*.egg-info
	rm -f shared/secondsource/language/data/embedder.*
	rm -rf clients/browser-extension/node_modules clients/browser-extension/build tests/receivers/node_modules
	rm -rf .hypothesis .mypy_cache .pytest_cache .ruff_cache .schemathesis
	find shared functions infra tests clients/python \( -name __pycache__ -o -name .mypy_cache \) -type d -prune -exec rm -rf {} +

$(LOCKED): requirements/dev.txt infra/make_env.sh
	@PYTHON="$(PYTHON)" sh infra/make_env.sh $(VENV) $<
	@touch $@

$(SAM_READY): requirements/sam.txt infra/make_env.sh
	@PYTHON="$(PYTHON)" sh infra/make_env.sh $(VENV_SAM) $<
	@touch $@

$(RACES_READY): requirements/races.txt infra/make_env.sh
	@PYTHON="$(PYTHON)" sh infra/make_env.sh $(VENV_RACES) $<
	@touch $@

$(BROWSER_READY): requirements/browser.txt infra/make_env.sh
	@PYTHON="$(PYTHON)" sh infra/make_env.sh $(VENV_BROWSER) $<
	@touch $@

$(OPENAPI_READY): requirements/openapi.txt infra/make_env.sh
	@PYTHON="$(PYTHON)" sh infra/make_env.sh $(VENV_OPENAPI) $<
	@touch $@

$(WEBHOOKS_READY): requirements/webhooks.txt infra/make_env.sh
	@PYTHON="$(PYTHON)" sh infra/make_env.sh $(VENV_WEBHOOKS) $<
	@touch $@

$(LAMBDA_READY): requirements/lambda.txt infra/make_env.sh | lambda-python
	@PYTHON="$(LAMBDA_PYTHON)" sh infra/make_env.sh $(VENV_LAMBDA) $<
	@touch $@

$(STACK_READY): requirements/stack.txt infra/make_env.sh | lambda-python
	@PYTHON="$(LAMBDA_PYTHON)" sh infra/make_env.sh $(VENV_STACK) $<
	@touch $@

lambda-python:
	@test -n "$(LAMBDA_PYTHON)" || { echo "This needs Python 3.13, which is what Lambda runs; LAMBDA_PYTHON names it." >&2; exit 1; }

# A changed network for sentence vectors means a changed recipe, which lies in infra/.
$(HERE)/template.yaml: $(BUILT_FROM) $(SAM_READY) | embedder lambda-python
	PATH="$(dir $(LAMBDA_PYTHON)):$$PATH" LAYER_ARCH=$(HERE_ARCH) $(SAM) build --template template.yaml --build-dir $(HERE)
	@touch $@

$(LOCK_READY): requirements/lock.txt infra/make_env.sh
	@PYTHON="$(PYTHON)" sh infra/make_env.sh $(VENV_LOCK) $<
	@touch $@

# Without build isolation, because that would download build tools that no lock holds.
$(READY): pyproject.toml $(LOCKED)
	@$(BIN)/python -m pip install -qq --no-input --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
