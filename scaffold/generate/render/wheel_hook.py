"""Adds the compiled templates to the wheel, so that the first run is as fast as later ones."""

import sys
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledTemplates(BuildHookInterface):  # type: ignore[type-arg] # the configuration is not used
    """Compiles when a wheel is built; an editable installation compiles in memory."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the templates of the source tree into a temporary folder, and include it in the wheel."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from scaffold.generate.render.environment import compile_into

        self._folder = TemporaryDirectory()
        compile_into(self._folder.name)
        build_data["force_include"][self._folder.name] = "scaffold/templates_compiled"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Delete the temporary folder."""
        if version != "editable":
            self._folder.cleanup()
