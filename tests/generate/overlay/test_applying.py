"""Applying a template: what it changes in the built-in files, how that is reported, and hooks."""

import json
from pathlib import Path

import pytest

from scaffold.files.tree import Tree
from scaffold.generate.overlay.merging import merge
from scaffold.project import layout, pristine
from tests.generate.overlay import templates
from tests.generate.overlay.conftest import Runner, error_of

MERGED = {
    "members": ({"a": 1, "b": {"c": 2}}, {"b": {"d": 3}}, {"a": 1, "b": {"c": 2, "d": 3}}),
    "clash": ({"a": 1}, {"a": 2}, {"a": 2}),
    "lists": ({"a": [1, 2]}, {"a": [2, 3]}, {"a": [1, 2, 3]}),
    "kinds": ({"a": [1]}, {"a": {"b": 1}}, {"a": {"b": 1}}),
    "null": ({"a": 1}, {"a": None}, {"a": None}),
}


@pytest.mark.parametrize("name", MERGED)
def test_json_documents_are_merged(name: str) -> None:
    ours, theirs, both = MERGED[name]
    made, applied = (Tree({"a.json": json.dumps(document).encode()}) for document in (ours, theirs))
    merged = merge(made, applied, frozenset())
    assert json.loads(merged.files["a.json"]) == both


def test_each_file_is_listed_as_replaced_merged_or_added() -> None:
    made = Tree({"README.md": b"a", "same.txt": b"s", "a.json": b"{}", "list.json": b"{}"})
    applied = Tree(
        {"README.md": b"b", "same.txt": b"s", "a.json": b'{"a": 1}', "list.json": b"[1]", "new": b""}
    )
    merged = merge(made, applied, frozenset())
    assert merged.replaced == ("README.md", "list.json")
    assert merged.merged == ("a.json",)
    assert merged.added == ("new",)
    assert merged.files == {**made, **applied, "a.json": b'{\n  "a": 1\n}\n'}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return templates.write(tmp_path / "ours", {}, {
        "README.md": "ours\n", "NOTES.md": "new\n",
        "widget/manifest.json": '{"widget": {"support": {"email": "{{ cookiecutter.code }}@acme.example"}}}',
        "widget/i18n/en.json": '{"ours": {"title": "Acme"}}',
        "widget/extra.js": "// more\n",
    })  # fmt: skip


@pytest.mark.usefixtures("source")
def test_the_plan_names_replaced_and_merged_files(runner: Runner) -> None:
    result = runner("new", "demo", "--defaults", "--template", "ours", "--dry-run")
    lines = [line.strip("│├└─ ") for line in result.out.splitlines()]
    assert "README.md  (create, replaces the built-in file)" in lines
    assert "manifest.json  (create, merged into the built-in file)" in lines
    assert "NOTES.md  (create)" in lines
    assert runner.nothing_is_left()


@pytest.mark.usefixtures("source")
def test_a_run_names_replaced_and_merged_files(runner: Runner) -> None:
    lines = runner("new", "demo", "--defaults", "--template", "ours").err.splitlines()
    assert lines[:3] == [
        "template: README.md replaces the built-in file",
        "template: widget/i18n/en.json merged into the built-in file",
        "template: widget/manifest.json merged into the built-in file",
    ]
    manifest = json.loads(runner.files("demo")["widget/manifest.json"])
    assert manifest["widget"]["support"] == {"email": "demo@acme.example"}
    assert manifest["locations"] == ["lcard-1", "settings"]
    assert json.loads(runner.files("demo")["widget/i18n/en.json"])["ours"] == {"title": "Acme"}


@pytest.mark.usefixtures("source")
def test_json_lists_replaced_merged_and_added_files(runner: Runner) -> None:
    printed = json.loads(runner("new", "demo", "--defaults", "--template", "ours", "--json").out)
    assert printed["template"]["source"] == "ours"
    assert printed["template"]["replaced"] == ["README.md"]
    assert printed["template"]["merged"] == ["widget/i18n/en.json", "widget/manifest.json"]
    assert printed["template"]["added"] == ["NOTES.md", "widget/extra.js"]
    assert printed["files"] == sorted(runner.files("demo"))


@pytest.mark.usefixtures("source")
def test_the_pristine_record_has_the_files_of_the_template(runner: Runner) -> None:
    runner("new", "demo", "--defaults", "--template", "ours")
    made = runner.files("demo")
    generated = pristine.parse(made[layout.PRISTINE], layout.PRISTINE)
    assert [*generated.paths()] == [path for path in made if not path.startswith(layout.FOLDER)]
    assert all(generated.has(path, made[path]) for path in generated.paths())


HOOKS = (
    "hooks/pre_gen_project.py",
    "hooks/post_gen_project.sh",
    "hooks/post_gen_project.py~",
    "hooks/other.py",
)


@pytest.fixture
def hooked(tmp_path: Path) -> Path:
    script = "open('{}', 'a').write('x')\n"
    return templates.write(tmp_path / "ours", {}, {"a.txt": "a"}, {
        "hooks/pre_gen_project.py": script.format("before.txt"),
        "hooks/post_gen_project.sh": (
            "#!/bin/sh\nread line\necho \"hello \x1b[31m$line\"\ngit init -q .\ntouch after.txt\n"
        ),
        "hooks/post_gen_project.py~": "no", "hooks/other.py": "no",
    })  # fmt: skip


