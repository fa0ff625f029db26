"""Guessing passwords: counted by address, and forgotten once somebody there knows the right one."""

import json
from datetime import timedelta

import pytest

from switchroom.domain.lockouts import Guesses, LockoutRules, is_lockable
from switchroom.switch.asterisk.doorkeeper import read_try
from switchroom.switch.port import SignInTry
from tests.company import NOON

RULES = LockoutRules(tries=3)


@pytest.mark.feature("P3")
def test_wrong_tries_are_counted_over_a_while_and_a_right_one_wipes_them_out() -> None:
    guesses = Guesses()
    counts = [guesses.wrong("192.0.2.1", NOON + timedelta(minutes=n), RULES) for n in range(4)]
    assert counts == [1, 2, 3, 4]
    assert guesses.wrong("192.0.2.2", NOON, RULES) == 1
    guesses.right("192.0.2.1")
    assert guesses.wrong("192.0.2.1", NOON + timedelta(minutes=5), RULES) == 1
    assert guesses.wrong("192.0.2.2", NOON + timedelta(minutes=20), RULES) == 1


@pytest.mark.parametrize(
    ("address", "may"), [("192.0.2.1", True), ("2001:db8::1", True), ("127.0.0.1", False), ("::1", False), ("x", False)]
)
def test_this_machine_itself_is_never_locked_out(address: str, may: bool) -> None:
    assert is_lockable(address) is may


def line(event: str, remote: str) -> str:
    message = f'SecurityEvent="{event}",Service="PJSIP",AccountID="x",RemoteAddress="{remote}",Challenge=""'
    return json.dumps({"hostname": "", "logmsg": {"level": "SECURITY", "message": message}})


@pytest.mark.feature("P3")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        (line("ChallengeResponseFailed", "IPV4/UDP/192.0.2.1/5060"), SignInTry("192.0.2.1", False)),
        (line("InvalidAccountID", "IPV6/TCP/2001:db8::1/5060"), SignInTry("2001:db8::1", False)),
        (line("SuccessfulAuth", "IPV4/WS/127.0.0.1/5060"), SignInTry("127.0.0.1", True)),
        (line("ChallengeSent", "IPV4/UDP/192.0.2.1/5060"), None),
        ("[2026-11-26] Asterisk 22.10.1 built by nobody", None),
        ("{}", None),
        ("[]", None),
        (line("ChallengeResponseFailed", "nowhere"), None),
    ],
)
def test_the_security_log_is_read_line_by_line(text: str, told: SignInTry | None) -> None:
    assert read_try(text) == told
