"""Phones in browsers: one page per user at a time, and what the calls must know of its coming and going."""

import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import structlog

from switchroom.domain.devices import browser_device
from switchroom.domain.events import DeviceReturned, PhoneTakenOver
from switchroom.domain.identity import DeviceId, UserId
from switchroom.domain.refusals import Refusal
from switchroom.domain.setup import number_of
from switchroom.engine.engine import Engine
from switchroom.switch.port import BrowserPhones, PhoneLine
from switchroom.switch.sip import is_signed_in, may_send

log = structlog.get_logger()


class NoPhoneHere(Refusal):
    """This user has no phone in the browser, or this switch can't have any."""

    code = "phone.none"
    status = 409
    en = "Calls in the browser are not switched on for you. Ask an administrator, or use another phone."
    ru = "Звонки в браузере для вас не включены. Обратитесь к администратору или возьмите другой телефон."


class OtherPageIsPhone(Refusal):
    """A newer page of the same user is the phone now."""

    code = "phone.other_page"
    status = 409
    en = "Another page of yours has become the phone. Reload this one to take the phone over."
    ru = "Телефоном стала другая ваша страница. Обновите эту, чтобы забрать телефон сюда."


class SipNotAllowed(Exception):
    """The page sent what it must not send; its line is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a page signs in to the switch with; `number` is the user's extension, if there is one."""

    device: DeviceId
    password: str
    number: str


class Line:
    """A page that is, or wants to be, the phone."""

    def __init__(self, phones: "Phones", device: DeviceId, page: str, wire: PhoneLine) -> None:
        self.device = device
        self.page = page
        self._phones = phones
        self._wire = wire

    async def up(self, message: str) -> None:
        """From the page to the switch. Raises: SipNotAllowed; SwitchLost."""
        if not may_send(message, self.device):
            log.warning("a page sent SIP as somebody else", device=self.device, said=message[:80])
            raise SipNotAllowed
        await self._wire.send(message)

    async def down(self) -> AsyncIterator[str]:
        """From the switch to the page, until the line closes."""
        async for message in self._wire.messages():
            if is_signed_in(message):
                self._phones.signed_in(self)
            yield message

    async def close(self) -> None:
        """The page is gone."""
        self._phones.closed(self)
        await self._wire.close()


class Phones:
    """All phones in browsers of one house. `switch` is None where browsers can't be phones."""

    def __init__(self, engine: Engine, switch: BrowserPhones | None) -> None:
        self._engine = engine
        self._switch = switch
        self._passwords: dict[DeviceId, str] = {}
        self._pages: dict[DeviceId, str] = {}
        self._open: dict[DeviceId, tuple[Line, Callable[[], None]]] = {}
        self._waiting_to_ring: set[DeviceId] = set()
        self._retired: set[str] = set()

    def account(self, user: UserId) -> Account:
        """Raises: NoPhoneHere."""
        device = DeviceId(browser_device(user).id)
        if self._switch is None or self._engine.setup.device(device) is None:
            raise NoPhoneHere
        password = self._passwords.setdefault(device, secrets.token_urlsafe(24))
        return Account(device=device, password=password, number=number_of(self._engine.setup, user))

    async def open(self, user: UserId, page: str, taken_over: Callable[[], None]) -> Line:
        """Let this page be the user's phone; `taken_over` is called when a newer page becomes it.

        Raises: NoPhoneHere; OtherPageIsPhone; SwitchLost.
        """
        account = self.account(user)
        assert self._switch is not None
        if page in self._retired:
            raise OtherPageIsPhone
        line = Line(self, account.device, page, await self._switch.open_line(
            account.device, account.password, account.number,
        ))
        self._become(line, taken_over)
        return line

    def _become(self, line: Line, taken_over: Callable[[], None]) -> None:
        before = self._pages.get(line.device)
        self._pages[line.device] = line.page
        known = self._open.pop(line.device, None)
        self._open[line.device] = (line, taken_over)
        if known is not None and known[0].page != line.page:
            self._retired.add(known[0].page)
            known[1]()
        if before is not None and before != line.page:
            self._engine.phone_changed(PhoneTakenOver(device=line.device))
        self._waiting_to_ring.add(line.device)

    def signed_in(self, line: Line) -> None:
        """The switch has accepted the page; later refreshes of the registration say nothing new."""
        known = self._open.get(line.device)
        if known is not None and known[0] is line and line.device in self._waiting_to_ring:
            self._waiting_to_ring.discard(line.device)
            self._engine.phone_changed(DeviceReturned(device=line.device))

    def closed(self, line: Line) -> None:
        """The line is gone; the page may come back, and is the phone until another one comes."""
        known = self._open.get(line.device)
        if known is not None and known[0] is line:
            del self._open[line.device]
