"""Scripts that were not made here: where things belong in them, and what `add` puts there."""

from scaffold.grow.foreign.insertion import Inserted, insert, pieces

__all__ = ["Inserted", "insert", "pieces"]
