"""Overlay templates: written to disk from a map of files, or baked with plain cookiecutter."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROJECT = "{{cookiecutter.code}}"
"""The name of the project's folder in most templates."""

Files = Mapping[str, str | bytes]


def write(root: Path, variables: Mapping[str, Any], files: Files, beside: Files | None = None) -> Path:
    """Write a template: `files` go into its project folder, `beside` next to that folder."""
    inside = {f"{PROJECT}/{path}": content for path, content in files.items()}
    declared = {"code": "acme_leads", **variables}
    for path, content in {**inside, **(beside or {}), "cookiecutter.json": json.dumps(declared)}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def choices(root: Path) -> Path:
    """Write a template with choices, conditions, dictionaries and private and computed variables."""
    return write(
        root,
        {
            "author": "Jane Roe",
            "slug": "{{ cookiecutter.author | lower | replace(' ', '-') }}",
            "license": ["MIT", "BSD-3", "none"],
            "docker": True,
            "port": 8080,
            "ports": {"{{ cookiecutter.slug }}": {"http": "80", "tls": ["443", "8443"]}},
            "__owner": "{{ cookiecutter.author }} <{{ cookiecutter.slug }}@acme.example>",
            "_copy_without_render": ["*.tmpl", "vendor"],
            "_new_lines": "\n",
            "__prompts__": {"license": {"__prompt__": "Which licence?", "MIT": "The MIT one"}},
        },
        {
            "README.md": (
                "# {{ cookiecutter.code }} by {{ cookiecutter.__owner }}\n"
                "{% if cookiecutter.license != 'none' %}Licence: {{ cookiecutter.license }}{% endif %}\n"
                "{% for name, ports in cookiecutter.ports.items() %}{{ name }} {{ ports | jsonify }}\n"
                "{% endfor %}{{ cookiecutter.slug | slugify }} {{ cookiecutter.port }}\n"
                "{% include 'parts/footer.md' %}\n"
            ),
            "parts/footer.md": "The end of {{ cookiecutter.code }}.\n",
            "{% if cookiecutter.docker %}Dockerfile{% endif %}": "USER {{ cookiecutter.slug }}\n",
            "{% if cookiecutter.license == 'BSD-3' %}LICENSE{% endif %}": "BSD {{ cookiecutter.author }}\n",
            "src/{{ cookiecutter.slug }}/main.js": "var a = '{{ cookiecutter.author }}';",
            "raw/page.tmpl": "{{ not rendered }}\n",
            "vendor/{{ x }}.txt": "{% not rendered %}\n",
            "picture.bin": b"\x00\x01{{ no }}\xff",
            "umlauts.txt": "gr\u00fc\u00dfe {{ cookiecutter.author }} \U0001f600\n",
        },
    )


def hooked(root: Path) -> Path:
    """Write a template whose hooks check an answer, delete a file and write another."""
    check = (
        "import re, sys\n"
        "if not re.fullmatch('[a-z-]+', '{{ cookiecutter.slug }}'):\n"
        "    print('a slug has small letters only')\n"
        "    sys.exit(1)\n"
    )
    finish = (
        "import os\n"
        "print('finishing {{ cookiecutter.slug }}')\n"
        "if not {{ cookiecutter.docs }}:\n"
        "    os.remove('DOCS.md')\n"
        "with open('made.txt', 'w') as out:\n"
        "    out.write('{{ cookiecutter.slug }} ' + os.path.basename(os.path.dirname(os.getcwd())))\n"
    )
    return write(
        root,
        {"slug": "ours", "docs": False},
        {"DOCS.md": "docs of {{ cookiecutter.slug }}\n", "NOTES.md": "{{ cookiecutter.slug }}\n"},
        {"hooks/pre_gen_project.py": check, "hooks/post_gen_project.py": finish},
    )


def zipped(folder: Path, target: Path) -> Path:
    """Pack a template as the large hosts do: one folder at the top, which has its own entry."""
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("ours-1.0.0/", "")
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"ours-1.0.0/{path.relative_to(folder).as_posix()}")
    return target


def git(folder: Path, *args: str) -> str:
    """Run git in `folder` with an author of our own, without this machine's configuration."""
    who = ["-c", "user.name=Jane", "-c", "user.email=jane@acme.example", "-c", "init.defaultBranch=main"]
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", *who, *args], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.strip()


def repository(folder: Path) -> Path:
    """Make the template in `folder` a repository with the tag v1, and v2 with another README."""
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "First")
    git(folder, "tag", "v1")
    (folder / PROJECT / "README.md").write_text("second {{ cookiecutter.code }}\n", encoding="utf-8")
    git(folder, "commit", "--quiet", "--all", "--message", "Second")
    git(folder, "tag", "v2")
    return folder


def baked(source: str, answers: Mapping[str, Any], folder: Path, *options: str) -> dict[str, bytes]:
    """Return the files that plain cookiecutter makes from a template, in a new process and home."""
    home = folder / "home"
    home.mkdir(parents=True)
    config = folder / "answers.json"
    config.write_text(json.dumps({"default_context": dict(answers)}), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "cookiecutter", "--no-input", "--config-file", str(config),
         "--output-dir", str(folder / "out"), source, *options],
        env={**os.environ, "HOME": str(home), "USERPROFILE": str(home)},
        cwd=folder, capture_output=True, check=True,
    )  # fmt: skip
    [project] = (folder / "out").iterdir()
    return files(project)


def files(folder: Path) -> dict[str, bytes]:
    """Return the files below `folder`."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()
    }
