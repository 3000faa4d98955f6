"""Writes small widgets for the preview's tests."""

import json
from pathlib import Path
from typing import Any

SCRIPT = """\
define(['jquery'], function ($) {
  return function () {
    var self = this;
    this.callbacks = {
      render: function () { %s; return true; },
      init: function () { %s; return true; },
      bind_actions: function () { return true; },
      settings: function () { return true; },
      dpSettings: function () { return true; },
      onSave: function () { return true; },
      destroy: function () {}
    };
    return this;
  };
});
"""

TEXTS = {"widget": {"name": "Acme leads"}, "settings": {"api_key": "API key"}, "dp": {"message": "Message"}}


def manifest(*locations: str, **blocks: Any) -> dict[str, Any]:
    """Return a manifest with these locations and top-level blocks."""
    widget = {
        "name": "widget.name", "description": "widget.name", "short_description": "widget.name",
        "version": "1.2.3", "interface_version": 2, "init_once": False, "locale": ["en"],
        "installation": True,
    }  # fmt: skip
    fields = {"api_key": {"name": "settings.api_key", "type": "text", "required": True}}
    return {"widget": widget, "locations": list(locations), "settings": fields, **blocks}


def write(folder: Path, document: dict[str, Any], render: str = "", init: str = "") -> Path:
    """Write a widget whose `render` and `init` begin with these statements, and return its folder."""
    (folder / "i18n").mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(document), encoding="utf-8")
    (folder / "i18n" / "en.json").write_text(json.dumps(TEXTS), encoding="utf-8")
    (folder / "script.js").write_text(SCRIPT % (render, init), encoding="utf-8")
    return folder
