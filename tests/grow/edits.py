"""Edits that people make to a generated widget: each knows what must survive any merge."""

import json
from collections.abc import Callable
from typing import NamedTuple

from scaffold.files.tree import Tree
from scaffold.grow.merge import javascript
from scaffold.grow.merge.pieces import Item, List
from tests import hosting

SCRIPT = "widget/script.js"


class Edited(NamedTuple):
    """A project after an edit."""

    tree: Tree
    path: str
    """The edited file; empty if the project has none of this kind."""
    lost: Callable[[Tree], bool]
    """Returns whether the edit is missing from a merged project."""


def _text(tree: Tree, path: str) -> str:
    return tree.text(path)


def _with(tree: Tree, path: str, text: str, *marks: str) -> Edited:
    def lost(merged: Tree) -> bool:
        held = merged.text(path) if path in merged else ""
        return any(held.count(mark) != text.count(mark) for mark in marks)

    return Edited(tree | {path: text.encode()}, path, lost)


def _lists(items: "list[Item] | tuple[Item, ...]", key: str) -> List:
    """Return the last list in the item called `key`."""
    item = next(item for item in items if item.key == key)
    return [part.held for part in item.parts if part.held][-1]


def factory(text: str) -> List:
    """Return the body of the module's function."""
    source = javascript.read(text)
    assert source
    define = next(item for item in source.root.items if item.key.startswith("call define"))
    return [part.held for part in define.parts if part.held][-1]


def constructor(text: str) -> List:
    """Return the body of the widget's constructor."""
    return _lists([*factory(text).items], "name CustomWidget")


def callbacks(text: str) -> List:
    """Return the object of the callbacks."""
    return _lists([*constructor(text).items], "set callbacks")


def bodies(held: List) -> "list[List]":
    """Return the bodies of the functions in an object, at any depth."""
    found = []
    for item in held.items:
        for part in item.parts:
            if part.held and part.held.kind == "statement_block":
                found.append(part.held)
            elif part.held and part.held.kind == "object":
                found += bodies(part.held)
    return found


def put(text: str, *places: tuple[int, str]) -> str:
    """Return `text` with more text inserted; each place is an offset in bytes."""
    data = text.encode()
    for at, more in sorted(places, reverse=True):
        data = data[:at] + more.encode() + data[at:]
    return data.decode()


def inside_each_callback(tree: Tree) -> Edited:
    text = _text(tree, SCRIPT)
    places = []
    for number, body in enumerate(bodies(callbacks(text))):
        last = body.items[-1].start if body.items else body.close
        places += [
            (body.open, f"\n        void 'began {number}';"),
            (last, f"void 'ended {number}';\n        "),
        ]
    return _with(tree, SCRIPT, put(text, *places), "void 'began ", "void 'ended ")


def a_helper_after_the_last(tree: Tree) -> Edited:
    text = _text(tree, SCRIPT)
    items = constructor(text).items
    at = next(item.start for item in items if item.key == "set callbacks")
    helper = "/** Mine. */\n    const mine = function () {\n      return 'mine';\n    };\n\n    "
    return _with(tree, SCRIPT, put(text, (at, helper)), "const mine = function () {\n      return 'mine';")


def a_callback_after_destroy(tree: Tree) -> Edited:
    text = _text(tree, SCRIPT)
    destroy = next(item for item in callbacks(text).items if item.key == "name destroy")
    mine = "\n\n      mine: function () {\n        return this;\n      },"
    return _with(tree, SCRIPT, put(text, (destroy.stop, mine)), "mine: function () {\n        return this;")


def a_dependency(tree: Tree) -> Edited:
    text = _text(tree, SCRIPT)
    source = javascript.read(text)
    assert source
    define = next(item for item in source.root.items if item.key.startswith("call define"))
    modules, parameters = [part.held for part in define.parts if part.held][:2]
    ends = [held.items[-1].end if held.items else held.open for held in (modules, parameters)]
    comma = ", " if modules.items else ""
    changed = put(text, (ends[0], f"{comma}'underscore'"), (ends[1], f"{comma}mine"))

    def lost(merged: Tree) -> bool:
        again = javascript.read(merged.text(SCRIPT))
        assert again
        call = next(item for item in again.root.items if item.key.startswith("call define"))
        names, params = [[again.text(i.start, i.end) for i in p.held.items] for p in call.parts if p.held][:2]
        pairs = dict(zip(params, names, strict=False))
        return pairs.get("mine") != "'underscore'" or any(
            pairs[source.text(p.start, p.end)] != source.text(m.start, m.end)
            for p, m in zip(parameters.items, modules.items, strict=True)
        )

    return Edited(tree | {SCRIPT: changed.encode()}, SCRIPT, lost)


