"""Adding an area, a rule, a question and the like takes the places that CONTRIBUTING names, and no others."""

import itertools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from scaffold.cli import COMMANDS
from scaffold.kommo.area import Group
from scaffold.kommo.areas import AREAS
from scaffold.preview.server.area_entries import module_of
from scaffold.preview.server.try_this import STEPS

ROOT = Path(__file__).parent.parent

AREA_ROW = """
    Area(
        "unsorted", "Unsorted leads", "the widget looks at leads before they are sorted", Group.MESSAGING,
        _SCRIPT_DOC, block="unsorted", texts=("title",),
        endpoint=Endpoint(
            "sort", "the CRM asks where an unsorted lead belongs", True, ("unsorted", "url")
        ),
        own_callbacks=(
            Callback("unsortedOpened", (("id", "number"),), "void", "when an unsorted lead is opened"),
        ),
    ),
)  # fmt: skip

BY_CODE"""

AREA_FILES: Mapping[str, str] = {
    "templates/areas/unsorted/widget/manifest.json": json.dumps(
        {"unsorted": {"title": "unsorted.title", "url": "{{ answers.unsorted.url }}"}}
    ),
    **{
        f"templates/areas/unsorted/widget/i18n/{locale}.json": json.dumps({"unsorted": {"title": "Unsorted"}})
        for locale in ("en", "es", "pt", "tr", "id", "ru")
    },
    "templates/areas/unsorted/callbacks/unsortedOpened.js.j2": """\
      {{ jsdoc('unsortedOpened') }}
      unsortedOpened: function (id) {
        notify(texts('unsorted').title + ' ' + id);
      },
""",
    "templates/backend/unsorted/backend/public/sort.php": """<?php

declare(strict_types=1);

require dirname(__DIR__) . '/lib/bootstrap.php';

Backend\\App::boot(dirname(__DIR__))->serve('sort');
""",
    "templates/backend/unsorted/backend/handlers/sort.php": "<?php\n",
    "templates/backend/unsorted/backend/samples/sort.json.j2": "{{ samples.sort | pretty }}\n",
}

AREA_QUESTION = """
    Block("unsorted", Unsorted, (
        Question(
            "unsorted.url", HTTPS_URL, "Address", "a test", defaults.endpoint("sort.php"),
            areas=("unsorted",), required=True, unless="backend.url", example="https://acme.example/sort.php",
        ),
    )),
"""
AREA_RECORD = 'class Unsorted(NamedTuple):\n    """A test."""\n\n    url: str\n\n\n'

NEW = ("new", "w", "--set", "areas=unsorted,settings", "--defaults")
URL = "https://leads.acme.test/crm/sort.php"

