"""The fake API's representation of rows: links, embedded entities, answers to writes."""

from typing import Any

from scaffold.preview.api.call import Call, Item, Reply
from scaffold.preview.api.memory import Memory, Ref


def show(memory: Memory, call: Call, kind: str, row: Item) -> Item:
    """Return an entity as the API shows it, with links, tags, companies and the parts in `with=`."""
    ref: Ref = (kind, row["id"])
    embedded: dict[str, Any] = {
        "tags": [{key: t[key] for key in ("id", "name", "color")} for t in row.get("tags", ())],
        "companies": _linked(memory, call, ref, "companies"),
    }
    for name in ("contacts", "leads", "customers"):
        if name != kind and call.wants(name):
            embedded[name] = _linked(memory, call, ref, name)
    if call.wants("catalog_elements"):
        embedded["catalog_elements"] = _linked(memory, call, ref, "catalog_elements")
    if call.wants("loss_reason"):
        reason = memory.table("loss_reasons").get(row.get("loss_reason_id") or 0)
        embedded["loss_reason"] = [reason] if reason else []
    own = {key: value for key, value in row.items() if key != "tags"}
    return own | {"_links": self_link(f"{call.base}/api/v4/{kind}/{row['id']}"), "_embedded": embedded}


def _linked(memory: Memory, call: Call, ref: Ref, name: str) -> list[Item]:
    found = []
    for (_, id_), data in memory.linked(ref, name):
        item: Item = {"id": id_, "_links": self_link(f"{call.base}/api/v4/{name}/{id_}")}
        if name == "contacts":
            item["is_main"] = bool((data or {}).get("main_contact", True))
        found.append(item)
    return found


def echo(call: Call, key: str, rows: list[Item], items: list[Item], updated: bool = False) -> Reply:
    """Return the answer to a write: the ids, each with the `request_id` of its item."""
    shown = []
    for index, (row, item) in enumerate(zip(rows, items, strict=True)):
        entry = {"id": row["id"], "_links": self_link(f"{call.base}{call.path}/{row['id']}")}
        entry |= {"updated_at": row["updated_at"]} if updated else {}
        shown.append(entry | {"request_id": str(item.get("request_id", index))})
    return Reply({"_links": self_link(call.base + call.path), "_embedded": {key: shown}})


def self_link(href: str) -> Item:
    """Return the `_links` of one resource."""
    return {"self": {"href": href}}
