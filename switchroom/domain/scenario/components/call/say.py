"""Say: a number, an amount or digits, with the right grammar in the language of the call."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated

from switchroom.domain.media import Case, Gender, Media, SaidDigits, SaidMoney, SaidNumber, Thing
from switchroom.domain.people import Value, Variables
from switchroom.domain.scenario.component import (
    DONE_EXIT,
    ERROR,
    Component,
    Example,
    Exit,
    Leave,
    Move,
    Nothing,
    Params,
)
from switchroom.domain.scenario.effects import Done, Outcome, PlayMedia
from switchroom.domain.scenario.expressions import Expression, Unevaluable, evaluate
from switchroom.domain.speaking import LARGEST, Unspeakable
from switchroom.domain.titles import Title

MOST_DIGITS = 64
_WHOLE = re.compile(r"-?\d{1,12}")
_KOPECK = Decimal("0.01")


class SayAs(StrEnum):
    """How the value is spoken."""

    NUMBER = "number"
    MONEY = "money"
    DIGITS = "digits"


class SayParams(Params):
    """What is said, and how."""

    value: Annotated[Expression, Title("Value", "Значение")]
    say_as: Annotated[
        SayAs, Title("As: number, money in roubles, digits", "Как: number — число, money — рубли, digits — по цифрам")
    ] = SayAs.NUMBER
    thing: Annotated[Thing | None, Title("Counted thing, after a number", "Что считаем, после числа")] = None
    gender: Annotated[Gender, Title("Gender in Russian, without a thing", "Род, если ничего не считаем")] = (
        Gender.MASCULINE
    )
    case: Annotated[Case, Title("Case in Russian", "Падеж")] = Case.NOMINATIVE


class Say(Component[SayParams, Nothing], kind="say"):
    """Speaks a value of the scenario."""

    family = "call"
    title = Title("Say a number", "Произнести число")
    about = Title(
        "Says a number, an amount or digits with the right grammar in the call's language.",
        "Произносит число, сумму или цифры на языке звонка, согласуя слова.",
    )
    Params = SayParams
    State = Nothing
    examples = (
        Example(
            Title("Two requests", "Две заявки"),
            params={"value": "vars.requests", "thing": "request"},
            variables={"requests": 2},
            heard=(Done(),),
            leaves="done",
        ),
        Example(
            Title("An order number that was typed", "Номер заказа, который набрали"),
            params={"value": "vars.order", "say_as": "digits"},
            variables={"order": "40517"},
            heard=(Done(),),
            leaves="done",
        ),
        Example(
            Title("A balance", "Остаток на счёте"),
            params={"value": "vars.balance", "say_as": "money"},
            variables={"balance": 121.05},
            heard=(Done(),),
            leaves="done",
        ),
        Example(
            Title("A word is no number", "Слово — не число"),
            params={"value": "vars.order"},
            variables={"order": "soon"},
            leaves="error",
        ),
    )

    def exits(self) -> list[Exit]:
        return [DONE_EXIT]

    def start(self, variables: Variables) -> Move[Nothing]:
        try:
            said = self._said(evaluate(self.params.value, variables))
        except (Unevaluable, Unspeakable) as trouble:
            return Nothing(), Leave(ERROR, {"error": str(trouble)})
        return Nothing(), PlayMedia(media=(said,))

    def step(self, state: Nothing, outcome: Outcome, variables: Variables) -> Move[Nothing]:
        return state, Leave(DONE_EXIT.key)

    def _said(self, value: Value) -> Media:
        p = self.params
        match p.say_as:
            case SayAs.NUMBER:
                return SaidNumber(number=_whole(value), thing=p.thing, gender=p.gender, case=p.case)
            case SayAs.MONEY:
                return SaidMoney(kopecks=_kopecks(value), case=p.case)
            case SayAs.DIGITS:
                return SaidDigits(text=_digits(value))


def _text(value: Value) -> str:
    """Digits that were typed are a number, too, and so is 5.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _whole(value: Value) -> int:
    text = _text(value)
    if isinstance(value, bool) or not _WHOLE.fullmatch(text):
        raise Unspeakable("This is no whole number that can be said.")
    return int(text)


def _kopecks(value: Value) -> int:
    try:
        amount = Decimal(str(value).strip().replace(",", "."))
        kopecks = amount.quantize(_KOPECK, ROUND_HALF_UP) * 100
    except InvalidOperation:
        raise Unspeakable("This is no amount of money.") from None
    if isinstance(value, bool) or not kopecks.is_finite() or abs(kopecks) > LARGEST * 100:
        raise Unspeakable("This is no amount of money that can be said.")
    return int(kopecks)


def _digits(value: Value) -> str:
    """Letters and signs are passed over; there must be a digit, and not too many."""
    found = "".join(sign for sign in _text(value) if sign in "0123456789")
    if isinstance(value, bool) or not 0 < len(found) <= MOST_DIGITS:
        raise Unspeakable(f"There must be between 1 and {MOST_DIGITS} digits to say.")
    return found
