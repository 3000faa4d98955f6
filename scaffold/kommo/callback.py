"""What a callback of script.js is: the rows of areas and of the callbacks of every widget are made of it."""

from typing import NamedTuple

from scaffold.kommo import sources


class Callback(NamedTuple):
    """One callback that the host calls."""

    name: str
    params: tuple[tuple[str, str], ...]
    """Name and TypeScript type of each argument."""
    returns: str
    """TypeScript type of the return value, `void` where the host ignores it.

    Types of ours (`Kommo.SaveParams`) are declared in the generated `types/kommo.d.ts`.
    """
    when: str
    """When the host calls it: one line."""
    url: str = sources.KOMMO_DOCS + "script-js"

    @property
    def signature(self) -> str:
        """The callback as TypeScript writes it: `onAddAsSource(pipeline_id: number): void`."""
        params = ", ".join(f"{name}: {type_}" for name, type_ in self.params)
        return f"{self.name}({params}): {self.returns}"
