"""What the rules may ask of a script: an outline, not a syntax tree."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple

from scaffold.check.model.places import Place
from scaffold.documents.parse_error import ParseError

MAX_PARSED_BYTES = 5_000_000
"""Larger scripts are not parsed: 20 MB took the parser 12 s and 1.9 GiB."""


class Returns(Enum):
    """What a callback gives back, as far as the source shows."""

    NOTHING = "nothing"
    """No path returns a value."""
    FALSE = "false"
    """Every `return` is a literal false."""
    TRUE = "true"
    """Some path returns a literal true."""
    UNKNOWN = "unknown"
    """A promise, a call, a variable: may be true."""


class CallbackSeen(NamedTuple):
    """One callback the script defines."""

    name: str
    """Dotted for nested ones: `leads.selected`."""
    place: Place
    returns: Returns
    is_function: bool = True
    """False for a literal that the host cannot call, such as `true` or a text."""


class Use(Enum):
    """What a script does that a rule may have something to say about; the place's text is given for each."""

    EVAL = "eval"
    """`eval(...)`, `new Function(...)` or a timer with a text: the function's name."""
    DIALOG = "dialog"
    """`alert`, `confirm`, `prompt`, bare or of window: the function's name."""
    CONSOLE = "console"
    """`console.log(...)`: the method's name."""
    CONSOLE_IN_CATCH = "console-in-catch"
    """The same inside a `catch` block or a rejection handler."""
    SYNC_AJAX = "sync-ajax"
    """`async: false` in an object handed to a call, or `open(..., false)` of a request: the call's name."""
    SCRIPT_TAG = "script-tag"
    """`createElement('script')`, `$.getScript`, `<script` in a text: what was found."""
    SELECTOR = "selector"
    """A literal text handed to `$(...)`, `jQuery(...)`, `.find(...)`, `.on(event, ...)`: the text."""
    TEXT_KEY = "text-key"
    """`self.langs.a.b`: the dotted key."""
    TEXT_READ = "text-read"
    """The same, where nothing asks first whether it is there, in a script that leaves `langs` as it is."""
    HOST_WRITE = "host-write"
    """`APP.x = ...`, `AMOCRM.constant('a', b)`: what is written to."""
    OLD_HOST = "old-host"
    """`AMOCRM.` at all: the member."""
    DEBUGGER = "debugger"
    """The statement."""
    MEMBER = "member"
    """A method called on any object: its name, such as `setSdkCatalogId`, `render_template`."""
    URL = "url"
    """A literal text that begins with http:// or https://: the text."""
    ENTITY = "entity"
    """`APP.getBaseEntity()` compared with a literal text: the text."""
    PAGE_REPLACED = "page-replaced"
    """`$('body').html(...)`, `document.body.innerHTML = ...`: what is called or written to."""
    LIBRARY_TAKEN = "library-taken"
    """`window.$ = ...`, `$.noConflict()`: the same."""
    OWN_MACHINE_POST = "own-machine-post"
    """`crm_post` to an address of one's own machine or network: the address."""
    SECRET_FIELD = "secret-field"  # noqa: S105 - a kind of use
    """`params.fields.token = ...`: what is written to."""
    UNSET_LIST = "unset-list"
    """`setSdkCatalogId` with the number 0: what it is given."""
    EARLY_CONTAINER = "early-container"
    """The container of a page, asked for in `render`: the selector."""
    LITERAL_CODE = "literal-code"
    """A literal with a widget's code in an id or address of the platform: the id or address."""
    REQUEST_IN_LOOP = "request-in-loop"
    """`$.ajax`, `crm_post`, `$authorizedAjax`, `fetch` inside a loop statement: the call's name."""


class Define(NamedTuple):
    """One call of `define`."""

    place: Place
    dependencies: tuple[Place, ...] = ()
    """Module names, each with its place; of `'./a.js?' + Date.now()` what is before the `?`."""
    literal: bool = True
    """Whether the name of every dependency can be determined, so that the list is all there is."""
    name: str = ""
    """Of a named module."""
    returns_constructor: bool | None = None
    """Whether the factory gives back a function or class; None where it cannot be determined."""


class Unknown(NamedTuple):
    """A name that is used and declared nowhere."""

    place: Place
    """Where it is used, first where that is certain; its text is the name."""
    certain: bool
    """Whether that is reached at load, or in render, init or bind_actions, on every way."""
    uses: int
    """How often it is used, as far as was counted."""


class Names(NamedTuple):
    """The names of a script that are not its own."""

    unknown: tuple[Unknown, ...] = ()
    """Each once; names that are asked for by `typeof` are left out."""
    assigned: tuple[Place, ...] = ()
    """Where a name that is not declared anywhere is given a value, each once; its text is the name."""
    shared: frozenset[str] = frozenset()
    """Names that the script puts on `window`, so that others may use them."""


class Steps(NamedTuple):
    """What a Salesbot block's steps say, as far as they are literals."""

    shapes: tuple[Place, ...]
    """What is in the list and no step; the text is its first key."""
    handlers: tuple[Place, ...]
    """The name of each handler."""
    exits: tuple[Place, ...]
    """The code of each exit that is taken."""
    gotos: tuple[Place, ...]
    """The number of each step that is gone to."""
    requests: tuple[Place, ...]
    """The address of each `widget_request`, where it stands in the step itself."""
    codes: frozenset[str] | None
    """The exits that are declared; None where they cannot be determined."""
    length: int | None
    """How many steps there are; None where that cannot be determined."""


class TemplateUse(NamedTuple):
    """A template of the archive that a script asks for."""

    place: Place
    path: str
    """Relative to the archive's root: `templates/panel.twig`."""
    groups: Mapping[str, str] = MappingProxyType({})
    """The texts that it is given: the name in the template -> the key of the group or text."""


class Outline(NamedTuple):
    """What could be seen of one script."""

    readable: bool
    """Whether all callbacks are in sight; where not, no rule may claim that one is missing."""
    reason: str = ""
    """Why they are not."""
    parsed: bool = True
    """False for a script that is too large: everything below is empty."""
    errors: tuple[ParseError, ...] = ()
    """Syntax errors, with what was unexpected or missing; the rest is reported as far as it was read."""
    defines: tuple[Define, ...] = ()
    names_define: bool = True
    """Whether the word `define` stands anywhere outside comments, so that the script may call it somehow."""
    callbacks: Mapping[str, CallbackSeen] = MappingProxyType({})
    """By dotted name, in the script's order; of a name given twice the last one."""
    uses: Mapping[Use, tuple[Place, ...]] = MappingProxyType({})
    """Every kind that occurs, in the script's order."""
    names: Names = Names()
    """The names that it does not declare."""
    texts: tuple[Place, ...] = ()
    """Where texts are asked for by `i18n`, also through functions of the script; the text is the key."""
    steps: Steps | None = None
    """Of Salesbot blocks; None without `onSalesbotDesignerSave`."""
    templates: tuple[TemplateUse, ...] = ()
    """Templates that are asked for, also through functions of the script."""

    def used(self, use: Use) -> tuple[Place, ...]:
        """Return the places of one kind of use."""
        return self.uses.get(use, ())

    def calls(self, member: str) -> bool:
        """Return whether a method of this name is called on anything."""
        return any(place.text == member for place in self.used(Use.MEMBER))
