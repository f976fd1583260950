# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all tests share."""

pytest_plugins = ["tests.fixtures.aws_model", "tests.fixtures.live_model"]
