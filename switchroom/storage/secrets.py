"""Passwords of devices and trunks, sealed with the house's key before they are written."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from switchroom.domain.people import Secret
from switchroom.domain.refusals import Refusal

_NONCE = 12


class WrongHouseKey(Refusal):
    """The database belongs to another key."""

    code = "house.wrong_key"
    status = 500
    en = "What is sealed in the database does not open with this house's key. Put the right house.key in its place."
    ru = "Ключ этого дома не открывает запечатанное в базе данных. Верните на место правильный house.key."


class SecretBox:
    """AES-256-GCM; what it was sealed for is bound in, so that rows can't be swapped."""

    def __init__(self, key: bytes) -> None:
        self._aes = AESGCM(key)

    def seal(self, secret: Secret, purpose: str) -> bytes:
        """Nonce and ciphertext."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._aes.encrypt(nonce, (secret.reveal() or "").encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> Secret:
        """What was sealed. Raises: WrongHouseKey."""
        try:
            return Secret(self._aes.decrypt(sealed[:_NONCE], sealed[_NONCE:], purpose.encode()).decode())
        except InvalidTag:
            raise WrongHouseKey from None
