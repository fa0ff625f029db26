"""Users: people who sign in, and their passwords."""

import asyncio
import secrets
from typing import Annotated

from fastapi import Body
from pydantic import BaseModel, ConfigDict, SecretStr

from switchroom.api.configured import Key, resource
from switchroom.api.deps import House, Me
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.deeds import Deed
from switchroom.domain.identity import UserId
from switchroom.domain.people import Secret
from switchroom.domain.refusals import NotFound
from switchroom.domain.users import User
from switchroom.storage.audit import Entry, noted

router = resource(ThingKind.USER, User, "users", needs=None)


class NewPassword(BaseModel):
    """A password for somebody. Left out, a random one is made."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"password": "correct horse battery"}})

    password: SecretStr | None = None


class MadePassword(BaseModel):
    """The random password, shown this once; null if you gave one yourself."""

    password: str | None


@router.post("/{key}/password", operation_id="set_user_password", summary="Give a user another password")
async def set_password(key: Key, body: Annotated[NewPassword, Body()], house: House, me: Me) -> MadePassword:
    """Signs the user out everywhere."""
    me.scope.need(Right.ADMINISTER)
    if key not in house.engine.setup.users:
        raise NotFound(kind="user", key=key)
    made = secrets.token_urlsafe(12) if body.password is None else None
    given = made or (body.password.get_secret_value() if body.password else "")
    await asyncio.to_thread(house.credentials.set_password, UserId(key), Secret(given), house.wall())
    await asyncio.to_thread(house.sessions.end_all, UserId(key))
    house.look_again.now()
    entry = Entry(at=house.wall(), by=me.user, what=Deed.PASSWORD_SET, kind="user", key=key, door=me.door)
    await asyncio.to_thread(noted, house.database, entry)
    return MadePassword(password=made)
