"""Every fact about the platform names its page and the day it was read, is used, and is stated once."""

import json
import re
from functools import cache
from importlib import import_module
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner

from scaffold.cli import group
from scaffold.kommo import sources
from scaffold.kommo.facts import MODULES, facts
from scaffold.kommo.sources import KOMMO_DOCS, PAGES
from tests import facts_drift

ROOT = Path(__file__).parent.parent
KOMMO = ROOT / "scaffold/kommo"

DERIVED = {
    "areas": {"BY_CODE", "CARD_CODES", "BLOCKS", "ENDPOINT_ADDRESSES"},
    "callbacks": {"BY_NAME"},
    "limits": {"IMAGE_BY_NAME", "PIPELINE_ENTITY_TYPES", "DOMAINS"},
    "webhooks": {"BY_NAME"},
    "amocrm": {"OWN_BY_CODE"},
    "manifest": {"MENU_SYSTEM_ITEMS"},
}
"""Computed from facts, so without pages of their own."""

OURS = {"limits": {"PLATFORMS", "PRODUCTS", "LOCALE_NAMES"}}
"""Our own choices, not facts about the platform."""

FACTS = tuple(facts())


def _constants(module: str) -> set[str]:
    names = {
        name for name in vars(import_module(f"scaffold.kommo.{module}")) if re.fullmatch("[A-Z][A-Z_]+", name)
    }
    text = (KOMMO / f"{module}.py").read_text(encoding="utf-8")
    return {name for name in names if re.search(rf"^(?:\w+, )?{name}\b[^=\n]*=", text, re.MULTILINE)} - {
        "SOURCES"
    }


@cache
def _users(module: str) -> str:
    """Return the text of all files that may use a fact of `module`."""
    files = [path for path in (ROOT / "scaffold").rglob("*.py") if path != KOMMO / f"{module}.py"]
    files += [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".j2", ".json")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("module", MODULES)
def test_every_fact_has_its_pages(module: str) -> None:
    sourced = set(import_module(f"scaffold.kommo.{module}").SOURCES)
    assert sourced == _constants(module) - DERIVED.get(module, set()) - OURS.get(module, set()), (
        f"list the fact's pages in SOURCES of kommo/{module}.py, or the constant in DERIVED or OURS above"
    )


def test_every_module_of_facts_is_listed() -> None:
    stating = {path.stem for path in KOMMO.glob("*.py") if "\nSOURCES" in path.read_text(encoding="utf-8")}
    assert stating == set(MODULES)


def test_every_page_has_the_day_it_was_read() -> None:
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", source.read) for source in PAGES.values())
    assert all(fact.sources for fact in FACTS)


def test_every_page_is_cited() -> None:
    """By a fact, a rule, a template, or as amoCRM's counterpart of a page of Kommo's."""
    listed, _, counterparts = (KOMMO / "sources.py").read_text(encoding="utf-8").partition("\nPAGES")
    assert listed
    constants = {value: name for name, value in vars(sources).items() if isinstance(value, str)}
    text = _users("sources") + counterparts
    names = {url: rf"[/\"']{re.escape(url.rpartition('/')[2])}\b" for url in PAGES}
    names |= {url: rf"\b{constants[url]}\b" for url in PAGES if url in constants}
    assert [url for url, name in names.items() if not re.search(name, text)] == []


@pytest.mark.parametrize("name", [fact.name for fact in FACTS])
def test_no_fact_is_unused(name: str) -> None:
    module, constant = name.split(".")
    family = {constant} | {
        derived for derived in DERIVED.get(module, ()) if constant in _assigned(module, derived)
    }
    assert any(re.search(rf"\b{each}\b", _users(module)) for each in family)


def _assigned(module: str, constant: str) -> str:
    text = (KOMMO / f"{module}.py").read_text(encoding="utf-8")
    found = re.search(rf"^{constant}\b.*?(?=^\S|\Z)", text, re.MULTILINE | re.DOTALL)
    return found[0] if found else ""


