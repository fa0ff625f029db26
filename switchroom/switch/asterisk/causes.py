"""How each ending looks to Asterisk, in our words.

Source: measured; Q.850 cause with the SIP status that came with it.
"""

from switchroom.domain.causes import EndCause

_BY_SIP = {
    486: EndCause.BUSY,
    600: EndCause.BUSY,
    480: EndCause.NO_ANSWER,
    408: EndCause.UNREACHABLE,
    404: EndCause.UNALLOCATED,
    410: EndCause.UNALLOCATED,
    484: EndCause.UNALLOCATED,
    302: EndCause.MOVED,
    603: EndCause.REJECTED,
    403: EndCause.REJECTED,
    607: EndCause.UNWANTED,
    503: EndCause.CONGESTION,
    502: EndCause.CONGESTION,
    487: EndCause.CANCELLED,
    488: EndCause.FAILED,
    606: EndCause.FAILED,
    500: EndCause.UNREACHABLE,
}
_BY_Q850 = {
    1: EndCause.UNALLOCATED,
    16: EndCause.NORMAL,
    17: EndCause.BUSY,
    18: EndCause.UNREACHABLE,
    19: EndCause.NO_ANSWER,
    20: EndCause.UNREACHABLE,
    21: EndCause.REJECTED,
    26: EndCause.ANSWERED_ELSEWHERE,
    34: EndCause.CONGESTION,
    38: EndCause.UNREACHABLE,
    44: EndCause.MEDIA_LOST,
}
REASONS = {
    EndCause.BUSY: "busy",
    EndCause.NO_ANSWER: "no_answer",
    EndCause.REJECTED: "rejected",
    EndCause.UNALLOCATED: "unallocated",
    EndCause.CONGESTION: "congestion",
    EndCause.UNREACHABLE: "congestion",
    EndCause.FAILED: "failure",
    EndCause.ANSWERED_ELSEWHERE: "answered_elsewhere",
}
"""What ARI calls the reason of our own hanging up; `normal` for the rest."""


def cause_of(q850: int, sip: int | None) -> EndCause:
    """Why a leg ended; the SIP status says more than Q.850 where both are there."""
    if sip in _BY_SIP:
        return _BY_SIP[sip]
    return _BY_Q850.get(q850, EndCause.NORMAL if q850 in (0, 127) else EndCause.FAILED)