RULE = '''

@rule("S999", "no-unsorted", Severity.WARNING)
def no_unsorted(widget: Widget, _: Context) -> Iterator[Problem]:
    """Forbidden word.

    What:
        The file `unsorted.txt`.
    Why:
        A test.
    Source:
        https://developers.kommo.com/docs/script-js
    Bad:
        unsorted.txt new
            x
    Good:
        sorted.txt new
            x
    """
    if "unsorted.txt" in widget.tree:
        yield Problem("unsorted.txt", "a forbidden word", "delete it")
'''


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its templates."""
    for name in ("scaffold", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def run(copy: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scaffold", *args],
        cwd=copy, env={**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), encoding="utf-8")


def add_block(copy: Path, module: str, before: str, question: str, record: str, field: str) -> None:
    """Add a block of answers before the one whose record is called `before`."""
    name = field.split()[1]
    answers = copy / "scaffold/generate/answers"
    questions = answers / "questions" / module
    text = questions.read_text(encoding="utf-8")
    at = text.index(f", {before}, (")
    start = text.rindex("\n", 0, at)
    text = f"{text[:start]}{question.rstrip()}{text[start:]}"
    importing = "from scaffold.generate.answers.blocks import "
    questions.write_text(text.replace(importing, f"{importing}{name}\n{importing}", 1), encoding="utf-8")
    edit(answers / "blocks.py", f"class {before}(NamedTuple)", f"{record}class {before}(NamedTuple)")
    edit(answers / "record.py", f"    {before},\n", f"    {name},\n    {before},\n")
    edit(
        answers / "record.py",
        "    backend: Backend | None = None\n",
        f"    {field}\n    backend: Backend | None = None\n",
    )


@pytest.fixture
def with_area(copy: Path) -> Path:
    edit(copy / "scaffold/kommo/areas.py", "\n)  # fmt: skip\n\nBY_CODE", AREA_ROW)
    add_block(
        copy, "by_area.py", "AdvancedSettings", AREA_QUESTION, AREA_RECORD, "unsorted: Unsorted | None = None"
    )
    sample = '        "sms": _sms(widget),\n'
    edit(copy / "scaffold/kommo/samples.py", sample, f'        "sort": _sms(widget),\n{sample}')
    for path, text in AREA_FILES.items():
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text, encoding="utf-8")
    return copy


def test_an_area_is_one_row_and_one_folder(with_area: Path) -> None:
    made = run(with_area, *NEW, "--set", f"unsorted.url={URL}")
    assert made.returncode == 0, made.stderr
    manifest = json.loads((with_area / "w/widget/manifest.json").read_text(encoding="utf-8"))
    assert (manifest["locations"], manifest["unsorted"]) == (
        ["unsorted", "settings"],
        {"title": "unsorted.title", "url": URL},
    )
    script = (with_area / "w/widget/script.js").read_text(encoding="utf-8")
    assert "      unsortedOpened: function (id) {\n" in script
    types = (with_area / "w/types/kommo.d.ts").read_text(encoding="utf-8")
    assert "unsortedOpened" in types
    checked = json.loads(run(with_area, "check", "w", "--format", "json").stdout)
    assert [f for f in checked["findings"] if f["severity"] != "info"] == []


def test_an_endpoint_in_the_row_of_its_area_is_served_and_documented(with_area: Path) -> None:
    made = run(with_area, *NEW, "--set", f"unsorted.url={URL}")
    assert "fill in w/backend/handlers/sort.php\n" in made.stderr
    readme = (with_area / "w/README.md").read_text(encoding="utf-8")
    assert "| `/sort.php` | the CRM asks where an unsorted lead belongs |" in readme
    assert "server_name leads.acme.test;" in readme
    assert (with_area / "w/backend/public/sort.php").is_file()
    # its requests are signed, so the back end gets the code that checks them
    assert "KOMMO_CLIENT_SECRET" in (with_area / "w/backend/config.example.php").read_text(encoding="utf-8")
    assert (with_area / "w/backend/lib/Token.php").is_file()


@pytest.mark.parametrize(
    ("path", "old", "message"),
    [
        ("templates/backend/unsorted/backend/public/sort.php", "", "does not have backend/public/sort.php"),
        ("scaffold/kommo/samples.py", '        "sort": _sms(widget),\n', "no request for the endpoint sort"),
    ],
    ids=["file", "request"],
)
def test_what_an_endpoint_lacks_is_named(with_area: Path, path: str, old: str, message: str) -> None:
    if old:
        edit(with_area / path, old, "")
    else:
        (with_area / path).unlink()
    made = run(with_area, *NEW, "--set", f"unsorted.url={URL}")
    assert made.returncode == 3
    assert message in made.stderr


def test_check_knows_what_the_row_of_an_area_requires(with_area: Path) -> None:
    run(with_area, *NEW, "--set", f"unsorted.url={URL}")
    edit(with_area / "w/widget/script.js", "unsortedOpened: function", "unsortedOpend: function")
    edit(with_area / "w/widget/manifest.json", URL, "http://localhost/sort.php")
    texts = with_area / "w/widget/i18n/en.json"
    edit(texts, '"unsorted": {', '"sorted": {')
    messages = findings(with_area)
    assert "the callback `unsortedOpened` is missing (called by `unsorted`)" in messages
    assert "`unsorted.url` does not use https" in messages
    assert "`unsorted.url` points to `localhost`, which the platform cannot reach" in messages
    assert "no locale has the text `unsorted.title`" in messages
    manifest = with_area / "w/widget/manifest.json"
    document = json.loads(manifest.read_text(encoding="utf-8"))
    del document["unsorted"]
    manifest.write_text(json.dumps(document), encoding="utf-8")
    assert "`unsorted` is declared, but the block `unsorted` is missing" in findings(with_area)


def findings(copy: Path) -> list[str]:
    """Return the messages of `check` about the widget `w`."""
    checked = json.loads(run(copy, "check", "w", "--format", "json").stdout)
    return [finding["message"] for finding in checked["findings"]]


def test_adopt_reads_the_address_of_an_endpoint_from_the_place_that_its_row_names(with_area: Path) -> None:
    run(with_area, *NEW, "--set", f"unsorted.url={URL}")
    shutil.rmtree(with_area / "w/.kommo-widget")
    adopted = json.loads(run(with_area, "adopt", "w", "--json").stdout)
    assert adopted["unanswered"] == []
    assert f'  url: "{URL}"\n' in (with_area / "w/.kommo-widget/answers.yml").read_text(encoding="utf-8")


def test_the_fidelity_of_an_unproven_area_is_unknown(with_area: Path) -> None:
    areas = json.loads(run(with_area, "areas", "--json").stdout)["areas"]
    assert [area["fidelity"] for area in areas if area["area"] == "unsorted"] == ["unknown"]


def test_a_rule_is_one_function(copy: Path) -> None:
    module = copy / "scaffold/check/rules/script_conduct.py"
    module.write_text(module.read_text(encoding="utf-8") + RULE, encoding="utf-8")
    explained = run(copy, "check", "--explain", "S999")
    assert explained.returncode == 0, explained.stderr
    run(copy, "new", "w", "--defaults")
    (copy / "w/widget/unsorted.txt").write_text("x", encoding="utf-8")
    assert "S999" in run(copy, "check", "w").stdout
    assert "S999" in run(copy, "help", "check").stdout


COMMAND = '''"""`kommo-widget families`: a test."""

import click


@click.command("families", help="List the families of rules.")
def command() -> None:
    """Print them."""
    from scaffold.check.rules import FAMILIES

    click.echo(", ".join(FAMILIES.values()))
'''


def test_a_command_is_one_row_and_one_module(copy: Path) -> None:
    row = '    "pack": "'
    edit(copy / "scaffold/cli.py", row, f'    "families": "List the families of rules.",\n{row}')
    (copy / "scaffold/commands/families.py").write_text(COMMAND, encoding="utf-8")
    assert run(copy, "families").stdout.startswith("archive, style, ")
    assert "Usage: kommo-widget families [OPTIONS]\n" in run(copy, "help", "commands").stdout
    assert "did you mean `families`?" in run(copy, "familys").stderr


def test_every_command_has_a_row() -> None:
    texts = {
        path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "scaffold/commands").glob("*.py")
    }
    modules = {name for name, text in texts.items() if "\ndef command(" in text}
    assert modules == set(COMMANDS), "add a row for the module to COMMANDS in scaffold/cli.py"


def test_a_question_is_one_row_and_one_field(copy: Path) -> None:
    questions = copy / "scaffold/generate/answers/questions/extras.py"
    edit(
        questions, '        Question(\n            "support.link",',
        '        Question("support.motto", Line(".+", "a line", 80, "line"), "Motto", "a test"),\n'
        '        Question(\n            "support.link",',
    )  # fmt: skip
    start = "\nfrom scaffold.generate.answers.kinds.lines import "
    edit(questions, start, f"{start}Line, ")
    edit(
        copy / "scaffold/generate/answers/blocks.py",
        '    link: str = ""\n',
        '    link: str = ""\n    motto: str = ""\n',
    )
    schema = json.loads(run(copy, "schema").stdout)
    assert "motto" in schema["properties"]["support"]["properties"]
    assert "`support.motto`" in run(copy, "help", "answers").stdout
    made = run(copy, "new", "w", "--defaults", "--set", "support.motto=Onwards")
    assert made.returncode == 0, made.stderr
    assert "  motto: Onwards\n" in (copy / "w/.kommo-widget/answers.yml").read_text(encoding="utf-8")


QUESTION = 'Question("vendor.site", LINK, "Your site", "a test", on_request=True)'
RECORD = 'class Vendor(NamedTuple):\n    """A test."""\n\n    site: str = ""\n\n\n'


def test_a_new_block_is_a_row_a_record_and_a_field(copy: Path) -> None:
    question = f'\n    Block("vendor", Vendor, ({QUESTION},)),'
    add_block(copy, "extras.py", "Tour", question, RECORD, "vendor: Vendor = Vendor()")
    made = run(copy, "new", "w", "--defaults", "--set", "vendor.site=https://acme.example")
    assert made.returncode == 0, made.stderr
    recorded = (copy / "w/.kommo-widget/answers.yml").read_text(encoding="utf-8")
    assert 'vendor:\n  site: "https://acme.example"\n' in recorded
    assert "`vendor.site`" in run(copy, "help", "answers").stdout


def test_a_locale_is_a_row_and_a_file_in_each_folder_of_texts(copy: Path) -> None:
    limits = copy / "scaffold/kommo/limits.py"
    row = '    ("en", "English", PLATFORMS),\n'
    edit(limits, row, row + '    ("xx", "Test", ("kommo",)),\n')
    refused = run(copy, "new", "w", "--defaults", "--set", "locales=xx")
    assert refused.returncode == 2
    missing = [line for line in refused.stderr.splitlines() if line.endswith("/widget/i18n/xx.json")]
    assert "base/widget/i18n/xx.json" in missing
    assert not (copy / "w").exists()
    for path in missing:
        english = copy / "templates" / path.replace("xx.json", "en.json")
        shutil.copy(english, copy / "templates" / path)
    made = run(copy, "new", "w", "--defaults", "--set", "locales=xx")
    assert (made.returncode, (copy / "w/widget/i18n/xx.json").is_file()) == (0, True), made.stderr


def test_a_block_that_no_area_has_is_refused(copy: Path) -> None:
    manifest = copy / "templates/areas/advanced_settings/widget/manifest.json"
    manifest.write_text('{"unknown": {}}', encoding="utf-8")
    made = run(copy, "new", "w", "--defaults", "--set", "areas=advanced_settings")
    assert made.returncode == 3
    assert "no area has the manifest block unknown" in made.stderr


def test_the_rows_of_a_group_follow_each_other() -> None:
    groups = [group for group, _ in itertools.groupby(area.group for area in AREAS)]
    assert groups == list(Group), "move the row of a new area to the other rows of its group"


def test_every_area_that_the_preview_draws_says_what_to_try() -> None:
    drawn = {area.code for area in AREAS if module_of(area) and not area.suffix}
    assert drawn == set(STEPS), "add a line for the area to STEPS in scaffold/preview/server/try_this.py"
