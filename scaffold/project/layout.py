"""Names of the files and folders of a project."""

FOLDER = ".kommo-widget"
"""The record; a folder that contains it is a project."""

ANSWERS_NAME = "answers.yml"
ANSWERS = f"{FOLDER}/{ANSWERS_NAME}"
"""The answers; `new` with this file generates the same bytes."""

STATE = f"{FOLDER}/state.json"
"""The record's format, the version that wrote it, the widget's folder, and what was packed last."""

PRISTINE = f"{FOLDER}/pristine.txt"
"""All generated files in one: the base of merges with the user's changes."""

ATTRIBUTES = f"{FOLDER}/.gitattributes"
"""Tells git that the record is generated."""

LOGO_NAME = "logo.png"
LOGO = f"{FOLDER}/{LOGO_NAME}"
"""The user's own picture, if the answers refer to one."""

JOURNAL = f"{FOLDER}/journal.json"
"""The changes of a command; the file exists only while they are written."""

WRITING = f"{FOLDER}/writing.tmp"
"""The temporary file in which each file of a project is written before it is renamed."""

UNDO = f"{FOLDER}/undo.json"
"""The state before a merge that left conflicts, for `--abort`."""

RELEASED_PRISTINE = f"{FOLDER}/pristine"
"""The folder of copies that version 0.1 wrote instead of `PRISTINE`."""

PREVIEW = f"{FOLDER}/preview.yml"
"""The account, user and settings for `preview`; written by hand."""

WAIVERS = ".kommo-widget.toml"
"""A team's waivers, in the project or in the widget's folder."""

PUBLIC = "backend/public"
"""Document root of the back end that `new` generates."""

WIDGET = "widget"
"""The widget's folder in a project that `new` creates."""
