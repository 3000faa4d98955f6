"""Finds and starts an installed Chromium or Chrome, headless and unable to reach other machines."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from scaffold.errors import ScaffoldError

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ENVIRONMENT = "KOMMO_WIDGET_BROWSER"

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")

_PLACES: dict[str, tuple[str, ...]] = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
        r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
        r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
    ),
}
"""Where installers put it on systems on which it is not on PATH."""

_FLAGS = (
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps",
    "--disable-domain-reliability", "--disable-extensions", "--disable-sync", "--metrics-recording-only",
    "--no-first-run", "--no-default-browser-check", "--no-pings", "--mute-audio",
)  # fmt: skip

_NO_DIRECT = "--force-webrtc-ip-handling-policy=disable_non_proxied_udp"
"""Stops all packets of WebRTC: they must go through a proxy, and there is none."""

_NO_NAMES = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
"""Stops every connection to another machine, including WebSockets, and all DNS lookups."""


def find_browser() -> str:
    """Return the path of the browser. Raises ScaffoldError if there is none."""
    chosen = os.environ.get(ENVIRONMENT)
    if chosen:
        found = shutil.which(chosen)
        if found is None:
            raise ScaffoldError(f"{ENVIRONMENT} is not a program: {chosen}", "set it to a Chromium or Chrome")
        return found
    for name in _NAMES:
        if found := shutil.which(name):
            return found
    for place in _PLACES.get(sys.platform, ()):
        path = Path(os.path.expandvars(place))
        if path.is_file():
            return str(path)
    raise ScaffoldError(
        "`preview --run` found no Chromium or Chrome",
        f"install one, or set {ENVIRONMENT} to the program's path; nothing is downloaded",
    )


@contextlib.contextmanager
def playing() -> "Iterator[Playwright]":
    """Yield the driver of the browser. Raises ScaffoldError if the extra `browser` is not installed."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise ScaffoldError(
            "`preview --run` needs playwright, which is not installed",
            "pip install 'kommo-widget[browser]'; it uses the browser you have and downloads none",
        ) from error
    with sync_playwright() as driver:
        yield driver


def launch(driver: "Playwright", program: str, online: bool) -> "Browser":
    """Start the browser and return it. Raises ScaffoldError if it does not start."""
    from playwright.sync_api import Error

    # Chromium refuses to use its sandbox as root, which is what CI containers run as
    sandbox = not (hasattr(os, "geteuid") and os.geteuid() == 0)
    flags = _FLAGS if online else (*_FLAGS, _NO_NAMES, _NO_DIRECT)
    try:
        return driver.chromium.launch(executable_path=program, chromium_sandbox=sandbox, args=list(flags))
    except Error as error:
        raise ScaffoldError(
            f"the browser does not start: {program}",
            f"set {ENVIRONMENT} to another Chromium or Chrome",
            tuple(str(error).splitlines()[:3]),
        ) from error
