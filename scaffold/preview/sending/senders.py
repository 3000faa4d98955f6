"""The requests that the platform sends to the widget's server: the project's samples, else built-in ones."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from scaffold.check.model.manifest import Manifest
from scaffold.documents import yamldoc
from scaffold.documents.parse_error import DocumentError
from scaffold.errors import ScaffoldError
from scaffold.files.bounded import read_bytes, read_text
from scaffold.kommo import samples
from scaffold.kommo.areas import AREAS, ENDPOINT_ADDRESSES
from scaffold.preview.sending.sample_document import parse
from scaffold.preview.widget_source import Source
from scaffold.project import reading
from scaffold.text import printable

PUBLIC, SAMPLES = "backend/public", "backend/samples"

SAMPLE_MAX_BYTES = 64 * 1024
SAMPLES_MAX = 50


class Sender(NamedTuple):
    """A request that can be sent."""

    name: str
    """The sample's name: `sms`, or one that the user chose."""
    document: samples.Document
    """Empty if the sample has a fault."""
    url: str = ""
    """The endpoint's URL, from the manifest or the answers; empty if neither has it."""
    file: str = ""
    """The sample's file, relative to the project; empty for a built-in one."""
    fault: str = ""
    """Why the sample cannot be sent."""


def project_of(path: Path) -> Path | None:
    """Return the folder of the project; `path` is that folder, or the widget's folder or archive in it."""
    return reading.project_of(path) or (path if (path / PUBLIC).is_dir() else None)


def base_of(path: Path) -> str:
    """Return the answer `backend.url`, the base of the endpoints' URLs; empty if there is none."""
    file = reading.answers_of(path)
    try:
        root = yamldoc.parse(read_text(file)) if file else None
    except (OSError, UnicodeDecodeError, DocumentError, ScaffoldError):
        return ""
    node = root.find("backend", "url") if root else None
    url = str(node.value) if node else ""
    return url.rstrip("/") if url.startswith(("http://", "https://")) else ""


def origin_of(url: str) -> str:
    """Return scheme, host and port of a URL, the form that `aud` has."""
    return "/".join(url.split("/")[:3])


def audience(manifest: Manifest, base: str) -> str:
    """Return the `aud` of tokens: the origin of the redirect URI, which a generated back end serves."""
    addresses = (base, *(str(manifest.value(*path) or "") for path in ENDPOINT_ADDRESSES.values()))
    known = next((url for url in addresses if url.startswith(("http://", "https://"))), "")
    return origin_of(known) or samples.SERVER


def senders(source: Source, platform: str) -> list[Sender]:
    """Return the requests to offer: the project's samples, and built-in ones for its other endpoints.

    A widget without a back end gets the requests for its areas, and those that any widget's server may get.
    """
    manifest = source.widget.manifest
    base = base_of(source.path)
    known = samples.documents(_widget(manifest, platform, audience(manifest, base)))
    project = project_of(source.path)
    found = {sender.name: sender for sender in _own(project)} if project else {}
    public = sorted((project / PUBLIC).glob("*.php")) if project else []
    names = [file.stem for file in public] if found or public else _needed(manifest, known)
    for name in names:
        if name in known:
            found.setdefault(name, Sender(name, known[name]))
    return [_addressed(sender, manifest, base) for sender in found.values()]


def built_in(source: Source, platform: str, name: str) -> Sender | None:
    """Return the built-in request with that name, whether or not the widget needs it."""
    manifest = source.widget.manifest
    base = base_of(source.path)
    document = samples.documents(_widget(manifest, platform, audience(manifest, base))).get(name)
    return _addressed(Sender(name, document), manifest, base) if document else None


def _needed(manifest: Manifest, known: Mapping[str, Any]) -> list[str]:
    """Return the endpoints of a widget without a back end: those of its areas, and those without an area."""
    areas = set(manifest.areas)
    of_areas = {area.endpoint.name: area.code for area in AREAS if area.endpoint}
    return [name for name in known if of_areas.get(name, name) in areas or name not in of_areas]


def _widget(manifest: Manifest, platform: str, server: str) -> samples.Widget:
    types = {
        key: str(node.plain().get("type", "")) if isinstance(node.value, dict) else ""
        for key, node in manifest.members("dp", "settings")
    }
    return samples.Widget(platform, server, types)


def _addressed(sender: Sender, manifest: Manifest, base: str) -> Sender:
    path = ENDPOINT_ADDRESSES.get(sender.name)
    url = str(manifest.value(*path) or "") if path else ""
    if not url and base and sender.document:
        url = base + sender.document["address"]
    return sender._replace(url=url)


def _own(project: Path) -> Iterator[Sender]:
    for file in sorted((project / SAMPLES).glob("*.json"))[:SAMPLES_MAX]:
        name = f"{SAMPLES}/{file.name}"
        try:
            if file.is_symlink() or file.stat().st_size > SAMPLE_MAX_BYTES:
                raise ValueError(f"is a link, or longer than {SAMPLE_MAX_BYTES // 1024} KiB")
            document = parse(read_bytes(file, SAMPLE_MAX_BYTES).decode())
        except (OSError, ValueError, ScaffoldError) as error:
            yield Sender(file.stem, {}, file=name, fault=f"{name}{_place(error)}")
        else:
            yield Sender(file.stem, document, file=name)


def _place(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f":{error.lineno}:{error.colno}: {error.msg.lower()}"
    return f": {printable(str(error), 200)}"
