"""The REST API client that `api: true` generates, run by the test that is generated with it."""

import subprocess
from pathlib import Path

from tests import hosting
from tests.cases import BY_NAME


def node_test(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["node", "--test", "tests/"], cwd=folder, capture_output=True, encoding="utf-8", check=False
    )


def test_its_own_test_passes_on_plain_node(tmp_path: Path) -> None:
    done = node_test(hosting.write(BY_NAME["api"].tree, tmp_path))
    assert done.returncode == 0, done.stdout
    assert "# fail 0" in done.stdout


def test_its_own_test_can_fail(tmp_path: Path) -> None:
    folder = hosting.write(BY_NAME["api"].tree, tmp_path)
    client = folder / "widget/lib/api.js"
    client.write_text(client.read_text().replace("attempt + 1", "attempt"))
    assert node_test(folder).returncode != 0


def test_it_is_written_only_if_asked_for() -> None:
    assert "widget/lib/api.js" not in BY_NAME["minimal"].tree
    assert "tests/api.test.js" not in BY_NAME["minimal"].tree


def test_it_is_loaded_even_if_no_example_uses_it() -> None:
    script = BY_NAME["backend-and-api"].tree.text("widget/script.js")
    assert "'./lib/api.js'], function ($, Modal) {" in script
