"""The type of a row that describes a callback of script.js."""

from typing import NamedTuple

from scaffold.kommo import sources


class Callback(NamedTuple):
    """One callback that the CRM calls."""

    name: str
    params: tuple[tuple[str, str], ...]
    """Name and TypeScript type of each argument."""
    returns: str
    """TypeScript type of the return value; `void` if the CRM ignores it.

    Our own types, such as `Kommo.SaveParams`, are declared in the generated `types/kommo.d.ts`.
    """
    when: str
    """When the CRM calls it: one line."""
    url: str = sources.KOMMO_DOCS + "script-js"
    optional: bool = False
    """Whether its area works without it."""

    @property
    def signature(self) -> str:
        """The signature in TypeScript: `onAddAsSource(pipeline_id: number): void`."""
        params = ", ".join(f"{name}: {type_}" for name, type_ in self.params)
        return f"{self.name}({params}): {self.returns}"
