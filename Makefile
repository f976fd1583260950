# `make demo` and `make test` are the two commands. Each installs what it needs, quietly, once:
# Debian packages (no service of theirs is started) and a Python environment in .venv.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := $(CURDIR)/.venv/bin
CORE := tests/unit/plugins/module_utils/core
DEVICE := tests/unit/plugins/module_utils/device
# The lab makes network namespaces, which takes root.
SUDO := $(if $(filter 0,$(shell id -u)),,sudo --preserve-env=LAB_NAME,LAB_LOOPBACK)
LAB := $(SUDO) $(BIN)/python -m lab
export PATH := $(BIN):$(PATH)
export ANSIBLE_CONFIG := $(CURDIR)/ansible.cfg

PACKAGES := frr frr-pythontools iproute2 iputils-ping nftables openssh-client openssh-server \
            poppler-utils procps python3-venv sudo tcpdump tini traceroute

.PHONY: help demo test lint sanity unit core edges devices integration chain parts molecule test-kernel campaign-aws bench-aws \
        campaign-edge bench-edge reference lab-up lab-down clean

help: ## Say what can be made
	@sed -nE 's/^([a-z-]+):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

demo: .venv/ready ## Bring the lab up and take two circuits from the order to the certificate
	@lab/demo

# Tests on the lab wait for BGP most of their time, and those on simulated routers for netmiko's patience: three
# kinds of tests run at a time on two cores, the longest first. Labs of their own keep them apart.
test: lint .cache/parsers/ready ## Everything: lint, Ansible's own tests, unit tests, the lab, the chain, Molecule
	@$(MAKE) --no-print-directory --jobs=3 --output-sync=target edges chain parts devices molecule core sanity

lint: .venv/ready ## Format, types, YAML, playbooks, documentation, change log
	@ruff format --check --quiet .
	@ruff check --quiet .
	@mypy --no-error-summary
	@yamllint --strict .
	@ansible-lint --quiet 2>/dev/null || ansible-lint
	@antsibull-changelog lint
	@echo "lint: clean"

sanity: .venv/ready ## Ansible's own tests on the collection as it is shipped
	@mkdir -p .cache
	@tests/sanity/run >.cache/sanity.log 2>&1 || { grep -E '^(ERROR|FATAL)' .cache/sanity.log; exit 1; }
	@echo "sanity: clean"

unit: core edges devices ## All that needs no lab, the campaign in short included

# What is traced takes a third longer, so the core has its tests, which reach all of it, to itself.
core: .venv/ready
	@pytest -q $(CORE) --cov --cov-report=term:skip-covered

edges: .venv/ready
	@pytest -q tests/unit tests/campaign tests/bench --ignore $(CORE) --ignore $(DEVICE)

devices: .venv/ready .cache/parsers/ready
	@pytest -q $(DEVICE)

integration: parts chain ## The lab, the model on it, the FRR driver, and the whole chain, for real

parts: .venv/ready ## The lab, the model of AWS on it, the FRR driver
	@$(SUDO) env PATH="$(PATH)" pytest -q tests/integration --ignore tests/integration/chain

chain: .venv/ready ## The whole chain, what goes wrong at night, what is refused
	@$(SUDO) env PATH="$(PATH)" pytest -q tests/integration/chain

molecule: .venv/ready ## One scenario per role, and the chain
	@mkdir -p .cache
	@echo "Running every Molecule scenario (log: .cache/molecule.log)"
	@$(SUDO) env PATH="$(PATH)" MOLECULE_GLOB='molecule/*/molecule.yml' ANSIBLE_NOCOLOR=1 NO_COLOR=1 \
	  molecule test --all >.cache/molecule.log 2>&1 || { tail -n 150 .cache/molecule.log; exit 1; }
	@sed -n '/SCENARIO RECAP/,$$p' .cache/molecule.log

test-kernel: .venv/ready ## FRR on a kernel with 802.1Q, VRFs and bonds, as a user-mode Linux (not part of test)
	@python -m tests.kernel $(KERNEL_TESTS)

campaign-aws: .venv/ready ## Kill, throttle and confuse runs in full, and count what is lost (test has a short form)
	@PYTHONPATH=collections python -m tests.campaign.aws

campaign-edge: .venv/ready ## Break, cut and kill the change of a router in full, and count what ends half (parts has a short form)
	@$(SUDO) env PATH="$(PATH)" PYTHONPATH=collections python -m tests.campaign.edge

bench-aws: .venv/ready .cache/bench/ready ## Calls and time beside community.aws, in one run
	@PYTHONPATH=collections python -m tests.bench.aws

bench-edge: .venv/ready .cache/bench/ready ## Logins and time beside napalm-ansible on routers of the lab, in one run
	@$(SUDO) env PATH="$(PATH)" PYTHONPATH=collections python -m tests.bench.edge

reference: .venv/ready ## Write docs/reference, the schemas and the IAM policies from the code
	@python -m tools.reference
	@python -m tools.schemas
	@python -m tools.iam

lab-up: .venv/ready ## Bring the lab up and leave it up
	@$(LAB) up

lab-down: .venv/ready ## Take the lab down, whatever state it is in
	@$(LAB) down

clean: ## Take the lab down and remove what make has made
	@[ ! -x $(BIN)/python ] || $(LAB) down
	@rm -rf .venv .cache .ansible artifacts build dist .*_cache

# The stamp is younger than what it was made from, or it is made again.
.venv/ready: requirements.txt requirements-dev.txt Makefile
	@lab/install-packages $(PACKAGES)
	@[ -x .venv/bin/python ] || python3 -m venv .venv
	@echo "Installing the Python packages into .venv"
	@$(BIN)/pip install --quiet --disable-pip-version-check --use-pep517 -r requirements-dev.txt
	@touch $@

# The vendors' parsers, which read our candidates back; of a large package the small part that counts.
.cache/parsers/ready: Makefile tests/fixtures/unpack_parsers.py | .venv/ready
	@echo "Unpacking the vendors' parsers into .cache/parsers"
	@rm -rf .cache/parsers && mkdir -p .cache/parsers
	@$(BIN)/pip download -qq --disable-pip-version-check --no-deps --only-binary=:all: -d .cache/parsers ansible==12.3.0
	@$(BIN)/python tests/fixtures/unpack_parsers.py .cache/parsers/ansible-*.whl .cache/parsers
	@rm .cache/parsers/ansible-*.whl
	@touch $@

# The peers that the benchmarks are run against: half a gigabyte, so nothing else installs it.
.cache/bench/ready: Makefile
	@[ -x .cache/bench/venv/bin/python ] || python3 -m venv .cache/bench/venv
	@echo "Installing the ansible package, with community.aws, and napalm-ansible into .cache/bench/venv"
	@.cache/bench/venv/bin/pip install --quiet --disable-pip-version-check ansible==12.3.0 boto3==1.44.5 \
	  napalm==5.2.0 napalm-ansible==1.1.0
	@touch $@
