"""The generated scripts against the generated types, checked by the TypeScript compiler in strict mode."""

import itertools
import json
import re
from collections.abc import Iterable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from scaffold.files.tree import Tree
from scaffold.generate.render import render
from scaffold.kommo import limits, sources
from scaffold.kommo.callback import Callback
from scaffold.kommo.callbacks import CALLBACKS
from tests import hosting
from tests.cases import BY_NAME, ODD, PANELS, Case, answers_for, answers_of
from tests.sharing import once

DECLARATIONS = "types/kommo.d.ts"
JQUERY = [hosting.HERE / f"node_modules/@types/{name}/index.d.ts" for name in ("jquery", "jquery-4")]
"""jQuery's own types, which a project may install beside ours."""

STRICTER = {
    "noUnusedLocals": True,
    "noUnusedParameters": True,
    "noImplicitReturns": True,
    "skipLibCheck": False,
    "skipDefaultLibCheck": True,  # the language's own declarations, which are not ours to check
}


def job(name: str, folder: Path, tree: Tree, *files: Path) -> dict[str, Any]:
    """Return the compiler's job for a project's declarations and `files`, by the options of jsconfig.json."""
    options = json.loads(tree["jsconfig.json"])["compilerOptions"]
    return {
        "name": name,
        "folder": str(folder),
        "files": [DECLARATIONS, *map(str, files)],
        "options": options | STRICTER,
    }


def scripts(folder: Path, tree: Tree) -> list[Path]:
    return [folder / path for path in tree if path.startswith("widget/") and path.endswith(".js")]


