"""What the person who starts the house decides: addresses, folders, which switch. From options and the environment."""

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "SWITCHROOM_"
_LISTEN = re.compile(r"^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):(\d{1,5})$")


class SwitchKind(StrEnum):
    """Which switch carries the calls."""

    PRIVATE = "private"
    """An Asterisk of our own: fetched, configured and kept by us."""
    NAMED = "named"
    """An Asterisk that others keep; its devices and trunks are theirs."""
    SIMULATED = "simulated"


def _listen(text: str) -> str:
    found = _LISTEN.match(text)
    if found is None or not 0 <= int(found[2]) < 65536:
        raise ValueError("An address to listen at looks like 127.0.0.1:8080.")
    return text


Listen = Annotated[str, AfterValidator(_listen)]


def _cache() -> Path:
    """A clone keeps what it fetches in itself; an installed package in the user's cache."""
    clone = Path(__file__).parents[1]
    return clone / ".cache" if (clone / "pyproject.toml").exists() else Path.home() / ".cache" / "switchroom"


def _pages() -> Path:
    """An installed package carries its pages; in a clone they lie where they are built."""
    carried = Path(__file__).parent / "pages"
    return carried if carried.exists() else Path(__file__).parents[1] / "web" / "dist"


class Settings(BaseSettings):
    """All of them; each can be given in the environment as SWITCHROOM_NAME."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    listen: Listen = "127.0.0.1:8080"
    """Where the doors are: the pages and the API."""
    data: Path = Path("data")
    """Everything that the house keeps."""
    cache: Path = Field(default_factory=_cache)
    """What can be fetched again: the packages of Asterisk."""
    pages: Path = Field(default_factory=_pages)
    """The built browser client."""
    database: str | None = None
    """Another database than the SQLite file in `data`: postgresql+psycopg://..."""
    demo: bool = False
    https: bool = False
    """Open the doors over https, with the certificate that `switchroom certificate` made."""
    certificate: Path | None = None
    """Another certificate for the doors, in PEM with its chain; `key` if that is in a file of its own."""
    key: Path | None = None
    hosts: tuple[str, ...] = ()
    """Other names by which the doors are reached; numbers and localhost always are."""

    switch: SwitchKind = SwitchKind.PRIVATE
    sip_bind: str = "127.0.0.1"
    sip_port: int | None = None
    ari_port: int | None = None
    rtp_first: int | None = None
    rtp_last: int | None = None
    outside_address: str = ""
    local_networks: tuple[str, ...] = ()
    asterisk_url: str = "http://127.0.0.1:8088"
    asterisk_user: str = "switchroom"
    asterisk_password: SecretStr = SecretStr("")
    asterisk_app: str = "switchroom"
    keep_switch: bool = False
    """Leave the private Asterisk and its calls running when the program is stopped."""

    log_level: str = "info"
    log_json: bool = False

    @property
    def host(self) -> str:
        """Of the doors."""
        return self.listen.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """Of the doors; 0 is any free one."""
        return int(self.listen.rpartition(":")[2])

    @property
    def address(self) -> str:
        """What to type into a browser on this machine."""
        anywhere = self.host in ("0.0.0.0", "::")
        host = "127.0.0.1" if anywhere else self.listen.rpartition(":")[0]
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}"

    @property
    def secure(self) -> bool:
        """Whether the doors are opened over https."""
        return self.https or self.certificate is not None

    @property
    def database_url(self) -> str:
        """Of the house's database."""
        return self.database or f"sqlite:///{(self.data / 'house.db').resolve()}"

    @property
    def rtp(self) -> tuple[int, int] | None:
        """The stretch of ports for sound, if it was given."""
        return (self.rtp_first, self.rtp_last) if self.rtp_first and self.rtp_last else None

    def as_environment(self) -> dict[str, str]:
        """What a child process needs to have the same settings."""
        plain = self.model_dump(mode="json", exclude_defaults=True)
        secrets = {"asterisk_password": self.asterisk_password.get_secret_value()}
        given = {**plain, **(secrets if "asterisk_password" in plain else {})}
        return {PREFIX + name.upper(): _written(value) for name, value in given.items()}


def _written(value: object) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(f'"{item}"' for item in value) + "]"
    return str(value)
