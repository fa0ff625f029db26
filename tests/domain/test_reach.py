"""How a trunk stands, in words, and what a phone is told."""

from xml.etree import ElementTree as Xml

import pytest

from switchroom.domain.provisioning import (
    ONLY_HERE,
    OPENED_HERE,
    Account,
    Server,
    SipDoor,
    for_linphone,
    server_of,
)
from switchroom.domain.reach import Registration, SigningIn, standing_of
from switchroom.domain.trunks import Trunk, TrunkKind

CARRIER = Trunk(id="carrier", title="Carrier", kind=TrunkKind.REGISTERING, host="sip.example.com", username="7495")
PEER = Trunk(id="office", title="Office", kind=TrunkKind.PEER, username="office-pbx")
BY_ADDRESS = Trunk(id="line", title="Line", kind=TrunkKind.BY_ADDRESS, host="203.0.113.7")
DONE, TRYING = Registration(state=SigningIn.DONE), Registration(state=SigningIn.TRYING)


def refused(code: int | None) -> Registration:
    return Registration(state=SigningIn.REFUSED, code=code)


@pytest.mark.feature("P3")
@pytest.mark.parametrize(("trunk", "has_password", "answers", "registration", "up", "code"), [
    (CARRIER, True, True, DONE, True, None),
    (CARRIER, True, False, DONE, False, "no_answer"),
    (CARRIER, True, True, TRYING, False, "trying"),
    (CARRIER, True, True, refused(401), False, "wrong_password"),
    (CARRIER, True, True, refused(407), False, "wrong_password"),
    (CARRIER, True, True, refused(404), False, "unknown_name"),
    (CARRIER, True, True, refused(403), False, "refused"),
    (CARRIER, True, False, refused(None), False, "no_answer"),
    (CARRIER, False, None, None, False, "no_password"),
    (CARRIER, False, True, None, True, None),  # others keep the switch, and the password
    (CARRIER, True, None, None, None, "not_known"),
    (PEER, True, False, None, None, "peer_away"),
    (PEER, True, True, None, True, None),
    (BY_ADDRESS, False, True, None, True, None),
    (BY_ADDRESS, False, False, None, False, "no_answer"),
])  # fmt: skip
def test_a_trunk_is_up_or_says_why_not(
    trunk: Trunk, has_password: bool, answers: bool | None, registration: Registration | None, up: bool | None,
    code: str | None,
) -> None:
    standing = standing_of(trunk, has_password=has_password, answers=answers, registration=registration)
    assert standing.up is up
    assert (standing.why.code if standing.why else None) == code


def test_a_peer_that_was_up_and_is_gone_is_down() -> None:
    gone = standing_of(PEER, has_password=True, answers=False, was_up=True)
    assert gone.up is False
    assert gone.why is not None
    assert gone.why.code == "peer_away"


@pytest.mark.parametrize(("registration", "en", "ru"), [
    (refused(401), "sip.example.com does not accept the name 7495 ", "не принимает имя 7495 "),
    (refused(403), "(SIP 403)", "(SIP 403)"),
    (refused(None), "sip.example.com, port 5060, does not answer", "sip.example.com, порт 5060, не отвечает"),
])
def test_the_reason_names_who_and_what(registration: Registration, en: str, ru: str) -> None:
    why = standing_of(CARRIER, has_password=True, answers=True, registration=registration).why
    assert why is not None
    assert en in why.words.en
    assert ru in why.words.ru


@pytest.mark.parametrize(("door", "asked_at", "told"), [
    (SipDoor(bind="127.0.0.1", port=5060), "192.0.2.10", Server("127.0.0.1", 5060, ONLY_HERE)),
    (SipDoor(bind="127.0.0.1", port=5060, outside="203.0.113.1"), "a", Server("127.0.0.1", 5060, ONLY_HERE)),
    (SipDoor(bind="0.0.0.0", port=5070, outside="203.0.113.1"), "192.0.2.10", Server("203.0.113.1", 5070)),
    (SipDoor(bind="192.0.2.10", port=5060), "localhost", Server("192.0.2.10", 5060)),
    (SipDoor(bind="0.0.0.0", port=5060), "pbx.example.com", Server("pbx.example.com", 5060)),
    (SipDoor(bind="0.0.0.0", port=5060), "localhost", Server("localhost", 5060, OPENED_HERE)),
    (SipDoor(bind="::", port=5060), "[::1]", Server("[::1]", 5060, OPENED_HERE)),
])
def test_a_phone_is_told_where_it_will_find_the_switch(door: SipDoor, asked_at: str, told: Server) -> None:
    assert server_of(door, asked_at) == told


def test_linphone_gets_what_it_needs_whatever_the_user_is_called() -> None:
    account = Account(user="anna-desk", name='Anna "<&>" Ли', server=Server("192.0.2.10", 5060))
    text = for_linphone(account, "p&<>\"'")
    told = {
        (section.attrib["name"], entry.attrib["name"]): entry.text
        for section in Xml.fromstring(text.encode()) for entry in section
    }
    assert told["auth_info_0", "passwd"] == "p&<>\"'"
    assert told["auth_info_0", "username"] == "anna-desk"
    assert told["auth_info_0", "realm"] == "switchroom"
    assert told["proxy_0", "reg_proxy"] == "<sip:192.0.2.10:5060;transport=udp>"
    assert told["proxy_0", "reg_identity"] == '"Anna & Ли" <sip:anna-desk@192.0.2.10>'
