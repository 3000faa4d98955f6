r"""The notation of the rules' examples: edits of the clean widget, one a line, each `PATH ACTION`.

manifest.json {"widget": {"version": null}}    JSON merge patch (RFC 7396) of a file, or a new file
script.js                                      the indented lines are the whole file
script.js inside                               the indented lines go to the end of the constructor
script.js before                               the indented lines go before the first of the file
manifest.json replace                          each indented `- old` becomes the `+ new` below it
i18n/en.json "{}\r\n"                          the file's content as a JSON text
images/logo.png png 64x64                      a picture (png, jpeg, gif); also `png 64x64 truncated`,
                                               `png 64x64 400kB`, `png 64x64 animated`
images/logo.png absent                         no such file
script.js with bom | crlf | latin-1 | minified the file in that form
i18n/pt.json copy i18n/es.json                 the same as another file
* with sms                                     everything that an area, or `tour`, needs: see areas.py
* without profile                              it is not known whether the widget is public
* backend sms.php hook.php                     the endpoints that the project's back end serves
* into folder                                  every file in a folder
../x.js entry | symlink | twice | encrypted | damaged | bomb
                                               an entry of this kind; the widget is read from a zip
"""

import io
import json
import stat
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

from scaffold.check.rules.registry import Context
from scaffold.files.archive import Archive, Collector
from scaffold.files.tree import Tree
from scaffold.files.zips import from_zip
from tests.check.areas import PARTS, Part
from tests.check.clean import clean_widget, dump, gif, jpeg, png

PICTURES = {"png": png, "jpeg": jpeg, "gif": gif}
FORMS: dict[str, Callable[[bytes], bytes]] = {
    "bom": lambda data: b"\xef\xbb\xbf" + data,
    "crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "minified": lambda data: b"".join(line.strip() for line in data.split(b"\n")),
    "latin-1": lambda data: data.decode().encode("latin-1"),
}
WITHOUT_PROFILE = "without profile"
BACKEND = "* backend"
ZIP_KINDS = ("entry", "symlink", "twice", "encrypted", "damaged", "bomb")


def context_after(edits: str, profile: str = "private", platform: str = "kommo") -> Context:
    """Return the context in which the edited widget is checked."""
    served = [line.removeprefix(BACKEND).split() for line in edits.splitlines() if line.startswith(BACKEND)]
    files = frozenset(served[0]) if served else None
    return Context(profile, platform, f"* {WITHOUT_PROFILE}" not in edits, files)


def edited(edits: str) -> Archive:
    """Return the clean widget after `edits`, read as the checker reads it."""
    files = dict(clean_widget())
    entries: list[tuple[str, str]] = []
    for path, action, body in _split(edits):
        if action in ZIP_KINDS:
            entries.append((path, action))
        elif path == "*" and (action == WITHOUT_PROFILE or action.startswith("backend")):
            continue
        elif path == "*" and action.startswith("with "):
            files = _with_part(files, PARTS[action.removeprefix("with ")])
        elif path == "*":
            files = {f"{action.removeprefix('into ')}/{name}": data for name, data in files.items()}
        elif action.startswith("copy "):
            files[path] = files[action.removeprefix("copy ")]
        elif action == "absent":
            del files[path]
        else:
            files[path] = _edit(files.get(path, b""), action, body)
    if entries:
        return from_zip(io.BytesIO(_zip(files, entries)))
    found = Collector(keeps_private=False)
    for path, data in files.items():
        if found.wants(path):
            found.add(path, data)
    return found.archive()


def _split(edits: str) -> Iterator[tuple[str, str, str]]:
    """Yield path, action and indented body of each edit."""
    blocks: list[list[str]] = []
    for line in edits.splitlines():
        if line[:1].strip():
            blocks.append([line])
        else:
            blocks[-1].append(line[4:])
    for head, *body in blocks:
        path, _, action = head.partition(" ")
        yield path, action, "\n".join([*body, ""]) if body else ""


def _edit(data: bytes, action: str, body: str) -> bytes:
    text = data.decode(errors="replace")
    word, _, rest = action.partition(" ")
    if not action:
        return body.encode()
    if action == "merge" or action.startswith("{"):
        return dump(_merge(json.loads(text or "{}"), json.loads(body or action)))
    if action.startswith('"'):
        return str(json.loads(action)).encode()
    if action == "inside":
        return text.replace("    return this;\n", f"{body}    return this;\n").encode()
    if action == "before":
        return (body + text).encode()
    if action == "replace":
        return _replace(text, body.splitlines()).encode()
    if word == "with":
        return FORMS[rest](data)
    if word in PICTURES:
        return _picture(word, *rest.split())
    raise ValueError(f"no such edit: {action}")


def _with_part(files: dict[str, bytes], part: Part) -> dict[str, bytes]:
    manifest = _merge(json.loads(files["manifest.json"]), part.manifest)
    manifest["locations"] += part.locations
    texts = {
        path: dump(_merge(json.loads(data), part.texts))
        for path, data in files.items()
        if path.startswith("i18n/")
    }
    script = _edit(files["script.js"], "inside", part.script)
    return {**files, **texts, **part.files, "manifest.json": dump(manifest), "script.js": script}


def _replace(text: str, lines: list[str]) -> str:
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        assert old.startswith("- ")
        assert new.startswith("+ ")
        assert old[2:] in text, old
        text = text.replace(old[2:], new[2:], 1)
    return text


def _picture(kind: str, size: str, form: str = "") -> bytes:
    width, height = size.split("x")
    data: bytes = PICTURES[kind](int(width), int(height))
    if form == "truncated":
        return data[:-8]
    if form == "animated":
        head = data.index(b"IDAT") - 4
        return data[:head] + b"\0\0\0\x08acTL" + bytes(12) + data[head:]
    return data + b"\0" * (int(form.removesuffix("kB") or 0) * 1000)


def _merge(target: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = _merge(merged.get(key), value)
    return merged


def _zip(files: dict[str, bytes], entries: list[tuple[str, str]]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in Tree(files).items():
            archive.writestr(path, data)
        for path, kind in entries:
            entry = zipfile.ZipInfo(path)
            entry.create_system = 3
            entry.external_attr = (stat.S_IFLNK if kind == "symlink" else stat.S_IFREG) << 16
            archive.writestr(entry, b"\0" * 10_000_000 if kind == "bomb" else b"x", zipfile.ZIP_DEFLATED)
            if kind == "twice":
                archive.writestr(path[:-1] + "#", b"y")
    data = target.getvalue()
    for path, kind in entries:
        if kind == "twice":
            data = data.replace(f"{path[:-1]}#".encode(), path.encode())
        if kind == "encrypted":
            data = _flag(data, path.encode())
        if kind == "damaged":
            data = data.replace(path.encode() + b"\xab\0\0", path.encode() + b"\xff\xff\xff", 1)
    return data


def _flag(data: bytes, name: bytes) -> bytes:
    """Set the encryption bit in the directory's record of `name`."""
    at = data.rindex(name) - 46 + 8
    return data[:at] + bytes([data[at] | 1]) + data[at + 1 :]
