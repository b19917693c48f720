#!/bin/sh
# Here: the same as `make run`, for a machine without make: set up, migrate, demo data once, start. HOST and PORT choose the address.
set -eu
cd "$(dirname "$0")/.."
sh scripts/setup.sh run
. scripts/env.sh

quiet="LOG_LEVEL=WARNING"
env "$quiet" .venv/bin/python manage.py migrate --no-input -v 0
env "$quiet" .venv/bin/python manage.py demo --if-empty
env "$quiet" .venv/bin/python manage.py collectstatic --no-input -v 0
exec .venv/bin/python manage.py runstack "$@"
