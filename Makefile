# Here: the commands people type. Not here: what they do (scripts/).
.PHONY: run test setup locks

run:
	sh scripts/run.sh

test:
	sh scripts/test.sh

setup:
	sh scripts/setup.sh test

FLAGS = --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
locks:
	.venv/bin/uv pip compile $(FLAGS) requirements.in -o requirements.lock
	.venv/bin/uv pip compile $(FLAGS) requirements-dev.in -o requirements-dev.lock
