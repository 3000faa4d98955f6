"""A10x: where the manifest is in the archive."""

from collections.abc import Iterator

from scaffold.check.findings import Severity
from scaffold.check.model.widget import MANIFEST, Widget
from scaffold.check.rules.file_lookup import is_missing
from scaffold.check.rules.registry import Context, Problem, rule


@rule("A101", "missing-manifest", Severity.ERROR, waivable=False)
def missing_manifest(widget: Widget, _context: Context) -> Iterator[Problem]:
    """Missing manifest.json.

    What:
        No file named exactly `manifest.json` is at the root or in a single folder below it. A manifest that
        exists but cannot be read is reported by another rule.
    Why:
        The manifest is what makes an archive a widget; the upload rejects an archive without one.
    Source:
        https://developers.kommo.com/docs/structure-widget
    Bad:
        manifest.json: no such file
    Good:
        manifest.json
            {
              "widget": {
                "name": "widget.name",
                "description": "widget.description",
                "short_description": "widget.short_description",
                "version": "1.0.1",
                "interface_version": 2,
                "init_once": false,
                "locale": [
                  "en",
            ...
    """
    if is_missing(widget, MANIFEST):
        other = next((path for path in widget.tree if path.rpartition("/")[2].lower() == MANIFEST), "")
        hint = f"move or rename `{other}`" if other else "check the folder or zip that contains it"
        yield Problem(MANIFEST, "there is no manifest.json at the root", hint, blocks_dependents=True)


@rule("A102", "not-at-root", Severity.ERROR, waivable=False)
def not_at_root(widget: Widget, _context: Context) -> Iterator[Problem]:
    """manifest.json is not at the root of the archive.

    What:
        manifest.json is in a folder of the archive, not at its root. The widget in that folder is still
        checked; the paths of other findings are relative to the folder.
    Why:
        The upload looks for manifest.json at the root. This happens when the folder is packed instead of its
        contents, and is on the vendor's list of common errors.
    Source:
        https://developers.kommo.com/docs/structure-widget
        https://www.amocrm.ru/developers/content/integrations/structure
    Bad:
        widget/manifest.json
    Good:
        style.css
            .acme-panel { color: inherit; }
    """
    if folder := widget.archive.folder:
        hint = f"pack the contents of `{folder}`, or check that folder"
        yield Problem(MANIFEST, f"the widget is in the folder `{folder}`, not at the root", hint)
