"""The widget, the platform and the account as the page gets them: `/_preview/state.json`."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from scaffold.check import runner
from scaffold.check.model.widget import MANIFEST, Widget
from scaffold.check.options import CheckOptions
from scaffold.check.report import json_report
from scaffold.check.rules import all_rules
from scaffold.check.rules.explanation import explain
from scaffold.errors import ScaffoldError
from scaffold.kommo import callbacks, limits
from scaffold.kommo.limits import PLATFORMS
from scaffold.preview.api import seed
from scaffold.preview.api.memory import ENTITIES, Memory
from scaffold.preview.api.signed_token import DEMO_SECRET
from scaffold.preview.server import adding
from scaffold.preview.server.area_entries import HOST, Json, areas, places
from scaffold.preview.server.problems import problems
from scaffold.preview.server.scenario import Scenario, platform_code
from scaffold.preview.widget_source import Source, code_of, samples_of

VERSION = "1.0.0"
"""Used if the manifest has no version."""


class State:
    """The state of the preview, computed anew on each request."""

    def __init__(self, source: Source, scenario: Scenario | None = None) -> None:
        """Read the project's record, which does not change during a preview."""
        self.source = source
        self.scenario = scenario or Scenario()
        self.own_code = code_of(source.path)
        """The widget's code in the project."""
        self.code = self.scenario.code or platform_code(self.own_code)
        """Its code on the platform, a different one, as after an upload."""
        self.platform = _platform(source.path)
        self._checked: tuple[Widget, list[Json], list[str]] | None = None

    def describe(self, memory: Memory) -> Json:
        """Return the content of `/_preview/state.json`."""
        revision = self.source.revision  # before `widget`, which may be newer then, but not older
        widget = self.source.widget
        findings, faults = self._check(widget)
        return {
            "widget": self._widget(widget, faults),
            "areas": areas(widget, self._name(widget)),
            "to_add": adding.to_add(self.source.path, widget),
            "places": places(),
            "scenario": {
                name: getattr(self.scenario, name)
                for name in ("user", "language", "status", "settings", "latency", "contacts")
            },
            "callbacks": {
                c.name: {"signature": c.signature, "when": c.when, "url": c.url} for c in callbacks.CALLBACKS
            },
            "findings": findings,
            "rules": rules({finding["code"] for finding in findings}),
            "platform": self.platform,
            "account": account(memory),
            "events": [event._asdict() for event in limits.PIPELINE_EVENTS],
            "token": {"secret": DEMO_SECRET},
            "controls": controls(),
            "revision": revision,
        }

    def _widget(self, widget: Widget, faults: list[str]) -> Json:
        version = str(widget.manifest.value("widget", "version") or VERSION)
        manifest = _object(widget, MANIFEST)
        return {
            "code": self.code,
            "own_code": self.own_code,
            "samples": samples_of(widget),
            "name": self._name(widget),
            "version": version,
            "path": f"/upl/{self.code}/{quote(version, safe='')}/widget",
            "manifest": manifest or {},
            "i18n": {locale: _object(widget, f"i18n/{locale}.json") or {} for locale in widget.texts},
            "locales": list(dict.fromkeys((*widget.manifest.locales, *widget.texts))),
            "readable": manifest is not None,
            "problems": [*problems(widget), *faults],
        }

    def _name(self, widget: Widget) -> str:
        """Return the widget's name in the manifest, else its code in the project."""
        return _translated(widget, widget.manifest.value("widget", "name")) or self.own_code

    def _check(self, widget: Widget) -> tuple[list[Json], list[str]]:
        """Return the findings of `check`, or why it could not run; cached until a file changes."""
        if self._checked is None or self._checked[0] is not widget:
            try:
                run = runner.check_archive(widget.archive, self.source.path, CheckOptions())
            except ScaffoldError as error:
                self._checked = (widget, [], [error.message, *error.details])
            else:
                self._checked = (widget, json_report.shape(run)["findings"], [])
        return self._checked[1:]

    def api_model(self) -> Json:
        """Return the widget as `GET /api/v4/widgets/<code>` shows it."""
        manifest = self.source.widget.manifest
        fields = [
            {
                "key": key,
                "name": str(field.get("name", key)),
                "type": str(field.get("type", "text")),
                "is_required": bool(field.get("required")),
            }
            for key, node in manifest.members("settings")
            if isinstance(field := node.plain(), dict)
        ]
        source = "lead_sources" in manifest.areas
        return {
            "id": 1, "code": self.code, "version": str(manifest.value("widget", "version") or VERSION),
            "rating": None, "settings_template": fields, "is_lead_source": source,
            "is_work_with_dp": "digital_pipeline" in manifest.areas, "is_crm_template": False,
            "client_uuid": seed.CLIENT_UUID, "is_active_in_account": True,
            "pipeline_id": seed.PIPELINE if source else None,
        }  # fmt: skip


def _object(widget: Widget, path: str) -> Json | None:
    """Return the JSON object in a file, or None if there is none."""
    root = widget.document(path).root
    return root.plain() if root is not None and isinstance(root.value, dict) else None


def _platform(path: Path) -> str:
    try:
        return runner.context_of(path, CheckOptions()).platform
    except ScaffoldError:  # an invalid record is reported with the findings
        return PLATFORMS[0]


def rules(codes: set[str]) -> dict[str, Json]:
    """Return the explanations of the rules with these codes."""
    explained = {rule.code: explain(rule) for rule in all_rules() if rule.code in codes}
    return {
        code: {"headline": text.headline, "what": text.what, "why": text.why, "source": text.source.split()}
        for code, text in explained.items()
    }


@cache
def controls() -> dict[str, str]:
    """Return the templates of the CRM's controls by name, to send all files in one response."""
    folder = HOST / "controls"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.twig"))}


def account(memory: Memory) -> Json:
    """Return the data that the fake API holds now, in the shapes of v4."""
    lists = [
        row | {"elements": memory.rows("elements", catalog_id=row["id"])} for row in memory.rows("catalogs")
    ]
    tables = ("users", "pipelines", "contacts", "customers", "tasks")
    return {
        "account": memory.account,
        **{name: memory.rows(name) for name in tables},
        **{name: _with_contacts(memory, name) for name in ("leads", "companies")},
        "catalogs": lists,
        "custom_fields": {kind: memory.rows("custom_fields", entity_type=kind) for kind in ENTITIES},
    }


def _with_contacts(memory: Memory, name: str) -> list[Json]:
    """Return the rows of a table with the ids of their contacts, in `_embedded` as in the API."""
    found = []
    for row in memory.rows(name):
        linked = [{"id": id_} for (_, id_), _ in memory.linked((name, row["id"]), "contacts")]
        found.append(row | {"_embedded": {**row.get("_embedded", {}), "contacts": linked}})
    return found


def _translated(widget: Widget, name: Any) -> str:
    """Return the text of an i18n key in the first locale that has it; a literal unchanged."""
    if not isinstance(name, str):
        return ""
    for text in widget.texts.values():
        node = text.document.find(*name.split("."))
        if node and isinstance(node.value, str):
            return node.value
    return name
