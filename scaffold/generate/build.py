"""Answers -> the whole project of a widget: rendered files, pictures, and the record of both."""

from scaffold import __version__
from scaffold.files.tree import Tree
from scaffold.generate import logos
from scaffold.generate.answers import dump
from scaffold.generate.answers.record import Answers
from scaffold.generate.render import render
from scaffold.kommo import limits
from scaffold.kommo.areas import BY_CODE
from scaffold.project import layout, record
from scaffold.project.state import State


def build(answers: Answers) -> Tree:
    """Return every file of the project by its path inside it. The same answers give the same bytes.

    Raises ScaffoldError if the user's own logo is not a picture.
    """
    return with_record(make(answers), answers)


def make(answers: Answers) -> Tree:
    """Return the project without the record: the files that an overlay template may change."""
    return render(answers) | {f"widget/images/{name}": data for name, data in _pictures(answers).items()}


def with_record(made: Tree, answers: Answers) -> Tree:
    """Return the project with the record of the files made and the answers they were made from."""
    files = {layout.ANSWERS: dump.dump(answers).encode(), **record.files(made, State(version=__version__))}
    if answers.logo is not None:
        files[layout.LOGO] = answers.logo
    return made | files


def _pictures(answers: Answers) -> dict[str, bytes]:
    required = {name for area in answers.codes for name in BY_CODE[area].images}
    names = [image.name for image in limits.IMAGES if image.always or image.name in required]
    name = answers.name[answers.locales[0]]
    if answers.logo is None:
        pictures = logos.draw(name, answers.code, names)
    else:
        pictures = logos.fit(answers.logo, names)
    if answers.tour.slides:
        pictures |= logos.slides(answers.name, answers.code, answers.tour.slides)
    return pictures
