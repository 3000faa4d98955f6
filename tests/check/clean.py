"""A small widget without findings in the private profile: the rules' examples are edits of it."""

import json
import struct
import zlib
from typing import Any

from scaffold.files.tree import Tree
from scaffold.kommo.limits import IMAGES

MANIFEST: dict[str, Any] = {
    "widget": {
        "name": "widget.name",
        "description": "widget.description",
        "short_description": "widget.short_description",
        "version": "1.0.0",
        "interface_version": 2,
        "init_once": False,
        "locale": ["en", "es"],
        "installation": True,
        "support": {"link": "https://acme-help.test/help", "email": "help@acme-help.test"},
    },
    "locations": ["lcard-1", "settings"],
    "settings": {"api_key": {"name": "settings.api_key", "type": "text", "required": False}},
}

TEXTS = {
    "en": {
        "widget": {
            "name": "Acme leads",
            "short_description": "Scores leads",
            "description": "Scores every lead by its history.",
        },
        "settings": {"api_key": "API key"},
    },
    "es": {
        "widget": {
            "name": "Acme prospectos",
            "short_description": "Puntúa prospectos",
            "description": "Puntúa cada prospecto por su historial.",
        },
        "settings": {"api_key": "Clave de API"},
    },
}

SCRIPT = """\
define(['jquery'], function ($) {
  return function () {
    var self = this;

    this.callbacks = {
      render: function () {
        self.render_template({
          caption: { class_name: 'acme-caption' },
          body: '',
          render: $('<p>').text(self.i18n('widget.name')).prop('outerHTML'),
        });
        return true;
      },
      init: function () {
        return true;
      },
      bind_actions: function () {
        return true;
      },
      settings: function () {
        return true;
      },
      onSave: function () {
        return true;
      },
      destroy: function () { $('link[href*="/style.css"]').remove(); },
    };
    return this;
  };
});
"""
"""The notation's `inside` adds its lines before `    return this;`."""


def png(width: int, height: int) -> bytes:
    """Draw a grey picture."""
    rows = (b"\0" + b"\x80" * width) * height
    head = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def jpeg(width: int, height: int) -> bytes:
    """Return the frame of a picture without its content, which is all that a reader of headers needs."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + frame + b"\xff\xd9"


def gif(width: int, height: int) -> bytes:
    """Return the header of a picture, without its content."""
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + b";"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))


def dump(value: object) -> bytes:
    """Write JSON with the indentation that people use."""
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def clean_widget() -> Tree:
    """Return the widget's files."""
    images = {f"images/{image.name}": png(image.width, image.height) for image in IMAGES if image.always}
    texts = {f"i18n/{locale}.json": dump(texts) for locale, texts in TEXTS.items()}
    return Tree({"manifest.json": dump(MANIFEST), "script.js": SCRIPT.encode(), **texts, **images})
