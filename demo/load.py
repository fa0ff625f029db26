"""Puts the made-up company into an empty house, with random passwords that are kept beside it."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from demo.company import furniture, sounds
from switchroom.domain.configured import Configured
from switchroom.domain.devices import Device
from switchroom.domain.identity import UserId
from switchroom.domain.people import Secret
from switchroom.domain.prompts import Prompt
from switchroom.domain.publishing import Put, SetPassword, Wish, key_of
from switchroom.domain.trunks import Trunk
from switchroom.domain.users import User
from switchroom.media.prompts import PromptLibrary
from switchroom.storage.credentials import Credentials
from switchroom.storage.setup import SetupStore

ACCOUNTS = "demo-accounts.json"
_SOUNDS = Path(__file__).parent / "sounds"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in to the demo."""

    user: str
    name: str
    role: str
    password: str


def is_empty(store: SetupStore) -> bool:
    """Whether nobody has made anything yet."""
    return store.picture().revision == 0


def load(store: SetupStore, credentials: Credentials, library: PromptLibrary, folder: Path) -> None:
    """Publish everything at once, then give people their passwords."""
    now = datetime.now(UTC)
    things = [(thing.kind, _with_sounds(thing.body, library)) for thing in furniture()]
    wishes: list[Wish] = [Put(kind, body) for kind, body in things]
    wishes += [SetPassword(k, key_of(k, b), _random()) for k, b in things if isinstance(b, Device | Trunk)]
    store.publish(wishes, "demo", now)
    made = [_account(body) for _, body in things if isinstance(body, User)]
    for account in made:
        credentials.set_password(UserId(account.user), Secret(account.password), now)
    path = folder / ACCOUNTS
    path.touch(0o600)
    path.write_text(_written(made))


def accounts(folder: Path) -> list[Account]:
    """Who can sign in to the demo; nobody if this is no demo."""
    path = folder / ACCOUNTS
    if not path.exists():
        return []
    return [Account(**told) for told in json.loads(path.read_text())]


def _written(made: list[Account]) -> str:
    fields = ("user", "name", "role", "password")
    return json.dumps([{name: getattr(a, name) for name in fields} for a in made], ensure_ascii=False, indent=1)


def _with_sounds(body: Configured, library: PromptLibrary) -> Configured:
    if not isinstance(body, Prompt):
        return body
    files = {
        language: library.put((_SOUNDS / file).read_bytes(), file)[0] for language, file in sounds()[body.id].items()
    }
    return body.model_copy(update={"files": files})


def _random() -> Secret:
    return Secret(secrets.token_urlsafe(18))


def _account(user: User) -> Account:
    return Account(user.id, user.name, user.roles[0], secrets.token_urlsafe(9))
