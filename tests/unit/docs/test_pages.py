# GNU General Public License v3.0+ (see https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages speak of what is there: links lead somewhere, every key of the estate is explained."""

import re
from pathlib import Path

import pytest
import yaml

from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate import read_estate
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_document import ESTATE
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_merge import (
    merge_documents,
)
from ansible_collections.crossconnect.dx.plugins.module_utils.core.estate_shape import (
    ListOf,
    Record,
)

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def records(record, path=""):
    """Return the records of the estate's document by their path, as the guide heads them."""
    yield path or "dx_estate", record
    for name, attribute in record.attributes.items():
        listed = isinstance(attribute.reader, ListOf)
        inner = attribute.reader.item if listed else attribute.reader
        if isinstance(inner, Record):
            place = f"{path}.{name}" if path else name
            yield from records(inner, f"{place}[]" if listed else place)


def each_once(found):
    """Drop a record that stands in a second place too."""
    seen = []
    for path, record in found:
        if not any(record is other for other in seen):
            seen.append(record)
            yield path, record


RECORDS = dict(each_once(records(ESTATE)))


def blocks(page):
    """Return what the page shows as YAML, with something of the right form for each secret."""
    for text in re.findall(r"^```yaml\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL):
        yield text, yaml.safe_load(re.sub(r"\{\{ vault.*?\}\}", "ab" * 32, text))


def estates():
    """Yield the estates that the pages show: whole ones, and those in several files as one."""
    for page in PAGES:
        files = {}
        for text, shown in blocks(page):
            if name := re.match(r"# (estate/\S+)\n", text):
                files[name[1]] = shown
            elif isinstance(shown, dict) and isinstance(shown.get("dx_estate"), dict):
                title = shown["dx_estate"]["name"]
                yield pytest.param(shown["dx_estate"], id=f"{page.stem}-{title}")
        if files:
            yield pytest.param(merge_documents(files), id=f"{page.stem}-files")


ESTATES = list(estates())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text())
    missing = [
        link
        for link in links
        if not link.startswith("https:") and not (page.parent / link).exists()
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_playbook_and_every_make_target_that_is_named_exists(page):
    text = page.read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for playbook in re.findall(r"playbooks/\w+\.yml", text):
        assert (ROOT / playbook).exists(), playbook
    for words in re.findall(r"(?:^|`)make ([a-z -]+?)(?:`|  | #|$)", text, re.MULTILINE):
        assert set(words.split()) <= targets, words


def test_operations_explains_every_playbook():
    text = (ROOT / "docs" / "operations.md").read_text()
    names = [f"playbooks/{path.name}" for path in (ROOT / "playbooks").glob("*.yml")]
    assert [name for name in names if f"`{name}`" not in text] == []


@pytest.mark.parametrize("path", RECORDS)
def test_the_guide_explains_every_key_of_the_estate_and_no_other(path):
    section = (ROOT / "docs" / "guide.md").read_text().partition(f"### `{path}`\n")[2]
    section = section.partition("\n#")[0]
    rows = re.findall(r"^\| (`.+?) \|", section, re.MULTILINE)
    explained = [key for row in rows for key in re.findall(r"`(\w+)`", row)]
    assert sorted(explained) == sorted(RECORDS[path].attributes)


@pytest.mark.parametrize("document", ESTATES)
def test_every_estate_that_a_page_shows_is_valid(document):
    assert read_estate(document).name == document["name"]


def test_the_guide_shows_estates():
    assert len(ESTATES) >= 6
    assert "guide-files" in {each.id for each in ESTATES}


def test_the_pages_name_no_path_of_a_developer_s_machine():
    for page in PAGES:
        assert not re.search(r"/(work|home|Users)/", page.read_text()), page.name
