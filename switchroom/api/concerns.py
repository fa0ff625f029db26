"""Doubts about a rule that is being written, as they are answered."""

from pydantic import BaseModel, ConfigDict

from switchroom.api.words import Words, words
from switchroom.domain.concerns import Concern


class ConcernOut(BaseModel):
    """One doubt: `hidden`, `hides`, `overlapped`, `never` or `round`; and the keys of the rules that it is about."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "code": "hidden", "others": ["main"],
                "why": {
                    "en": "Calls don’t get here: “Main” above takes them all.",
                    "ru": "Сюда звонки не дойдут: раньше их все забирает «Main».",
                },
            }
        }
    )  # fmt: skip

    code: str
    why: Words
    others: list[str]


def concern_out(concern: Concern) -> ConcernOut:
    """A doubt, answered."""
    return ConcernOut(code=concern.code, why=words(concern.why), others=list(concern.others))
