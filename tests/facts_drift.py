"""Lists the facts whose page changed after it was read.

    python -m tests.facts_drift FILE...

Each file is one of those that the vendor publishes, saved to disk: the index of pages (llms.txt), a site map
(sitemap.xml), or a page as Markdown (script-js.md) with `updatedAt` in its front matter. Nothing is fetched.
Exits with 1 if a fact should be read again.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from scaffold.kommo.facts import Fact, facts
from scaffold.kommo.sources import KOMMO_DOCS

_INDEXED = re.compile(r"\((https://[^)\s]+)\)")
_MAPPED = re.compile(r"<url>.*?</url>", re.DOTALL)
_LOCATION = re.compile(r"<loc>\s*(\S+?)\s*</loc>")
_MODIFIED = re.compile(r"<lastmod>\s*(\d{4}-\d\d-\d\d)")
_UPDATED = re.compile(r"\A---\n(?:.*\n)*?updatedAt:\s*[\"']?(\d{4}-\d\d-\d\d)")


class Published(NamedTuple):
    """The pages as the vendor's files list them."""

    changed: dict[str, str]
    """Address of a page -> the day of its last change."""
    listed: frozenset[str]
    """The pages of the index; empty if no index was given."""


class Drift(NamedTuple):
    """A fact that should be read again."""

    fact: str
    url: str
    why: str


def read(paths: list[Path]) -> Published:
    """Read the files. Raises ValueError for a file of another kind."""
    changed: dict[str, str] = {}
    listed: set[str] = set()
    for path in paths:
        text = path.read_text(encoding="utf-8")
        if "<urlset" in text:
            dates = _mapped(text)
        elif day := _UPDATED.match(text):
            dates = {KOMMO_DOCS + path.stem: day[1]}
        elif found := _INDEXED.findall(text):
            listed |= {_address(url) for url in found}
            continue
        else:
            raise ValueError(f"{path} is neither an index of pages, a site map nor a page with `updatedAt`")
        for url, day_of in dates.items():
            changed[url] = max(day_of, changed.get(url, ""))
    return Published(changed, frozenset(listed))


def _mapped(text: str) -> dict[str, str]:
    """Return the address and day of every page of a site map that has both."""
    dates: dict[str, str] = {}
    for entry in _MAPPED.findall(text):
        location, modified = _LOCATION.search(entry), _MODIFIED.search(entry)
        if location and modified:
            dates[_address(location[1])] = modified[1]
    return dates


def _address(url: str) -> str:
    return url.partition("#")[0].removesuffix(".md").removesuffix("/")


def drifted(published: Published, known: Iterator[Fact]) -> Iterator[Drift]:
    """Yield a fact once for each of its pages that changed after it was read or is gone from the index."""
    for fact in known:
        for source in fact.sources:
            url = _address(source.url)
            day = published.changed.get(url, "")
            if day > source.read:
                yield Drift(fact.name, url, f"read {source.read}, changed {day}")
            elif published.listed and url.startswith(KOMMO_DOCS) and url not in published.listed:
                yield Drift(fact.name, url, "no longer in the index of pages")


def main(arguments: list[str]) -> int:
    """Print what drifted. Returns 0 if nothing did, 1 if something did, 2 if a file cannot be read."""
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        found = list(drifted(read([Path(name) for name in arguments]), facts()))
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    for drift in found:
        print(f"{drift.fact}: {drift.url}: {drift.why}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