NAMES = "pre_gen_project.py, post_gen_project.sh"


@pytest.mark.usefixtures("hooked")
def test_hooks_are_named_and_not_run(runner: Runner) -> None:
    result = runner("new", "demo", "--defaults", "--template", "ours")
    assert result.code == 0
    assert result.err.splitlines()[0] == f"template: skipping its hooks, which run only with --trust: {NAMES}"
    assert {"before.txt", "after.txt"} & set(runner.files("demo")) == set()


@pytest.mark.usefixtures("hooked")
def test_hooks_are_named_and_run_with_trust(runner: Runner) -> None:
    result = runner("new", "demo", "--defaults", "--template", "ours", "--trust")
    assert result.code == 0, result.err
    assert result.err.splitlines()[:2] == [
        f"template: running its hooks: {NAMES}",
        "template: hello \\x1b[31m",
    ]
    assert {"before.txt", "after.txt", "a.txt"} <= set(runner.files("demo"))
    assert not (runner.folder / "demo" / ".git").exists()
    assert (
        result.err.splitlines()[-1] == f"again: kommo-widget new demo --defaults --template ours"
        f" --set template.sha256={recorded_sha(runner)} --trust"
    )


def recorded_sha(runner: Runner) -> str:
    text = runner.files("demo")[".kommo-widget/answers.yml"].decode()
    return text.partition("sha256: ")[2].partition("\n")[0].strip('"')


@pytest.mark.usefixtures("hooked")
def test_a_dry_run_runs_no_hooks(runner: Runner) -> None:
    result = runner("new", "demo", "--defaults", "--template", "ours", "--trust", "--dry-run")
    assert result.err == f"template: skipping its hooks in a dry run: {NAMES}\n"
    assert "after.txt" not in result.out


@pytest.mark.parametrize("path", ["../elsewhere.txt", "../../elsewhere.txt", "{folder}/elsewhere.txt"])
def test_a_hook_does_not_write_elsewhere_without_trust(path: str, runner: Runner) -> None:
    place = path.format(folder=runner.folder)
    templates.write(runner.folder / "ours", {}, {"a.txt": "a"}, {
        "hooks/post_gen_project.py": f"open({place!r}, 'w').write('x')\n",
        "hooks/pre_prompt.py": f"open({place!r}, 'w').write('x')\n",
    })  # fmt: skip
    assert runner("new", "demo", "--defaults", "--template", "ours").code == 0
    assert [*runner.folder.parent.rglob("elsewhere.txt")] == []


@pytest.mark.parametrize("path", ["../elsewhere.txt", "../../elsewhere.txt"])
def test_a_file_that_a_trusted_hook_writes_beside_the_project_is_dropped(path: str, runner: Runner) -> None:
    templates.write(runner.folder / "ours", {}, {"a.txt": "a"}, {
        "hooks/post_gen_project.py": f"open({path!r}, 'w').write('x')\n",
    })  # fmt: skip
    assert runner("new", "demo", "--defaults", "--template", "ours", "--trust").code == 0
    assert [*runner.folder.parent.rglob("elsewhere.txt")] == []


def test_a_hook_that_links_out_of_the_project_is_refused(runner: Runner) -> None:
    templates.write(runner.folder / "ours", {}, {"a.txt": "a"}, {
        "hooks/post_gen_project.py": "import os\nos.symlink('/etc/passwd', 'link')\n",
    })  # fmt: skip
    result = runner("new", "demo", "--defaults", "--template", "ours", "--trust", "--json")
    assert error_of(result)["message"] == "the template has a link: `link`"
    assert runner.nothing_is_left()


def test_a_hook_that_fails_stops_the_run_with_its_output(runner: Runner) -> None:
    templates.hooked(runner.folder / "ours")
    result = runner("new", "demo", "--defaults", "--template", "ours", "--trust",
                   "--set", "template.answers.slug=BAD", "--json")  # fmt: skip
    error = error_of(result)
    assert error["message"] == "a hook of the template failed: Hook script failed (exit status: 1)"
    assert error["details"] == ["a slug has small letters only"]
    assert runner.nothing_is_left()


def test_a_hook_may_change_the_questions_before_they_are_asked(runner: Runner) -> None:
    change = (
        "import pathlib\n"
        "path = pathlib.Path('cookiecutter.json')\n"
        "path.write_text(path.read_text().replace('Jane', 'Ann'))\n"
    )
    source = templates.write(
        runner.folder / "ours",
        {"who": "Jane"},
        {"a.txt": "{{ cookiecutter.who }}"},
        {"hooks/pre_prompt.py": change},
    )
    for options, text in (([], b"Jane"), (["--trust"], b"Ann")):
        assert runner("new", "demo", "--defaults", "--template", "ours", "--force", *options).code == 0
        assert runner.files("demo")["a.txt"] == text
    assert "Jane" in (source / "cookiecutter.json").read_text()
