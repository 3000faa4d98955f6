"""What the marketplace asks of public widgets, where a program can tell. Private ones are not bound to it.

Source, unless a line names another: <https://developers.kommo.com/docs/getting-listed> (2026-02-24).
"""

NAME_MAX_CHARS = 30
NAME_WORD_MAX_CHARS = 19
SHORT_DESCRIPTION_MAX_CHARS = 50
DESCRIPTION_MAX_CHARS = 400
"""Of the text that is shown, tags apart."""

BRANDS: tuple[str, ...] = ("Kommo", "amoCRM")
"""The vendor's names as they are to be written; neither may stand in a widget's name."""

LINK_ATTRIBUTES: dict[str, str] = {"target": "_blank", "referrerpolicy": "no-referrer"}
"""What every link in a text must have."""

CONSOLE_IN_CATCH: dict[str, tuple[str, ...]] = {"kommo": ("trace",), "amocrm": ("trace", "debug")}
"""Methods of `console` that may be called where an error is handled, by platform; elsewhere none may.

Second source: <https://www.amocrm.ru/developers/content/integrations/requirements>.
"""

CDN_HOSTS: dict[str, tuple[str, ...]] = {
    "kommo": ("ajax.googleapis.com", "ajax.aspnetcdn.com", "ajax.microsoft.com", "code.jquery.com"),
    "amocrm": (),
}
"""Hosts that external libraries may come from, by platform: those of Google, Microsoft and jQuery."""
