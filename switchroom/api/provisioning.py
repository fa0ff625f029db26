"""How a phone is told what it signs in with: to be typed in, or fetched by a link that is good once."""

import asyncio
import io
import secrets
from datetime import datetime
from typing import Annotated

import segno
from fastapi import APIRouter, Path, Request, Response
from pydantic import BaseModel, ConfigDict

from switchroom.api.configured import Key
from switchroom.api.deps import House, Me, Rooms, address_of
from switchroom.api.errors import PROBLEMS
from switchroom.api.words import Words, words
from switchroom.domain.access import Right
from switchroom.domain.configured import ThingKind
from switchroom.domain.deeds import Deed
from switchroom.domain.devices import Device, DeviceKind
from switchroom.domain.people import Secret
from switchroom.domain.provisioning import (
    REALM,
    TRANSPORTS,
    Account,
    Server,
    for_linphone,
    is_out_of_reach,
    server_of,
)
from switchroom.domain.publishing import SetPassword
from switchroom.domain.refusals import NotFound, Refusal
from switchroom.domain.setup import number_of
from switchroom.engine.links import Link
from switchroom.storage.audit import Entry, noted

router = APIRouter(prefix="/api", tags=["devices"], responses=PROBLEMS)


class KeptByOthers(Refusal):
    """Where phones sign in is not ours to say."""

    code = "phone.kept_elsewhere"
    en = "The phones of this switch are set up where it is kept, not here. Ask whoever keeps it."
    ru = "Телефоны этого коммутатора настраивают там, где его держат, а не здесь. Обратитесь к тому, кто его держит."


class NeedsNothing(Refusal):
    """A browser is given what it needs by its page."""

    code = "phone.browser"
    en = "The phone {device} lives in a browser and needs no settings: its user only signs in."
    ru = "Телефон {device} живёт в браузере, настраивать его не нужно: достаточно войти в систему."


class LinkIsUsed(Refusal):
    """The link was used, or is too old."""

    code = "phone.link_used"
    status = 404
    en = "This link is good once and for a quarter of an hour. Let an administrator make another one."
    ru = "Эта ссылка действует один раз и четверть часа. Попросите администратора сделать новую."


class ProvisioningOut(BaseModel):
    """What is typed into a phone. `remark`: why this will not do for every phone; `has_password`: one is set."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "server": "192.0.2.10", "port": 5060, "transports": ["udp", "tcp"], "user": "anna-desk",
                "realm": "switchroom", "name": "Анна Соколова", "number": "101", "has_password": True, "remark": None,
            }
        }
    )  # fmt: skip

    server: str
    port: int
    transports: list[str]
    user: str
    realm: str
    name: str
    number: str
    has_password: bool
    remark: Words | None


class ProvisioningLink(BaseModel):
    """`link` is good once, until `until`; `qr` is the same as a picture (SVG) for the camera of the phone."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "link": "https://192.0.2.10:8443/api/provision/b0lR…", "until": "2026-11-24T12:15:00Z",
                "qr": "<svg xmlns=\"http://www.w3.org/2000/svg\" …/>", "remark": None,
            }
        }
    )  # fmt: skip

    link: str
    until: datetime
    qr: str
    remark: Words | None


@router.get("/devices/{key}/provisioning", operation_id="get_provisioning", summary="What to type into a phone")
async def get_provisioning(key: Key, request: Request, house: House, me: Me) -> ProvisioningOut:
    """Needs `administer`. All but the password, which `POST …/password` shows once."""
    me.scope.need(Right.ADMINISTER)
    account = _account(house, _phone(house, key), _asked_at(request))
    user = house.engine.setup.devices[key].user
    return ProvisioningOut(
        server=account.server.host,
        port=account.server.port,
        transports=list(TRANSPORTS),
        user=account.user,
        realm=REALM,
        name=account.name,
        number=number_of(house.engine.setup, user),
        has_password=bool(_password(house, key)),
        remark=words(account.server.remark) if account.server.remark else None,
    )


@router.post(
    "/devices/{key}/provisioning", operation_id="make_provisioning_link", status_code=201, summary="A link for a phone"
)
async def make_link(key: Key, request: Request, house: House, me: Me) -> ProvisioningLink:
    """Needs `administer`. Who fetches it first gets the password, as settings for Linphone; a phone that has no
    password yet is given one. An earlier link for the same phone is good no more. It stands in the audit.
    """
    me.scope.need(Right.ADMINISTER)
    account = _account(house, _phone(house, key), _asked_at(request))
    if not _password(house, key):
        fresh = SetPassword(ThingKind.DEVICE, key, Secret(secrets.token_urlsafe(18)))
        await house.administration.publish(me.scope, [fresh], me.door)
    token, link = house.links.make(key, _asked_at(request), me.user)
    await _noted(house, Deed.LINK_MADE, link, me.user, me.door)
    scheme = "https" if house.secure else request.url.scheme
    address = f"{scheme}://{request.url.netloc}/api/provision/{token}"
    remark = account.server.remark or is_out_of_reach(_asked_at(request))
    return ProvisioningLink(
        link=address, until=link.until, qr=_qr(address), remark=words(remark) if remark else None
    )


@router.get(
    "/provision/{token}",
    operation_id="fetch_provisioning",
    summary="What a phone fetches, once",
    response_class=Response,
    responses={200: {"content": {"application/xml": {}}, "description": "Settings for Linphone"}},
)
async def fetch_provisioning(
    token: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{43}$")], request: Request, house: House
) -> Response:
    """Open to whoever has the link, once. It stands in the audit."""
    link = house.links.take(token)
    if link is None or link.device not in house.engine.setup.devices:
        raise LinkIsUsed
    account = _account(house, _phone(house, link.device), link.server)
    await _noted(house, Deed.LINK_USED, link, link.made_by, address_of(request))
    settings = for_linphone(account, _password(house, link.device))
    return Response(settings, media_type="application/xml", headers={"Cache-Control": "no-store"})


def _phone(house: Rooms, key: str) -> Device:
    """Raises: NotFound; NeedsNothing."""
    device = house.engine.setup.devices.get(key)
    if device is None:
        raise NotFound(kind="device", key=key)
    if device.kind is DeviceKind.BROWSER:
        raise NeedsNothing(device=key)
    return device


def _account(house: Rooms, device: Device, asked_at: str) -> Account:
    """Raises: KeptByOthers."""
    user = house.engine.setup.users.get(device.user)
    return Account(user=device.id, name=user.name if user else device.title, server=_server(house, asked_at))


def _server(house: Rooms, asked_at: str) -> Server:
    if house.sip is None:
        raise KeptByOthers
    return server_of(house.sip, asked_at)


def _password(house: Rooms, key: str) -> str:
    return house.engine.setup.passwords.get(f"device:{key}", Secret(None)).reveal() or ""


def _asked_at(request: Request) -> str:
    return request.url.hostname or ""


def _qr(text: str) -> str:
    drawn = io.BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="svg", scale=4, border=2, light="white", xmldecl=False)
    return drawn.getvalue().decode()


async def _noted(house: Rooms, what: Deed, link: Link, by: str, door: str) -> None:
    entry = Entry(at=house.wall(), by=by, what=what, kind=ThingKind.DEVICE, key=link.device, door=door)
    await asyncio.to_thread(noted, house.database, entry)
