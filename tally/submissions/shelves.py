"""Where the originals lie: a folder of the home, or what all servers of a lake share."""

import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Protocol

from pyarrow import fs

from tally.addresses import Lake, lake_in_use

FOLDER = "uploads"
# What is being written has no name of an original.
HALF_WRITTEN = "tmp"


class Shelf(Protocol):
    """Files by name, `ab/abcdef…`; each is there whole or not at all. FileNotFoundError."""

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""

    def put(self, name: str, content: bytes) -> None:
        """Write a file in the place of one of that name."""

    def has(self, name: str) -> bool:
        """Tell whether a file of that name is there."""

    def names(self) -> Iterator[str]:
        """Yield the names of all files, in order."""


class FolderShelf:
    """A folder on a disk of this machine, or one that all servers mount."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""
        return (self.folder / name).read_bytes()

    def put(self, name: str, content: bytes) -> None:
        """Write a file beside its place and move it there when it is on the disk."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, half_written = tempfile.mkstemp(dir=path.parent, prefix=HALF_WRITTEN)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(half_written).replace(path)

    def has(self, name: str) -> bool:
        """Tell whether a file of that name is there."""
        return (self.folder / name).is_file()

    def names(self) -> Iterator[str]:
        """Yield the names of all files, in order."""
        for path in sorted(self.folder.glob("??/*")):
            if path.is_file() and not path.name.startswith(HALF_WRITTEN):
                yield f"{path.parent.name}/{path.name}"


class BucketShelf:
    """A folder of an S3 store: what is put there appears whole, when it is all there."""

    def __init__(self, files: fs.FileSystem, folder: str) -> None:
        self._files, self._folder = files, folder

    def read(self, name: str) -> bytes:
        """Return a file's bytes."""
        with self._files.open_input_file(f"{self._folder}/{name}") as stream:
            return bytes(stream.read())

    def put(self, name: str, content: bytes) -> None:
        """Write a file in the place of one of that name."""
        with self._files.open_output_stream(f"{self._folder}/{name}") as stream:
            stream.write(content)

    def has(self, name: str) -> bool:
        """Tell whether a file of that name is there."""
        return self._files.get_file_info(f"{self._folder}/{name}").type == fs.FileType.File

    def names(self) -> Iterator[str]:
        """Yield the names of all files, in order."""
        wanted = fs.FileSelector(self._folder, allow_not_found=True, recursive=True)
        for one in sorted(self._files.get_file_info(wanted), key=lambda info: info.path):
            if one.type == fs.FileType.File:
                yield "/".join(one.path.rsplit("/", 2)[1:])


def shelf_of(home: Path) -> Shelf:
    """Return where a home's originals lie: in the home, or where its lake's data are."""
    lake = lake_in_use()
    return shelf_of_lake(lake) if lake else FolderShelf(home / FOLDER)


@cache
def shelf_of_lake(lake: Lake) -> Shelf:
    """Return where the originals of all servers of a lake lie."""
    if not lake.is_s3:
        return FolderShelf(Path(lake.data) / FOLDER)
    # Most stores but Amazon's refuse an upload whose checksum comes after it.
    os.environ.setdefault("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required")
    # Key, secret and address of the store come from the environment, as the engine has them.
    store = fs.S3FileSystem(
        access_key=os.environ.get("AWS_ACCESS_KEY_ID"),
        secret_key=os.environ.get("AWS_SECRET_ACCESS_KEY"),
        endpoint_override=os.environ.get("AWS_ENDPOINT_URL"),
        region=os.environ.get("AWS_REGION", "us-east-1"),
        request_timeout=20,
        connect_timeout=5,
    )
    return BucketShelf(store, f"{lake.data.removeprefix('s3://')}/{FOLDER}")
