#!/bin/sh
# Here: the whole proof, as `make test` and CI run it. Not here: what is installed (setup.sh). Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh test
. scripts/env.sh
export LOG_LEVEL=WARNING PYTHONUNBUFFERED=1
# Checks never touch the data of somebody's running demo.
EGOV_VAR=$(mktemp -d)
export EGOV_VAR
trap 'rm -rf "$EGOV_VAR"' EXIT

step() { printf '\n== %s\n' "$*"; "$@"; }
step .venv/bin/ruff check .
step .venv/bin/lint-imports --no-logo
step .venv/bin/python manage.py makemigrations --check --dry-run
step .venv/bin/python -W error::DeprecationWarning manage.py check --fail-level WARNING
step .venv/bin/python manage.py migrate --no-input -v 0
# Migrating takes long: SQLite migrates above, PostgreSQL here, the rest of the tests builds its tables directly.
step .venv/bin/python -m pytest -q -n 2 --dist loadgroup --migrations --database=postgres --broker=redis -m "lifecycle or postgres or redis"
step .venv/bin/python -m pytest -q -n 2 --dist loadgroup "$@"
