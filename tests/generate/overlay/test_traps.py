"""The traps that plain cookiecutter falls into, and attacks: nothing half written, one clear message."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scaffold.generate.overlay import process
from tests.generate.overlay import templates
from tests.generate.overlay.conftest import House, error_of

BRACES = "{{ 6*7 }}{% if x %}{# gone"


def failed(house: House, source: Path, *args: str, **more: Any) -> dict[str, Any]:
    """Return the error of a run that must fail and leave nothing."""
    options = ["--defaults", "--json", *args]
    error = error_of(house.new(source, *options, **more))
    assert house.nothing_is_left()
    return error


def test_values_are_never_rendered(house: House, tmp_path: Path) -> None:
    variables = {"who": "", "also": "{{ cookiecutter.who }}", "map": {"a": "{{ cookiecutter.who }}"}}
    text = "{{ cookiecutter.who }}|{{ cookiecutter.also }}|{{ cookiecutter.map.a }}|{{ cookiecutter.name }}"
    source = templates.write(tmp_path / "house", variables, {"NOTES.md": text})
    path = house.write("answers.json", {
        "code": "acme_leads", "name": BRACES, "areas": ["settings"],
        "template": {"source": str(source), "answers": {"who": BRACES, "map": {}}},
    })  # fmt: skip
    assert house("new", "demo", "--answers", path).code == 0
    assert house.files("demo")["NOTES.md"].decode() == "|".join([BRACES] * 4)


def test_the_name_of_the_projects_folder_is_rendered_once(house: House, tmp_path: Path) -> None:
    """cookiecutter renders the path of the project, answers and all, for each folder in it."""
    folder = "{{cookiecutter.who}}{{cookiecutter.code}}"
    source = templates.write(
        tmp_path / "house", {"who": "", "_copy_without_render": ["raw"]}, {},
        {f"{folder}/sub/a.txt": "a", f"{folder}/raw/b.txt": "b"},
    )  # fmt: skip
    assert house.new(source, answers={"who": "{{ 6*7 }}"}).code == 0
    assert set(house.laid()) == {"sub/a.txt", "raw/b.txt"}


@pytest.mark.parametrize("place", ["template", "current folder", "destination"])
def test_folders_with_braces_in_their_names(place: str, house: House, tmp_path: Path) -> None:
    odd = tmp_path / "{{ 6*7 }}{% raw %}"
    source = templates.write(
        (odd if place == "template" else tmp_path) / "house", {"_copy_without_render": ["raw"]},
        {"NOTES.md": "{{ cookiecutter.code }}", "sub/a.txt": "a", "raw/b.txt": "{{ b }}"},
    )  # fmt: skip
    odd.mkdir(exist_ok=True)
    if place == "current folder":
        os.chdir(odd)
    dest = odd / "demo" if place == "destination" else Path("demo")
    result = house("new", str(dest), "--defaults", "--set", "code=acme_leads", "--template", str(source))
    assert result.code == 0, result.err
    made = templates.files(dest)
    assert (made["NOTES.md"], made["sub/a.txt"], made["raw/b.txt"]) == (b"acme_leads", b"a", b"{{ b }}")


def test_a_temporary_folder_with_braces_is_refused(house: House, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "house", {}, {"a.txt": "a"})
    odd = tmp_path / "{{ 6*7 }}"
    odd.mkdir()
    house._monkeypatch.setattr("tempfile.tempdir", str(odd))
    error = failed(house, source)
    assert error["message"].endswith("templates would take its name for code")
    assert error["hint"].startswith("set TMPDIR")


@pytest.mark.parametrize("start", ["BM", "MZ", "PACK", "%PDF", "GIF89a"])
def test_text_that_begins_as_a_binary_file_is_rendered(start: str, house: House, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "house", {}, {"NOTES.md": start + " {{ cookiecutter.code }}"})
    assert house.new(source).code == 0
    assert house.laid()["NOTES.md"] == f"{start} acme_leads".encode()


@pytest.mark.parametrize(
    ("settings", "text", "written"),
    [
        ({}, b"a\r\nb\r\n{{ cookiecutter.code }}", b"a\nb\nacme_leads"),
        ({"_new_lines": "\r\n"}, b"a\nb\n", b"a\r\nb\r\n"),
        ({}, b"{{ cookiecutter.code }}", b"acme_leads"),
    ],
    ids=["lf", "as-the-template-says", "one-line"],
)
def test_line_ends(settings: Any, text: bytes, written: bytes, house: House, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "house", settings, {"NOTES.md": text})
    assert house.new(source).code == 0
    assert house.laid()["NOTES.md"] == written


OUTSIDE = {
    "up": "{{ '..' }}/out.txt",
    "further-up": "{{ cookiecutter.far }}/out.txt",
    "by-an-answer": "{{ cookiecutter.where }}/out.txt",
    "up-in-a-folder": "sub/{{ cookiecutter.far }}/x/out.txt",
}


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("trust", [[], ["--trust"]], ids=["", "trusted"])
def test_names_that_leave_the_project(name: str, trust: list[str], house: House, tmp_path: Path) -> None:
    source = templates.write(
        tmp_path / "house", {"where": "{{ '../..' }}", "far": "{{ '../../../..' }}"}, {OUTSIDE[name]: "gone"}
    )
    before = set(tmp_path.parent.rglob("out.txt"))
    error = failed(house, source, *trust)
    assert error["message"].startswith(("the template writes outside of the project: `", "a folder of the"))
    assert set(tmp_path.parent.rglob("out.txt")) == before


def test_absolute_names(house: House, tmp_path: Path) -> None:
    """An absolute name takes the place of the project's path."""
    target = tmp_path / "stolen.txt"
    source = templates.write(tmp_path / "house", {"where": ""}, {"{{ cookiecutter.where }}": "gone"})
    result = house.new(source, "--json", answers={"where": str(target)})
    assert error_of(result)["message"] == f"the template writes outside of the project: `{target}`"
    assert not target.exists()
    assert house.nothing_is_left()


