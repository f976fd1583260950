# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Ansible makes of the folders of inventories."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_an_estate_in_the_inventory_s_folder_is_not_taken_for_an_inventory(tmp_path):
    shutil.copytree(ROOT / "inventories" / "prod", tmp_path / "prod")
    site = tmp_path / "prod" / "estate" / "fra.yml"
    site.parent.mkdir()
    site.write_text("---\nname: acme\nconnections: []\n")

    done = subprocess.run(
        [Path(sys.executable).with_name("ansible-inventory"), "-i", tmp_path / "prod", "--list"],
        cwd=ROOT,
        env={**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg")},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stderr == ""
    assert set(json.loads(done.stdout)["all"]["children"]) >= {"aws_accounts", "edge_routers"}
