"""URLs in the manifest, and those of modules that scripts load."""

import re
from urllib.parse import urlsplit

_HOST = re.compile(r"[\w.:-]+")
_URL = re.compile(r"https?://(?:[^\s/?#@\[\]]+|\[[0-9a-f:.]+\](?::\d+)?)(?:[/?#]\S*)?\Z", re.IGNORECASE)


def is_url(value: object) -> bool:
    """Return whether `value` is a string with an http or https URL."""
    return isinstance(value, str) and _URL.match(value) is not None


def host_of(value: object) -> str:
    """Return the host of an http or https URL in lower case; empty for anything else."""
    try:
        url = urlsplit(value.strip()) if isinstance(value, str) else None
    except ValueError:
        return ""
    host = (url.hostname or "") if url and url.scheme in ("http", "https") else ""
    return host.rstrip(".") if _HOST.fullmatch(host) else ""


def is_insecure(value: object) -> bool:
    """Return whether `value` is a URL of http instead of https."""
    return bool(host_of(value)) and str(value).strip().lower().startswith("http:")


def module_host(module: str) -> str:
    """Return the host of a module that is loaded by its URL; empty for any other module."""
    address = module.rpartition("!")[2]
    if not address.startswith(("http://", "https://", "//")):
        return ""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return address