def a_constant(tree: Tree) -> Edited:
    text = _text(tree, SCRIPT)
    at = factory(text).items[0].stop
    return _with(
        tree, SCRIPT, put(text, (at, "\n\n  const MINE = ['mine', 2];")), "const MINE = ['mine', 2];"
    )


def reindented(tree: Tree) -> Edited:
    text = _text(tree, SCRIPT)
    lines = [
        " " * (2 * (len(line) - len(line.lstrip(" "))) - line.lstrip(" ").startswith("*")) + line.lstrip(" ")
        for line in text.split("\n")
    ]

    def lost(merged: Tree) -> bool:
        margins = [len(line) - len(line.lstrip(" ")) for line in merged.text(SCRIPT).split("\n")]
        bare = [line.lstrip() for line in merged.text(SCRIPT).split("\n")]
        return any(margin % 4 > line.startswith("*") for margin, line in zip(margins, bare, strict=True))

    return Edited(tree | {SCRIPT: "\n".join(lines).encode()}, SCRIPT, lost)


_PRETTY: dict[str, str] = {}


def pretty(texts: "list[str]") -> "list[str]":
    """Return scripts as prettier formats them with its defaults."""
    program = (
        "const { format } = require('prettier');"
        "let text = ''; process.stdin.on('data', (d) => { text += d; }).on('end', async () => {"
        "const all = JSON.parse(text); const done = [];"
        "for (const one of all) done.push(await format(one, { parser: 'babel' }));"
        "process.stdout.write(JSON.stringify(done)); });"
    )
    new = [text for text in dict.fromkeys(texts) if text not in _PRETTY]
    if new:
        done = hosting.node("-e", program, stdin=json.dumps(new))
        assert done.returncode == 0, done.stderr
        _PRETTY.update(zip(new, json.loads(done.stdout), strict=True))
    return [_PRETTY[text] for text in texts]


def formatted_by_prettier(tree: Tree) -> Edited:
    text = _text(tree, SCRIPT)
    [changed] = pretty([text])
    kept = [line for line in changed.split("\n") if '"' in line and "//" not in line and "PANEL" not in line]

    def lost(merged: Tree) -> bool:
        lines = set(merged.text(SCRIPT).split("\n"))
        return sum(line not in lines for line in kept) > len(kept) // 10

    return Edited(tree | {SCRIPT: changed.encode()}, SCRIPT, lost)


def a_key_in_the_manifest(tree: Tree) -> Edited:
    path = "widget/manifest.json"
    document = json.loads(tree[path])
    document["widget"] = {"mine": [1, {"two": 2}], **document["widget"], "version": "1.0.7"}

    def lost(merged: Tree) -> bool:
        block = json.loads(merged[path])["widget"]
        mine = {"mine": [1, {"two": 2}], "version": "1.0.7"}
        return not mine.items() <= block.items() or next(iter(block)) != "mine"

    return Edited(tree | {path: (json.dumps(document, indent=4) + "\n").encode()}, path, lost)


def a_text_in_one_locale(tree: Tree) -> Edited:
    path = "widget/i18n/es.json"
    text = _text(tree, path)
    document = json.loads(text)
    document["widget"] |= {"name": "Mío", "mine": "Texto «mío»"}

    def lost(merged: Tree) -> bool:
        block = json.loads(merged[path])["widget"]
        return bool(block["name"] != "Mío" or block.get("mine") != "Texto «mío»")

    changed = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return Edited(tree | {path: changed.encode()}, path, lost)


def a_rule_in_the_style_sheet(tree: Tree) -> Edited:
    path = "widget/style.css"
    text = f"{tree.text(path)}\n" if path in tree else ""  # otherwise the user adds the sheet
    rule = ".acme_leads-mine {\n  color: red;\n}"
    return _with(tree, path, f"{text}{rule}\n", rule)


def a_paragraph_in_the_readme(tree: Tree) -> Edited:
    sections = _text(tree, "README.md").split("\n## ")
    text = "\n## ".join(f"{section.rstrip()}\n\nMine, number {n}.\n" for n, section in enumerate(sections))
    return _with(tree, "README.md", text, "Mine, number ")


def a_rewritten_handler(tree: Tree) -> Edited:
    found = [path for path in tree if path.endswith(".php") and "handler" in path and "tests" not in path]
    if not found:
        return Edited(tree, "", lambda _: False)
    return _with(tree, found[0], "<?php\n\nfunction mine()\n{\n    return 'mine';\n}\n", "return 'mine';")


EDITS: tuple[Callable[[Tree], Edited], ...] = (
    inside_each_callback,
    a_helper_after_the_last,
    a_callback_after_destroy,
    a_dependency,
    a_constant,
    reindented,
    formatted_by_prettier,
    a_key_in_the_manifest,
    a_text_in_one_locale,
    a_rule_in_the_style_sheet,
    a_paragraph_in_the_readme,
    a_rewritten_handler,
)
