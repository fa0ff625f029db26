"""What Asterisk measured of a channel, as it says it in RTPAUDIOQOS when the channel ends.

As 22.10 fills it: `lp` and `txjitter` are of what the other side sent, counted by Asterisk; `rlp`, `rxjitter`, `rtt`
and `rxmes` are what the other side told by RTCP, all zero if it told nothing. Losses are counted every 5 s, so that
those of the last seconds are left out.
"""

from datetime import timedelta

from switchroom.domain.quality import Quality, Stream

VARIABLE = "RTPAUDIOQOS"
_TOO_FEW = 50
"""Packets, a second of sound: of less nothing can be said."""


def quality_of(said: str) -> Quality | None:
    """None if there was no sound to speak of, or it can't be read."""
    try:
        told = {name: float(value) for name, _, value in (part.partition("=") for part in said.split(";") if part)}
        came, went = int(told["rxcount"]), int(told["txcount"])
        if max(came, went) < _TOO_FEW:
            return None
        heard = Stream(loss=_share(told["lp"], came + told["lp"]), jitter=_seconds(told["txjitter"])) if came else None
        theirs = Stream(loss=_share(told["rlp"], went), jitter=_seconds(told["rxjitter"]))
    except (KeyError, ValueError, OverflowError):
        return None
    told_back = told["rtt"] > 0 or told["rxmes"] > 0
    round_trip = _seconds(told["rtt"]) if told["rtt"] > 0 else None
    return Quality(heard=heard, told=theirs if told_back and went else None, round_trip=round_trip, packets=came)


def _share(lost: float, of: float) -> float:
    return round(min(1.0, max(0.0, lost / of)), 4) if of > 0 else 0.0


def _seconds(value: float) -> timedelta:
    return timedelta(milliseconds=round(1000 * max(0.0, value), 1))
