"""The lock of the tests' packages: current, hashed, and free of addresses."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
LOCK = (ROOT / "tests" / "requirements.txt").read_text(encoding="utf-8")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
REQUIRED = [
    *PROJECT["project"]["dependencies"],
    *PROJECT["project"]["optional-dependencies"]["browser"],
    *PROJECT["dependency-groups"]["dev"],
]


def locked(lock: str) -> dict[str, tuple[Version, int]]:
    """Return the version and the number of hashes by name."""
    found: dict[str, tuple[Version, int]] = {}
    for entry in re.split(r"\n(?=[a-z])", re.sub(r"(?m)^#.*\n", "", lock)):
        requirement = Requirement(entry.partition("\\\n")[0].strip())
        (pin,) = requirement.specifier
        assert pin.operator == "=="
        found[canonicalize_name(requirement.name)] = Version(pin.version), entry.count("--hash=sha256:")
    return found


@pytest.mark.parametrize("required", REQUIRED)
def test_a_required_package_is_locked_at_an_allowed_version(required: str) -> None:
    requirement = Requirement(required)
    version, hashes = locked(LOCK)[canonicalize_name(requirement.name)]
    assert version in requirement.specifier
    assert hashes


def test_every_package_has_hashes() -> None:
    assert [name for name, (_, hashes) in locked(LOCK).items() if not hashes] == []


def test_a_package_without_a_hash_is_detected() -> None:
    lock = "a==1 \\\n    --hash=sha256:00\nb==2\n"
    assert locked(lock) == {"a": (Version("1"), 1), "b": (Version("2"), 0)}


def test_it_contains_no_address() -> None:
    assert "://" not in LOCK
