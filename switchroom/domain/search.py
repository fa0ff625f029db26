"""What is looked for in the history, and the words by which an index finds it.

A call that is over is listed under words: who took part, where it went, and signs in a row of its numbers and of the
name. An index gives calls that have all words looked for; whether one fits is said by the call itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from switchroom.domain.history import CallSummary
from switchroom.domain.people import Party

SIGNS = 3
"""So many in a row make a word; what is shorter is looked for without an index."""
DIGITS = 5
"""So many of a number make one more word, which few calls share: numbers are long, and many begin alike."""
_NOT_COUNTED = str.maketrans("", "", " +()-.")
_SAME_LETTERS = str.maketrans("ё", "е")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for; None does not care."""

    since: datetime | None = None
    until: datetime | None = None
    number: str | None = None
    """Any part of the number of the person outside, or of what was dialled; spaces, brackets, `+` don't count."""
    name: str | None = None
    """Parts of the name, in any order; capital or small."""
    queue: str | None = None
    user: str | None = None
    """Who of us called, talked, or was rung."""
    trunk: str | None = None
    disposition: str | None = None
    direction: str | None = None
    recorded: bool | None = None
    living: bool | None = None
    queues: frozenset[str] | None = None
    """Only calls of these queues, and of no queue: what a scope sees."""


Words = frozenset[str]


def words_of(call: CallSummary, party: Party | None) -> Words:
    """All words under which a call is listed."""
    plain = {f"d{call.direction.value}", f"q{call.queue or ''}"}
    plain |= {f"u{one}" for one in call.ours}
    plain |= {f"{kind}{value}" for kind, value in (("t", call.trunk), ("r", call.disposition)) if value}
    if call.recordings:
        plain.add("recorded")
    for number in _numbers(call, party):
        plain.update(_parts("n", number), _parts("l", number, DIGITS))
    plain.update(_parts("a", folded(party.name if party else "")))
    return frozenset(plain)


def words_wanted(wanted: Wanted) -> list[Words]:
    """Of each of these sets a call that fits has at least one word; none at all: the index is of no use."""
    equal = (
        ("d", wanted.direction), ("q", wanted.queue), ("u", wanted.user), ("t", wanted.trunk),
        ("r", wanted.disposition),
    )  # fmt: skip
    groups = [frozenset({f"{kind}{value}"}) for kind, value in equal if value is not None]
    if wanted.recorded:
        groups.append(frozenset({"recorded"}))
    parts = [word for piece in _names_wanted(wanted) for word in _parts("a", piece)]
    number = plain_number(wanted.number or "")
    parts += _parts("n", number) if len(number) < DIGITS else _parts("l", number, DIGITS)
    groups += [frozenset({word}) for word in dict.fromkeys(parts)]
    if wanted.queues is not None and wanted.queue is None:
        groups.append(frozenset(f"q{queue}" for queue in ("", *wanted.queues)))
    return groups


def fits(wanted: Wanted, call: CallSummary, party: Party | None) -> bool:
    """Whether this is a call that is looked for."""
    return _fits_plainly(wanted, call) and _fits_time(wanted, call) and _fits_text(wanted, call, party)


def plain_number(number: str) -> str:
    """A number as it is compared: without what people put between its digits."""
    return number.translate(_NOT_COUNTED).casefold()


def folded(name: str) -> str:
    """A name as it is compared."""
    return " ".join(name.casefold().translate(_SAME_LETTERS).split())


def _fits_plainly(wanted: Wanted, call: CallSummary) -> bool:
    equal = (
        (wanted.direction, call.direction.value), (wanted.queue, call.queue), (wanted.trunk, call.trunk),
        (wanted.disposition, call.disposition), (wanted.recorded, bool(call.recordings)),
        (wanted.living, call.ended is None),
    )  # fmt: skip
    if any(asked is not None and asked != found for asked, found in equal):
        return False
    if wanted.queues is not None and call.queue is not None and call.queue not in wanted.queues:
        return False
    return wanted.user is None or wanted.user in call.ours


def _fits_time(wanted: Wanted, call: CallSummary) -> bool:
    late = wanted.since is not None and call.began < wanted.since
    return not late and (wanted.until is None or call.began < wanted.until)


def _fits_text(wanted: Wanted, call: CallSummary, party: Party | None) -> bool:
    number = plain_number(wanted.number or "")
    if number and not any(number in known for known in _numbers(call, party)):
        return False
    name = folded(party.name if party else "")
    return all(piece in name for piece in _names_wanted(wanted))


def _names_wanted(wanted: Wanted) -> list[str]:
    return folded(wanted.name or "").split()


def _numbers(call: CallSummary, party: Party | None) -> tuple[str, ...]:
    return plain_number(party.number if party else ""), plain_number(call.dialled)


def _parts(kind: str, text: str, signs: int = SIGNS) -> Iterator[str]:
    return (f"{kind}{text[at:at + signs]}" for at in range(len(text) - signs + 1))
