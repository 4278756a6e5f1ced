# Each target makes its own .venv where it is missing or older than pyproject.toml.
# README.md has the plain commands, for who has no make.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check bench bench-peers messages

# Open a copy of the sample project.
demo: .venv/ready
	$(BIN)/qcode demo

# Run the tests.
test: .venv/ready
	$(BIN)/python -m pytest

# Everything that is checked before a change is taken, but for the tests.
check: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Measure the speeds that README.md promises.
bench: .venv/ready
	$(BIN)/python -m benchmarks

# The same work in qc and Taguette, which are installed into .venv-peers; takes minutes.
bench-peers: .venv/ready
	$(BIN)/python -m benchmarks._peers

# Collect the texts to be translated.
messages: .venv/ready
	$(BIN)/pybabel --quiet extract --sort-by-file --add-location=file --project=qcode --copyright-holder='The qcode authors' \
	  -k _ -k _N -k counted:1,2 -o qcode/locale/qcode.pot qcode

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev,postgres]'
	touch .venv/ready
