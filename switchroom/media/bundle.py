"""A zip made while it is being sent: only one of its files is in memory at a time."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple


class Packed(NamedTuple):
    """A file of the bundle; it is read when its turn comes."""

    name: str
    read: Callable[[], bytes]


class _Outlet(io.RawIOBase):
    """Where a zip is written to; what has been written is taken away."""

    def __init__(self) -> None:
        self._written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        part = bytes(memoryview(data))  # type: ignore[arg-type]  # whatever has octets
        self._written += part
        return len(part)

    def taken(self) -> bytes:
        """What was written since."""
        taken, self._written = bytes(self._written), bytearray()
        return taken


def bundled(files: Iterable[Packed]) -> Iterator[bytes]:
    """The parts of a zip; sound is stored as it is, for it is packed already."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w") as bundle:
        for file in files:
            bundle.writestr(file.name, file.read())
            yield outlet.taken()
    yield outlet.taken()