def test_no_table_is_stated_twice() -> None:
    tables = [fact for fact in FACTS if isinstance(fact.value, list | dict) and len(fact.value) > 2]
    for one, other in combinations(tables, 2):
        assert set(map(str, one.value)) != set(map(str, other.value)), (one.name, other.name)


def test_no_module_names_a_page_outside_its_sources() -> None:
    for module in MODULES:
        text = (KOMMO / f"{module}.py").read_text(encoding="utf-8")
        assert not re.search(r"<https?://", text), module


def test_areas_json_carries_the_facts_with_platform_address_and_day() -> None:
    document = json.loads(CliRunner().invoke(group, ["areas", "--json"]).output)
    by_name = {fact["name"]: fact for fact in document["facts"]}
    assert set(by_name) == {fact.name for fact in FACTS} - {"areas.AREAS"}
    heavy = by_name["limits.IMAGE_MAX_BYTES"]
    assert heavy["value"] == 300_000
    assert heavy["sources"] == [
        {"platform": "kommo", "url": "https://developers.kommo.com/docs/images", "read": "2025-06-08"}
    ]
    assert by_name["limits.LOCALES"]["value"]["amocrm"] == ["ru", "en", "es", "pt"]
    assert by_name["callbacks.MISTAKEN"]["sources"][0]["url"] is None
    assert all({"platform", "url", "read"} == set(area["source"]) for area in document["areas"])


def _saved(folder: Path, **texts: str) -> list[str]:
    paths = []
    for name, text in texts.items():
        path = folder / name.replace("__", ".").replace("_", "-")
        path.write_text(text, encoding="utf-8")
        paths.append(str(path))
    return paths


PAGE = (
    "---\nupdatedAt: {}T10:00:00.000Z\nagentTools:\n"
    "  projectIndex: https://developers.kommo.com/llms.txt\n---\n# images\n"
)


def test_drift_names_the_facts_of_a_page_that_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert facts_drift.main(_saved(tmp_path, images__md=PAGE.format("2026-11-27"))) == 1
    lines = capsys.readouterr().out.splitlines()
    names = {fact.name for fact in FACTS if any(s.url.endswith("/images") for s in fact.sources)}
    assert {line.partition(":")[0] for line in lines} == names
    assert all(line.endswith("read 2025-06-08, changed 2026-11-27") for line in lines)


@pytest.mark.parametrize("day", ["2025-06-08", "2024-01-01"])
def test_drift_skips_a_page_that_did_not_change(
    tmp_path: Path, day: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert facts_drift.main(_saved(tmp_path, images__md=PAGE.format(day))) == 0
    assert capsys.readouterr().out == ""


def test_drift_reads_a_site_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = "<url><loc>https://developers.kommo.com/docs/widgets-dp</loc><lastmod>2026-08-24T07:00:00Z</lastmod></url>"
    other = "<url><loc>https://developers.kommo.com/docs/unknown</loc><lastmod>2027-01-01</lastmod></url>"
    assert facts_drift.main(_saved(tmp_path, sitemap__xml=f"<urlset>{entry}{other}</urlset>")) == 1
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("limits.PIPELINE_EVENTS: ") for line in lines)
    assert all("widgets-dp: read 2026-01-26, changed 2026-08-24" in line for line in lines)


def test_drift_names_pages_missing_from_the_index(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pages = [url for url in PAGES if url.startswith(KOMMO_DOCS) and not url.endswith("/images")]
    index = "\n".join(f"- [a page]({url}.md)" for url in pages)
    assert facts_drift.main(_saved(tmp_path, llms__txt=index)) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all("docs/images: no longer in the index" in line for line in lines)


def test_drift_refuses_a_file_of_another_kind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert facts_drift.main(_saved(tmp_path, notes__txt="nothing")) == 2
    assert "neither an index of pages" in capsys.readouterr().err
