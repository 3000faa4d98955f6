"""Mistakes and attacks that break plain cookiecutter: one clear message, and nothing half written."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from scaffold.generate.overlay import process
from tests.generate.overlay import templates
from tests.generate.overlay.conftest import Runner, error_of

BRACES = "{{ 6*7 }}{% if x %}{# gone"


def failed(runner: Runner, source: Path, *args: str, **more: Any) -> dict[str, Any]:
    """Return the error of a run that must fail and leave nothing."""
    options = ["--defaults", "--json", *args]
    error = error_of(runner.new(source, *options, **more))
    assert runner.nothing_is_left()
    return error


def test_answers_are_never_rendered(runner: Runner, tmp_path: Path) -> None:
    variables = {"who": "", "also": "{{ cookiecutter.who }}", "map": {"a": "{{ cookiecutter.who }}"}}
    text = "{{ cookiecutter.who }}|{{ cookiecutter.also }}|{{ cookiecutter.map.a }}|{{ cookiecutter.name }}"
    source = templates.write(tmp_path / "ours", variables, {"NOTES.md": text})
    path = runner.write("answers.json", {
        "code": "acme_leads", "name": BRACES, "areas": ["settings"],
        "template": {"source": str(source), "answers": {"who": BRACES, "map": {}}},
    })  # fmt: skip
    assert runner("new", "demo", "--answers", path).code == 0
    assert runner.files("demo")["NOTES.md"].decode() == "|".join([BRACES] * 4)


def test_the_name_of_the_projects_folder_is_rendered_once(runner: Runner, tmp_path: Path) -> None:
    """cookiecutter renders the path of the project, with its answers, again for each folder in it."""
    folder = "{{cookiecutter.who}}{{cookiecutter.code}}"
    source = templates.write(
        tmp_path / "ours", {"who": "", "_copy_without_render": ["raw"]}, {},
        {f"{folder}/sub/a.txt": "a", f"{folder}/raw/b.txt": "b"},
    )  # fmt: skip
    assert runner.new(source, answers={"who": "{{ 6*7 }}"}).code == 0
    assert set(runner.applied()) == {"sub/a.txt", "raw/b.txt"}


@pytest.mark.parametrize("place", ["template", "current folder", "destination"])
def test_folders_with_braces_in_their_names_are_not_rendered(
    place: str, runner: Runner, tmp_path: Path
) -> None:
    odd = tmp_path / "{{ 6*7 }}{% raw %}"
    source = templates.write(
        (odd if place == "template" else tmp_path) / "ours", {"_copy_without_render": ["raw"]},
        {"NOTES.md": "{{ cookiecutter.code }}", "sub/a.txt": "a", "raw/b.txt": "{{ b }}"},
    )  # fmt: skip
    odd.mkdir(exist_ok=True)
    if place == "current folder":
        os.chdir(odd)
    dest = odd / "demo" if place == "destination" else Path("demo")
    result = runner("new", str(dest), "--defaults", "--set", "code=acme_leads", "--template", str(source))
    assert result.code == 0, result.err
    made = templates.files(dest)
    assert (made["NOTES.md"], made["sub/a.txt"], made["raw/b.txt"]) == (b"acme_leads", b"a", b"{{ b }}")


def test_a_temporary_folder_with_braces_is_refused(runner: Runner, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "ours", {}, {"a.txt": "a"})
    odd = tmp_path / "{{ 6*7 }}"
    odd.mkdir()
    runner._monkeypatch.setattr("tempfile.tempdir", str(odd))
    error = failed(runner, source)
    assert error["message"].endswith("templates would read its name as code")
    assert error["hint"].startswith("set TMPDIR")


@pytest.mark.parametrize("start", ["BM", "MZ", "PACK", "%PDF", "GIF89a"])
def test_text_that_begins_as_a_binary_file_is_rendered(start: str, runner: Runner, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "ours", {}, {"NOTES.md": start + " {{ cookiecutter.code }}"})
    assert runner.new(source).code == 0
    assert runner.applied()["NOTES.md"] == f"{start} acme_leads".encode()


@pytest.mark.parametrize(
    ("settings", "text", "written"),
    [
        ({}, b"a\r\nb\r\n{{ cookiecutter.code }}", b"a\nb\nacme_leads"),
        ({"_new_lines": "\r\n"}, b"a\nb\n", b"a\r\nb\r\n"),
        ({}, b"{{ cookiecutter.code }}", b"acme_leads"),
    ],
    ids=["lf", "as-the-template-says", "one-line"],
)
def test_line_ends_are_lf_unless_the_template_chooses(
    settings: Any, text: bytes, written: bytes, runner: Runner, tmp_path: Path
) -> None:
    source = templates.write(tmp_path / "ours", settings, {"NOTES.md": text})
    assert runner.new(source).code == 0
    assert runner.applied()["NOTES.md"] == written


NO_FOLDER = "two folders of the template get the same name, or one gets an empty name"
NOT_INSIDE = "the template writes outside of the project: `"
OUTSIDE = {
    "up": ("{{ '..' }}/out.txt", NO_FOLDER),
    "further-up": ("{{ cookiecutter.far }}/out.txt", NO_FOLDER),
    "by-an-answer": ("{{ cookiecutter.where }}/out.txt", NO_FOLDER),
    "up-in-a-folder": ("sub/{{ cookiecutter.far }}/x/out.txt", NO_FOLDER),
    "a-file": ("{{ cookiecutter.file }}", NOT_INSIDE),
    "a-file-in-a-folder": ("sub/{{ cookiecutter.file }}", NOT_INSIDE),
}
"""Name -> a path of the template, and the beginning of the message."""


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("trust", [[], ["--trust"]], ids=["", "trusted"])
def test_paths_that_leave_the_project_are_refused(
    name: str, trust: list[str], runner: Runner, tmp_path: Path
) -> None:
    path, message = OUTSIDE[name]
    variables = {"where": "{{ '../..' }}", "far": "{{ '../../../..' }}", "file": "../../out.txt"}
    source = templates.write(tmp_path / "ours", variables, {path: "gone"})
    before = set(tmp_path.parent.rglob("out.txt"))
    error = failed(runner, source, *trust)
    assert error["message"].startswith(message)
    assert set(tmp_path.parent.rglob("out.txt")) == before


def test_an_absolute_path_is_refused(runner: Runner, tmp_path: Path) -> None:
    """Joined to the project's path, an absolute path replaces it."""
    target = tmp_path / "stolen.txt"
    source = templates.write(tmp_path / "ours", {"where": ""}, {"{{ cookiecutter.where }}": "gone"})
    result = runner.new(source, "--json", answers={"where": str(target)})
    assert error_of(result)["message"] == f"the template writes outside of the project: `{target}`"
    assert not target.exists()
    assert runner.nothing_is_left()


