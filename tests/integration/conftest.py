# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all tests on the lab share: who may run them, and where measured figures go."""

from __future__ import annotations

import os

import pytest

FIGURES = pytest.StashKey[list[str]]()


def pytest_configure(config):
    config.stash[FIGURES] = []


def pytest_collection_modifyitems(items):
    """Skip what needs the lab where the lab cannot be made."""
    if os.geteuid() != 0:
        for item in items:
            if item.get_closest_marker("lab"):
                item.add_marker(
                    pytest.mark.skip(reason="the lab makes network namespaces: needs root")
                )


def pytest_terminal_summary(terminalreporter, config):
    if config.stash[FIGURES]:
        terminalreporter.section("figures (measured in this run, not asserted)")
        for line in config.stash[FIGURES]:
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def figure(request):
    """Take a measured figure, to be printed when all tests are over."""
    lines = request.config.stash[FIGURES]

    def take(what: str, measured: str) -> None:
        lines.append(f"{what}: {measured}")

    return take
