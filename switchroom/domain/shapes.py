"""How our own structs are written and read back. A member of a tagged union carries its class name as its kind."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A small immutable struct that is never saved. Made and changed by every step of every call, so not a dataclass:
    those take ten times as long.
    """


class Shape(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A small immutable struct that is saved; its fields' names are part of the stored form."""


class Kind(Shape, frozen=True, kw_only=True, tag_field="kind", tag=True):
    """A member of a closed union, told apart by its class name."""


class Unwritable(TypeError):
    """A value that must not, or cannot, be saved."""


_writers: dict[type, Callable[[Any], Any]] = {}
_readers: dict[type, Callable[[Any], Any]] = {}


def teach(shape: type[T], write: Callable[[T], Any], read: Callable[[Any], T]) -> None:
    """Teach the codec a type of ours that JSON does not have."""
    _writers[shape] = write
    _readers[shape] = read


def _write(value: Any) -> Any:
    writer = _writers.get(type(value))
    if writer is None:
        raise Unwritable(f"{type(value).__name__} is not saved.")
    return writer(value)


def _read(shape: type, value: Any) -> Any:
    return _readers[shape](value)


_encoder = msgspec.json.Encoder(enc_hook=_write)


def dump(value: object) -> bytes:
    """Write a struct as JSON.

    Raises: Unwritable.
    """
    return _encoder.encode(value)


def load(body: bytes | str, shape: Any) -> Any:
    """Read back what `dump` wrote, as `shape`: a struct or a union of kinds.

    Raises: msgspec.ValidationError if it is not that.
    """
    return msgspec.json.decode(body, type=shape, dec_hook=_read)


def to_plain(value: object) -> Any:
    """The same as `dump`, as lists and dictionaries."""
    return msgspec.to_builtins(value, enc_hook=_write)


def from_plain(value: object, shape: Any) -> Any:
    """The same as `load`, from lists and dictionaries."""
    return msgspec.convert(value, type=shape, dec_hook=_read)