@pytest.mark.parametrize("kind", ["file", "folder", "hooks", "broken", "cookiecutter.json"])
def test_links_in_the_template_are_refused(kind: str, runner: Runner, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    (secret if kind in ("folder", "hooks") else tmp_path).mkdir(exist_ok=True)
    if kind in ("file", "cookiecutter.json"):
        secret.write_text('{"code": "x"}')
    source = templates.write(tmp_path / "ours", {}, {"a.txt": "a"})
    links = {"hooks": "hooks", "cookiecutter.json": "cookiecutter.json"}
    link = source / links.get(kind, f"{templates.PROJECT}/link")
    link.unlink(missing_ok=True)
    link.symlink_to(secret)
    shown = link.relative_to(source).as_posix()
    assert failed(runner, source)["message"] == (
        "the template has no cookiecutter.json"
        if kind == "cookiecutter.json"
        else f"the template has a link: `{shown}`"
    )


def test_links_in_the_destination_are_not_followed(runner: Runner, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "ours", {}, {"docs/a.txt": "a"})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "docs").symlink_to(tmp_path / "elsewhere")
    error = error_of(runner.new(source, "--force", "--json"))
    assert error["details"] == ["docs/a.txt: `docs` is a symbolic link"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("folder", [".kommo-widget", ".Kommo-Widget"])
def test_a_template_cannot_write_the_record(folder: str, runner: Runner, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "ours", {}, {f"{folder}/answers.yml": "code: other"})
    assert failed(runner, source)["message"] == (
        f"the template writes `{folder}/answers.yml`, in the folder of kommo-widget's record"
    )


CODE = {
    "dunder": "{{ ''.__class__.__mro__ }}",
    "globals": "{{ cycler.__init__.__globals__.os.system('touch stolen.txt') }}",
    "format": "{{ '{0.__class__}'.format(cookiecutter) }}",
    "in-a-name": None,
    "in-a-default": None,
}


@pytest.mark.parametrize("name", CODE)
def test_templates_do_not_reach_the_interpreter(name: str, runner: Runner, tmp_path: Path) -> None:
    code = CODE[name] or "{{ ''.__class__ }}"
    where = {"in-a-name": {code: "a"}, "in-a-default": {"a.txt": "a"}}.get(name, {"a.txt": code})
    default = code if name == "in-a-default" else "x"
    error = failed(runner, templates.write(tmp_path / "ours", {"who": default}, where))
    unsafe = "__init__" if name == "globals" else "__class__"
    assert f"access to attribute '{unsafe}' of " in error["message"]
    assert list(tmp_path.rglob("stolen.txt")) == []


def test_a_template_with_code_of_its_own_needs_trust(runner: Runner, tmp_path: Path) -> None:
    module = (
        "from jinja2.ext import Extension\n"
        "class Shout(Extension):\n"
        "    def __init__(self, environment):\n"
        "        super().__init__(environment)\n"
        "        environment.filters['shout'] = str.upper\n"
    )
    source = templates.write(
        tmp_path / "ours", {"_extensions": ["jinja2.ext.do", "shouting.Shout"]},
        {"a.txt": "{% do [] %}{{ cookiecutter.code | shout }}"}, {"shouting.py": module},
    )  # fmt: skip
    error = failed(runner, source)
    assert error["message"] == "the template loads code: shouting.Shout"
    assert error["hint"] == "check what it does, and use --trust if you trust it"
    assert runner.new(source, "--trust").code == 0
    assert runner.applied()["a.txt"] == b"ACME_LEADS"


def test_an_endless_loop_is_stopped(runner: Runner, tmp_path: Path) -> None:
    rounds = "".join(f"{{% for x{n} in range(90000) %}}" for n in range(5)) + "{% endfor %}" * 5
    source = templates.write(tmp_path / "ours", {}, {"a.txt": rounds})
    runner._monkeypatch.setattr(process, "RENDERING", process.RENDERING._replace(cpu_seconds=2))
    assert failed(runner, source) == {
        "message": "the template takes longer than 2 seconds of processor time",
        "hint": "look for an endless loop in it",
        "details": [],
    }


LARGE = {
    "rendered": ("{{ 'x' * 1000000000 }}", [], "the template uses too much memory"),
    "many-lines": (
        "{% for a in range(90000) %}{% for b in range(90000) %}xxxxxxxxxxxxxxxx{% endfor %}{% endfor %}",
        [], "the template uses too much memory",
    ),
    "by-a-hook": ("a", ["--trust"], "a hook of the template failed: Hook script failed (exit status: 1)"),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_a_gigabyte_is_not_written(name: str, runner: Runner, tmp_path: Path) -> None:
    text, args, message = LARGE[name]
    hook = "with open('big', 'wb') as out:\n    for _ in range(1000):\n        out.write(bytes(1000000))\n"
    source = templates.write(tmp_path / "ours", {}, {"a.txt": text}, {"hooks/post_gen_project.py": hook})
    # a quarter of what is allowed is reached long before the bound on processor time
    runner._monkeypatch.setattr(
        process, "RENDERING", process.RENDERING._replace(memory_bytes=256 * process.MIB)
    )
    assert failed(runner, source, *args)["message"] == message


def test_a_gigabyte_is_not_read(runner: Runner, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "ours", {}, {"a.txt": "a"})
    with (source / templates.PROJECT / "big.bin").open("wb") as file:
        file.truncate(10**9)
    message = failed(runner, source)["message"]
    assert message == f"the template is too large, at `{templates.PROJECT}/big.bin`"


def test_many_large_files_are_not_written(runner: Runner, tmp_path: Path) -> None:
    hook = "for n in range(10**6):\n    with open(str(n), 'wb') as out:\n        out.write(bytes(1000000))\n"
    source = templates.write(tmp_path / "ours", {}, {"a.txt": "a"}, {"hooks/post_gen_project.py": hook})
    runner._monkeypatch.setattr(process, "TRUSTED", process.TRUSTED._replace(total_bytes=10_000_000))
    message = failed(runner, source, "--trust")["message"]
    assert message == "the template writes more than 9 MiB"


@pytest.mark.parametrize("name", ['Say "hi"', "back\\slash", "two\nlines"])
def test_invalid_json_is_refused_and_jsonify_avoids_it(name: str, runner: Runner, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "ours", {"who": "x"}, {"a.json": '{"who": "{{ cookiecutter.who }}"}'})
    error = error_of(runner.new(source, "--json", answers={"who": name}))
    assert error["message"] == "the template writes invalid JSON with these answers"
    assert error["details"][0].startswith("a.json:1:")
    assert runner.nothing_is_left()
    (source / templates.PROJECT / "a.json").write_text('{"who": {{ cookiecutter.who | jsonify }}}')
    assert runner.new(source, answers={"who": name}).code == 0
    assert json.loads(runner.applied()["a.json"]) == {"who": name}


def test_invalid_json_without_answers_is_kept(runner: Runner, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "ours", {}, {"a.json": "{ // none\n", "b.json": '{"a": 1, // one\n}'})
    assert runner.new(source).code == 0
    assert runner.applied()["a.json"] == b"{ // none\n"


MISTAKES: dict[str, tuple[dict[str, Any] | None, dict[str, Any], str]] = {
    "undefined": ({"a.txt": "{{ cookiecutter.nothing }}"}, {}, (
        "the template uses an unknown variable: Unable to create file 'a.txt':"
        " 'dict object' has no attribute 'nothing'"
    )),
    "undefined-default": ({"a.txt": "a"}, {"who": "{{ cookiecutter.nothing }}"}, (
        "the default of `who` in cookiecutter.json: 'dict object' has no attribute 'nothing'"
    )),
    "syntax": ({"a.txt": "a\n{% if %}"}, {}, (
        "the template has an error: a.txt:2: Expected an expression, got 'end of statement block'"
    )),
    "no-choices": ({"a.txt": "a"}, {"who": []}, "`who` in cookiecutter.json has no choices"),
    "settings": ({"a.txt": "a"}, {"_jinja2_env_vars": ["x"]}, (
        "`_jinja2_env_vars` in the template's cookiecutter.json must be a map"
    )),
    "no-name": ({"{{ '' }}/a.txt": "a"}, {}, (
        "two folders of the template get the same name, or one gets an empty name"
    )),
    "no-project": (None, {}, "the template has no folder for the project"),
    "odd-path": ({"a:b.txt": "a"}, {}, "some paths cannot be written on every system"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_of_a_template_is_one_message(name: str, runner: Runner, tmp_path: Path) -> None:
    files, variables, message = MISTAKES[name]
    source = templates.write(tmp_path / "ours", variables, files or {}, {"docs/a.txt": "a"})
    result = runner("new", "demo", "--defaults", "--template", str(source), "--json")
    assert error_of(result)["message"] == message
    assert "Traceback" not in result.out + result.err
    assert runner.nothing_is_left()


def test_the_home_folder_is_neither_read_nor_written(runner: Runner, tmp_path: Path) -> None:
    home = tmp_path / ".home"
    home.mkdir()
    runner._monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    (home / ".cookiecutterrc").write_text("default_context: {who: from the home}\n")
    source = templates.write(tmp_path / "ours", {"who": "own"}, {"a.txt": "{{ cookiecutter.who }}"})
    zipped = templates.zipped(source, tmp_path / "ours.zip")
    assert runner("new", "demo", "--defaults", "--template", str(zipped)).code == 0
    assert runner.files("demo")["a.txt"] == b"own"
    assert templates.files(home) == {".cookiecutterrc": b"default_context: {who: from the home}\n"}


def test_the_current_folder_is_not_changed(runner: Runner, tmp_path: Path) -> None:
    before = Path.cwd()
    runner.new(templates.write(tmp_path / "ours", {}, {"a.txt": "{{ nothing }}"}))
    assert Path.cwd() == before
