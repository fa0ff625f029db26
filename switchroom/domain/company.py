"""The company: its language, place and the numbers that must always work."""

from datetime import timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from annotated_types import Ge, Le, MinLen
from pydantic import Field, field_validator, model_validator

from switchroom.domain.breaks import USUAL_BREAKS, BreakKind
from switchroom.domain.configured import Configured, Key, Misfit, Name, Names, ThingKind, ZoneName, written
from switchroom.domain.fraud import FraudRules
from switchroom.domain.lockouts import LockoutRules
from switchroom.domain.talk_keys import Code, TalkKeys, check_apart
from switchroom.domain.titles import Title
from switchroom.domain.voicemail import VoicemailRules

Language = Literal["ru", "en"]
Dialled = Annotated[str, written(r"^[0-9*#+]{1,32}$", "Digits, *, # and +", "Цифры, *, # и +")]
Currency = Annotated[
    str, written("^[A-Z]{3}$", "Three capital letters, like RUB or EUR", "Три заглавные латинские буквы: RUB, EUR")
]
CountryCode = Annotated[
    str, written("^[A-Z]{2}$", "Two capital letters, like RU or DE", "Две заглавные латинские буквы: RU, DE")
]


class EmergencyNumber(Configured):
    """A number that is always put through, by the first of its trunks that works."""

    number: Annotated[Dialled, Title("Number", "Номер")]
    trunks: Annotated[tuple[Key, ...], MinLen(1), Names(ThingKind.TRUNK), Title("Trunks", "Линии")]
    sent_as: Annotated[Dialled | None, Title("Sent to the carrier as", "Передавать оператору связи как")] = None


class Company(Configured):
    """What holds for the whole house."""

    name: Annotated[Name, Title("Company", "Компания")] = "Company"
    language: Annotated[Language, Title("Language of prompts", "Язык подсказок")] = "ru"
    zone: Annotated[ZoneName, Title("Time zone", "Часовой пояс")] = "Europe/Moscow"
    country: Annotated[CountryCode, Title("Country", "Страна")] = "RU"
    emergency: Annotated[tuple[EmergencyNumber, ...], Title("Emergency numbers", "Экстренные номера")] = ()
    last_resort: Annotated[
        Dialled | None,
        Title("Last-resort extension", "Номер на крайний случай"),
        Names(ThingKind.EXTENSION),
        Field(description="Where inbound calls go when the program has been away for too long."),
    ] = None
    held_before_last_resort: Annotated[
        timedelta,
        Ge(timedelta(seconds=1)),
        Le(timedelta(minutes=10)),
        Title("Hold before the last resort", "Ждать до крайнего случая"),
    ] = timedelta(seconds=20)
    recordings_kept_for: Annotated[
        timedelta, Ge(timedelta(days=1)), Title("Recordings are kept for", "Хранить записи")
    ] = timedelta(days=180)
    recording_code: Annotated[Code, Title("Keys that record and pause", "Клавиши записи и паузы")] = "*1"
    talk_keys: Annotated[TalkKeys, Title("Keys on a phone in a talk", "Клавиши телефона в разговоре")] = TalkKeys()
    traces_kept_for: Annotated[
        timedelta,
        Ge(timedelta(days=1)),
        Title("What calls heard is kept for", "Хранить события звонков"),
        Field(description="While it is kept, a call can be told again, or copied as a test."),
    ] = timedelta(days=30)
    currency: Annotated[Currency, Title("Currency", "Валюта")] = "RUB"
    fraud: Annotated[FraudRules, Title("Fraud guard", "Защита от мошенничества")] = FraudRules()
    park_for: Annotated[
        timedelta,
        Ge(timedelta(seconds=5)),
        Le(timedelta(hours=1)),
        Title("Parked calls come back after", "Возврат с парковки через"),
    ] = timedelta(minutes=2)
    voicemail: Annotated[VoicemailRules, Title("Voicemail", "Голосовая почта")] = VoicemailRules()
    lockouts: Annotated[LockoutRules, Title("Lock-out by address", "Блокировка по адресу")] = LockoutRules()
    breaks: Annotated[tuple[BreakKind, ...], Title("Kinds of breaks", "Виды перерывов")] = USUAL_BREAKS

    @field_validator("breaks")
    @classmethod
    def _differ(cls, breaks: tuple[BreakKind, ...]) -> tuple[BreakKind, ...]:
        if len({kind.key for kind in breaks}) < len(breaks):
            raise Misfit("Two kinds of breaks have the same key", "У двух видов перерывов одинаковый ключ")
        return breaks

    @model_validator(mode="after")
    def _codes_apart(self) -> "Company":
        check_apart(self.recording_code, self.talk_keys)
        return self

    def break_of(self, key: str | None) -> BreakKind | None:
        """The kind of break with this key."""
        return next((kind for kind in self.breaks if kind.key == key), None)

    @property
    def tz(self) -> ZoneInfo:
        """The time zone."""
        return ZoneInfo(self.zone)
