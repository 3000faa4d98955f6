"""The reports: text for people, JSON, GitHub annotations and SARIF."""

import json
from dataclasses import replace
from typing import Any

import jsonschema_rs
import pytest

from scaffold.check.findings import Finding, Severity
from scaffold.check.options import FORMATS
from scaffold.check.report import write
from scaffold.check.report.run import Run
from scaffold.check.report.text_report import summary
from scaffold.check.waivers import Waived
from tests.check.sarif_schema import SCHEMA

FINDINGS = (
    Finding("A116", "too-large", Severity.ERROR, "", "the archive is too large"),
    Finding(
        "M113", "version-format", Severity.WARNING, "manifest.json", "`version` is not N.N.N", "write N.N.N",
        ("version",), 2, 3, True,
    ),
    Finding("S101", "eval", Severity.INFO, "lib/a b.js", "`eval` is called", line=1, column=205),
)  # fmt: skip
FILES = {
    "manifest.json": b'{\r\n\t"version": "1\x1b[31m"\r\n}',
    "lib/a b.js": b"x" * 200 + b"eval(" + b"y" * 200,
}
WAIVED = (Waived(Finding("S120", "eval", Severity.WARNING, "lib/a b.js", "x"), "ours"),)
RUN = Run("dist/widget.zip", "private", "kommo", FINDINGS, FILES, "dist/widget.zip", WAIVED)
CLEAN = Run("w", "public", "amocrm", (), {})

TEXT = """\
dist/widget.zip
        -  error    A116 the archive is too large

dist/widget.zip/manifest.json
      2:3  warning  M113 [*] `version` is not N.N.N
        2 |  "version": "1\\x1b[31m"
          |   ^
          = write N.N.N

dist/widget.zip/lib/a b.js
    1:205  info     S101 `eval` is called
        1 | ...{before}eval({after}...
          | {blank}^

dist/widget.zip: 1 error, 1 warning, 1 info, 1 waived (S120); check --fix can fix 1 of them, marked [*]
""".format(before="x" * 46, after="y" * 49, blank=" " * 53)


def test_text_shows_findings_by_file_with_their_lines() -> None:
    assert write([RUN]) == TEXT


@pytest.mark.parametrize("code", ["E110", "M124"])
def test_text_does_not_show_a_secret(code: str) -> None:
    finding = Finding(code, "s", Severity.WARNING, "script.js", "a secret", "take it out", line=1, column=3)
    report = write([replace(RUN, findings=(finding,), files={"script.js": b"a = 'q7Zp2Lx9Vt4K';"})])
    assert report.splitlines()[1:3] == [
        f"      1:3  warning  {code} a secret",
        "          = take it out",
    ]


def test_text_points_at_a_character_after_escaped_ones() -> None:
    finding = Finding("M101", "s", Severity.ERROR, "a.js", "bad", line=1, column=4)
    report = write([replace(RUN, findings=(finding,), files={"a.js": "\ufeffé\x1b\u202ex".encode()})])
    assert report.splitlines()[2:4] == ["        1 | é\\x1b\\u202ex", f"          | {' ' * 11}^"]


def test_text_of_many_findings_in_one_long_line_is_bounded() -> None:
    """The size depends on what is shown, not on the line: a manifest may be one line of megabytes."""
    places = (Finding("M101", "s", Severity.ERROR, "a.js", "bad", line=1, column=n) for n in range(1, 20_001))
    report = write([replace(RUN, findings=tuple(places), files={"a.js": b"x" * 5_000_000})])
    assert len(report) < 20_000 * 400


def test_text_of_a_clean_widget_is_one_line() -> None:
    assert write([CLEAN]) == "w: no findings\n"


def test_text_of_several_widgets_is_a_report_of_each() -> None:
    assert write([RUN, CLEAN]) == f"{TEXT}\nw: no findings\n"


def test_text_is_coloured_only_on_request() -> None:
    assert "\x1b[" not in write([RUN])
    assert write([RUN], colour=True).splitlines()[1] == (
        "        -  \x1b[31merror  \x1b[0m  \x1b[1mA116\x1b[0m the archive is too large"
    )


