# Short names. All work is done by setup.sh, and by what it puts into .venv.
.PHONY: all demo test check csl contact-sheet lock clean

all:
	@sh setup.sh

demo:
	@sh setup.sh demo

# ARGS go to pytest: make test ARGS='-k dates'
test:
	@sh setup.sh test $(ARGS)

# Style and types. `sh setup.sh test --version` brings the test tools and runs no test.
check:
	@sh setup.sh test --version
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy

# Citation styles: how many cases of the CSL test-suite in SUITE pass, and what styles cost a lesson.
csl:
	@sh setup.sh
	@PYTHONPATH=. .venv/bin/python tests/citations/csl_suite.py $(SUITE)
	@PYTHONPATH=. .venv/bin/python tests/citations/csl_benchmark.py

# The picture of all editions in the README; needs pdftoppm (poppler-utils).
contact-sheet:
	@sh setup.sh
	PYTHONPATH=. .venv/bin/python docs/make_contact_sheet.py

# Renew the lock files after a change in pyproject.toml; UPGRADE=--upgrade takes the newest versions of everything.
# The tests' lock is held to the versions of the program's own, so that its packages can be added to them.
LOCK = .venv/bin/python -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 \
	--custom-compile-command 'make lock' pyproject.toml

lock:
	@sh setup.sh
	.venv/bin/python -m pip install --quiet uv
	$(LOCK) $(UPGRADE) --output-file requirements.lock
	$(LOCK) $(UPGRADE) --extra test --constraints requirements.lock --output-file requirements-test.lock

# Removes what builds made, not .venv.
clean:
	@sh setup.sh
	.venv/bin/hornbook clean
