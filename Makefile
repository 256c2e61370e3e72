# Everything a person or a machine does with this repository. `make demo` and `make test` work on a fresh machine.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
SERVE ?= 1
export DJANGO_SETTINGS_MODULE := mingcha.config.settings

.PHONY: help setup demo run worker test check docs bench lock clean

help:            ## this list
	@grep -hE '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

setup: .venv/ready build/assets/ready build/fairdraw.pyz build/fairdraw.html var/env ## environment, assets, the two offline verifiers

.venv/ready: requirements-tools.txt requirements-dev.txt
	@$(PYTHON) scripts/check_python.py
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-tools.txt
	$(BIN)/uv pip sync --quiet --require-hashes requirements-dev.txt requirements-tools.txt
	@touch $@

build/assets/ready: .venv/ready package-lock.json scripts/assets.json scripts/collect_assets.py
	@$(BIN)/python scripts/npm.py ci --ignore-scripts
	@$(BIN)/python scripts/collect_assets.py
	@touch $@

build/fairdraw.pyz: .venv/ready $(shell find fairdraw -name '*.py' 2>/dev/null)
	@$(BIN)/python scripts/build_fairdraw_pyz.py

build/fairdraw.html: build/assets/ready scripts/build_offline_verifier.py $(shell find mingcha/web/portal/static/portal/verify mingcha/web/shared/static/shared -type f 2>/dev/null)
	@$(BIN)/python scripts/build_offline_verifier.py

var/env:
	@mkdir -p var && $(PYTHON) -c "import secrets; print('MINGCHA_SECRET_KEY=' + secrets.token_urlsafe(50))" > $@ && chmod 600 $@

build/static/staticfiles.json: build/assets/ready $(shell find mingcha/web -path '*/static/*' -type f)
	@$(BIN)/python manage.py collectstatic --noinput --clear --verbosity 0

demo: setup build/static/staticfiles.json ## a living demo county, served on loopback (REGISTER=file, SERVE=0, PORT=8000)
	@SERVE=$(SERVE) PORT=$(PORT) $(BIN)/python scripts/load_demo.py $(if $(REGISTER),--register '$(REGISTER)')

run: setup build/static/staticfiles.json ## the site on the database that is there
	@$(BIN)/python manage.py migrate --verbosity 0
	@PORT=$(PORT) $(BIN)/python scripts/serve.py

test: setup build/static/staticfiles.json ## everything: SQLite, PostgreSQL, a real browser
	@$(BIN)/python scripts/test_programs.py
	@$(BIN)/python scripts/test.py $(ARGS)

check: setup     ## the fast half
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/djade --check $$(git ls-files --cached --others --exclude-standard '*.html')
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python manage.py makemigrations --check --dry-run --verbosity 0
	$(BIN)/python scripts/draw_workflows.py --check
	$(BIN)/python scripts/list_proofs.py --check

docs: setup      ## the generated papers
	@$(BIN)/python scripts/draw_workflows.py
	@$(BIN)/python scripts/list_proofs.py

bench: setup     ## one line a figure (ONLY=name)
	@$(BIN)/python scripts/bench.py $(ONLY)

lock: .venv/ready ## write the hashed lock files anew
	$(BIN)/uv pip compile -q requirements-tools.in --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-tools.txt
	$(BIN)/uv pip compile -q requirements-node.in --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-node.txt
	$(BIN)/uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev --generate-hashes --no-emit-index-url --no-header --no-annotate -o requirements-dev.txt

clean:           ## everything that set-up made; var/ (your data) stays
	rm -rf .venv node_modules build
