"""Scripts of adopted widgets: where generated code belongs in them, and how it is put there and removed."""

from scaffold.grow.foreign.insertion import Inserted, insert, pieces

__all__ = ["Inserted", "insert", "pieces"]
