"""P114 to P117: what the marketplace requires of every text; `public_names` has the rules of single ones."""

import re
from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.texts import Texts
from scaffold.check.model.widget import Widget
from scaffold.check.rules.public_names import TAG
from scaffold.check.rules.registry import Context, Problem, rule
from scaffold.check.rules.text_lookup import at_text, declared_texts
from scaffold.kommo import marketplace

_PUBLIC = {"public": Severity.WARNING}

# Patterns are strings, compiled on use: most widgets are private.
# Their quantifiers are possessive, so that they take linear time.
_LINK = r"(?i)<a\b[^<>]*+>"
_SCRIPT = r"(?i)<script\b"
_ADDRESS = r"(?i)(?:https?://|www\.|mailto:)[^\s<>\"']++|(?<![\w.-])[\w.-]++@[\w.-]++"
_DOMAIN = r"(?<![\w.-])[\w-]++(?:\.[\w-]++)++(?!\()"
"""Words with dots between them; `_unless_domain` decides whether they may be a domain."""
_BRAND = r"(?i)\b(kommo|amo[ -]?crm)\b"
_RIGHT = {brand.lower(): brand for brand in marketplace.BRANDS}


def _leaves(widget: Widget) -> Iterator[tuple[Texts, str, str]]:
    """Yield file, key and text of every text of the declared locales."""
    for texts in declared_texts(widget):
        for key, node in texts.leaves.items():
            if isinstance(node.value, str):
                yield texts, key, node.value


def _unless_domain(found: re.Match[str]) -> str:
    """Return nothing for words that may be a domain, and others unchanged."""
    last = found[0].rpartition(".")[2]
    return "" if last.isascii() and last.isalpha() and len(last) > 1 else found[0]


@rule("P114", "brand-spelling", _PUBLIC, requires=("M101",))
def brand_spelling(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Misspelt vendor name.

    What:
        A text contains `kommo`, `KOMMO`, `AmoCRM` and the like, other than in a URL or an email address. The
        correct forms are `Kommo` and `amoCRM`. The widget's name is left to P113.
    Why:
        The marketplace requires the correct spelling.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        i18n/en.json
            "description": "Scores every lead of your KOMMO account."
    Good:
        i18n/en.json
            "description": "Scores every lead of your Kommo account: see kommo.com"
    """
    name_key = widget.manifest.value("widget", "name")
    for texts, key, text in _leaves(widget):
        plain = re.sub(_DOMAIN, _unless_domain, re.sub(_ADDRESS, "", re.sub(TAG, " ", text)))
        wrong = [found[0] for found in re.finditer(_BRAND, plain) if found[0] not in marketplace.BRANDS]
        if wrong and key != name_key:
            right = _RIGHT[re.sub(r"[ -]", "", wrong[0].lower())]
            yield at_text(texts, key, f"`{wrong[0]}` is misspelt", f"write `{right}`")


@rule("P115", "link-attributes", _PUBLIC, requires=("M101",))
def link_attributes(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing attribute on a link.

    What:
        An `<a>` without `target="_blank"` or without `referrerpolicy="no-referrer"`.
    Why:
        The link would open in place of the CRM, and tell the other site where the user comes from.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        i18n/en.json
            "description": "<a href='https://acme-help.test' target='_blank'>Scores</a> every lead by ...
    Good:
        i18n/en.json
            "description": "<a href='//acme-help.test' target='_blank' referrerpolicy='no-referrer'>Sc...
    """
    for texts, key, text in _leaves(widget):
        for link in re.findall(_LINK, text):
            missing = [
                f'{name}="{value}"'
                for name, value in marketplace.LINK_ATTRIBUTES.items()
                if not re.search(rf"""\b{name}\s*=\s*["']?{value}\b""", link, re.IGNORECASE)
            ]
            if missing:
                message = f"a link in `{key}` has no {' and no '.join(f'`{m}`' for m in missing)}"
                yield at_text(texts, key, message, "add it to the <a> tag")
                break


@rule("P116", "script-in-text", _PUBLIC, requires=("M101",))
def script_in_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Script in a text.

    What:
        A text of a declared locale contains `<script`.
    Why:
        The marketplace rejects it.
    Source:
        https://developers.kommo.com/docs/getting-listed
    Bad:
        i18n/en.json
            "description": "Scores <script>track()</script> every lead."
    Good:
        i18n/en.json
            "description": "Scores <b>every</b> lead."
    """
    for texts, key, text in _leaves(widget):
        if re.search(_SCRIPT, text):
            yield at_text(texts, key, f"`{key}` contains a script", "delete the <script> tag")


@rule("P117", "ru-domain", _PUBLIC, requires=("M101",), platforms=("amocrm",))
def ru_domain(widget: Widget, _context: Context) -> Iterator[Problem]:
    """.ru domain in a non-Russian text.

    What:
        A text other than a Russian one contains a URL or an email address in the .ru domain.
    Why:
        The marketplace requires links in the reader's language, and rejects .ru outside Russian texts.
    Source:
        https://www.amocrm.ru/developers/content/integrations/requirements
    Bad:
        i18n/en.json
            "description": "Help: acme-help.ru"
    Good:
        i18n/en.json
            "description": "Help: acme-help.test"
    """
    for texts, key, text in _leaves(widget):
        domains = (found[0] for found in re.finditer(_DOMAIN, text))
        domain = next((name for name in domains if name.lower().endswith(".ru")), "")
        if domain and texts.locale != "ru":
            message = f"`{key}` contains the domain `{domain}`"
            yield at_text(texts, key, message, f"link to a page in the language `{texts.locale}`")