SUMMARIES = [
    ("one", FINDINGS[:1], "w: 1 error"),
    ("two", FINDINGS[:1] * 2, "w: 2 errors"),
    ("infos", FINDINGS[2:] * 2, "w: 2 info"),
]


@pytest.mark.parametrize(
    ("findings", "line"), [row[1:] for row in SUMMARIES], ids=[row[0] for row in SUMMARIES]
)
def test_the_summary_counts_findings(findings: tuple[Finding, ...], line: str) -> None:
    assert summary(Run("w", "private", "kommo", findings, {})) == line


DOCUMENT = {
    "target": "dist/widget.zip",
    "profile": "private",
    "platform": "kommo",
    "findings": [
        {
            "code": "A116",
            "slug": "too-large",
            "severity": "error",
            "path": "",
            "message": "the archive is too large",
            "hint": "",
            "fixable": False,
        },
        {
            "code": "M113",
            "slug": "version-format",
            "severity": "warning",
            "path": "manifest.json",
            "pointer": "/version",
            "line": 2,
            "column": 3,
            "message": "`version` is not N.N.N",
            "hint": "write N.N.N",
            "fixable": True,
        },
        {
            "code": "S101",
            "slug": "eval",
            "severity": "info",
            "path": "lib/a b.js",
            "line": 1,
            "column": 205,
            "message": "`eval` is called",
            "hint": "",
            "fixable": False,
        },
    ],
    "summary": {"error": 1, "warning": 1, "info": 1, "fixable": 1, "waived": {"count": 1, "codes": ["S120"]}},
}


def test_json_of_one_widget_is_one_document() -> None:
    assert json.loads(write([RUN], "json")) == DOCUMENT


def test_json_of_several_widgets_is_a_list_of_runs() -> None:
    document = json.loads(write([RUN, CLEAN], "json"))
    assert document["runs"][0] == DOCUMENT
    assert document["runs"][1]["summary"]["error"] == 0


def test_github_annotations_escape_their_delimiters() -> None:
    tricky = Finding("M1", "a", Severity.ERROR, "a,b:c.json", "50%\nof", line=3, column=4)
    assert write([RUN, Run("w", "private", "kommo", (tricky,), {}, "w")], "github").splitlines() == [
        "::error file=dist/widget.zip,title=A116 too-large::the archive is too large",
        "::warning file=dist/widget.zip/manifest.json,line=2,col=3,title=M113 version-format"
        "::`version` is not N.N.N; write N.N.N",
        "::notice file=dist/widget.zip/lib/a b.js,line=1,col=205,title=S101 eval::`eval` is called",
        "::notice title=waived::dist/widget.zip: 1 finding waived (S120)",
        "::error file=w/a%2Cb%3Ac.json,line=3,col=4,title=M1 a::50%25%0Aof",
    ]


def sarif(*findings: Finding) -> Any:
    return json.loads(write([Run("w", "private", "kommo", findings, {}, "src/w")], "sarif"))


def test_sarif_is_valid() -> None:
    log = sarif(*FINDINGS[:2])
    assert [error.message for error in jsonschema_rs.validator_for(SCHEMA).iter_errors(log)] == []


def test_sarif_names_rule_level_and_place() -> None:
    (run,) = sarif(FINDINGS[1])["runs"]
    (result,) = run["results"]
    assert result == {
        "ruleId": "M113",
        "ruleIndex": 0,
        "level": "warning",
        "message": {"text": "`version` is not N.N.N; write N.N.N"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "src/w/manifest.json"},
                    "region": {"startLine": 2, "startColumn": 3},
                }
            }
        ],
    }
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == ("M113", "VersionFormat")
    assert rule["helpUri"] == "https://developers.kommo.com/docs/manifest-json"


def test_sarif_puts_a_finding_about_a_file_at_its_first_line() -> None:
    (result,) = sarif(FINDINGS[0]._replace(path="style.css"))["runs"][0]["results"]
    assert result["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "src/w/style.css"},
        "region": {"startLine": 1},
    }


@pytest.mark.parametrize("form", FORMATS)
def test_every_report_ends_in_a_line_break(form: str) -> None:
    assert write([Run("w", "private", "kommo", FINDINGS[:2], {}, "w")], form).endswith("\n")
