"""Signing in and out, one's own password, and the very first start."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Body, Request, Response
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from switchroom.api.deps import COOKIE, House, Me, Rooms, Visitor, address_of, by_cookie
from switchroom.api.errors import PROBLEMS
from switchroom.domain.access import Right
from switchroom.domain.company import Language
from switchroom.domain.configured import ThingKind
from switchroom.domain.deeds import Deed
from switchroom.domain.identity import UserId
from switchroom.domain.people import Secret
from switchroom.domain.publishing import Put, administrators
from switchroom.domain.refusals import Refusal
from switchroom.domain.users import User
from switchroom.storage.audit import Entry, noted
from switchroom.storage.credentials import Attempt, WrongPassword
from switchroom.storage.sessions import LASTS_AT_MOST

router = APIRouter(prefix="/api", tags=["session"], responses=PROBLEMS)
ADMINISTRATOR = "administrator"


class SignIn(BaseModel):
    """A name and a password."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"name": "anna", "password": "••••••••••"}})

    name: Annotated[str, Field(max_length=80)]
    password: SecretStr


class WhoAmI(BaseModel):
    """Who is signed in, and what they may do. `csrf` goes into the header X-CSRF-Token of every change."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "anna",
                "name": "Anna",
                "language": "ru",
                "rights": ["call", "serve"],
                "projects": None,
                "csrf": "m5Zc...",
            }
        }
    )

    user: str
    name: str
    language: str
    rights: list[Right]
    projects: list[str] | None
    csrf: str | None


class OwnPassword(BaseModel):
    """The present password, and the one that is to come."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"old": "••••••••••", "new": "••••••••••"}})

    old: SecretStr
    new: SecretStr


class First(BaseModel):
    """The first administrator. `code` was printed when the program was started."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"example": {"code": "7f3k-...", "id": "admin", "name": "Администратор", "password": "•••"}},
    )

    code: Annotated[str, Field(max_length=100)]
    id: Annotated[str, Field(max_length=48, pattern=r"^[a-z0-9][a-z0-9_-]{0,47}$")] = "admin"
    name: Annotated[str, Field(min_length=1, max_length=120)]
    password: SecretStr
    language: Language | None = None


class FirstWanted(BaseModel):
    """Whether the house still waits for its first administrator."""

    model_config = ConfigDict(json_schema_extra={"example": {"wanted": False}})

    wanted: bool


class NotFirst(Refusal):
    """The house has its administrator, or the code is not the one that was printed."""

    code = "house.not_first"
    status = 403
    en = "This code is not the one that was printed at the start, or there is an administrator already."
    ru = "Это не тот код, что был показан при запуске, или администратор уже есть."


@router.post("/session", operation_id="sign_in", status_code=201, summary="Sign in")
async def sign_in(body: SignIn, request: Request, response: Response, house: House) -> WhoAmI:
    """Sets the cookie. Who guesses passwords waits, longer each time."""
    attempt = Attempt(UserId(body.name), address_of(request))
    try:
        await asyncio.to_thread(
            house.credentials.sign_in, attempt, Secret(body.password.get_secret_value()), house.wall()
        )
    except WrongPassword:
        await _noted(house, body.name, Deed.SIGN_IN_REFUSED, attempt.address)
        raise
    return await _begin(house, attempt, request, response)


@router.get("/session", operation_id="who_am_i", summary="Who am I?")
async def who_am_i(house: House, me: Me) -> WhoAmI:
    """Also the first thing that a page asks."""
    return _who(house, me)


@router.delete("/session", operation_id="sign_out", status_code=204, summary="Sign out")
async def sign_out(response: Response, house: House, me: Me) -> None:
    """Of this browser."""
    if me.session is not None:
        await asyncio.to_thread(house.sessions.end, me.session.id)
        house.look_again.now()
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax", secure=house.secure)


@router.put("/session/password", operation_id="set_own_password", status_code=204, summary="Change one's own password")
async def set_own_password(body: OwnPassword, house: House, me: Me) -> None:
    """Signs you out everywhere else."""
    old, new = Secret(body.old.get_secret_value()), Secret(body.new.get_secret_value())
    await asyncio.to_thread(house.credentials.sign_in, Attempt(me.user, me.address), old, house.wall())
    await asyncio.to_thread(house.credentials.set_password, me.user, new, house.wall())
    await asyncio.to_thread(house.sessions.end_all, me.user, me.session.id if me.session else None)
    house.look_again.now()
    await _noted(house, me.user, Deed.OWN_PASSWORD_SET, me.door)


@router.get("/first-start", operation_id="first_wanted", summary="Is there no administrator yet?")
async def first_wanted(house: House) -> FirstWanted:
    """Open to everybody; making one needs the code that was printed at the start."""
    return FirstWanted(wanted=not administrators(house.engine.setup))


@router.post("/first-start", operation_id="first_start", status_code=201, summary="Make the first administrator")
async def first_start(body: Annotated[First, Body()], request: Request, response: Response, house: House) -> WhoAmI:
    """Possible once, with the code that was printed at the start; signs the administrator in."""
    if administrators(house.engine.setup) or not house.first_start.fits(body.code):
        raise NotFirst
    user = User(id=body.id, name=body.name, roles=(ADMINISTRATOR,), language=body.language)
    password = Secret(body.password.get_secret_value())
    await asyncio.to_thread(house.credentials.set_password, UserId(user.id), password, house.wall())
    await house.administration.publish_as(UserId(user.id), [Put(ThingKind.USER, user)], address_of(request))
    house.first_start.used()
    return await _begin(house, Attempt(UserId(user.id), address_of(request)), request, response)


async def _begin(house: Rooms, attempt: Attempt, request: Request, response: Response) -> WhoAmI:
    browser = request.headers.get("User-Agent", "")
    cookie, _ = await asyncio.to_thread(house.sessions.begin, attempt.user, house.wall(), attempt.address, browser)
    me = by_cookie(house, cookie, attempt.address)
    lasts = int(LASTS_AT_MOST.total_seconds())
    response.set_cookie(COOKIE, cookie, max_age=lasts, httponly=True, samesite="lax", secure=house.secure, path="/")
    await _noted(house, attempt.user, Deed.SIGNED_IN, attempt.address)
    return _who(house, me)


def _who(house: Rooms, me: Visitor) -> WhoAmI:
    setup, scope = house.engine.setup, me.scope
    rights = [right for right in Right if scope.may(right) and (me.token is None or right in scope.rights)]
    return WhoAmI(
        user=me.user,
        name=setup.users[me.user].name,
        language=setup.language_of(me.user),
        rights=sorted(rights),
        projects=None if scope.projects is None else sorted(scope.projects),
        csrf=me.session.csrf if me.session else None,
    )


async def _noted(house: Rooms, by: str, what: Deed, door: str) -> None:
    entry = Entry(at=house.wall(), by=by[:80], what=what, kind="session", door=door)
    await asyncio.to_thread(noted, house.database, entry)


