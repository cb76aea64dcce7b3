"""A compound file's streams; numbers after [MS-CFB].

A file is sectors chained by a table; what a broken or hostile table says is followed no
further than the file is long.
"""

import struct

END_OF_CHAIN = 0xFFFFFFFE
NO_ENTRY = 0xFFFFFFFF
SECTOR_SHIFTS, MINI_SECTOR_SHIFT = (9, 12), 6
ENTRY_BYTES = 128


class CompoundFile:
    """The streams that lie in a compound file's root; ValueError or IndexError when broken."""

    def __init__(self, content: bytes) -> None:
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        if shift not in SECTOR_SHIFTS or mini_shift != MINI_SECTOR_SHIFT:
            raise ValueError(shift, mini_shift)
        self.content = content
        self.sector, self.mini_sector = 1 << shift, 1 << mini_shift
        self.most_sectors = len(content) // self.sector + 1
        fat_count, directory = struct.unpack_from("<II", content, 44)
        self.cutoff, mini_fat, _, difat, _ = struct.unpack_from("<5I", content, 56)
        self.fat: list[int] = []
        for sector in self._fat_sectors(min(fat_count, self.most_sectors), difat):
            self.fat += _numbers(self._at(sector))
        self.directory = self._chain(directory)
        self.mini_fat = _numbers(self._chain(mini_fat)) if mini_fat < END_OF_CHAIN else []

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self.sector
        return self.content[start : start + self.sector]

    def _fat_sectors(self, count: int, difat: int) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self.content, 76))
        while difat < END_OF_CHAIN and len(sectors) < count:
            *more, difat = _numbers(self._at(difat))
            sectors += more
        return [sector for sector in sectors[:count] if sector < END_OF_CHAIN]

    def _chain(self, start: int) -> bytes:
        pieces: list[bytes] = []
        while start < END_OF_CHAIN and len(pieces) <= self.most_sectors:
            pieces.append(self._at(start))
            start = self.fat[start]
        return b"".join(pieces)

    def _mini_chain(self, start: int, container: bytes) -> bytes:
        pieces: list[bytes] = []
        while start < END_OF_CHAIN and len(pieces) <= len(self.mini_fat):
            pieces.append(container[start * self.mini_sector : (start + 1) * self.mini_sector])
            start = self.mini_fat[start]
        return b"".join(pieces)

    def _entry(self, number: int) -> bytes:
        return self.directory[number * ENTRY_BYTES : (number + 1) * ENTRY_BYTES]

    def streams(self) -> dict[str, tuple[int, int]]:
        """Return the first sector and the size of each entry of the root, under its name.

        What lies deeper belongs to embedded documents: a letter may hold a workbook.
        """
        found: dict[str, tuple[int, int]] = {}
        (first,) = struct.unpack_from("<I", self._entry(0), 76)
        waiting, seen = [first], {NO_ENTRY}
        while waiting:
            number = waiting.pop()
            if number in seen:
                continue
            seen.add(number)
            entry = self._entry(number)
            (name_bytes,) = struct.unpack_from("<H", entry, 64)
            name = entry[: max(name_bytes - 2, 0)].decode("utf-16-le", "replace")
            found[name] = struct.unpack_from("<II", entry, 116)
            waiting += struct.unpack_from("<II", entry, 68)
        return found

    def stream(self, start: int, size: int) -> bytes:
        """Return a stream's bytes; small ones lie inside the root's stream."""
        if size >= self.cutoff:
            return self._chain(start)[:size]
        (root,) = struct.unpack_from("<I", self._entry(0), 116)
        return self._mini_chain(start, self._chain(root))[:size]


def _numbers(data: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))
