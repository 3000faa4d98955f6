"""S15x: Twig templates and the style sheet."""

import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.file_lookup import is_missing, namesakes
from scaffold.check.rules.loading import loaded_scripts
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.wording import and_more
from scaffold.text import nearest

_SAFE_FILTER = re.compile(
    r"\|\s*(?:e|escape|raw|url_encode|json_encode|length|number_format|date|round|abs|nl2br|keys|first_letter)\b"
)
_PLAIN = re.compile(
    r"(?!(?:true|false|null|none|not|loop\b))[A-Za-z_]\w*(?:\s*\.\s*\w+|\s*\[[^\]]*\])*(?:\s*\|.*)?",
    re.DOTALL,
)


@rule("S150", "missing-template", Severity.WARNING)
def missing_template(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing template file.

    What:
        The script uses the path of a `.twig` file that does not exist, directly or through a function of its
        own, such as `draw('panel')`. Each file is reported once.
    Why:
        The template is not loaded, and what it draws never appears.
    Source:
        https://developers.kommo.com/docs/script-js
        https://www.amocrm.ru/developers/content/web_sdk/mechanics
    Bad:
        script.js
            self.render({ href: '/templates/panel.twig', base_path: self.params.path });
        templates/panel.twig: no such file
    Good:
        script.js
            self.render({ href: '/templates/panel.twig', base_path: self.params.path });
        templates/panel.twig
            <p>{{ name|e }}</p>
    """
    reported: set[str] = set()
    for path in loaded_scripts(widget):
        seen = widget.outline(path)
        for use in seen.templates if seen else ():
            if use.path in reported or not is_missing(widget, use.path):
                continue
            reported.add(use.path)
            other = next(namesakes(widget, use.path), "") or _near(widget, use.path)
            hint = f"did you mean `{other}`?" if other else f"add {use.path}"
            message = f"the template `{use.path}` is not in the archive"
            yield Problem(path, message, hint, use.place)


def _near(widget: Widget, path: str) -> str:
    """Return the template whose path is most like `path`, or nothing."""
    return nearest(path, [other for other in widget.tree if other.endswith(".twig")][:200], 0.75)


@rule("S151", "broken-template", Severity.WARNING)
def broken_template(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Syntax error in a template.

    What:
        A `.twig` file in which `{{`, `{%` or `{#` is not closed, or a block such as `{% if %}` has no end, or
        an end has no beginning.
    Why:
        The template engine fails, and nothing of the template appears.
    Source:
        https://developers.kommo.com/docs/script-js
        https://twig.symfony.com/doc/3.x/templates.html
    Bad:
        templates/panel.twig
            <p>{{ name }</p>
    Good:
        templates/panel.twig
            <p>{{ name|e }}</p>
    """
    for path in widget.tree:
        twig = widget.twig(path) if path.endswith(".twig") else None
        for error in twig.errors[:1] if twig else ():
            yield Problem(path, error.message, "fix the template here", error)


@rule("S152", "unescaped-output", Severity.INFO, requires=("S151",))
def unescaped_output(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unescaped output in a template.

    What:
        `{{ name }}` without `|e`, or without `|raw` if markup is intended. Reported once per widget, with a
        count.
    Why:
        The CRM's engine does not escape anything itself: a `<` in a lead's name breaks the page, and another
        person's text can run code in it.
    Source:
        https://twig.symfony.com/doc/3.x/filters/escape.html
        https://www.amocrm.ru/developers/content/web_sdk/mechanics
    Bad:
        templates/panel.twig
            <p>{{ lead.name }}</p>
    Good:
        templates/panel.twig
            <p>{{ lead.name|e }}</p>
    """
    twigs = ((path, widget.twig(path)) for path in widget.tree if path.endswith(".twig"))
    bare = [
        (path, each)
        for path, twig in twigs
        for each in (twig.expressions if twig else ())
        if each.is_output and _is_bare(each.text)
    ]
    if bare:
        path, first = bare[0]
        message = f"`{{{{ {first.text} }}}}` is not escaped{and_more(len(bare))}"
        yield Problem(path, message, "append `|e`", first.place)


def _is_bare(expression: str) -> bool:
    return bool(_PLAIN.fullmatch(expression)) and not _SAFE_FILTER.search(expression)


@rule("S153", "unlinked-style", Severity.INFO)
def unlinked_style(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Unlinked style sheet.

    What:
        style.css exists, but no script or template mentions it.
    Why:
        The CRM does not load it by itself: the script adds a `<link>` to the page.
    Source:
        https://developers.kommo.com/docs/style-css
    Bad:
        script.js
            destroy: function () { $('link[href*="/panel"]').remove(); },
        style.css
            .acme-panel { color: inherit; }
    Good:
        script.js
            destroy: function () { $('link[href*="/style.css"]').remove(); },
        style.css
            .acme-panel { color: inherit; }
    """
    if "style.css" not in widget.tree or "script.js" not in widget.tree:
        return
    texts = (data for path, data in widget.tree.items() if path.endswith((".js", ".twig", ".html", ".php")))
    if not any(b"style" in data and b".css" in data for data in texts):
        yield Problem("style.css", "nothing links the style sheet", "add a <link> to it in the script")
