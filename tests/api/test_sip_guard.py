"""What a page's phone may say to the switch: as itself, and nothing that moves calls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchroom.switch.sip import is_signed_in, may_send, reached_at

DEVICE = "web.anna"


def request(method: str, sender: str, *, to_tag: str = "", more: str = "") -> str:
    return (
        f"{method} sip:101@switchroom SIP/2.0\r\nVia: SIP/2.0/WSS x.invalid;branch=z9hG4bK1\r\n"
        f"From: \"Anna\" <sip:{sender}@switchroom>;tag=a\r\nTo: <sip:101@switchroom>{to_tag}\r\n"
        f"Call-ID: c\r\nCSeq: 1 {method}\r\n{more}Content-Length: 0\r\n\r\n"
    )


@pytest.mark.parametrize("message", [
    "\r\n\r\n", "SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\n\r\n", request("REGISTER", DEVICE), request("INVITE", DEVICE),
    request("BYE", "+79161234567", to_tag=";tag=b"), request("INFO", DEVICE, to_tag=";tag=b"),
])
def test_a_page_speaks_as_itself(message: str) -> None:
    assert may_send(message, DEVICE)


@pytest.mark.parametrize("message", [
    request("INVITE", "carrier"),
    request("REGISTER", "web.boris"),
    request("REGISTER", "carrier", to_tag=";tag=b"),
    request("INVITE", "web.anna2"),
    request("REFER", DEVICE, to_tag=";tag=b"),
    request("SUBSCRIBE", DEVICE),
    request("MESSAGE", DEVICE),
    request("INVITE", DEVICE, more="From: <sip:carrier@switchroom>\r\n"),
    request("INVITE", DEVICE, more="f: <sip:carrier@switchroom>\r\n"),
    request("INVITE", "carrier", more="X-From: <sip:web.anna@switchroom>\r\n"),
    request("INVITE", DEVICE).replace("From: ", "From:\r\n "). replace(DEVICE, "carrier"),
    "INVITE sip:101@switchroom SIP/2.0\r\nTo: <sip:101@switchroom>\r\n\r\n",
    "garbage",
])
def test_a_page_that_speaks_as_somebody_else_or_moves_calls_is_stopped(message: str) -> None:
    assert not may_send(message, DEVICE)


@given(st.text(max_size=400))
def test_whatever_a_page_sends_is_judged_without_failing(message: str) -> None:
    assert may_send(message, DEVICE) in (True, False)
    assert is_signed_in(message) in (True, False)


def test_a_registration_is_told_from_its_end_and_from_other_answers() -> None:
    accepted = "SIP/2.0 200 OK\r\nCSeq: 2 REGISTER\r\nContact: <sip:x@y.invalid;transport=ws>;expires=59\r\n\r\n"
    assert is_signed_in(accepted)
    assert not is_signed_in(accepted.replace("expires=59", "expires=0"))
    assert not is_signed_in(accepted.replace("2 REGISTER", "2 INVITE"))
    assert not is_signed_in(accepted.replace("200 OK", "401 Unauthorized"))


def an_offer(*candidates: str) -> str:
    body = "v=0\r\nc=IN IP4 127.0.0.1\r\n" + "".join(f"{line}\r\n" for line in candidates) + "a=sendrecv\r\n"
    return f"INVITE sip:x SIP/2.0\r\nContent-Length: {len(body)}\r\n\r\n{body}"


def test_the_machines_many_addresses_become_the_one_where_the_switch_listens() -> None:
    told = an_offer(
        "a=candidate:Hc0000202 1 UDP 2130706431 192.0.2.2 20294 typ host",
        "a=candidate:Ha090807 1 UDP 2130706431 10.9.8.7 20294 typ host",
        "a=candidate:Hc0000202 2 UDP 2130706430 192.0.2.2 20295 typ host",
        "a=candidate:S1 1 UDP 1694498815 203.0.113.5 20294 typ srflx raddr 192.0.2.2 rport 20294",
    )
    assert reached_at(told, "127.0.0.1") == an_offer(
        "a=candidate:Hc0000202 1 UDP 2130706431 127.0.0.1 20294 typ host",
        "a=candidate:Hc0000202 2 UDP 2130706430 127.0.0.1 20295 typ host",
        "a=candidate:S1 1 UDP 1694498815 203.0.113.5 20294 typ srflx raddr 192.0.2.2 rport 20294",
    )


@pytest.mark.parametrize("message", ["\r\n\r\n", an_offer(), request("BYE", DEVICE)])
def test_a_message_without_candidates_stays_as_it_is(message: str) -> None:
    assert reached_at(message, "127.0.0.1") == message


@given(st.text(max_size=300))
def test_no_message_is_too_odd_to_be_passed_on(message: str) -> None:
    assert reached_at(message, "127.0.0.1")[:10] == message[:10]
