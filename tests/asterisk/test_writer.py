"""The configuration: nothing hostile gets into it, changes are live at once, static rules serve while we are away."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from switchroom.switch.asterisk import console
from switchroom.switch.asterisk.ari import AriClient
from switchroom.switch.asterisk.away import AwayRecord, AwayRule, away_records, claim
from switchroom.switch.asterisk.description import (
    Device,
    LastResort,
    Ports,
    StaticExtension,
    SwitchDescription,
    Trunk,
    TrunkKind,
    Way,
)
from switchroom.switch.asterisk.heard import StasisStart
from switchroom.switch.asterisk.keeper import Keeper, access_of
from switchroom.switch.asterisk.loader import Unpacked
from switchroom.switch.asterisk.pjsip import device_objects
from switchroom.switch.asterisk.troubles import DescriptionRefused
from switchroom.switch.asterisk.writer import apply, render, write
from tests.asterisk.conftest import Ears, Phones, a_description, listening, until
from tests.asterisk.signaller import Dialog

EMPTY = SwitchDescription(
    root=Unpacked(Path("/opt/root"), "amd64"), folder=Path("/opt/one"), ari_password="secret",
    ports=Ports(sip=5060, http=8088, rtp_first=10000, rtp_last=12000),
)
CARRIER = Trunk(name="carrier", kind=TrunkKind.BY_IP, host="192.0.2.7")


@pytest.mark.parametrize("password", [
    "a\nb", "a;b", "a\rb", "a\x00b", " a", "a ", "", "щеколда", "x" * 200, "a\n[evil]\ntype=endpoint", "a\x85b",
])
def test_a_password_that_could_write_lines_of_its_own_is_refused_and_not_shown(password: str) -> None:
    with pytest.raises(DescriptionRefused) as refused:
        render(replace(EMPTY, devices=(Device(name="anna", password=password),)))
    for sentence in (refused.value.sentence("en"), refused.value.sentence("ru")):
        assert "anna" in sentence
        assert len(password) < 3 or password not in sentence


@pytest.mark.parametrize("name", [
    "a]b", "[a", "a b", "a;b", "A", "", "a/b", "анна", "a\n", "x" * 60, "${EXTEN}", "a,b", "-a",
])
def test_a_name_that_could_mean_something_else_is_refused(name: str) -> None:
    with pytest.raises(DescriptionRefused):
        render(replace(EMPTY, devices=(Device(name=name, password="pw"),)))


@pytest.mark.parametrize("changed", [
    {"trunks": (replace(CARRIER, host="a;b"),)},
    {"trunks": (replace(CARRIER, host="h\nx"),)},
    {"trunks": (replace(CARRIER, username="u;x", password="p"),)},
    {"trunks": (replace(CARRIER, codecs=("alaw\nmatch=1",)),)},
    {"trunks": (replace(CARRIER, caller_id="1,2"),)},
    {"trunks": (replace(CARRIER, proxy="proxy.example;lr"),)},
    {"trunks": (replace(CARRIER, proxy="proxy.example:x"),)},
    {"extensions": (StaticExtension(number="1,Dial(x)", devices=()),)},
    {"extensions": (StaticExtension(number="100", devices=("nobody",)),)},
    {"trunks": (CARRIER,), "last_resort": LastResort(target=Way("carrier", "1&PJSIP/2"))},
    {"last_resort": LastResort(target=Way("none", "1"))},
    {"app": "a,b"}, {"ari_password": "a;b"}, {"language": "ru\nx"}, {"folder": Path("/a;b")}, {"folder": Path("/a,b")},
    {"music": {"default": Path("/x\ny")}},
    {"devices": (Device(name="anna", password="1"), Device(name="anna", password="2"))},
    {"devices": (Device(name="carrier", password="1"),), "trunks": (CARRIER,)},
    {"devices": (Device(name="anna", password="1", codecs=("mp3",)),)},
])
def test_any_other_value_that_could_mean_something_else_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(DescriptionRefused):
        render(replace(EMPTY, **changed))  # type: ignore[arg-type]  # each case names fields of the description


@pytest.mark.parametrize("address", [
    "127.0.0.1", "127.9.9.9", "localhost", "127.0.0.0/8", "0.0.0.0/0", "::1", "0.0.0.0", "LOCALHOST.", "x/8",
    "126.0.0.0/7",
])
def test_a_trunk_known_by_address_alone_never_lets_this_machine_in(address: str) -> None:
    for trunk in (replace(CARRIER, host=address), replace(CARRIER, addresses=(address,))):
        with pytest.raises(DescriptionRefused):
            render(replace(EMPTY, trunks=(trunk,)))


def test_a_loop_back_trunk_with_a_password_is_allowed_and_not_known_by_address() -> None:
    trunk = Trunk(name="loop", kind=TrunkKind.PEER, host="127.0.0.1", username="loop-user", password="pw")
    pjsip = render(replace(EMPTY, trunks=(trunk,)))["pjsip.conf"]
    assert "type = identify" not in pjsip
    assert "[loop]\ntype = auth\nauth_type = digest\nusername = loop-user" in pjsip


def test_every_endpoint_has_a_password_or_an_address_and_none_is_anonymous() -> None:
    devices = (Device(name="anna", password="1"), Device(name="web", password="2", browser=True))
    trunks = (CARRIER, Trunk(name="reg", kind=TrunkKind.REGISTERING, host="sip.example", username="u", password="p"))
    files = render(replace(EMPTY, devices=devices, trunks=trunks))
    sections = files["pjsip.conf"].split("\n\n")
    endpoints = [part for part in sections if "type = endpoint" in part]
    assert len(endpoints) == 4
    assert all("\nauth = " in part or "identify_by = ip" in part for part in endpoints)
    assert all("set_var = PJSIP_TRANSFER_HANDLING()=ari-only" in part for part in endpoints)
    assert "anonymous" not in files["modules.conf"]
    assert "sessionlimit = 5000" in files["http.conf"]


def test_a_new_house_has_one_endpoint_that_nobody_can_be_and_it_goes_with_the_first_phone() -> None:
    empty = render(EMPTY)["pjsip.conf"]
    assert empty.count("type = endpoint") == 1
    assert "[house.nobody]" in empty
    assert "identify_by = ip" in empty
    assert "type = identify" not in empty
    assert "house.nobody" not in render(replace(EMPTY, devices=(Device(name="anna", password="1"),)))["pjsip.conf"]


def test_writing_twice_changes_nothing_and_passwords_are_for_the_owner_only(tmp_path: Path) -> None:
    description = replace(EMPTY, folder=tmp_path / "one", devices=(Device(name="anna", password="pw"),))
    assert "pjsip.conf" in write(description)
    assert write(description) == ()
    assert write(replace(description, devices=())) == ("pjsip.conf",)
    assert {(path.stat().st_mode & 0o777) for path in description.etc.iterdir()} == {0o600}
    assert (description.folder / "data/sounds/ru").readlink().name == "ru_RU_f_IvrvoiceRU"


@pytest.mark.asterisk
async def test_a_device_added_while_running_signs_in_at_once_and_a_call_goes_on(
    switch: SwitchDescription, ari: AriClient, phones: Phones,
) -> None:
    await phones.registered("vera")
    anna = await phones.registered("anna")
    talk = await anna.call("102")
    assert talk.statuses[-1] == 200
    late = await phones.open("late", password="pw-late")
    assert await late.register() == 401
    changed = replace(switch, devices=(*switch.devices, Device(name="late", password="pw-late")))
    applied = await apply(changed, ari)
    assert applied.changed == ("pjsip.conf",)
    assert applied.needs_restart == ()
    assert await late.register() == 200
    assert await late.register(expires=0) == 200
    assert not talk.over.is_set()
    await anna.hang_up(talk)
    await apply(switch, ari)
    assert await late.register() == 401


@pytest.mark.asterisk
async def test_a_stranger_and_a_wrong_password_reach_nothing(
    switch: SwitchDescription, ari: AriClient, phones: Phones,
) -> None:
    async with listening(ari) as ears:
        stranger = await phones.open("stranger", password="guess")
        as_trunk = await phones.open("carrier", password="guess")
        as_device = await phones.open("anna", password="guess")
        for phone in (stranger, as_trunk, as_device):
            for signs_in in (False, True):
                refused = await phone.call("112", signs_in=signs_in)
                assert refused.statuses[-1] in (401, 403)
        anna = await phones.open("anna")
        ringing = asyncio.create_task(anna.call("555"))
        arrived = await ears.first(StasisStart)
        assert arrived.args == ["arrived", "device", "anna", "0", "555"]
        assert arrived.channel.caller.number == "101"
        await ari.delete("channels", arrived.channel.id)
        await ringing
        assert len(ears.all(StasisStart)) == 1
    noted = (switch.folder / "log/security.json").read_text().splitlines()
    assert any("ChallengeResponseFailed" in line and "<unknown>" in line for line in noted)


@pytest.mark.asterisk
async def test_while_we_are_away_extensions_and_emergencies_are_dialled_at_once(
    switch: SwitchDescription, phones: Phones,
) -> None:
    carrier = await phones.registered("carrier-user")
    boris = await phones.registered("boris")
    anna = await phones.open("anna")
    inside = await anna.call("102", shown='"<b>|\\"x,1;"')
    assert inside.statuses[-1] == 200
    assert boris.rung.is_set()
    await anna.hang_up(inside)
    outside = await anna.call("112")
    assert outside.statuses[-1] == 200
    assert carrier.headers_of_rings[0].first.startswith("INVITE sip:0112@")
    await anna.hang_up(outside)
    one, two = await _records(switch, inside, outside)
    assert (one.rule, one.dialled, one.via, one.by_trunk) == (AwayRule.EXTENSION, "102", "anna", False)
    assert one.dial_status == "ANSWER"
    assert timedelta(0) <= one.talked <= one.ended - one.began < timedelta(seconds=30)
    assert (two.rule, two.dialled, two.number) == (AwayRule.EMERGENCY, "112", "101")


async def _records(switch: SwitchDescription, *calls: Dialog) -> list[AwayRecord]:
    """The records of these calls; Asterisk writes them in any order."""
    wanted = [call.call_id for call in calls]

    def written() -> list[AwayRecord]:
        found = [record for record in away_records(switch.away_file) if record.sip_call_id in wanted]
        return sorted(found, key=lambda record: wanted.index(record.sip_call_id))

    await until(lambda: len(written()) >= len(wanted))
    assert len(written()) == len(wanted)
    return written()


@pytest.mark.asterisk
async def test_a_caller_whom_we_miss_is_held_and_goes_to_the_last_resort(
    switch: SwitchDescription, phones: Phones,
) -> None:
    carrier = await phones.open("carrier-user")
    vera = await phones.registered("vera")
    caller = await carrier.call("+74951234567", shown='"Клиент | <i>"')
    assert caller.statuses[-1] == 200
    async with asyncio.timeout(15):
        await vera.rung.wait()
    await carrier.hang_up(caller)
    (record,) = await _records(switch, caller)
    assert (record.rule, record.by_trunk, record.via) == (AwayRule.LAST_RESORT, True, "carrier")
    assert record.dialled == "+74951234567"
    assert record.name == "Клиент | <i>"
    assert record.held_since is not None
    assert record.ended - record.held_since >= timedelta(seconds=1.9)


@pytest.mark.asterisk
async def test_a_held_caller_comes_to_us_as_soon_as_we_are_back_and_is_no_missed_call(
    switch: SwitchDescription, ari: AriClient, phones: Phones,
) -> None:
    carrier = await phones.open("carrier-user")
    caller = await carrier.call("555")
    assert caller.statuses[-1] == 200
    async with listening(ari) as ears:
        arrived = await ears.first(StasisStart)
        assert arrived.args[:3] == ["held", "trunk", "carrier"]
        assert arrived.args[4] == "555"
        assert arrived.channel.protocol_id == caller.call_id
        await ari.delete("channels", arrived.channel.id)
        async with asyncio.timeout(10):
            await caller.over.wait()
    assert caller.call_id not in {record.sip_call_id for record in away_records(switch.away_file)}


def test_a_torn_record_is_left_out_and_claimed_files_never_overwrite_each_other(tmp_path: Path) -> None:
    path = tmp_path / "away.records"
    whole = "1|1.1|1.1|1795518897.127||1795518899.500|1500|device|anna|101|%D0%90|102|extension|ANSWER|abc|.\n"
    path.write_text(whole + whole[:40])
    (record,) = away_records(path)
    assert record.name == "А"
    assert record.talked == timedelta(seconds=1.5)
    first = claim(path)
    path.write_text(whole)
    assert len(claim(path)) == 2
    assert first[0] in claim(path)
    assert away_records(path) == []


def test_the_away_file_and_the_ari_address_follow_from_the_description() -> None:
    assert access_of(EMPTY).url == "http://127.0.0.1:8088"
    assert "/opt/one/spool/away.records" in render(EMPTY)["extensions.conf"]


@pytest.mark.asterisk
async def test_a_browser_made_through_ari_signs_in_at_once_and_survives_a_change(
    switch: SwitchDescription, ari: AriClient, phones: Phones,
) -> None:
    made = device_objects(Device(name="tab-1", password="pw-tab", browser=True), switch)
    for thing in made:
        place = ("asterisk", "config", "dynamic", "res_pjsip", thing.kind, thing.name)
        await ari.put(*place, body={"fields": [dict(line) for line in thing.attributes()]})
    tab = await phones.open("tab-1", password="pw-tab")
    assert await tab.register() == 200
    await apply(replace(switch, devices=switch.devices[:-1], extensions=(), last_resort=LastResort()), ari)
    await apply(switch, ari)
    assert await tab.register() == 200
    assert await tab.register(expires=0) == 200
    for thing in reversed(made):
        await ari.delete("asterisk", "config", "dynamic", "res_pjsip", thing.kind, thing.name)
    assert await tab.register() == 401


@pytest.mark.asterisk
@pytest.mark.feature("P3")
@pytest.mark.parametrize("by_proxy", [False, True], ids=["straight", "by a proxy"])
async def test_a_trunk_that_we_sign_in_with_brings_calls_known_by_the_token_of_our_registration(
    switch: SwitchDescription, phones: Phones, asterisk_root: Unpacked, tmp_path: Path, by_proxy: bool,
) -> None:
    """The shared instance plays the carrier: its emergency call goes to whoever signed in as its peer."""
    uplink = Trunk(name="uplink", kind=TrunkKind.REGISTERING, host="127.0.0.1", port=switch.ports.sip,
                   username="carrier-user", password="pw-carrier")
    if by_proxy:  # nobody can look this name up: whatever reaches the carrier went by the proxy
        uplink = replace(uplink, host="carrier.invalid", port=5060, proxy=f"127.0.0.1:{switch.ports.sip}")
    folder = tmp_path / "дом с пробелом" / ("long" * 30)
    ours = replace(a_description(asterisk_root, folder), trunks=(uplink,), emergencies=())
    write(ours)
    keeper, wire, carrier = Keeper(ours), AriClient(access_of(ours)), AriClient(access_of(switch))
    await keeper.up()
    try:
        async with listening(wire) as ears:
            await _signed_in_from(switch, ours.ports.sip)
            anna = await phones.open("anna")
            calling = asyncio.create_task(anna.call("112"))
            arrived = await ears.first(StasisStart)
            assert arrived.args == ["arrived", "trunk", "uplink", "0", "0112"]
            await wire.post("channels", arrived.channel.id, "answer")
            call = await calling
            assert call.statuses[-1] == 200
            await anna.hang_up(call)
            await _rings_at_the_carrier(wire, ears, phones)
    finally:
        await keeper.stop()
        wire.close()
        carrier.close()


async def _rings_at_the_carrier(ours: AriClient, ears: Ears, phones: Phones) -> None:
    """A call that goes out by the trunk: nobody tells the carrier where to, so it comes to its last resort."""
    vera = await phones.registered("vera", answers=False)
    await ours.post("channels", "create", endpoint="PJSIP/102@uplink", app=ours.access.app, channelId="outgoing")
    await ears.first(StasisStart, 2)  # until then it can't be dialled
    await ours.post("channels", "outgoing", "dial", timeout=20)
    async with asyncio.timeout(40):
        await vera.rung.wait()
    await ours.delete("channels", "outgoing")


async def _signed_in_from(carrier: SwitchDescription, port: int) -> None:
    """The name is known; whether it is known of us, only the address tells."""
    control = carrier.folder / "run" / "asterisk.ctl"
    async with asyncio.timeout(30):
        while f"@127.0.0.1:{port}" not in await console.ask(control, "pjsip show contacts"):
            await asyncio.sleep(0.05)
