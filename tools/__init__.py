# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that write files of this repository from others."""

import sys
from pathlib import Path

# They import the collection as it lies here.
sys.path.insert(0, str(Path(__file__).parents[1] / "collections"))
