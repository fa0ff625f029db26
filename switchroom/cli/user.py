"""`switchroom user`: passwords, when nobody who could give one can sign in."""

import secrets
from datetime import UTC, datetime

from switchroom import house
from switchroom.cli.console import LANGUAGE, say, show
from switchroom.domain.identity import UserId
from switchroom.domain.people import Secret
from switchroom.domain.refusals import NotFound
from switchroom.domain.titles import Title
from switchroom.settings import Settings


def password(settings: Settings, name: str) -> None:
    """Print a new random password for this user. Raises: NotFound."""
    with house.open_ground(settings) as ground:
        if name not in ground.store.picture().users:
            raise NotFound(kind="user", key=name)
        given = secrets.token_urlsafe(12)
        ground.credentials.set_password(UserId(name), Secret(given), datetime.now(UTC))
    say(Title(f"The new password of {name}:", f"Новый пароль пользователя {name}:"))
    show(given)


def list_(settings: Settings) -> None:
    """Print who there is, with their roles."""
    with house.open_ground(settings) as ground:
        for key, user in sorted(ground.store.picture().users.items()):
            state = "" if user.active else Title(" (may not sign in)", " (вход закрыт)").in_(LANGUAGE)
            show(f"{key}\t{user.name}\t{', '.join(user.roles)}{state}")
