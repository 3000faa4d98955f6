"""The webhook events that a back end listens to."""

from collections.abc import Sequence
from typing import Any

from scaffold.documents.node import Node
from scaffold.generate.answers.draft import Reading
from scaffold.generate.answers.kinds.choices import Words
from scaffold.kommo.webhooks import BY_NAME, EVENTS
from scaffold.text import did_you_mean, quoted


class Events(Words):
    """A list of different events of an account; may be empty."""

    label = "list of events"
    one = "event"
    example = "add_lead, status_lead"
    minimum = 0

    def read(self, node: Node, reading: Reading) -> tuple[str, ...]:
        """Return the events in their order, only those of the platform."""
        platform = reading.draft.platform
        found: list[str] = []
        for item, word in self.words(node, reading):
            event = BY_NAME.get(word)
            if word in found:
                reading.fault(item, f"names {quoted(word)} twice")
            elif event is None:
                hint = did_you_mean(word, BY_NAME) or ": `kommo-widget help answers` lists them"
                reading.fault(item, f"names an unknown event {quoted(word)}{hint}")
            elif platform not in event.platforms:
                reading.fault(item, f"names {quoted(word)}, which platform `{platform}` does not have")
            else:
                found.append(word)
        return tuple(found)

    def plain(self, value: Sequence[str]) -> list[str]:
        """Return the list."""
        return list(value)

    def schema(self) -> dict[str, Any]:
        """Return the events of every platform, with their meanings."""
        items = {
            "enum": [event.name for event in EVENTS],
            "enumDescriptions": [event.when for event in EVENTS],
        }
        return {"type": "array", "items": items, "uniqueItems": True}
