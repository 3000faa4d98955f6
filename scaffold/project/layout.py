"""What lies in a project beside the widget, and what it is called."""

FOLDER = ".kommo-widget"
"""The folder that makes a folder a project of ours: the record."""

ANSWERS_NAME = "answers.yml"
ANSWERS = f"{FOLDER}/{ANSWERS_NAME}"
"""The answers; `new` with this file gives the same bytes."""

STATE = f"{FOLDER}/state.json"
"""The record's format, the version that wrote it, where the widget lies, what was packed last."""

PRISTINE = f"{FOLDER}/pristine.txt"
"""What was generated, all files in one: the base of a merge with what the user changed."""

ATTRIBUTES = f"{FOLDER}/.gitattributes"
"""Tells git that the record is generated."""

LOGO_NAME = "logo.png"
LOGO = f"{FOLDER}/{LOGO_NAME}"
"""The user's own picture, where there is one: the answers refer to it."""

JOURNAL = f"{FOLDER}/journal.json"
"""What a command that changes the project is about to write; there only while it writes."""

UNDO = f"{FOLDER}/undo.json"
"""What was there before a merge that left conflicts, for `--abort`."""

RELEASED_PRISTINE = f"{FOLDER}/pristine"
"""The folder of copies that version 0.1 kept instead of `PRISTINE`."""

PREVIEW = f"{FOLDER}/preview.yml"
"""The account, the user and the settings that `preview` shows the widget with; written by hand."""

WAIVERS = ".kommo-widget.toml"
"""A team's waivers: in the project, or in the widget's folder."""

PUBLIC = "backend/public"
"""What the back end of a project that `new` made serves."""

WIDGET = "widget"
"""The widget's own folder in a project that `new` made."""
