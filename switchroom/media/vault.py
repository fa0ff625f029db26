"""Sounds encrypted at rest, each with a key of its own; without the key it is gone from every backup too.

A file is chunks of AES-256-GCM, 64 KiB of sound each, so that a player can ask for any part. The nonce is the number
of the chunk: a key is never used for a second file. The first and the last chunk are marked in what is bound in, so a
file that was cut short does not open. Source of the form: the STREAM construction, Hoang et al., 2015.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 64 * 1024
_TAG = 16
_NONCE = 12


class NotGenuine(Exception):
    """The file or its key was changed, cut short, or belongs to another."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """Where a sound lies, and its key, wrapped with the house's."""

    file: str
    wrapped_key: bytes
    octets: int


class Vault:
    """Sealed sounds in a folder. `key` is the house's."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._house = AESGCM(key)

    def seal(self, name: str, sound: bytes) -> Sealed:
        """Write a sound; the same name again replaces it."""
        key = secrets.token_bytes(32)
        aes = AESGCM(key)
        chunks = [sound[start : start + CHUNK] for start in range(0, max(1, len(sound)), CHUNK)]
        body = b"".join(
            aes.encrypt(_number(n), chunk, _marked(name, last=n == len(chunks) - 1)) for n, chunk in enumerate(chunks)
        )
        _write(self._path(name), body)
        nonce = secrets.token_bytes(_NONCE)
        return Sealed(name, nonce + self._house.encrypt(nonce, key, name.encode()), len(sound))

    def read(self, sealed: Sealed, start: int = 0, end: int | None = None) -> bytes:
        """The sound from octet `start` to before `end`. Raises: NotGenuine; FileNotFoundError."""
        end = sealed.octets if end is None else min(end, sealed.octets)
        if start >= end:
            return b""
        aes = AESGCM(self._key(sealed))
        last = max(0, (sealed.octets - 1) // CHUNK)
        found = []
        with self._path(sealed.file).open("rb") as file:
            for number in range(start // CHUNK, (end - 1) // CHUNK + 1):
                file.seek(number * (CHUNK + _TAG))
                found.append(_opened(aes, file.read(CHUNK + _TAG), number, _marked(sealed.file, last=number == last)))
        skipped = start % CHUNK
        return b"".join(found)[skipped : skipped + end - start]

    def seal_beside(self, sealed: Sealed, what: str, body: bytes) -> bytes:
        """Something about a sound, to be kept elsewhere: it opens with the sound's key only, and is gone with it.

        Its nonce begins with ones and is random behind them, so that it is never the number of a chunk.
        """
        nonce = b"\xff" + secrets.token_bytes(_NONCE - 1)
        return nonce + AESGCM(self._key(sealed)).encrypt(nonce, body, _beside(sealed, what))

    def open_beside(self, sealed: Sealed, what: str, box: bytes) -> bytes:
        """Back again. Raises: NotGenuine."""
        try:
            return AESGCM(self._key(sealed)).decrypt(box[:_NONCE], box[_NONCE:], _beside(sealed, what))
        except InvalidTag:
            raise NotGenuine(f"The {what} of {sealed.file} were changed.") from None

    def erase(self, name: str) -> None:
        """Remove the file; the key is destroyed with its row."""
        self._path(name).unlink(missing_ok=True)

    def _key(self, sealed: Sealed) -> bytes:
        nonce, box = sealed.wrapped_key[:_NONCE], sealed.wrapped_key[_NONCE:]
        try:
            return self._house.decrypt(nonce, box, sealed.file.encode())
        except InvalidTag:
            raise NotGenuine(f"The key of {sealed.file} does not open.") from None

    def _path(self, name: str) -> Path:
        if not name.replace("-", "").replace(".", "").isalnum() or name.startswith("."):
            raise ValueError(f"{name!r} is no name of a recording.")
        return self._folder / f"{name}.sealed"


def _beside(sealed: Sealed, what: str) -> bytes:
    return f"{sealed.file}:beside:{what}".encode()


def _number(n: int) -> bytes:
    return n.to_bytes(_NONCE, "big")


def _marked(name: str, *, last: bool) -> bytes:
    return f"{name}:{'last' if last else 'more'}".encode()


def _opened(aes: AESGCM, chunk: bytes, number: int, bound: bytes) -> bytes:
    try:
        return aes.decrypt(_number(number), chunk, bound)
    except InvalidTag:
        raise NotGenuine(f"Chunk {number} was changed.") from None


def _write(path: Path, data: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(path)
