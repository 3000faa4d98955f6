"""What the rules may ask about a script: an outline instead of a syntax tree."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from scaffold.check.model.places import Place
from scaffold.documents.parse_error import ParseError

MAX_PARSED_BYTES = 5_000_000
"""Larger scripts are not parsed: 20 MB took the parser 12 s and 1.9 GiB."""


class Returns(Enum):
    """What a callback returns, as far as the source shows."""

    NOTHING = "nothing"
    """No path returns a value."""
    FALSE = "false"
    """Every `return` is a literal false."""
    TRUE = "true"
    """Some path returns a literal true."""
    UNKNOWN = "unknown"
    """A promise, a call, a variable: possibly true."""


class CallbackSeen(NamedTuple):
    """One callback that the script defines."""

    name: str
    """Dotted if nested: `leads.selected`."""
    place: Place
    returns: Returns
    is_function: bool = True
    """False for a literal that cannot be called, such as `true` or a string."""


class Use(Enum):
    """Something in a script that a rule may report.

    Each member says what is found and, after the colon, what the text of its place is.
    """

    EVAL = "eval"
    """`eval(...)`, `new Function(...)` or a timer with a string: the function's name."""
    EVAL_IN_LIBRARY = "eval-in-library"
    """The same in a library that is bundled with the script."""
    DIALOG = "dialog"
    """`alert`, `confirm` or `prompt`, also of `window`: the function's name."""
    CONSOLE = "console"
    """`console.log(...)`: the method's name."""
    CONSOLE_IN_CATCH = "console-in-catch"
    """`console.log(...)` inside a `catch` block or a rejection handler: the method's name."""
    SYNC_AJAX = "sync-ajax"
    """`async: false` in an argument, or `open(..., false)` of a request: the called function's name."""
    SCRIPT_TAG = "script-tag"
    """`createElement('script')`, `$.getScript`, or `<script` in a string: what was found."""
    SELECTOR = "selector"
    """A string passed to `$(...)`, `jQuery(...)`, `.find(...)`, `.on(event, ...)`: the string."""
    TEXT_KEY = "text-key"
    """`self.langs.a.b`: the dotted key."""
    TEXT_READ = "text-read"
    """The same, if the script neither tests whether the text exists nor changes `langs`."""
    HOST_WRITE = "host-write"
    """`APP.x = ...`, `AMOCRM.constant('a', b)`: what is changed."""
    OLD_HOST = "old-host"
    """Any use of `AMOCRM`: the member access."""
    DEBUGGER = "debugger"
    """The statement."""
    MEMBER = "member"
    """A method called on any object: its name, such as `render_template`. Each name once."""
    URL = "url"
    """A string that begins with http:// or https://: the URL."""
    ENTITY = "entity"
    """`APP.getBaseEntity()` compared with a string: the string."""
    PAGE_REPLACED = "page-replaced"
    """`$('body').html(...)`, `document.body.innerHTML = ...`: what is called or assigned."""
    LIBRARY_TAKEN = "library-taken"
    """`window.$ = ...`, `$.noConflict()`: what is called or assigned."""
    OWN_MACHINE_POST = "own-machine-post"
    """`crm_post` to a local or private address: the URL."""
    SECRET_FIELD = "secret-field"  # noqa: S105 - a kind of use
    """`params.fields.token = ...`: what is assigned."""
    UNSET_LIST = "unset-list"
    """`setSdkCatalogId` with the number 0: its argument."""
    EARLY_CONTAINER = "early-container"
    """The container of a page, looked up in `render`: the selector."""
    LITERAL_CODE = "literal-code"
    """A string with a fixed widget code in an id or URL of the platform: the id or URL."""
    REQUEST_IN_LOOP = "request-in-loop"
    """`$.ajax`, `crm_post`, `$authorizedAjax` or `fetch` in a loop: the called function's name."""


class Define(NamedTuple):
    """One call of `define`."""

    place: Place
    dependencies: tuple[Place, ...] = ()
    """The module names; for `'./a.js?' + Date.now()` the part before the `?`."""
    literal: bool = True
    """Whether the names of all dependencies are known, so that the list is complete."""
    name: str = ""
    """The module's own name, if it has one."""
    returns_constructor: bool | None = None
    """Whether the factory returns a function or class; None if that is unknown."""


class Unknown(NamedTuple):
    """A name that is used and declared nowhere."""

    place: Place
    """The first use that always runs, else the first use; the text is the name."""
    certain: bool
    """Whether the use always runs: at load, or in render, init or bind_actions."""
    uses: int
    """The number of uses, up to a limit."""


class Names(NamedTuple):
    """The names of a script that it does not declare, or shares."""

    unknown: tuple[Unknown, ...] = ()
    """Each once; names that the script tests with `typeof` are left out."""
    assigned: tuple[Place, ...] = ()
    """The first assignment to each undeclared name; the text is the name."""
    shared: frozenset[str] = frozenset()
    """Names that other scripts can use: top-level declarations and members set on `window`."""


class Steps(NamedTuple):
    """The steps of Salesbot blocks, as far as they are literals."""

    shapes: tuple[Place, ...]
    """Objects in the list that are not steps; the text is their first key."""
    handlers: tuple[Place, ...]
    """The handlers; the text is the name."""
    exits: tuple[Place, ...]
    """The exits that handlers take; the text is the code."""
    gotos: tuple[Place, ...]
    """The `goto` handlers' targets; the text is the number of the step."""
    requests: tuple[Place, ...]
    """The URLs of `widget_request` handlers that are literals in the step itself."""
    codes: frozenset[str] | None
    """The codes of the declared exits; None if they are unknown."""
    length: int | None
    """The number of steps; None if it is unknown."""


class TemplateUse(NamedTuple):
    """A template of the archive that a script loads."""

    place: Place
    path: str
    """Relative to the archive's root: `templates/panel.twig`."""
    groups: Mapping[str, str] = MappingProxyType({})
    """The texts passed to it: the name in the template -> the key of the group or text."""


class Outline(NamedTuple):
    """What is known about one script."""

    readable: bool
    """Whether all callbacks are known; if not, no rule may report one as missing."""
    reason: str = ""
    """Why they are not known."""
    parsed: bool = True
    """False if the script was not parsed: it is too large or has thousands of unbalanced brackets."""
    errors: tuple[ParseError, ...] = ()
    """The first syntax error, if there is one; the rest of the outline is what could be read all the same."""
    defines: tuple[Define, ...] = ()
    names_define: bool = True
    """Whether the word `define` occurs outside comments, so that the script may call it somehow."""
    callbacks: Mapping[str, CallbackSeen] = MappingProxyType({})
    """By dotted name; if a name is defined twice, the last one."""
    uses: Mapping[Use, tuple[Place, ...]] = MappingProxyType({})
    """The places of every use that occurs, in source order."""
    names: Names = Names()
    """Names it does not declare, or shares with other scripts."""
    texts: tuple[Place, ...] = ()
    """Lookups of texts by `i18n`, also through functions of the script; the text is the key.

    A key that ends in a dot is a group: the rest of it is computed.
    """
    steps: Steps | None = None
    """Of Salesbot blocks; None if the script has no `onSalesbotDesignerSave`."""
    templates: tuple[TemplateUse, ...] = ()
    """Templates that are loaded, also through functions of the script."""

    def used(self, use: Use) -> tuple[Place, ...]:
        """Return the places of one use."""
        return self.uses.get(use, ())

    def calls(self, member: str) -> bool:
        """Return whether a method of this name is called on anything."""
        return any(place.text == member for place in self.used(Use.MEMBER))