@pytest.mark.parametrize("kind", ["file", "folder", "hooks", "broken", "cookiecutter.json"])
def test_links_in_the_template(kind: str, house: House, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    (secret if kind in ("folder", "hooks") else tmp_path).mkdir(exist_ok=True)
    if kind in ("file", "cookiecutter.json"):
        secret.write_text('{"code": "x"}')
    source = templates.write(tmp_path / "house", {}, {"a.txt": "a"})
    links = {"hooks": "hooks", "cookiecutter.json": "cookiecutter.json"}
    link = source / links.get(kind, f"{templates.PROJECT}/link")
    link.unlink(missing_ok=True)
    link.symlink_to(secret)
    message = failed(house, source)["message"]
    shown = link.relative_to(source).as_posix()
    assert message in (f"the template has a link: `{shown}`", "the template has no cookiecutter.json")


def test_links_in_the_destination(house: House, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "house", {}, {"docs/a.txt": "a"})
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "docs").symlink_to(tmp_path / "elsewhere")
    error = error_of(house.new(source, "--force", "--json"))
    assert error["details"] == ["docs/a.txt: `docs` is a symbolic link"]
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize("folder", [".kommo-widget", ".Kommo-Widget"])
def test_the_record_cannot_be_shadowed(folder: str, house: House, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "house", {}, {f"{folder}/answers.yml": "code: other"})
    assert failed(house, source)["message"] == (
        f"the template writes `{folder}/answers.yml`, where the record of the answers is kept"
    )


CODE = {
    "dunder": "{{ ''.__class__.__mro__ }}",
    "globals": "{{ cycler.__init__.__globals__.os.system('touch stolen.txt') }}",
    "format": "{{ '{0.__class__}'.format(cookiecutter) }}",
    "in-a-name": None,
    "in-a-default": None,
}


