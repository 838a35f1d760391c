# Rectify in two commands: `make run` serves it, `make test` proves it. Everything lands in this folder.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run setup test check bench soak clean

export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PORT ?= 8000
export HOST ?= 127.0.0.1
export DATA_DIR ?= $(CURDIR)/var
export DEMO ?= 1
export CI
# A county's own certificates count too.
export UV_SYSTEM_CERTS := $(if $(wildcard /etc/ssl/certs/ca-certificates.crt),true,false)

INSTALL := uv pip install --quiet --require-hashes --python .venv/bin/python
VENDOR := app/static/vendor
SPOKEN := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/messages.po))
WORDED := $(shell find templates app -name '*.html' -o -name '*.py' -o -path 'app/static/js/*.js' -o -path 'app/static/css/*.css' 2>/dev/null)

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 14

run: setup  ## install, migrate, load the demo into an empty database, serve (PORT, HOST, DATA_DIR, DEMO=0)
	@exec bash .ci/serve

setup: .venv/.runtime $(VENDOR)/.built $(SPOKEN)  ## install what serving needs, build the assets

test: check setup  ## install what testing needs, then lint and every test on both databases and in Chromium
	@bash .ci/machine
	pytest -n 2

check: .venv/.dev  ## lint only: ruff, mypy, import contracts
	@set -x
	ruff check
	ruff format --check
	mypy
	lint-imports

bench: .venv/.dev setup  ## what it costs, one JSON line a figure
	@python -m bench

soak: .venv/.dev setup  ## the tests that take minutes
	@bash .ci/machine
	pytest -m soak

clean:  ## remove what was installed or built; what people entered (DATA_DIR) stays
	rm -rf .venv node_modules $(VENDOR) .*_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
	find translations -name '*.mo' -delete

# A stamp says which lock was installed; a newer lock installs again.

.venv/.uv: requirements/uv.txt
	@if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
	    echo "Rectify needs Python 3.11 or later; python3 here is older." >&2; exit 1
	fi
	if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
	    echo "python3 cannot make virtual environments here; as root: apt-get install python3-venv" >&2; exit 1
	fi
	[ -x .venv/bin/python ] || python3 -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

.venv/.runtime: requirements/runtime.txt | .venv/.uv
	@echo "Installing what serving needs …"
	$(INSTALL) -r $<
	touch $@

.venv/.dev: requirements/dev.txt | .venv/.uv
	@echo "Installing what testing needs …"
	$(INSTALL) -r $<
	touch $@

# Node only builds the assets: the machine's own when it is there and new enough, otherwise a wheel in .venv.
.venv/.node: requirements/node.txt | .venv/.uv
	@if ! { command -v npm && node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)'; } &>/dev/null; then
	    echo "Installing node, for the assets …"
	    $(INSTALL) -r $<
	fi
	touch $@

node_modules/.installed: package-lock.json package.json .npmrc | .venv/.node
	@echo "Installing style sheets and scripts …"
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

$(VENDOR)/.built: node_modules/.installed app/static/build.mjs $(WORDED)
	@node app/static/build.mjs
	touch $@

%.mo: %.po
	@pybabel --quiet compile -i $< -o $@
