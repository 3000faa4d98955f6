"""M110 to M114: the keys that the manifest's `widget` block must have."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import Widget
from scaffold.check.rules.manifest_json import READABLE
from scaffold.check.rules.registry import Context, Problem, in_manifest, rule
from scaffold.check.rules.required_keys import missing, missing_keys
from scaffold.kommo import limits
from scaffold.kommo.manifest import WIDGET_FLAGS


@rule("M110", "missing-key", Severity.ERROR, requires=READABLE, waivable=False)
def missing_key(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing required key in the manifest.

    What:
        The block `widget`, one of its keys `name`, `description`, `short_description`, `interface_version`,
        `locale`, `installation`, or the list `locations` is missing. A key that is misspelt or in the wrong
        place is reported there.
    Why:
        The upload rejects the archive.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
        https://developers.kommo.com/docs/getting-listed
    Bad:
        manifest.json
            "widget": {
              "description": "widget.description",
    Good:
        manifest.json
            "name": "widget.name",
    """
    manifest = widget.manifest
    for path in missing_keys(manifest):
        home = f" to `{path[0]}`" if len(path) > 1 else ""
        message = f"`{'.'.join(map(str, path))}` is missing"
        yield missing(manifest, path, message, f"add `{path[-1]}`{home}", *path)


@rule("M111", "invalid-text", Severity.ERROR, requires=READABLE)
def invalid_text(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Invalid name or description.

    What:
        `name`, `description` or `short_description` of `widget` is not the key of a text.
    Why:
        All three are required, as paths of texts in i18n.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "name": "",
    Good:
        manifest.json
            "name": "widget.name",
    """
    for key in ("name", "description", "short_description"):
        node = widget.manifest.find("widget", key)
        if node and (not isinstance(node.value, str) or not node.value.strip()):
            hint = f"write the key of a text, such as `widget.{key}`"
            yield in_manifest(
                widget.manifest, f"`widget.{key}` is not the key of a text", hint, "widget", key
            )


@rule("M112", "interface-version", Severity.ERROR, requires=READABLE)
def interface_version(widget: Widget, _context: Context) -> Iterator[Problem]:
    """`interface_version` is not 2.

    What:
        `widget.interface_version` is not the number 2.
    Why:
        Version 1 is closed, and no other version exists.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "interface_version": 1,
    Good:
        manifest.json
            "interface_version": 2,
    """
    node = widget.manifest.find("widget", "interface_version")
    if node and (node.value != limits.INTERFACE_VERSION or not isinstance(node.value, int)):
        expected = limits.INTERFACE_VERSION
        message = f"`widget.interface_version` is not the number {expected}"
        yield in_manifest(
            widget.manifest, message, f"write {expected}, without quotes", "widget", "interface_version"
        )


@rule("M113", "version-format", Severity.WARNING, requires=READABLE)
def version_format(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing or invalid version.

    What:
        `widget.version` is missing, or is not a string of three numbers separated by dots.
    Why:
        The CRM caches the files of each version; without a new version, users keep the old files.
    Source:
        https://developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "version": "1.0",
    Good:
        manifest.json
            "version": "1.0.1",
    """
    if widget.manifest.find("widget") is None:
        return
    version = widget.manifest.value("widget", "version")
    if version is None:
        yield in_manifest(
            widget.manifest, "`widget.version` is missing", 'add `"version": "1.0.0"`', "widget", "version"
        )
    elif not isinstance(version, str) or not limits.VERSION_PATTERN.fullmatch(version):
        hint = 'write three numbers as a string, such as `"1.0.0"`'
        yield in_manifest(
            widget.manifest, "`widget.version` is not of the form N.N.N", hint, "widget", "version"
        )


@rule("M114", "flag-not-boolean", Severity.WARNING, requires=READABLE)
def flag_not_boolean(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Widget flag is not a boolean.

    What:
        `init_once`, `installation` or `is_showcase` is a string or a number.
    Why:
        The documented type is boolean; `"false"` may count as true.
    Source:
        https://es-developers.kommo.com/docs/manifest-json
    Bad:
        manifest.json
            "init_once": "Y",
    Good:
        manifest.json
            "init_once": true,
    """
    for key in WIDGET_FLAGS:
        node = widget.manifest.find("widget", key)
        if node and not isinstance(node.value, bool):
            yield in_manifest(
                widget.manifest,
                f"`widget.{key}` is not true or false",
                "write true or false, without quotes",
                "widget",
                key,
            )
