"""The script of a development archive, which loads the real one from the developer's server."""

import json
from urllib.parse import urlsplit

from scaffold.errors import ScaffoldError
from scaffold.files.tree import Tree

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})

_SCRIPT = """\
// For development: the widget's script comes from your own server, anew on each load of the page.
define([%s + '?' + Date.now()], function (Widget) {
  return Widget;
});
"""


def script_from(url: str) -> Tree:
    """Return a script.js that loads the script at `url`, or `url`/script.js if that is not a script.

    Raises ScaffoldError if a page of the CRM could not load a script from the URL.
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:  # such as an IPv6 address without the closing bracket
        parts, host = urlsplit(""), None
    if not host or parts.scheme not in (("http", "https") if host in _LOCAL else ("https",)):
        hint = "give https://HOST/..., or http://localhost:PORT"
        raise ScaffoldError(f"a page of the CRM cannot load a script from `{url}`", hint)
    if parts.query or parts.fragment:
        raise ScaffoldError(f"`{url}` has a query or a fragment", "give the URL of the script without them")
    address = url if parts.path.endswith(".js") else f"{url.rstrip('/')}/script.js"
    return Tree({"script.js": (_SCRIPT % json.dumps(address)).encode()})
