# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An estate in a directory: read, merged, its templates filled in, its faults told by file."""

import json
import sys

import yaml

from tests.fixtures.playbook import play
from tests.fixtures.two_sites import document

KEY = "directory-key-0123"
VALIDATE = {"crossconnect.dx.validate": {"estate": "{{ dx_estate }}"}}


def written(folder, **files):
    """Write the files of an estate; two underscores in a name make a folder."""
    for name, content in files.items():
        path = folder / "estate" / f"{name.replace('__', '/')}.yml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content))


def split():
    """Return the two-site estate as one file per site and one for what they share."""
    whole = document()
    rides = whole.pop("virtual_interfaces")
    ports = whole.pop("connections")
    rides[0]["peers"][0]["key"] = "{{ vault_key }}"
    return {
        "shared": whole,
        **{
            f"sites__{port['name'].replace('-', '_')}": {
                "connections": [port],
                "virtual_interfaces": [ride for ride in rides if ride["on"] == port["name"]],
            }
            for port in ports
        },
    }


def by_name(things):
    return {thing["name"]: thing for thing in things}


def run(folder, *tasks):
    lookup = "{{ lookup('crossconnect.dx.estate_files', playbook_dir ~ '/estate') }}"
    variables = {
        "dx_estate": lookup,
        "vault_key": KEY,
        "ansible_python_interpreter": sys.executable,
    }
    return play(folder, list(tasks), "--extra-vars", json.dumps(variables))


def test_a_directory_is_an_estate_like_any_other(tmp_path):
    written(tmp_path, **split())
    shown = {"ansible.builtin.copy": {"content": "{{ dx_estate }}", "dest": f"{tmp_path}/seen"}}
    played = run(tmp_path, VALIDATE, shown)
    assert played.rc == 0, played.output
    seen = json.loads((tmp_path / "seen").read_text())
    filled_in = document()
    filled_in["virtual_interfaces"][0]["peers"][0]["key"] = KEY
    assert by_name(seen["virtual_interfaces"]) == by_name(filled_in["virtual_interfaces"])
    assert by_name(seen["connections"]) == by_name(filled_in["connections"])


def test_a_fault_is_told_with_its_file_and_line(tmp_path):
    files = split()
    files["sites__fra_a"]["virtual_interfaces"][0]["vlan"] = 5000
    written(tmp_path, **files)
    text = (tmp_path / "estate/sites/fra_a.yml").read_text().splitlines()
    line = next(number for number, words in enumerate(text, 1) if "vlan: 5000" in words)
    played = run(tmp_path, VALIDATE)
    assert played.rc != 0
    assert f"is not a VLAN id (1 to 4094) (estate/sites/fra_a.yml:{line})" in played.output
    assert KEY not in played.output


def test_the_fault_of_a_templated_value_is_told_by_the_file_around_it(tmp_path):
    files = split()
    files["sites__fra_a"]["virtual_interfaces"][0]["peers"][0]["key"] = "{{ 'Hid3n' }}"
    written(tmp_path, **files)
    played = run(tmp_path, VALIDATE)
    assert "a BGP key has 6 to 80 (estate/sites/fra_a.yml:" in played.output


def test_a_name_in_two_files_ends_the_run_and_names_both(tmp_path):
    files = split()
    files["again"] = {"connections": files["sites__fra_a"]["connections"]}
    written(tmp_path, **files)
    played = run(tmp_path, VALIDATE)
    assert played.rc != 0
    assert "sites/fra_a.yml: connections: fra-a is declared by again.yml already" in played.output


def test_a_directory_without_files_is_no_estate(tmp_path):
    written(tmp_path, **{".hidden": {"name": "acme"}})
    played = run(tmp_path, VALIDATE)
    assert played.rc != 0
    assert "holds no file of an estate: put files there that end in .yml" in played.output
