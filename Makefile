# galleria-deploy: everything a newcomer types. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := build

PREFIX ?= /usr/local
DESTDIR ?=
# The distribution's Python: the package python3-venv belongs to it.
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)

name := galleria-deploy
release := .build/release/$(name)
# One set of flags for build, lint and test: a different set would compile everything anew.
swiftflags := -Xswiftc -warnings-as-errors --explicit-target-dependency-import-check error
swiftsources := Sources Tests Package.swift
# Pictures need libvips's headers; where they cannot be had everything else is built. The shell asks, because `deps` may just have installed them.
# PICTURES=no leaves them out.
export PICTURES ?=
pictures = $$([ "$$PICTURES" = no ] || ! pkg-config --exists 'vips >= 8.13' || echo --traits Pictures --pkg-config-path Sources/CVips)

bindir := $(DESTDIR)$(PREFIX)/bin
mandir := $(DESTDIR)$(PREFIX)/share/man/man1
bashdir := $(DESTDIR)$(PREFIX)/share/bash-completion/completions
zshdir := $(DESTDIR)$(PREFIX)/share/zsh/site-functions
fishdir := $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
installed := $(bindir)/$(name) $(mandir)/$(name).1 $(bashdir)/$(name) $(zshdir)/_$(name) $(fishdir)/$(name).fish

.PHONY: help deps build release test test-without-pictures lint format demo dist test-package bench bench-pictures fuzz fuzz-faults test-tsan man install uninstall clean requirements fixtures

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-21s %s\n", $$1, $$2}'

deps: .venv/complete ## Install what is missing: Debian packages (root or sudo) and a Python environment for the tests
	@Scripts/deps.sh all

# Every version is pinned and every wheel's hash checked; the environment is made anew when the list changes.
.venv/complete: Tests/requirements.txt
	@Scripts/deps.sh build
	rm -rf .venv
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r Tests/requirements.txt
	@touch $@

build: ## Build for development
	@Scripts/deps.sh build
	swift build $(swiftflags) $(pictures)

# `--version` tells the commit, and whether files differed from it.
release: ## Build the program that is installed: optimised, needing no Swift runtime
	@Scripts/deps.sh build
	GALLERIA_COMMIT="$$(git describe --always --dirty=+ --exclude '*' 2>/dev/null)" GALLERIA_LIBEXIF="$$(pkg-config --modversion libexif)" \
	  swift build -c release --static-swift-stdlib --product $(name) $(pictures)

# Not all at once: hundreds of servers and browsers would fight for the cores, and who has seconds to answer would miss them.
test: deps release ## Run all tests; those end to end run the release build
	@Scripts/check-install.sh
	GALLERIA_EXECUTABLE=$(CURDIR)/$(release) swift test --disable-xctest $(swiftflags) --experimental-maximum-parallelization-width 16 $(pictures)

# In a folder of its own, because another set of traits would compile everything anew, twice.
test-without-pictures: deps ## Run all tests on a development build that knows nothing of libvips
	swift test --disable-xctest $(swiftflags) --experimental-maximum-parallelization-width 16 --scratch-path .build/without-pictures

lint: ## Check formatting, warnings, imports, links, scripts and the manual page
	@Scripts/deps.sh build
	swift format lint --strict --recursive $(swiftsources)
	$(PYTHON) -B Scripts/check-imports.py
	$(PYTHON) -B Scripts/check-links.py
	$(PYTHON) -B Scripts/check-blocks.py
	Scripts/check-scripts.sh
	Scripts/check-man.sh man/$(name).1
	@! grep -rnE 'return \([a-z]+, (\.success\()?try await' Sources || { echo "lint: make the second value first (CONTRIBUTING.md)" >&2; exit 1; }
	swift build --build-tests --disable-xctest $(swiftflags) $(pictures)

format: ## Format the Swift sources
	swift format --in-place --recursive $(swiftsources)

demo: .venv/complete release ## Publish the example gallery to a local S3 server, twice
	@.venv/bin/python -B Scripts/demo.py $(release)

dist: release ## Pack the release build: a tarball and a Debian package, in dist/
	@Scripts/deps.sh package
	@Scripts/dist.sh

test-package: dist .venv/complete ## Install both in a clean system, deploy from there, remove them (root)
	@Scripts/test-package.sh

bench: .venv/complete release ## Measure deploys against a local server, the photo engine, and the local state
	@.venv/bin/python -B Scripts/bench.py $(release)
	GALLERIA_BENCH=1 swift test -c release -Xswiftc -enable-testing --disable-xctest --filter SpeedTests $(pictures)
	GALLERIA_BENCH=1 swift test -c release -Xswiftc -enable-testing --disable-xctest --skip-build --filter PlannerMemoryTests $(pictures)

bench-pictures: .venv/complete release ## Measure what pictures cost, beside vipsthumbnail, Pillow and ImageMagick (PHOTOS=600)
	@.venv/bin/python -B Scripts/bench_pictures.py $(release) $(or $(PHOTOS),600)

fuzz: ## Fuzz the photo engine for half an hour (SECONDS=1800)
	Scripts/fuzz.sh $(or $(SECONDS),1800)

# Forty at a time: their server is a new one each time, because it keeps all objects in memory and ends up answering nothing.
fuzz-faults: deps release ## Deploy through a failing network by 200 seeds (SEEDS=200, FIRST=0 for another start)
	@for (( first = $(or $(FIRST),0), rest = $(or $(SEEDS),200); rest > 0; first += 40, rest -= 40 )); do \
	  GALLERIA_EXECUTABLE=$(CURDIR)/$(release) FAULT_SEEDS=$$(( rest < 40 ? rest : 40 )) FAULT_SEED=$$first \
	    swift test --disable-xctest $(swiftflags) --experimental-maximum-parallelization-width 8 --filter RandomFaultTests $(pictures) || exit 1; \
	done

test-tsan: ## Run the transport's tests under the thread sanitizer
	@Scripts/deps.sh build
	swift test --disable-xctest --sanitize=thread --scratch-path .build/tsan --filter HTTPTests

man: ## Show the manual page
	man -l man/$(name).1

fixtures: ## Draw the example gallery anew
	$(PYTHON) Fixtures/make.py

install: release ## Install below PREFIX (/usr/local), honouring DESTDIR
	install -D -s -m 755 $(release) $(bindir)/$(name)
	install -D -m 644 man/$(name).1 $(mandir)/$(name).1
	install -d $(bashdir) $(zshdir) $(fishdir)
	$(release) --generate-completion-script bash > $(bashdir)/$(name)
	$(release) --generate-completion-script zsh > $(zshdir)/_$(name)
	$(release) --generate-completion-script fish > $(fishdir)/$(name).fish

uninstall: ## Remove what `make install` installed
	rm -f $(installed)

clean: ## Remove everything built and packed, the demo's bucket and the Python environment
	rm -rf .build .demo .venv dist

requirements: ## Pin the tests' Python packages anew (needs uv)
	cd Tests && uv pip compile --universal --python-version 3.10 --generate-hashes --no-header --no-emit-index-url --upgrade \
	  --custom-compile-command "make requirements" -o requirements.txt requirements.in
