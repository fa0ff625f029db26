"""Voicemail: when a user's calls go there, how they are greeted, and how long a message may be."""

from datetime import timedelta
from typing import Annotated

from annotated_types import Ge, Le
from pydantic import Field

from switchroom.domain.configured import Configured, Key, Names, ThingKind
from switchroom.domain.titles import Title

SHORTEST = timedelta(seconds=2)
"""What is shorter is no message: somebody hung up at the tone."""


class VoicemailRules(Configured):
    """What holds for everybody's voicemail."""

    longest: Annotated[
        timedelta,
        Ge(timedelta(seconds=10)),
        Le(timedelta(minutes=30)),
        Title("A message lasts at most", "Сообщение не длиннее"),
    ] = timedelta(minutes=3)
    silence: Annotated[
        timedelta,
        Ge(timedelta(seconds=3)),
        Le(timedelta(minutes=1)),
        Title("It ends after a silence of", "Завершать после тишины"),
    ] = timedelta(seconds=8)


class Mailbox(Configured):
    """When calls to a user go to their voicemail, and what is heard there.

    Calls that come to them from a queue or a group go on by the rules of that one.
    """

    always: Annotated[bool, Title("All calls at once", "Сразу все звонки")] = False
    no_answer: Annotated[bool, Title("When nobody answers", "Если не отвечает")] = False
    busy: Annotated[bool, Title("When busy", "Если занято")] = False
    unreachable: Annotated[bool, Title("When out of reach", "Если недоступен")] = False
    ring_for: Annotated[
        timedelta, Ge(timedelta(seconds=3)), Le(timedelta(minutes=5)), Title("Ring before for", "Сначала звонить")
    ] = timedelta(seconds=30)
    greeting: Annotated[
        Key | None,
        Names(ThingKind.PROMPT),
        Title("Own greeting", "Своё приветствие"),
        Field(description="Heard before the tone; left out: the usual one."),
    ] = None

    @property
    def exits(self) -> tuple[str, ...]:
        """The ways out of ringing this user that lead to their voicemail."""
        return tuple(way for way in ("busy", "no_answer", "unreachable") if getattr(self, way))