@pytest.mark.parametrize("name", CODE)
def test_templates_do_not_reach_the_interpreter(name: str, house: House, tmp_path: Path) -> None:
    code = CODE[name] or "{{ ''.__class__ }}"
    where = {"in-a-name": {code: "a"}, "in-a-default": {"a.txt": "a"}}.get(name, {"a.txt": code})
    default = code if name == "in-a-default" else "x"
    error = failed(house, templates.write(tmp_path / "house", {"who": default}, where))
    assert "only trusted code may" in error["message"] or "__class__" in error["message"]
    assert list(tmp_path.rglob("stolen.txt")) == []


def test_code_of_its_own_needs_trust(house: House, tmp_path: Path) -> None:
    module = (
        "from jinja2.ext import Extension\n"
        "class Shout(Extension):\n"
        "    def __init__(self, environment):\n"
        "        super().__init__(environment)\n"
        "        environment.filters['shout'] = str.upper\n"
    )
    source = templates.write(
        tmp_path / "house", {"_extensions": ["jinja2.ext.do", "shouting.Shout"]},
        {"a.txt": "{% do [] %}{{ cookiecutter.code | shout }}"}, {"shouting.py": module},
    )  # fmt: skip
    error = failed(house, source)
    assert error["message"] == "the template loads code: shouting.Shout"
    assert error["hint"] == "look at what it does, and give --trust if you trust it"
    assert house.new(source, "--trust").code == 0
    assert house.laid()["a.txt"] == b"ACME_LEADS"


def test_an_endless_loop_ends(house: House, tmp_path: Path) -> None:
    rounds = "".join(f"{{% for x{n} in range(90000) %}}" for n in range(5)) + "{% endfor %}" * 5
    source = templates.write(tmp_path / "house", {}, {"a.txt": rounds})
    house._monkeypatch.setattr(process, "RENDERING", replace(process.RENDERING, cpu_seconds=2))
    assert failed(house, source) == {
        "message": "the template takes longer than 2 seconds of processor time",
        "hint": "look for a loop in it that does not end",
        "details": [],
    }


LARGE = {
    "rendered": ("{{ 'x' * 1000000000 }}", [], "the template takes too much memory"),
    "many-lines": (
        "{% for a in range(90000) %}{% for b in range(90000) %}xxxxxxxxxxxxxxxx{% endfor %}{% endfor %}",
        [], "the template takes too much memory",
    ),
    "by-a-hook": ("a", ["--trust"], "a hook of the template stopped it: Hook script failed (exit status: 1)"),
}  # fmt: skip


@pytest.mark.parametrize("name", LARGE)
def test_a_gigabyte_is_not_written(name: str, house: House, tmp_path: Path) -> None:
    text, args, message = LARGE[name]
    hook = "with open('big', 'wb') as out:\n    for _ in range(1000):\n        out.write(bytes(1000000))\n"
    source = templates.write(tmp_path / "house", {}, {"a.txt": text}, {"hooks/post_gen_project.py": hook})
    # a quarter of what is allowed is reached long before the bound on processor time
    house._monkeypatch.setattr(
        process, "RENDERING", replace(process.RENDERING, memory_bytes=256 * process.MIB)
    )
    assert failed(house, source, *args)["message"] == message


def test_a_gigabyte_is_not_read(house: House, tmp_path: Path) -> None:
    source = templates.write(tmp_path / "house", {}, {"a.txt": "a"})
    with (source / templates.PROJECT / "big.bin").open("wb") as file:
        file.truncate(10**9)
    message = failed(house, source)["message"]
    assert message == f"the template is too large, at `{templates.PROJECT}/big.bin`"


def test_many_large_files_are_not_written(house: House, tmp_path: Path) -> None:
    hook = "for n in range(10**6):\n    with open(str(n), 'wb') as out:\n        out.write(bytes(1000000))\n"
    source = templates.write(tmp_path / "house", {}, {"a.txt": "a"}, {"hooks/post_gen_project.py": hook})
    house._monkeypatch.setattr(process, "TRUSTED", replace(process.TRUSTED, total_bytes=10_000_000))
    message = failed(house, source, "--trust")["message"]
    assert message == "the template takes more than 9 MiB of files"


