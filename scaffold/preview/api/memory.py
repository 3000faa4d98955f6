"""The memory behind the fake API: tables, the links between entities and the log of events."""

from collections.abc import Callable
from typing import Any

from scaffold.kommo.rest import STATUS_LOST, STATUS_WON
from scaffold.preview.api import seed
from scaffold.preview.api.call import Item, Refused
from scaffold.preview.keys import Keys

ENTITIES: dict[str, str] = {
    "leads": "lead", "contacts": "contact", "companies": "company", "customers": "customer",
}  # fmt: skip
"""Entities that have cards -> their singular, as in events and tokens."""

Ref = tuple[str, int]
"""An entity by kind and id."""


class Memory:
    """The fake account, which keeps what is written to it until the preview ends."""

    def __init__(
        self,
        clock: Callable[[], int],
        widget: Callable[[], Item],
        contacts: int = 3,
        keys: Keys | None = None,
    ) -> None:
        """Fill the tables from the seed.

        `clock` returns Unix time in seconds, `widget` the widget as `GET /api/v4/widgets/<code>` shows it,
        `contacts` is how many contacts the account has, `keys` holds what its OAuth server has issued.
        """
        self.keys = keys or Keys()
        self.clock = clock
        self.widget = widget
        self.account = seed.account(clock())
        self._tables = {
            name: {row["id"]: row for row in rows} for name, rows in seed.tables(clock(), contacts).items()
        }
        self._links: dict[frozenset[Ref], Any] = {frozenset(pair): None for pair in seed.links()}
        self._last_id = 100_000

    def sign_in(self, admin: bool) -> None:
        """Make the administrator or the other user the current one."""
        self.account["current_user_id"] = seed.ADMIN if admin else seed.MEMBER

    @property
    def is_admin(self) -> bool:
        """Whether the current user is an administrator."""
        user = self.table("users").get(self.account["current_user_id"], {})
        return bool(user.get("rights", {}).get("is_admin"))

    def table(self, name: str) -> dict[int, Item]:
        """Return the rows of a table by id; a new table is empty."""
        return self._tables.setdefault(name, {})

    def rows(self, name: str, **where: Any) -> list[Item]:
        """Return the rows of a table whose members equal `where`."""
        rows = self.table(name).values()
        return [row for row in rows if all(row.get(key) == value for key, value in where.items())]

    def find(self, name: str, id_: int) -> Item:
        """Return one row. Raises Refused (404) if there is none."""
        row = self.table(name).get(id_)
        if row is None:
            raise Refused(404, f"no {name} with id {id_}")
        return row

    def new_id(self) -> int:
        """Return an id that is unique in all tables."""
        self._last_id += 1
        return self._last_id

    def insert(self, name: str, members: Item) -> Item:
        """Add a row; members that every entity has get default values."""
        now, user = self.clock(), self.account["current_user_id"]
        row: Item = {
            "id": self.new_id(), "responsible_user_id": user, "group_id": 0, "created_by": user,
            "updated_by": user, "created_at": now, "updated_at": now, "account_id": self.account["id"],
        } | members  # fmt: skip
        self.table(name)[row["id"]] = row
        if name in ENTITIES:
            self.log(f"{ENTITIES[name]}_added", (name, row["id"]))
        return row

    def update(self, name: str, id_: int, members: Item) -> Item:
        """Change a row and return it. Raises Refused (404) if there is none."""
        row = self.find(name, id_)
        moved = "status_id" in members and members["status_id"] != row.get("status_id")
        row.update({"updated_at": self.clock()} | members)
        if name == "leads" and moved:
            row["closed_at"] = self.clock() if row["status_id"] in (STATUS_WON, STATUS_LOST) else None
            self.log("lead_status_changed", (name, id_))
        return row

    def rename(self, name: str, id_: int, wanted: int) -> None:
        """Change the id of a row, also in its links."""
        row = self.table(name).pop(id_)
        self.table(name)[wanted] = row | {"id": wanted}
        pairs = list(self._links.items())
        self._links = {
            frozenset((name, wanted) if ref == (name, id_) else ref for ref in pair): data
            for pair, data in pairs
        }

    def log(self, kind: str, ref: Ref) -> None:
        """Add an event of an entity to the account's events."""
        name, id_ = ref
        event = {
            "id": f"event{self.new_id()}", "type": kind, "entity_id": id_, "entity_type": ENTITIES[name],
            "created_by": self.account["current_user_id"], "created_at": self.clock(), "value_after": [],
            "value_before": [], "account_id": self.account["id"],
        }  # fmt: skip
        self.table("events")[self.new_id()] = event

    def link(self, one: Ref, other: Ref, metadata: Any = None) -> None:
        """Link two entities. Raises Refused if one does not exist, or they are the same."""
        if one == other:
            raise Refused(400, "an entity cannot be linked with itself")
        for name, id_ in (one, other):
            self.find(table_of(name), id_)
        self._links[frozenset((one, other))] = metadata

    def unlink(self, one: Ref, other: Ref) -> None:
        """Remove a link, if there is one."""
        self._links.pop(frozenset((one, other)), None)

    def linked(self, ref: Ref, name: str = "") -> list[tuple[Ref, Any]]:
        """Return the entities linked to one, of the kind `name` if given, with the metadata of each link."""
        pairs = [(next(iter(pair - {ref})), data) for pair, data in self._links.items() if ref in pair]
        return [(other, data) for other, data in pairs if name in ("", other[0])]


def table_of(entity_type: str) -> str:
    """Return the table of an `entity_type` of the links API. Raises Refused if there is none."""
    if entity_type == "catalog_elements":
        return "elements"
    if entity_type not in ENTITIES:
        raise Refused(400, f"no entity type {entity_type!r}")
    return entity_type
