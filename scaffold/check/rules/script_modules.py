"""S106 to S109 and S143: the modules that the scripts load."""

import re
from collections.abc import Iterable, Iterator
from posixpath import dirname, relpath

from scaffold.check.findings import Severity
from scaffold.check.model.hosts import is_local
from scaffold.check.model.widget import SCRIPT, Widget
from scaffold.check.rules.file_lookup import is_missing, namesakes
from scaffold.check.rules.loading import loaded_scripts, required_files
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.script_module import in_script, outline
from scaffold.check.rules.urls import module_host
from scaffold.kommo import marketplace
from scaffold.kommo.limits import MODULES
from scaffold.text import nearest

_PATH = re.compile(rb"[\"'`]([^\"'`?\n]{1,300})(?=[\"'`?])")
"""A string that may be the path of a file."""


@rule("S109", "module-syntax-error", Severity.ERROR)
def module_syntax_error(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Syntax error in a module.

    What:
        A script of the archive that script.js or one of its modules loads or names cannot be parsed.
    Why:
        RequireJS gets nothing from it and does not run what depends on it, so the widget does not work
        anywhere.
    Source:
        https://developers.kommo.com/docs/script-js
    Bad:
        lib/score.js
            define([], function () { return { score: 1,, limit: 2 }; });
        script.js
            define(['jquery', './lib/score'], function ($) {
    Good:
        lib/score.js
            define([], function () { return { score: 1, limit: 2 }; });
        script.js
            define(['jquery', './lib/score'], function ($) {
    """
    scripts = loaded_scripts(widget)
    named = _named(widget.tree[path] for path in scripts)
    for path in widget.tree:
        if path == SCRIPT or not path.endswith(".js"):
            continue
        if path in scripts or path.removesuffix(".js").encode() in named:
            seen = widget.outline(path)
            for error in seen.errors if seen else ():
                yield Problem(path, error.message, "fix the script here", error)


def _named(texts: Iterable[bytes]) -> set[bytes]:
    """Return every path, without `.js`, that a string in the scripts ends with."""
    found: set[bytes] = set()
    for text in texts:
        for match in _PATH.finditer(text):
            parts = match[1].removesuffix(b".js").split(b"/")
            found |= {b"/".join(parts[at:]) for at in range(len(parts))}
    return found


@rule("S106", "missing-module", Severity.ERROR)
def missing_module(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing module file.

    What:
        `define` in script.js, or in a module that it loads, names `./name`, but the archive has no name.js;
        or `text!./panel.html` or `json!./rules.json` without that file. Files that do not belong in the
        archive, such as node_modules, do not count.
    Why:
        RequireJS runs the script only once all modules are loaded, so the widget does not work anywhere.
    Source:
        https://developers.kommo.com/docs/script-js
        https://www.amocrm.ru/developers/content/integrations/script_js
    Bad:
        script.js
            define(['jquery', './lib/score'], function ($) {
        lib/score.js: no such file
    Good:
        script.js
            define(['jquery', './lib/score'], function ($) {
        lib/score.js
            define([], function () { return { score: 1 }; });
    """
    for path in loaded_scripts(widget):
        for module, file in required_files(widget, path):
            if is_missing(widget, file):
                other = next(namesakes(widget, file), "")
                hint = (
                    f"load `{_relative(other, path)}`" if other else f"add {file}, or delete it from the list"
                )
                message = f"`{module.text}` is not in the archive"
                yield Problem(path, message, hint, module)


def _relative(file: str, script: str) -> str:
    found = relpath(file, dirname(script) or ".")
    return found if found.startswith("../") else f"./{found}"


@rule("S143", "unknown-module", Severity.WARNING)
def unknown_module(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unknown module.

    What:
        `define` names a module with a single word, such as `lodash`, that the CRM does not have, and no
        script of the archive defines it or configures the loader for it.
    Why:
        The loader looks for it on the CRM's server, does not find it, and does not run what depends on it.
    Source:
        https://developers.kommo.com/docs/modules
        https://www.amocrm.ru/developers/content/web_sdk/system_modules
    Bad:
        script.js
            define(['jquery', 'lodash'], function ($) {
    Good:
        script.js
            define(['jquery', 'underscore'], function ($) {
    """
    for path in loaded_scripts(widget):
        seen = widget.outline(path)
        for define in seen.defines if seen else ():
            for module in define.dependencies:
                name = module.text
                if not re.fullmatch(r"[\w-]+", name) or name in MODULES or _is_configured(widget, name):
                    continue
                close = nearest(name, MODULES, 0.75)
                hint = f"did you mean `{close}`?" if close else f"add {name}.js, and load it as `./{name}`"
                message = f"the CRM has no module `{name}`"
                yield Problem(path, message, hint, module)


def _is_configured(widget: Widget, name: str) -> bool:
    """Return whether a script of the archive defines a module of that name, or configures its path."""
    word = re.escape(name.encode())
    pattern = re.compile(rb"define\s*\(\s*[\"']" + word + rb"[\"']|[\"']?" + word + rb"[\"']?\s*:\s*[\"'`(]")
    return any(pattern.search(data) for path, data in widget.tree.items() if path.endswith(".js"))


@rule("S107", "remote-module", Severity.WARNING)
def remote_module(widget: Widget, context: Context) -> Iterator[Problem]:
    """Module loaded from another host.

    What:
        `define` loads a module by its URL. On Kommo the large public library hosts are allowed: Google's,
        Microsoft's and jQuery's. S108 reports the hosts that need a review.
    Why:
        The widget stops working whenever that host is down, and localhost works on one machine only; the
        marketplace requires the code in the archive.
    Source:
        https://developers.kommo.com/docs/getting-listed
        https://www.amocrm.ru/developers/content/integrations/requirements
    Bad:
        script.js
            define(['jquery', 'https://cdn.acme-help.test/score.js'], function ($) {
    Good:
        script.js
            define(['jquery', 'underscore'], function ($) {
    """
    allowed = marketplace.CDN_HOSTS[context.platform] + marketplace.CDN_HOSTS_REVIEWED[context.platform]
    for define in outline(widget).defines:
        for module in define.dependencies:
            host = module_host(module.text)
            if is_local(host):
                yield in_script(
                    module,
                    f"`{module.text}` is on a local machine",
                    "add the module to the archive, and load it as `./name`",
                )
            elif host and host not in allowed:
                yield in_script(
                    module,
                    f"`{module.text}` comes from another host",
                    "add the module to the archive, and load it as `./name`",
                )


@rule("S108", "reviewed-library", {"public": Severity.INFO}, platforms=("kommo",))
def reviewed_library(widget: Widget, context: Context) -> Iterator[Problem]:
    """Library host needs a separate review.

    What:
        `define` loads a module from a public library host other than Google's, Microsoft's or jQuery's.
    Why:
        It may be used, but the marketplace reviews each such library.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        script.js
            define(['jquery', 'https://cdnjs.cloudflare.com/ajax/libs/dayjs/1.11.10/dayjs.min.js'], fu...
    Good:
        script.js
            define(['jquery', 'https://ajax.googleapis.com/ajax/libs/threejs/r84/three.min.js'], funct...
    """
    for define in outline(widget).defines:
        for module in define.dependencies:
            host = module_host(module.text)
            if host in marketplace.CDN_HOSTS_REVIEWED[context.platform]:
                message = f"libraries from `{host}` need a separate review"
                yield in_script(module, message, "mention it in the review, or add the file to the archive")
