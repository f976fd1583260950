# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys that only the router can read are recalled by a fingerprint, and by nothing else."""

from __future__ import annotations

import pytest

from ansible_collections.crossconnect.dx.plugins.module_utils.device.fingerprints import (
    Fingerprints,
    file_of,
)

KEY = "Docs-Key-Of-Fra-A"
HELD = ("router bgp 65001", "neighbor 169.254.101.1", "password 3 9125d59c18a9b015")


@pytest.fixture
def path(tmp_path):
    return file_of("edge-fra-1", str(tmp_path / "state"))


def learned(path):
    known = Fingerprints(path)
    known.learn(HELD, KEY)
    known.save()
    return Fingerprints(path)


def test_a_learned_key_is_recalled_by_the_next_run(path):
    assert learned(path).recall(HELD, KEY)


@pytest.mark.parametrize(
    ("held", "key"),
    [
        pytest.param(HELD, "Another-Docs-Key", id="another key is wanted"),
        pytest.param((*HELD[:2], "password 3 aaaa"), KEY, id="somebody has set another key"),
        pytest.param((HELD[0], "neighbor 10.0.0.1", HELD[2]), KEY, id="another neighbor"),
    ],
)
def test_anything_else_is_not_recalled(path, held, key):
    assert not learned(path).recall(held, key)


def test_nothing_is_recalled_that_was_not_learned(path):
    assert not Fingerprints(path).recall(HELD, KEY)


def test_without_a_file_the_process_remembers():
    known = Fingerprints()
    known.learn(HELD, KEY)
    known.save()
    assert known.recall(HELD, KEY)
    assert not Fingerprints().recall(HELD, KEY)


def test_the_file_holds_neither_the_key_nor_the_router_s_words_and_is_its_owner_s(path):
    learned(path)
    text = path.read_text(encoding="utf-8")
    assert KEY not in text
    assert "9125d59c18a9b015" not in text
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["edge-fra-1.json"]


def test_a_file_that_others_could_read_is_its_owner_s_again(path):
    learned(path)
    path.chmod(0o644)
    known = Fingerprints(path)
    known.learn(HELD, "Another-Docs-Key")
    known.save()
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_routers_with_the_same_key_have_different_fingerprints(path):
    learned(path)
    other = path.with_name("edge-fra-2.json")
    learned(other)
    assert path.read_text(encoding="utf-8") != other.read_text(encoding="utf-8")


def test_what_is_known_already_is_not_written_again(path):
    known = learned(path)
    path.unlink()
    known.learn(HELD, KEY)
    known.save()
    assert not path.exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"fingerprints": 3}', '{"salt": null}'])
def test_a_broken_file_is_as_good_as_none_and_is_written_anew(path, text):
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    assert not Fingerprints(path).recall(HELD, KEY)
    assert learned(path).recall(HELD, KEY)


def test_the_file_lies_in_the_user_s_directory_for_state(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    assert file_of("a/b") == tmp_path / "crossconnect/fingerprints/a%2Fb.json"
    monkeypatch.delenv("XDG_STATE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert file_of("edge-1") == tmp_path / ".local/state/crossconnect/fingerprints/edge-1.json"
