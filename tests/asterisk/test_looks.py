"""What the real Asterisk knows of phones and of signing in at carriers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from demo.phone.phone import Call, Phone
from switchroom.domain.reach import Registration, SigningIn
from switchroom.domain.trunks import Trunk as ConfiguredTrunk
from switchroom.domain.trunks import TrunkKind as ConfiguredKind
from switchroom.switch.asterisk.ari import AriAccess, AriClient
from switchroom.switch.asterisk.carriers import refusals, registrations
from switchroom.switch.asterisk.description import SwitchDescription, Trunk, TrunkKind
from switchroom.switch.asterisk.dialplan import ECHO
from switchroom.switch.asterisk.keeper import access_of
from switchroom.switch.asterisk.looks import AsteriskLooks
from switchroom.switch.asterisk.writer import apply
from switchroom.switch.port import Contact, SwitchLost
from tests.asterisk.conftest import listening

LOG = """
[…] WARNING[1] res_pjsip_outbound_registration.c: No response received from 'sip:a:1' on registration attempt to 'sip:x@a:1', retrying in '20'
[…] WARNING[1] res_pjsip_outbound_registration.c: Temporal response '401' received from 'sip:b:1' on registration attempt to 'sip:x@b:1', retrying in '20'
[…] WARNING[1] res_pjsip_outbound_registration.c: '404' fatal response received from 'sip:c:1' on registration attempt to 'sip:x@c:1', retrying in '300' seconds
[…] WARNING[1] res_pjsip_outbound_registration.c: 403 Forbidden fatal response received from 'sip:d:1' on registration attempt to 'sip:x@d:1', retrying in '300' seconds
[…] WARNING[1] res_pjsip_outbound_registration.c: Temporal response '503' received from 'sip:a:1' on registration attempt to 'sip:x@a:1', retrying in '20'
"""  # noqa: E501
LIST = """
 <Registration/ServerURI..............................>  <Auth....................>  <Status.......>
==========================================================================================

 a/sip:a:1                                               a                           Rejected          (exp. 10s)
 d-trunk-of-a-very-long-name-that-fills-all/sip:d.exampl d-trunk-of-a-very-long-name-that  Unregistered      (exp. 1s)
 ok/sip:ok.example.com:5060                              ok                          Registered        (exp. 247s)

Objects found: 3
"""


def carrier(name: str, host: str, port: int = 1, username: str = "x") -> ConfiguredTrunk:
    kind = ConfiguredKind.REGISTERING
    return ConfiguredTrunk(id=name, title=name, kind=kind, host=host, port=port, username=username)


def test_the_log_tells_why_and_the_list_how_it_stands() -> None:
    assert refusals(LOG) == {"sip:x@a:1": 503, "sip:x@b:1": 401, "sip:x@c:1": 404, "sip:x@d:1": 403}
    known = {"a": carrier("a", "a"), "ok": carrier("ok", "ok.example.com")}
    assert registrations(LIST, LOG, known) == {
        "a": Registration(state=SigningIn.REFUSED, code=503), "ok": Registration(state=SigningIn.DONE),
    }  # fmt: skip


class _Channel(msgspec.Struct):
    name: str


class Evil(Phone):
    """A phone that calls itself something that Asterisk or we might take for a word of ours."""

    agent = "Evil ${CHANNEL(name)} \x1e\x1f,;phone"

    def send(self, method: str, call: Call, headers: dict[str, str] | None = None, *more: str) -> bytes:
        return super().send(method, call, {**(headers or {}), "user-agent": self.agent}, *more)


async def _both_answer(looks: AsteriskLooks) -> tuple[Contact, ...]:
    async with asyncio.timeout(15):
        while True:
            seen = (await looks.contacts(["anna", "vera"])).get("vera", ())
            if [contact.answers for contact in seen] == [True, True]:
                return seen
            await asyncio.sleep(0.1)


@pytest_asyncio.fixture
async def looks(switch: SwitchDescription) -> AsyncIterator[AsteriskLooks]:
    ari = AriClient(access_of(switch))
    async with listening(ari):
        yield AsteriskLooks(ari, switch.folder)
    ari.close()


@pytest.mark.asterisk
@pytest.mark.feature("P3")
async def test_a_carrier_that_does_not_let_us_in_says_why(switch: SwitchDescription, looks: AsteriskLooks) -> None:
    port = switch.ports.sip
    ours = {"right": ("boris", "pw-boris"), "wrong": ("vera", "bad")}
    trunks = tuple(
        Trunk(name=name, kind=TrunkKind.REGISTERING, host="127.0.0.1", port=port, username=user, password=password)
        for name, (user, password) in ours.items()
    )
    wanted = {
        "right": Registration(state=SigningIn.DONE), "wrong": Registration(state=SigningIn.REFUSED, code=401),
    }  # fmt: skip
    asked = [carrier(name, "127.0.0.1", port, user) for name, (user, _) in ours.items()]
    ari = AriClient(access_of(switch))
    await apply(replace(switch, trunks=switch.trunks + trunks), ari)
    try:
        async with asyncio.timeout(40):  # it begins within ten seconds by chance
            while await looks.registrations(asked) != wanted:
                await asyncio.sleep(0.2)
    finally:
        await apply(switch, ari)
        ari.close()


@pytest.mark.asterisk
@pytest.mark.feature("P2")
async def test_two_phones_of_one_user_are_told_apart_whatever_they_call_themselves(
    switch: SwitchDescription, looks: AsteriskLooks
) -> None:
    phones = [await Evil.open("vera", "pw-vera", ("127.0.0.1", switch.ports.sip)) for _ in range(2)]
    for phone in phones:
        assert await phone.register() == 200
    try:
        seen = await _both_answer(looks)
    finally:
        for phone in phones:
            await phone.register(0)
            await phone.close()
    assert {contact.address for contact in seen} == {f"127.0.0.1:{phone.port}" for phone in phones}
    assert {contact.agent for contact in seen} == {Evil.agent}
    now = datetime.now(UTC)
    for contact in seen:
        assert contact.until is not None
        assert now < contact.until < now + timedelta(hours=2)
        assert contact.latency is not None
        assert timedelta(0) < contact.latency < timedelta(seconds=3)


@pytest.mark.asterisk
async def test_a_look_that_a_crash_left_there_is_used_and_removed(
    switch: SwitchDescription, looks: AsteriskLooks, ari: AriClient
) -> None:
    left = "switchroom-look"
    await ari.post("channels", "create", endpoint=f"Local/s@{ECHO}/n", app="switchroom", channelId=left, appArgs="look")
    assert len(await _looking(ari)) == 2
    assert await looks.contacts(["anna"]) == {}
    async with asyncio.timeout(30):
        while await _looking(ari):
            await asyncio.sleep(0.02)


async def _looking(ari: AriClient) -> list[_Channel]:
    """Both halves of each."""
    there = await ari.read(list[_Channel], "channels")
    return [channel for channel in there if channel.name.startswith(f"Local/s@{ECHO}")]


@pytest.mark.asterisk
async def test_hundreds_are_looked_up_at_once(looks: AsteriskLooks) -> None:
    names = [f"somebody-of-a-rather-long-name-{number}" for number in range(300)]
    assert await looks.contacts(names) == {}


async def test_a_switch_that_is_not_there_is_told_as_such(tmp_path: Path) -> None:
    away = AriAccess(url="http://127.0.0.1:1", user="nobody", password="")
    looks = AsteriskLooks(AriClient(away), tmp_path)
    with pytest.raises(SwitchLost):
        await looks.contacts(["anna"])
    with pytest.raises(SwitchLost):
        await looks.registrations([carrier("a", "a")])