@pytest.mark.parametrize("name", ['Say "hi"', "back\\slash", "two\nlines"])
def test_wrong_json_is_refused_and_jsonify_makes_it_right(name: str, house: House, tmp_path: Path) -> None:
    source = templates.write(
        tmp_path / "house", {"who": "x"}, {"a.json": '{"who": "{{ cookiecutter.who }}"}'}
    )
    error = error_of(house.new(source, "--json", answers={"who": name}))
    assert error["message"] == "the template makes wrong JSON of these answers"
    assert error["details"][0].startswith("a.json:1:")
    assert house.nothing_is_left()
    (source / templates.PROJECT / "a.json").write_text('{"who": {{ cookiecutter.who | jsonify }}}')
    assert house.new(source, answers={"who": name}).code == 0
    assert json.loads(house.laid()["a.json"]) == {"who": name}


def test_json_with_comments_that_no_answer_is_in_is_the_templates_business(
    house: House, tmp_path: Path
) -> None:
    source = templates.write(
        tmp_path / "house", {}, {"a.json": "{ // none\n", "b.json": '{"a": 1, // one\n}'}
    )
    assert house.new(source).code == 0
    assert house.laid()["a.json"] == b"{ // none\n"


MISTAKES = {
    "undefined": ({"a.txt": "{{ cookiecutter.nothing }}"}, {}, (
        "the template uses a variable that is not there: Unable to create file 'a.txt':"
        " 'dict object' has no attribute 'nothing'"
    )),
    "undefined-default": ({"a.txt": "a"}, {"who": "{{ cookiecutter.nothing }}"}, (
        "the default of `who` in cookiecutter.json: 'dict object' has no attribute 'nothing'"
    )),
    "syntax": ({"a.txt": "a\n{% if %}"}, {}, (
        "the template has a mistake: a.txt:2: Expected an expression, got 'end of statement block'"
    )),
    "no-choices": ({"a.txt": "a"}, {"who": []}, "`who` in cookiecutter.json has no choices"),
    "settings": ({"a.txt": "a"}, {"_jinja2_env_vars": ["x"]}, (
        "`_jinja2_env_vars` in the template's cookiecutter.json must be a map"
    )),
    "no-name": ({"{{ '' }}/a.txt": "a"}, {}, (
        "a folder of the template gets no name, or the name of another"
    )),
    "no-project": (None, {}, "the template has no folder for the project"),
    "odd-path": ({"a:b.txt": "a"}, {}, "some paths cannot be written on every system"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_of_a_template_are_one_message(name: str, house: House, tmp_path: Path) -> None:
    files, variables, message = MISTAKES[name]
    source = templates.write(tmp_path / "house", variables, files or {}, {"docs/a.txt": "a"})
    result = house("new", "demo", "--defaults", "--template", str(source), "--json")
    assert error_of(result)["message"] == message
    assert "Traceback" not in result.out + result.err
    assert house.nothing_is_left()


def test_nothing_of_the_users_home_is_read_or_written(house: House, tmp_path: Path) -> None:
    home = tmp_path / ".home"
    home.mkdir()
    house._monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    (home / ".cookiecutterrc").write_text("default_context: {who: from the home}\n")
    source = templates.write(tmp_path / "house", {"who": "own"}, {"a.txt": "{{ cookiecutter.who }}"})
    zipped = templates.zipped(source, tmp_path / "house.zip")
    assert house("new", "demo", "--defaults", "--template", str(zipped)).code == 0
    assert house.files("demo")["a.txt"] == b"own"
    assert templates.files(home) == {".cookiecutterrc": b"default_context: {who: from the home}\n"}


def test_the_current_folder_stays(house: House, tmp_path: Path) -> None:
    before = Path.cwd()
    house.new(templates.write(tmp_path / "house", {}, {"a.txt": "{{ nothing }}"}))
    assert Path.cwd() == before
