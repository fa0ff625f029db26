"""Words in both languages, as they are answered."""

from pydantic import BaseModel, ConfigDict

from switchroom.domain.reasons import Reason
from switchroom.domain.titles import Title


class Words(BaseModel):
    """A text in both languages."""

    en: str
    ru: str


class Why(BaseModel):
    """A reason: a code for programs, a sentence for people."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "code": "longest_idle",
                "en": "You have been free for the longest time.",
                "ru": "Вы дольше всех свободны.",
            }
        }
    )

    code: str
    en: str
    ru: str


def words(title: Title) -> Words:
    """A title, answered."""
    return Words(en=title.en, ru=title.ru)


def why(reason: Reason) -> Why:
    """A reason, answered."""
    return Why(code=reason.code, en=reason.words.en, ru=reason.words.ru)
