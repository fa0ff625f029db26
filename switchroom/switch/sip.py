"""The little that we must understand of the SIP that a browser's phone speaks through us.

Sources: RFC 3261 (messages, compact header names), RFC 7118 (SIP over WebSocket), RFC 8839 (candidates in SDP).
"""

import re

METHODS = frozenset({
    "REGISTER", "INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "INFO", "UPDATE", "PRACK", "NOTIFY",
})
"""What a phone has reason to send. REFER is not among them: calls are moved through our doors."""
LARGEST = 64 * 1024
_FROM = re.compile(r"^(?:From|f)[ \t]*:[^\r\n]*?<?sips?:([^@;>\s]+)@", re.MULTILINE | re.IGNORECASE)
_TO_TAG = re.compile(r"^(?:To|t)[ \t]*:[^\r\n]*;[ \t]*tag=", re.MULTILINE | re.IGNORECASE)
_FOLDED = re.compile(r"\r\n[ \t]+")
_CSEQ_REGISTER = re.compile(r"^CSeq[ \t]*:[ \t]*\d+[ \t]+REGISTER[ \t]*$", re.MULTILINE | re.IGNORECASE)
_EXPIRES = re.compile(r"(?:;[ \t]*expires=|^Expires[ \t]*:[ \t]*)(\d+)", re.MULTILINE | re.IGNORECASE)

_LENGTH = re.compile(r"^((?:Content-Length|l)[ \t]*:[ \t]*)\d+", re.MULTILINE | re.IGNORECASE)
_HOST = re.compile(
    r"^a=candidate:\S+ (?P<component>\d+) \S+ \d+ (?P<address>\S+) \d+ typ host[^\r\n]*(?:\r\n|\Z)", re.MULTILINE
)


def may_send(message: str, device: str) -> bool:
    """Whether a page that signed in as the user of this device may send this to the switch.

    Keep-alives and answers may pass; so may requests that come from the device itself. Inside a dialog (with a tag in
    To) the From may name the customer who called us, but a REGISTER never names anybody else. Without this a page
    that writes `From: <sip:TRUNK@…>` would be taken for the trunk, which proves no password.
    """
    if not message.strip():
        return True
    head = _FOLDED.sub(" ", message.split("\r\n\r\n", 1)[0])
    first = head.split("\r\n", 1)[0]
    if first.startswith("SIP/2.0 "):
        return True
    method = first.split(" ", 1)[0]
    if method not in METHODS:
        return False
    named = _FROM.findall(head)
    if method == "REGISTER" or not _TO_TAG.search(head):
        return named == [device]
    return len(named) == 1


def is_signed_in(message: str) -> bool:
    """Whether the switch says here that the phone's registration is accepted and lasts."""
    head = message.split("\r\n\r\n", 1)[0]
    if not head.startswith("SIP/2.0 200") or not _CSEQ_REGISTER.search(head.replace("\r\n", "\n")):
        return False
    return any(int(seconds) > 0 for seconds in _EXPIRES.findall(head.replace("\r\n", "\n")))


def reached_at(message: str, address: str) -> str:
    """The message, with its sound to be reached at this address of the switch and no other of the machine.

    A switch that listens on the loop-back address alone names the machine's others all the same, where nobody listens,
    and they change while it runs.
    """
    head, end, body = message.partition("\r\n\r\n")
    kept: set[str] = set()

    def moved(candidate: re.Match[str]) -> str:
        again = candidate["component"] in kept
        kept.add(candidate["component"])
        return "" if again else candidate[0].replace(f" {candidate['address']} ", f" {address} ", 1)

    told = _HOST.sub(moved, body)
    return _LENGTH.sub(rf"\g<1>{len(told.encode())}", head, count=1) + end + told if kept else message
