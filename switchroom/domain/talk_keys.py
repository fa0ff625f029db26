"""Codes on the keys of a phone during a talk: which there are, and what each asks for."""

from collections.abc import Mapping
from enum import StrEnum
from itertools import permutations
from typing import Annotated

from switchroom.domain.configured import Configured, Misfit, written
from switchroom.domain.titles import Title

Code = Annotated[
    str, written(r"^(\*[0-9*#]{1,4})?$", "* and one to four more keys", "* и ещё от одной до четырёх клавиш")
]


class TalkKey(StrEnum):
    """What a code asks for."""

    RECORD = "record"
    HOLD = "hold"
    """In a consultation: switch over between the two."""
    CONSULT = "consult"
    """A number follows. In a consultation: back to who waits."""
    SEND_ON = "send_on"
    """A number follows. In a consultation: bring the two together."""
    PARK = "park"
    JOIN = "join"


class TalkKeys(Configured):
    """The codes; an empty one is none."""

    hold: Annotated[Code, Title("Hold, take back, switch over", "Удержание, возврат, переключение")] = "*3"
    consult: Annotated[Code, Title("Ask first, then the number", "Сначала спросить, затем номер")] = "*2"
    send_on: Annotated[Code, Title("Transfer, then the number", "Перевести, затем номер")] = "*4"
    park: Annotated[Code, Title("Park", "Поставить на парковку")] = "*5"
    join: Annotated[Code, Title("All three talk", "Говорить втроём")] = "*6"


def codes_of(record: str, keys: TalkKeys) -> Mapping[str, TalkKey]:
    """What each code asks for."""
    named = {TalkKey.RECORD: record, **{TalkKey(name): code for name, code in keys}}
    return {code: key for key, code in named.items() if code}


def check_apart(record: str, keys: TalkKeys) -> None:
    """Whether each code can be told from the others. Raises: Misfit."""
    codes = [("recording_code", record), *((f"talk_keys.{name}", code) for name, code in keys)]
    for (_, one), (field, other) in permutations(codes, 2):
        if one and other and other.startswith(one):
            raise Misfit(
                f"The code {other} begins like the code {one}: the longer one could never be pressed",
                f"Код {other} начинается как код {one}: набрать более длинный было бы нельзя", field=field,
            )  # fmt: skip
