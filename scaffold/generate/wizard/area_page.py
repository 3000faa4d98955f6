"""The question about the areas, and the prompts that follow from its answer."""

from collections.abc import Callable
from typing import Any

from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.question import Question
from scaffold.generate.wizard.listing import Group, Option
from scaffold.generate.wizard.navigation import Back, Step
from scaffold.generate.wizard.terminal import Heading, Terminal
from scaffold.kommo.area import Area
from scaffold.kommo.area import Group as AreaGroup
from scaffold.kommo.areas import AREAS, BY_CODE
from scaffold.kommo.location import Location, parse_location

PANEL = "panel"
"""Key of the step that asks about the right-hand panel."""
PANEL_HEADING = Heading(
    "Which of them use the right-hand panel?",
    "ticked: the widget has a panel on the right; otherwise its script runs without one",
)

_GO_BACK = "go back"
HEADING = Heading("What should it do?", "where in the CRM the widget works")


def tick(terminal: Terminal, question: Question, current: Any, draft: Draft) -> list[str]:
    """Ask for the areas; the ones that stay keep place and suffix, new ones follow in the table's order."""
    options: list[Option | Group] = []
    for group in AreaGroup:
        options.append(Group(group.value))
        options += [Option(area.code, area.title, _gives(area)) for area in AREAS if area.group is group]

    def check(codes: list[str]) -> str:
        return question.fault_of(codes, draft) or ""

    before = {location.area: location for location in map(parse_location, current or ()) if location}

    def located(chosen: list[str]) -> list[str]:
        added = [code for code in chosen if code not in before]
        kept = [str(location) for code, location in before.items() if code in chosen]
        return [*kept, *(_with_panel(code) for code in added)]

    try:
        return located(terminal.tick(HEADING, options, list(before), check))
    except Back as back:
        raise Back(None if back.kept is None else located(back.kept)) from None


def needs(draft: Draft, terminal: Terminal) -> list[Step[Draft]]:
    """Return the prompts for what the chosen areas lack: another area, a public integration."""
    return [
        *(_other_area(area, terminal) for area in _chosen(draft) if _lacks_area(area, draft)),
        *(_public(area, terminal) for area in _chosen(draft) if area.public_only and not _is_public(draft)),
    ]


def wishes(draft: Draft, terminal: Terminal) -> list[Step[Draft]]:
    """Return the prompts that have a default: the installation window, the panel of cards and lists."""
    return [
        *([] if draft.has("settings") else [_settings(terminal)]),
        *([_panel(terminal)] if any(area.suffix for area in _chosen(draft)) else []),
    ]


def panels(draft: Draft) -> str:
    """Return the areas that use the right-hand panel, in words; empty if no chosen area can."""
    could = [location for location in draft.areas if BY_CODE[location.area].suffix]
    using = [BY_CODE[location.area].title for location in could if location.panel]
    return ", ".join(using) or "none" if could else ""


def _gives(area: Area) -> str:
    return f"{area.gives} ({area.code})"


def _with_panel(code: str) -> str:
    return str(Location(code, True if BY_CODE[code].suffix else None))


def _with_panels(draft: Draft, chosen: list[str]) -> Draft:
    """Return the draft in which only the areas in `chosen` use the panel."""
    panels = (None if location.panel is None else location.area in chosen for location in draft.areas)
    pairs = zip(draft.areas, panels, strict=True)
    return draft.answer("areas", [str(Location(location.area, panel)) for location, panel in pairs])


def _chosen(draft: Draft) -> list[Area]:
    return [BY_CODE[location.area] for location in draft.areas]


def _lacks_area(area: Area, draft: Draft) -> bool:
    return bool(area.needs_one_of) and not draft.has(*area.needs_one_of)


def _is_public(draft: Draft) -> bool:
    return draft.get("public") is True


def _add(draft: Draft, code: str) -> Draft:
    return draft.answer("areas", [*map(str, draft.areas), _with_panel(code)])


def _offer(
    terminal: Terminal, heading: Heading, options: list[Option], accept: Callable[[Draft, Any], Draft]
) -> Callable[[Draft], Draft]:
    """Return a function that offers `options`; a last one goes back, to take the need for them back."""

    def ask(draft: Draft) -> Draft:
        answer = terminal.choose(heading, [*options, Option(_GO_BACK, _GO_BACK)], options[0].value)
        if answer == _GO_BACK:
            raise Back
        return accept(draft, answer)

    return ask


def _other_area(area: Area, terminal: Terminal) -> Step[Draft]:
    heading = Heading(
        f"{area.title} needs another area: add one?", f"{area.gives} works only with one of these"
    )
    others = [Option(code, f"add {BY_CODE[code].title}", _gives(BY_CODE[code])) for code in area.needs_one_of]
    return Step(f"offer:{area.code}", _offer(terminal, heading, others, _add), again=True)


def _public(area: Area, terminal: Terminal) -> Step[Draft]:
    def accept(draft: Draft, _: Any) -> Draft:
        return draft.answer("public", True)

    heading = Heading(
        f"{area.title} needs a public integration: make it one?",
        "Kommo allows this area in public integrations only; they need a tour and have stricter rules",
    )
    yes = [Option("public", "make it public")]
    return Step(f"offer:{area.code}", _offer(terminal, heading, yes, accept), again=True)


def _settings(terminal: Terminal) -> Step[Draft]:
    heading = Heading(
        "Add the area settings?", "without it, the widget has no installation window and no settings"
    )

    def ask(draft: Draft) -> Draft:
        return _add(draft, "settings") if terminal.confirm(heading, default=False) else draft

    return Step("offer:settings", ask)


def _panel(terminal: Terminal) -> Step[Draft]:
    def ask(draft: Draft) -> Draft:
        options = [Option(area.code, area.title) for area in _chosen(draft) if area.suffix]
        ticked = [location.area for location in draft.areas if location.panel]
        try:
            return _with_panels(draft, terminal.tick(PANEL_HEADING, options, ticked, lambda _: ""))
        except Back as back:
            raise Back(_with_panels(draft, back.kept)) from None

    return Step(PANEL, ask)
