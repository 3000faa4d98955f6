"""Changes to the recorded answers: areas, languages and single answers; and their text in the record."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scaffold.documents import yamldoc
from scaffold.documents.edit import yaml_mapping
from scaffold.documents.parse_error import DocumentError
from scaffold.errors import ScaffoldError
from scaffold.generate.answers import dump, overrides
from scaffold.generate.answers.draft import Draft, Given, node_of
from scaffold.generate.answers.faults import AnswersError, Fault, Source
from scaffold.generate.answers.reading import Document, draft_of, read_source
from scaffold.generate.answers.record import Answers
from scaffold.generate.answers.registry import QUESTIONS
from scaffold.generate.answers.resolve import recorded_value_of, relevant
from scaffold.generate.answers.validate import complete
from scaffold.kommo.areas import AREAS
from scaffold.kommo.limits import LOCALES
from scaffold.kommo.location import Location, parse_location
from scaffold.project import layout
from scaffold.text import nearest, quoted

_COMMAND = Source("the command line")


def recorded(text: bytes, project: Path) -> Draft:
    """Return the answers in a project's record. Raises AnswersError or ScaffoldError if it cannot be read."""
    name = (project / layout.ANSWERS).as_posix()
    source = Source(name, text.decode(errors="replace").removeprefix("\ufeff"), project / layout.FOLDER)
    try:
        root = yamldoc.parse(source.text)
    except DocumentError as error:
        raise AnswersError([Fault(source, error.line, error.column, error.message)]) from error
    if root is None or not isinstance(root.value, dict):
        raise ScaffoldError(f"{name} has no answers", "restore it from version control")
    return draft_of(Document(source, root))


def with_areas(draft: Draft, words: Sequence[str]) -> Draft:
    """Return the draft with the areas `words` added. Raises ScaffoldError if one is not an area."""
    chosen = list(draft.areas)
    for location in _locations(words):
        same = next((one for one in chosen if one.area == location.area), None)
        if same is None:
            chosen.append(location)
        elif same != location:
            raise ScaffoldError(
                f"the widget has `{same}`, which cannot be combined with `{location}`",
                f"first run kommo-widget remove {same}",
            )
    return _answered(draft, "areas", [str(location) for location in chosen], draft.areas != tuple(chosen))


def without_areas(draft: Draft, words: Sequence[str]) -> Draft:
    """Return the draft without the areas `words`, and without the answers that only these need."""
    gone = {location.area for location in _locations(words)}
    chosen = [str(location) for location in draft.areas if location.area not in gone]
    return relevant(_answered(draft, "areas", chosen, len(chosen) != len(draft.areas)))


def with_locales(draft: Draft, locales: Sequence[str]) -> Draft:
    """Return the draft with more languages, in which answers that are our defaults get our texts.

    Raises ScaffoldError if the platform does not have one.
    """
    _ensure_known(draft, locales)
    chosen = [*draft.locales, *(locale for locale in locales if locale not in draft.locales)]
    if len(chosen) == len(draft.locales):
        return draft
    return _answered(_without_defaults(draft), "locales", chosen, True)


def _without_defaults(draft: Draft) -> Draft:
    """Return the draft without the answers that are equal to their defaults; unchanged if it has faults."""
    try:
        answers = complete(draft)
    except AnswersError:
        return draft
    for question in QUESTIONS:
        if question.key in draft and callable(question.default):
            answer = question.kind.plain(question.answer_in(answers))
            without = draft.without(question.key)
            draft = without if answer == recorded_value_of(question, without) else draft
    return draft


def without_locales(draft: Draft, locales: Sequence[str]) -> Draft:
    """Return the draft without `locales`, and without the texts in them."""
    _ensure_known(draft, locales)
    chosen = [locale for locale in draft.locales if locale not in locales]
    return relevant(_answered(draft, "locales", chosen, len(chosen) != len(draft.locales)))


def with_answers(draft: Draft, file: str | None, settings: Sequence[str], stdin: Any) -> Draft:
    """Return the draft with its answers overridden by those of a file and of `--set KEY=VALUE`.

    The file may be empty. Raises AnswersError for faults in the file, ScaffoldError if it cannot be read or
    answers `areas`.
    """
    given, faults = dict(draft.given), list(draft.faults)
    if file is not None:
        document = read_source(file, stdin, may_be_empty=True)
        more = draft_of(document)
        faults += more.faults
        if "areas" in more:
            raise ScaffoldError(
                f"{document.source.name} answers `areas`", "give the areas only on the command line"
            )
        given |= more.given
    overrides.apply(settings, given, faults)
    return Draft(given, draft.folder_name, tuple(faults), draft.file)


def checked(draft: Draft, refusal: str = "") -> Answers:
    """Return the answers; raises AnswersError, or with `refusal` a ScaffoldError with this message."""
    try:
        return complete(draft)
    except AnswersError as error:
        if not refusal:
            raise
        raise ScaffoldError(refusal, error.hint, error.details) from error


def text_of(old: bytes, before: Answers, after: Answers, project: Path) -> bytes:
    """Return the recorded answers with the changes between `before` and `after`; comments are kept."""
    from scaffold.grow.merge import form

    was, now = dump.plain(before), dump.plain(after)
    if was == now:
        return old
    read = form.read(old)
    if read is None:
        return dump.dump(after).encode()
    text, shape = read
    try:
        changed = yaml_mapping.with_values(text, was, now)
        is_correct = dump.plain(complete(_draft_of(changed, project))) == now
    except (DocumentError, AnswersError):
        is_correct = False
    return shape.write(changed if is_correct else dump.dump(after))


def _draft_of(text: str, project: Path) -> Draft:
    root = yamldoc.parse(text)
    if root is None:
        raise DocumentError(1, 1, "empty")
    return draft_of(Document(Source("", text, project / layout.FOLDER), root))


def _locations(words: Sequence[str]) -> list[Location]:
    found = [(word, parse_location(word)) for word in words]
    faults = tuple(
        f"{quoted(word)} is not an area{_hint(word)}" for word, location in found if location is None
    )
    if faults:
        raise ScaffoldError("some areas do not exist", "see `kommo-widget areas`", faults)
    return [location for _, location in found if location]


def _hint(word: str) -> str:
    near = nearest(word.partition("-")[0], [area.code for area in AREAS])
    return f", did you mean `{near}`?" if near else ""


def _ensure_known(draft: Draft, locales: Sequence[str]) -> None:
    known: Mapping[str, Any] = dict.fromkeys(LOCALES[draft.platform])
    if unknown := [locale for locale in locales if locale not in known]:
        raise ScaffoldError(
            f"{quoted(unknown[0])} is not a language of {draft.platform}", f"languages: {', '.join(known)}"
        )


def _answered(draft: Draft, key: str, value: list[str], is_changed: bool) -> Draft:
    return draft.with_given({**draft.given, key: Given(node_of(value), _COMMAND)}) if is_changed else draft
