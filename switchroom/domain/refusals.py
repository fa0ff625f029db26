"""Refusals: what cannot be done now, why, and what to do, in words of both languages."""

import re
import unicodedata
from string import Formatter
from typing import ClassVar

from switchroom.domain.titles import Title

LONGEST_SHOWN = 200
_CODE = re.compile(r"^[a-z_]+\.[a-z_]+$")


def _shown(value: object) -> str:
    """An untrusted value as it may stand in a sentence: no control characters, not endless."""
    text = "".join(c for c in str(value) if not unicodedata.category(c).startswith("C"))
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


class Refusal(Exception):
    """The state of the world that forbids what was asked. Declaring a subclass registers its code.

    Subclasses give `code`, `en`, `ru` and, where 409 does not fit, the HTTP `status`; the facts given to the
    constructor fill the sentences exactly; a fact that is a Title stands in each sentence in its language.
    """

    code: ClassVar[str]
    en: ClassVar[str]
    ru: ClassVar[str]
    status: ClassVar[int] = 409
    declared: ClassVar[dict[str, type["Refusal"]]] = {}

    def __init_subclass__(cls) -> None:
        if not _CODE.match(cls.code) or cls.code in cls.declared:
            raise TypeError(f"{cls.__name__}: the code {cls.code} is malformed or taken.")
        if _fields(cls.en) != _fields(cls.ru):
            raise TypeError(f"{cls.__name__}: its two sentences name different facts.")
        cls.declared[cls.code] = cls

    def __init__(self, **facts: object) -> None:
        if facts.keys() != _fields(self.en):
            raise TypeError(f"{type(self).__name__} needs {sorted(_fields(self.en))}, not {sorted(facts)}.")
        self._told = facts
        self.facts = self._in("en")
        super().__init__(self.sentence("en"))

    def sentence(self, language: str) -> str:
        """What happened, to which thing, what to do; in this language."""
        return (self.ru if language == "ru" else self.en).format(**self._in(language))

    def _in(self, language: str) -> dict[str, str]:
        told = self._told.items()
        return {name: _shown(value.in_(language) if isinstance(value, Title) else value) for name, value in told}


class NotFound(Refusal):
    """What was named does not exist, or not for the one who asks."""

    code = "thing.not_found"
    status = 404
    en = "There is no {kind} {key}. Check the name, or make it first."
    ru = "Не найдено: {kind} {key}. Проверьте имя или сначала создайте."


class Stale(Refusal):
    """Somebody else changed it meanwhile."""

    code = "version.stale"
    en = "{kind} {key} was changed meanwhile (version {current}). Look at it again, then repeat your change."
    ru = "{kind} {key}: за это время изменено (версия {current}). Посмотрите ещё раз и повторите изменение."


class StillUsed(Refusal):
    """It cannot go while others name it."""

    code = "thing.in_use"
    en = "{kind} {key} is named by: {users}. Change these first."
    ru = "{kind} {key}: на это ссылаются: {users}. Сначала измените их."


class NotNow(Refusal):
    """The call or the card is in a state where this makes no sense; `what` is that state, in both languages."""

    code = "call.not_now"
    en = "This cannot be done now: {what}. Look at the state of the call and try again."
    ru = "Сейчас это невозможно: {what}. Посмотрите состояние звонка и попробуйте снова."

    def __init__(self, *, what: Title) -> None:
        super().__init__(what=what)


class CardIncomplete(Refusal):
    """Required fields are empty."""

    code = "card.incomplete"
    status = 422
    en = "The card cannot be closed yet. Fill in: {fields}."
    ru = "Карточку ещё нельзя закрыть. Заполните: {fields}."


class FieldMisfit(Refusal):
    """A typed value does not fit its field."""

    code = "card.field_misfit"
    status = 422
    en = "The field {field} does not take this. It takes: {wanted}."
    ru = "Поле {field} этого не принимает. Подходит: {wanted}."