def check(jobs: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """Return the compiler's findings by the name of each job."""
    done = hosting.node("typescript/run.js", stdin=json.dumps(list(jobs)))
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_every_project_compiles_strictly_with_nothing_unused(
    cases: tuple[Case, ...], projects: dict[str, Path]
) -> None:
    jobs: dict[str, dict[str, Any]] = {}
    seen = set()
    for case in cases:
        declarations, folder = case.tree.text(DECLARATIONS), projects[case.name]
        # one program for all that share their declarations
        each = jobs.setdefault(declarations, job(case.name, folder, case.tree))
        for path in scripts(folder, case.tree):
            code = (declarations, path.relative_to(folder), path.read_bytes())
            if code not in seen:
                seen.add(code)
                each["files"].append(str(path))
    findings = check(jobs.values())
    assert {name: found for name, found in findings.items() if found} == {}


def test_projects_compile_beside_jquerys_own_types(projects: dict[str, Path]) -> None:
    """All in one process, which reads the language's declarations once."""
    jobs = []
    for name, jquery in product(("all-areas", "settings-fields"), JQUERY):
        tree, folder = BY_NAME[name].tree, projects[name]
        label = f"{name} {jquery.parent.name}"
        after = job(f"{label} after", folder, tree, *scripts(folder, tree), jquery)
        # the first declaration decides among overloads
        before = {**after, "name": f"{label} before", "files": [str(jquery), *after["files"]]}
        jobs += [after, before]
    findings = check(jobs)
    assert len(findings) == 8
    assert {name: found for name, found in findings.items() if found} == {}


def test_a_project_compiles_by_its_own_configuration(projects: dict[str, Path]) -> None:
    done = hosting.tsc("-p", "jsconfig.json", "--noEmit", "--skipDefaultLibCheck", cwd=projects["all-areas"])
    assert (done.stdout, done.returncode) == ("", 0)


RIGHT = [
    "APP.constant('user').name.trim();",
    "Object.values(APP.constant('managers')).map((manager) => manager.title.trim());",
    "const card = APP.data.current_card; if (card) { card.model.get('lead[NAME]'); }",
    "const all = self.list_selected(); all && all.selected[0].type === 'lead' && all.count_selected;",
    "const stop = self.listenSocketChannel('leads:card:7', ['data'], () => {}); stop();",
    "self.get_settings().greeting?.trim();",
    "self.get_settings().widget_code.trim();",
    "self.render({ href: '/a.twig', base_path: '', promised: true }).then((a) => a.render({}).trim());",
    "self.render({ ref: '/tmpl/controls/select.twig' }, { items: [] }).trim();",
    "$('<p>', { text: 'a' }).appendTo('body').on('click', function () { $(this).hide(); });",
    "const link = $('a')[0]; link.focus();",
    "define(['lib/components/base/modal'], (Modal) => new Modal({ init: ($body) => void $body.empty() }));",
    "define(['./mine.js'], (mine) => mine.anything());",
    "/** @type {Kommo.Callbacks} */ const sdk = { loadPreloadedData: () => Promise.resolve({}) }; sdk;",
    "/** @param {Kommo.Page<Kommo.Lead>} page */ const sum = (page) => page._embedded.leads[0].price; sum;",
    "/** @param {Kommo.CardSdkLink} link */ const code = (link) => link.to_widget_id.trim(); code;",
    "/** @param {Kommo.Contact} a */ const of = (a) => a.custom_fields_values?.[0].values; of;",
]
"""Uses that the types allow; `greeting` is the field of the widget's window."""

MISUSES = {
    "self.rendr({ data: '' });": "Property 'rendr' does not exist on type 'Widget'",
    "APP.getBaseEntity().id;": "Property 'id' does not exist on type 'Entity'",
    "this.callbacks = { rendr: function () {} };": "'rendr' does not exist in type 'Callbacks'",
    "this.callbacks = { onSave: () => 'no' };": "Type 'string' is not assignable to type",
    "APP.contsant('user');": "Property 'contsant' does not exist on type 'App'",
    "APP.constant('users');": "No overload matches this call",
    "APP.constant('user').nmae;": "Property 'nmae' does not exist on type 'User'",
    "APP.data.current_card.id;": "Property 'id' does not exist on type 'false | CurrentCard'",
    "APP.notifications.show_message({ text: 'a' });": "Property 'header' is missing",
    "self.list_selected().selected;": "Property 'selected' does not exist on type 'false | Selection'",
    "const chosen = self.list_selected();\n    chosen && chosen.selected[0].type === 'leads';": "no overlap",
    "self.get_settings().greting;": "Property 'greting' does not exist on type 'Settings'",
    "self.get_settings().greeting.trim();": "is possibly 'undefined'",
    "self.add_source('email', () => {});": "is not assignable to parameter of type",
    "self.render({ href: '/a.twig' });": "No overload matches this call",
    "$('body').apend('a');": "Property 'apend' does not exist on type 'JQuery<HTMLElement>'",
    "define(['lib/components/base/modal'], (Modal) => new Modal({ clas: 'a' }));": "'clas' does not exist",
    "/** @param {Kommo.CardSdkLink} link */ const id = (link) => link.to_widget_id.toFixed(); id;": (
        "Property 'toFixed' does not exist on type 'string'"
    ),
    "/** @param {Kommo.Task} task */ const due = (task) => task.due; due;": "'due' does not exist",
}
"""Uses that the types reject -> a part of the compiler's message."""

WITH_GREETING = answers_for("lcard-1", "card_sdk", "settings", settings={"greeting": {"type": "text"}})


LINES = {f"use{place}.js": line for place, line in enumerate([*RIGHT, *MISUSES])}
"""Script -> its one use."""

ALONE = {
    "odd": ODD,
    "label": answers_for("settings", settings={"key": {"label": "Ends */ here\nand there"}}),
}


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The compiler's findings in the scripts with one use each, and in the projects of `ALONE`."""
    return once(tmp_path_factory, "typescript", lambda folder: check(_jobs(folder)))


def _jobs(root: Path) -> Iterator[dict[str, Any]]:
    tree = render(answers_of(WITH_GREETING))
    folder = hosting.write(tree, root / "uses")
    for name, line in LINES.items():
        script = tree.text("widget/script.js").replace("    return this;", f"    {line}\n\n    return this;")
        (folder / "widget" / name).write_text(script)
    yield job("uses", folder, tree, *(folder / "widget" / name for name in LINES))
    for name, plain in ALONE.items():
        tree = render(answers_of(plain))
        folder = hosting.write(tree, root / name)
        yield job(name, folder, tree, *scripts(folder, tree))


@pytest.fixture(scope="module")
def uses(findings: dict[str, list[str]]) -> dict[str, list[str]]:
    """The compiler's findings by use."""
    found = findings["uses"]
    return {line: [text for text in found if f"/{name}(" in text] for name, line in LINES.items()}


@pytest.mark.parametrize("line", RIGHT)
def test_types_allow_a_correct_use(line: str, uses: dict[str, list[str]]) -> None:
    assert uses[line] == []


@pytest.mark.parametrize("line", MISUSES)
def test_types_reject_a_misuse(line: str, uses: dict[str, list[str]]) -> None:
    [finding] = uses[line]
    assert MISUSES[line] in finding


def test_fields_of_the_window_are_typed_as_they_are_stored() -> None:
    tree = BY_NAME["settings-fields"].tree
    declared = {
        line.strip().partition("?: ")[0]: line.strip().partition("?: ")[2]
        for line in tree.text(DECLARATIONS).splitlines()
        if line.strip().startswith("a_")
    }
    assert declared == {
        "a_text": "string;",
        "a_pass": "string;",
        "a_users": "Record<string, string>;",
        "a_users_lp": "Record<string, { login: string; password: string }>;",
        "a_custom": "string | number;",
    }
    assert {code.removeprefix("a_") for code in declared} == set(limits.SETTINGS_FIELD_TYPES)


def test_a_widget_with_odd_codes_and_texts_compiles(findings: dict[str, list[str]]) -> None:
    assert findings["odd"] == []


def test_a_label_does_not_end_its_comment(findings: dict[str, list[str]]) -> None:
    assert findings["label"] == []


@pytest.mark.parametrize("callback", CALLBACKS, ids=lambda callback: callback.name)
def test_types_declare_every_documented_callback(callback: Callback) -> None:
    platform = "amocrm" if callback.url.startswith(sources.AMOCRM_DOCS) else "kommo"
    declarations = render(answers_of(answers_for(*PANELS, platform=platform))).text(DECLARATIONS)
    owner, _, name = callback.name.rpartition(".")
    assert (f"    {owner}?: {{" if owner else f"    {name}?(") in declarations
    assert callback.url in declarations


def test_types_leave_out_what_belongs_to_other_areas() -> None:
    declarations = BY_NAME["minimal"].tree.text(DECLARATIONS)
    assert "    onSave?(" in declarations
    assert "    onInstall?(" in declarations
    for name in ("CardSdk", "CatalogElement", "MenuPageParams", "dpSettings", "leads?: {", "onAddAsSource"):
        assert name not in declarations, name


@pytest.mark.parametrize("name", ["minimal", "all-areas"])
def test_every_type_is_documented(name: str) -> None:
    lines = BY_NAME[name].tree.text(DECLARATIONS).splitlines()
    undocumented = [
        line
        for before, line in itertools.pairwise(lines)
        if re.match(r" *(interface|type) ", line) and not before.endswith("*/")
    ]
    assert undocumented == []


def test_app_has_no_members_but_those_declared() -> None:
    declarations = BY_NAME["minimal"].tree.text(DECLARATIONS)
    app = declarations.partition("  interface App {")[2].partition("\n  }\n")[0]
    assert "constant(key: 'user')" in app
    assert "[more: string]" not in app
