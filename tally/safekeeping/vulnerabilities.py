"""Which installed packages have known gaps, by a list that was carried in: nothing is fetched.

The list is what OSV publishes of Python packages (https://osv.dev, `PyPI/all.zip`): one record in
its JSON form a vulnerability, https://ossf.github.io/osv-schema/.
"""

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ECOSYSTEM = "PyPI"
# What reading raises where the file is something else, is damaged, or is packed in another way.
UNREADABLE = (
    *(OSError, zipfile.BadZipFile, zlib.error, RuntimeError),
    *(AttributeError, LookupError, TypeError, ValueError),
)


class ListUnreadable(ValueError):
    """The file is no list of vulnerabilities."""


@dataclass(frozen=True)
class Vulnerability:
    """One known gap of an installed package; `fixed_in` are the versions without it, if any."""

    package: str
    version: str
    name: str
    summary: str
    fixed_in: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What a list says of the installed packages, and how new it is."""

    package_count: int
    record_count: int
    newest_on: date
    found: tuple[Vulnerability, ...]


def installed() -> dict[str, Version]:
    """Return the versions of the packages that this program runs on."""
    return {canonicalize_name(one.name): Version(one.version) for one in distributions()}


def compared(path: Path, packages: Mapping[str, Version]) -> Comparison:
    """Compare the packages with every record of a list; ListUnreadable."""
    newest_on, record_count = date.min, 0
    # Several lists name the same gap: it is told once.
    found: dict[tuple[str, str], Vulnerability] = {}
    try:
        for record in _records(path):
            record_count += 1
            newest_on = max(newest_on, date.fromisoformat(record["modified"][:10]))
            for one in _concerning(record, packages):
                found.setdefault((one.package, one.name), one)
    except UNREADABLE as fault:
        raise ListUnreadable(f"{path} 不是 OSV 的漏洞清单，或已损坏（{fault}）") from fault
    if not record_count:
        raise ListUnreadable(f"{path} 里没有漏洞记录，应为 OSV 的 PyPI/all.zip")
    in_order = tuple(found[key] for key in sorted(found))
    return Comparison(len(packages), record_count, newest_on, in_order)


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def _concerning(
    record: Mapping[str, Any], packages: Mapping[str, Version]
) -> Iterator[Vulnerability]:
    if "withdrawn" in record:
        return
    for affected in record.get("affected", ()):
        package = affected.get("package", {})
        name = canonicalize_name(package.get("name", ""))
        version = packages.get(name)
        if package.get("ecosystem") == ECOSYSTEM and version and _is_affected(version, affected):
            known_as = [record["id"], *record.get("aliases", ())]
            cve = next((one for one in known_as if one.startswith("CVE-")), record["id"])
            summary = record.get("summary") or record.get("details", "").partition("\n")[0]
            yield Vulnerability(name, str(version), cve, summary, _fixed_in(version, affected))


def _is_affected(version: Version, affected: Mapping[str, Any]) -> bool:
    is_listed = any(_version(text) == version for text in affected.get("versions", ()))
    return is_listed or any(_is_within(version, events) for events in _ranges(affected))


def _ranges(affected: Mapping[str, Any]) -> list[Sequence[Mapping[str, str]]]:
    ranges = affected.get("ranges", ())
    return [one["events"] for one in ranges if one["type"] == "ECOSYSTEM"]


def _is_within(version: Version, events: Sequence[Mapping[str, str]]) -> bool:
    """Tell whether the last event by a version leaves it affected."""
    known = [(_version(text), what) for event in events for what, text in event.items()]
    is_affected = False
    for at, what in sorted((at, what) for at, what in known if at is not None):
        if what == "introduced" and at <= version:
            is_affected = True
        elif (what == "fixed" and at <= version) or (what == "last_affected" and at < version):
            is_affected = False
    return is_affected


def _fixed_in(version: Version, affected: Mapping[str, Any]) -> tuple[str, ...]:
    events = [event for one in _ranges(affected) for event in one]
    fixed = {at for event in events if (at := _version(event.get("fixed", ""))) and at > version}
    return tuple(str(at) for at in sorted(fixed))


def _version(text: str) -> Version | None:
    """Return a version that can be compared; None of those that older packages made up."""
    try:
        return Version(text)
    except InvalidVersion:
        return None
