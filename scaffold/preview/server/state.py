"""The widget, the platform and the account as the page gets them: `/_preview/state.json`."""

from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from scaffold.check import runner
from scaffold.check.model.manifest import LocationEntry
from scaffold.check.model.widget import MANIFEST, Widget
from scaffold.check.options import CheckOptions
from scaffold.check.report import json_report
from scaffold.check.rules import all_rules
from scaffold.check.rules.explanation import explain
from scaffold.errors import ScaffoldError
from scaffold.kommo import callbacks, limits
from scaffold.kommo.area import Area, Fidelity, Group
from scaffold.kommo.areas import AREAS, BY_CODE
from scaffold.kommo.limits import PLATFORMS
from scaffold.preview.api import seed
from scaffold.preview.api.memory import ENTITIES, Memory
from scaffold.preview.api.signed_token import DEMO_SECRET
from scaffold.preview.server import growing
from scaffold.preview.server.scenario import Scenario, platform_code
from scaffold.preview.server.try_this import step_of
from scaffold.preview.widget_source import Source, code_of, samples_of

HOST = Path(__file__).parents[1] / "host"
"""The page's own files."""

VERSION = "1.0.0"
"""Used if the manifest has no version."""

Json = dict[str, Any]


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
        widget = self.source.widget
        findings, faults = self._check(widget)
        return {
            "widget": self._widget(widget, faults),
            "areas": areas(widget, self._name(widget)),
            "to_add": growing.to_add(self.source.path, widget),
            "places": {area.code: _place(area) for area in AREAS},
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


def areas(widget: Widget, name: str = "the widget") -> list[Json]:
    """Return the manifest's locations in order, without repetitions; unknown ones are included."""
    entries = {entry.text: entry for entry in widget.manifest.locations}
    return [_area(entry, name) for entry in entries.values()]


def _area(entry: LocationEntry, name: str) -> Json:
    if entry.location is None:
        return {
            "area": entry.text.removesuffix("-0").removesuffix("-1"), "location": entry.text, "panel": None,
            "title": entry.text, "gives": "not an area of the platform", "group": "Other", "entity": "",
            "fidelity": Fidelity.UNKNOWN.value, "url": "", "callbacks": [], "in_kommo_docs": False,
            "module": "", "try": "",
        }  # fmt: skip
    area = BY_CODE[entry.location.area]
    return {
        "area": area.code, "location": entry.text, "panel": entry.location.panel, "title": area.title,
        "gives": area.gives, "group": area.group.value, "entity": area.entity,
        "fidelity": area.fidelity.value, "url": area.url, "callbacks": list(area.callbacks),
        "in_kommo_docs": area.in_kommo_docs, "module": module_of(area),
        "try": step_of(area, entry.location.panel, name),
    }  # fmt: skip


def module_of(area: Area) -> str:
    """Return the name of the page's module that draws an area; empty if there is none.

    All cards share one module, and so do all lists; another area that is drawn has a module of its own name.
    """
    shared = {Group.CARDS: "card", Group.LISTS: "list"}
    name = shared.get(area.group, "") if area.suffix else area.code.replace("_", "-")
    return name if (HOST / "areas" / f"{name}.js").is_file() else ""


def _place(area: Area) -> Json:
    return area.place._asdict() | {"module": module_of(area)}


def problems(widget: Widget) -> list[str]:
    """Return what is wrong with the files before `check` looks at them, one line each."""
    found = [
        f"{trouble.path or 'the archive'} {trouble.trouble.value}" for trouble in widget.archive.troubles
    ]
    if widget.archive.folder:
        found.append(f"the files are not at the root but in {widget.archive.folder}/")
    if MANIFEST not in widget.tree:
        found.append("there is no manifest.json")
    elif not widget.manifest.locations:
        found.append("manifest.json has no locations")
    for path in (MANIFEST, *(f"i18n/{locale}.json" for locale in widget.texts)):
        errors = widget.document(path).errors
        found += [f"{path}:{error.line}:{error.column}: {error.message}" for error in errors]
    return found


def first_error(widget: Widget, files: list[str]) -> Json | None:
    """Return the first syntax error of the changed `files`: file, line, column, message."""
    for path in files:
        if path.endswith(".json"):
            for error in widget.document(path).errors:
                return _error(path, error.line, error.column, error.message)
        outline = widget.outline(path) if path.endswith(".js") else None
        for error in outline.errors if outline else ():
            return _error(path, error.line, error.column, error.message)
    return None


def _error(path: str, line: int, column: int, message: str) -> Json:
    return {"file": path, "line": line, "column": column, "message": message}


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
