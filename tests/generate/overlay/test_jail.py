"""Code of a template in the enclosed child process may change its own folders and nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = str(Path(__file__).parents[3])

ENCLOSED = """
import os, shutil, sys
sys.path.insert(0, {root!r})
from scaffold.generate.overlay.jail import Forbidden, enclose
enclose([{inside!r}], programs=False)
try:
    {code}
except Forbidden as error:
    print(error)
"""

CHANGES = {
    "open": "open(f, 'w')",
    "append": "open(f, 'a')",
    "mkdir": "os.mkdir(new)",
    "rmdir": "os.rmdir(d)",
    "remove": "os.remove(f)",
    "chmod": "os.chmod(f, 0o600)",
    "chown": "os.chown(f, -1, -1)",
    "utime": "os.utime(f)",
    "truncate": "os.truncate(f, 0)",
    "rename": "os.rename(f, new)",
    "link": "os.link(f, new)",
    "symlink": "os.symlink(f, new)",
    "rmtree": "shutil.rmtree(d)",
}
ACROSS = {
    "rename": "os.rename({inside}, {outside})",
    "rename back": "os.rename({outside}, {inside})",
    "link": "os.link({inside}, {outside})",
    "link back": "os.link({outside}, {inside})",
    "symlink": "os.symlink({inside}, {outside})",
    "symlink back": "os.symlink({outside}, {inside})",
}


def refusal(folder: Path, code: str) -> str:
    """Run `code` enclosed in `folder`; return the message that refused it, or nothing."""
    script = ENCLOSED.format(root=ROOT, inside=str(folder), code=code)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return done.stdout


def filled(folder: Path) -> Path:
    (folder / "d").mkdir(parents=True)
    (folder / "f").write_text("kept")
    return folder


def on(folder: Path, change: str) -> str:
    return f"f, d, new = {[str(folder / name) for name in ('f', 'd', 'new')]}; {change}"


@pytest.mark.parametrize("name", CHANGES)
def test_everything_inside_may_be_changed(name: str, tmp_path: Path) -> None:
    inside = filled(tmp_path / "inside")
    assert refusal(inside, on(inside, CHANGES[name])) == ""


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_outside_may_be_changed(name: str, tmp_path: Path) -> None:
    inside, outside = filled(tmp_path / "inside"), filled(tmp_path / "inside2")
    assert refusal(inside, on(outside, CHANGES[name])).startswith("writes outside of the project: `")
    assert sorted(path.name for path in outside.iterdir()) == ["d", "f"]
    assert (outside / "f").read_text() == "kept"


@pytest.mark.parametrize("name", ACROSS)
def test_nothing_can_be_moved_or_linked_across(name: str, tmp_path: Path) -> None:
    inside, outside = filled(tmp_path / "inside"), filled(tmp_path / "outside")
    is_back = name.endswith("back")
    paths = {"inside": inside / ("new" if is_back else "f"), "outside": outside / ("f" if is_back else "new")}
    code = ACROSS[name].format(**{key: repr(str(path)) for key, path in paths.items()})
    assert refusal(inside, code) == f"writes outside of the project: `{paths['outside']}`\n"
    assert [p.name for folder in (inside, outside) for p in sorted(folder.iterdir())] == ["d", "f"] * 2


@pytest.mark.parametrize("code", ["os.system('true')", "import subprocess; subprocess.run(['true'])"])
def test_no_program_can_be_started(code: str, tmp_path: Path) -> None:
    assert refusal(tmp_path, code) == "starts a program or calls a server, which only trusted code may do\n"
