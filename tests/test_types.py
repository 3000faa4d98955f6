"""The generated script against the generated types, by the TypeScript compiler."""

import json
import re
from pathlib import Path

import pytest

from scaffold.files.tree import Tree
from scaffold.kommo.callbacks import CALLBACKS, Callback
from tests import hosting
from tests.cases import BY_NAME, EVERY_CASE, Case

DECLARATIONS = "types/kommo.d.ts"


PAGE = re.compile(r"https://\S+")


@EVERY_CASE
def test_every_widget_gets_the_same_types_with_the_pages_of_its_platform(case: Case) -> None:
    for path in (DECLARATIONS, "jsconfig.json"):
        own, minimal = (PAGE.sub("", tree.text(path)) for tree in (case.tree, BY_NAME["minimal"].tree))
        assert own == minimal


def test_every_script_compiles_and_uses_all_it_declares(projects: dict[str, Path], tmp_path: Path) -> None:
    options = json.loads(BY_NAME["minimal"].tree["jsconfig.json"])["compilerOptions"]
    scripts = [str(folder / "widget/script.js") for folder in projects.values()]
    config = {
        "compilerOptions": {**options, "noUnusedLocals": True},
        "files": [str(projects["minimal"] / DECLARATIONS), *scripts],
    }
    (tmp_path / "jsconfig.json").write_text(json.dumps(config))
    done = hosting.tsc("-p", "jsconfig.json", "--noEmit", cwd=tmp_path)
    assert (done.stdout, done.returncode) == ("", 0)


def test_a_project_compiles_by_its_own_configuration(projects: dict[str, Path]) -> None:
    done = hosting.tsc("-p", "jsconfig.json", "--noEmit", cwd=projects["all-areas"])
    assert (done.stdout, done.returncode) == ("", 0)


MISUSES = {
    "self.rendr({ data: '' });": "Property 'rendr' does not exist on type 'Widget'",
    "APP.getBaseEntity().id;": "Property 'id' does not exist on type 'string'",
    "this.callbacks = { rendr: function () {} };": "'rendr' does not exist in type 'Callbacks'",
    "this.callbacks = { onSave: () => 'no' };": "Type 'string' is not assignable to type",
}


@pytest.fixture(scope="module")
def misuses(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the compiler says of scripts with one misuse each, called by their places in the table."""
    tree = BY_NAME["minimal"].tree
    files = {path: tree[path] for path in (DECLARATIONS, "jsconfig.json")}
    script = tree.text("widget/script.js")
    for place, line in enumerate(MISUSES):
        wrong = script.replace("    return this;", f"    {line}\n    return this;")
        files[f"widget/{place}.js"] = wrong.encode()
    folder = hosting.write(Tree(files), tmp_path_factory.mktemp("misuses"))
    return hosting.tsc("-p", "jsconfig.json", "--noEmit", cwd=folder).stdout


@pytest.mark.parametrize("line", MISUSES)
def test_types_catch_a_misuse(line: str, misuses: str) -> None:
    place = list(MISUSES).index(line)
    said = [text for text in misuses.splitlines() if text.startswith(f"widget/{place}.js")]
    assert len(said) == 1
    assert MISUSES[line] in said[0]


@pytest.mark.parametrize("callback", CALLBACKS, ids=lambda callback: callback.name)
def test_types_declare_every_documented_callback(callback: Callback) -> None:
    declarations = BY_NAME["minimal"].tree.text(DECLARATIONS)
    owner, _, name = callback.name.rpartition(".")
    assert (f"    {owner}?: {{" if owner else f"    {name}?(") in declarations
    assert callback.url in declarations
