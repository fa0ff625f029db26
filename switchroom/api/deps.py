"""What the doors open into, and who stands before one."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Annotated, Protocol

from fastapi import Depends, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from sqlalchemy import Engine as Database

from demo.stage import Stage
from switchroom.domain.access import Scope, scope_of
from switchroom.domain.identity import UserId
from switchroom.domain.provisioning import SipDoor
from switchroom.domain.refusals import Refusal
from switchroom.domain.setup import Setup
from switchroom.engine.administration import Administration
from switchroom.engine.engine import Engine
from switchroom.engine.feed import Feed
from switchroom.engine.figures import LiveFigures
from switchroom.engine.links import Links
from switchroom.engine.lockouts import Lockouts
from switchroom.engine.messages import MailRoom
from switchroom.engine.phones import Phones
from switchroom.engine.recordings import Archive
from switchroom.engine.snapshots import Snapshots
from switchroom.engine.traces import Copier
from switchroom.engine.watch import Watch
from switchroom.media.photos import Photos
from switchroom.media.prompts import PromptLibrary
from switchroom.storage.calls import Calls
from switchroom.storage.contacts import Contacts
from switchroom.storage.credentials import Credentials
from switchroom.storage.ledger import Ledger
from switchroom.storage.records import Records
from switchroom.storage.rollups import Rollups
from switchroom.storage.sessions import Session, Sessions
from switchroom.storage.tokens import Tokens
from switchroom.switch.port import Looks

COOKIE = "switchroom"
CSRF = "X-CSRF-Token"
UNATTENDED = "X-Unattended"
"""A page says by it that nobody has touched it for a while."""
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class LookAgain:
    """Tells whoever holds a WebSocket open to look again whether they still may."""

    def __init__(self) -> None:
        self._asked = asyncio.Event()

    def now(self) -> None:
        """Somebody has been signed out."""
        self._asked.set()
        self._asked = asyncio.Event()

    async def asked(self, within: float) -> None:
        """Returns when it is time to look, after so many seconds at the latest."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._asked.wait()


class FirstStart(Protocol):
    """The one-time code with which the first administrator is made."""

    def fits(self, code: str) -> bool:
        """Whether this is it, and it is still good."""

    def used(self) -> None:
        """It is good no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rooms:
    """One house, as the doors see it."""

    engine: Engine
    administration: Administration
    ledger: Ledger
    feed: Feed
    figures: LiveFigures
    snapshots: Snapshots
    archive: Archive
    mail_room: MailRoom
    copier: Copier
    phones: Phones
    looks: Looks
    watch: Watch
    links: Links
    lockouts: Lockouts
    sip: SipDoor | None
    """Where phones sign in; None where others keep the switch."""
    library: PromptLibrary
    photos: Photos
    database: Database
    credentials: Credentials
    sessions: Sessions
    tokens: Tokens
    calls: Calls
    contacts: Contacts
    records: Records
    rollups: Rollups
    first_start: FirstStart
    wall: Callable[[], datetime]
    ready: Callable[[], dict[str, bool]]
    """What must be up before calls can be taken, and whether it is."""
    pages: Path
    """Where the built pages of the browser client lie."""
    hosts: tuple[str, ...] = ()
    look_again: LookAgain = field(default_factory=LookAgain)
    demo: Stage | None = None
    """What visitors may do, if this is a demo."""
    secure: bool = False
    """Whether the doors are reached by https."""
    authority: Path | None = None
    """The certificate of our own authority, if the doors are opened by it."""


class NotSignedIn(Refusal):
    """Who asks is unknown."""

    code = "access.not_signed_in"
    status = 401
    en = "Sign in first."
    ru = "Сначала войдите."


class ForeignPage(Refusal):
    """A change that did not come from our own page."""

    code = "access.foreign_page"
    status = 403
    en = "This change did not come from Switchroom's own page. Send the header {header}, or use a token."
    ru = "Этот запрос пришёл не со страницы Switchroom. Передайте заголовок {header} или используйте токен."


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a person at a browser, or a program with a token."""

    scope: Scope
    address: str
    session: Session | None = None
    token: str | None = None

    @property
    def user(self) -> UserId:
        """The person."""
        return self.scope.user

    @property
    def door(self) -> str:
        """How they came, for the audit."""
        return f"token {self.token} from {self.address}" if self.token else self.address


def rooms(request: Request) -> Rooms:
    """The house of this door."""
    found: Rooms = request.app.state.rooms
    return found


House = Annotated[Rooms, Depends(rooms)]
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="A browser that signed in by POST /api/session.")
_bearer = HTTPBearer(auto_error=False, description="A personal token, made by POST /api/tokens.")


def visitor(
    request: Request,
    house: House,
    cookie: Annotated[str | None, Depends(_cookie)],
    bearer: Annotated[object | None, Depends(_bearer)],
) -> Visitor:
    """Who asks. Raises: NotSignedIn, ForeignPage."""
    token = getattr(bearer, "credentials", None)
    if token is not None:
        return by_token(house, token, address_of(request))
    found = by_cookie(house, cookie, address_of(request), touched=UNATTENDED not in request.headers)
    if request.method not in _SAFE and request.headers.get(CSRF) != (found.session.csrf if found.session else None):
        raise ForeignPage(header=CSRF)
    return found


def session_if_any(house: House, cookie: Annotated[str | None, Depends(_cookie)]) -> bool:
    """Whether a browser that is signed in asks, of a door that is open to everybody."""
    return cookie is not None and house.sessions.find(cookie, house.wall()) is not None


def by_cookie(house: Rooms, cookie: str | None, address: str, *, touched: bool = True) -> Visitor:
    """`touched`: a person does it, not their page by itself. Raises: NotSignedIn."""
    session = house.sessions.find(cookie, house.wall(), touched=touched) if cookie else None
    if session is None:
        raise NotSignedIn
    return Visitor(_scope(house.engine.setup, session.user), address, session=session)


def by_token(house: Rooms, shown: str, address: str) -> Visitor:
    """Raises: NotSignedIn."""
    token = house.tokens.find(shown, house.wall())
    if token is None:
        raise NotSignedIn
    return Visitor(token.narrow(_scope(house.engine.setup, token.user)), address, token=token.id)


def address_of(request: Request) -> str:
    """Where the request comes from."""
    return request.client.host if request.client else ""


def _scope(setup: Setup, user: UserId) -> Scope:
    """What the user may do by the picture of now. Raises: NotSignedIn if they may not sign in any more."""
    found = setup.users.get(user)
    if found is None or not found.active:
        raise NotSignedIn
    return scope_of(user, (setup.roles[key] for key in found.roles if key in setup.roles))


Me = Annotated[Visitor, Depends(visitor)]
