"""What does not fit, in words of both languages, beside its field: pydantic's errors, retold."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from switchroom.domain.configured import Misfit, words_of_form
from switchroom.domain.titles import Title

Error = Mapping[str, Any]
"""As pydantic tells it."""


def told(errors: Sequence[Error]) -> list[tuple[str, Title]]:
    """Each field, as `nodes.menu.keys`, with what is wrong there; what was sent is not repeated."""
    return [one for error in errors if not _follows_from_its_parts(error, errors) for one in _told(error)]


def _follows_from_its_parts(error: Error, errors: Sequence[Error]) -> bool:
    """Parts that don't fit are not counted: a list is not too short besides."""
    place = error["loc"]
    return error["type"] == "too_short" and any(
        len(other["loc"]) > len(place) and other["loc"][: len(place)] == place for other in errors
    )


def _told(error: Error) -> Iterator[tuple[str, Title]]:
    place = ".".join(map(str, error["loc"]))
    raised = error.get("ctx", {}).get("error")
    if not isinstance(raised, Misfit):
        yield place, _title(error)
        return
    for misfit in (raised, *raised.also):
        yield _within(place, misfit.field), misfit.title


def _within(place: str, field: str) -> str:
    """A field of a thing at a place; `queue/sales/` is the whole thing, as a publication names it."""
    return place + field if place.endswith("/") else ".".join(filter(None, (place, field)))


def _title(error: Error) -> Title:
    words = _WORDS.get(error["type"])
    if words is None:
        return Title(str(error["msg"]), f"Не подходит: {error['msg']}")
    return words(error.get("ctx", {})) if callable(words) else words


def _of_form(ctx: Error) -> Title:
    return words_of_form(ctx["pattern"]) or Title("Characters that don't belong here", "Недопустимые символы")


def _at_least_long(ctx: Error) -> Title:
    least = ctx["min_length"]
    return _FILL if least == 1 else Title(f"At least {least} characters", f"Знаков не меньше {least}")


def _at_least_many(ctx: Error) -> Title:
    least = ctx["min_length"]
    return Title("At least one", "Хотя бы одно") if least == 1 else Title(f"At least {least}", f"Не меньше {least}")


def _limit(limit: str, en: str, ru: str) -> Callable[[Error], Title]:
    def told(ctx: Error) -> Title:
        value = str(ctx[limit])
        return Title(f"{en} {value}", f"{ru} {_span_in_russian(value)}")

    return told


_SPANS = {"second": "с", "minute": "мин", "hour": "ч", "day": "дн."}


def _span_in_russian(value: str) -> str:
    """A limit of time, which pydantic tells in English: `3 seconds`."""
    words = value.replace(" and ", " ").replace(",", "").split()
    return " ".join(_SPANS.get(word.removesuffix("s"), word) for word in words)


_FILL = Title("Fill this in", "Заполните это поле")
_WHOLE = Title("A whole number is needed", "Нужно целое число")
_NUMBER = Title("A number is needed", "Нужно число")
_CHOICE = Title("There is no such choice", "Нет такого значения")
_LIST = Title("A list is needed", "Нужен список")
_SPAN = Title("A time in seconds is needed", "Нужна длительность в секундах")
_MOMENT = Title("A moment is needed, like 2026-11-24T12:00:00Z", "Нужен момент времени, например 2026-11-24T12:00:00Z")
_WORDS: Mapping[str, Title | Callable[[Error], Title]] = {
    "missing": _FILL,
    "extra_forbidden": Title("There is no such field", "Такого поля нет"),
    "string_type": Title("Text is needed", "Нужен текст"),
    "string_pattern_mismatch": _of_form,
    "string_too_short": _at_least_long,
    "string_too_long": _limit("max_length", "Characters: at most", "Знаков не больше"),
    "too_short": _at_least_many,
    "too_long": _limit("max_length", "At most", "Не больше"),
    "int_parsing": _WHOLE,
    "int_type": _WHOLE,
    "int_from_float": _WHOLE,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "finite_number": _NUMBER,
    "bool_parsing": Title("Yes or no is needed", "Нужно «да» или «нет»"),
    "bool_type": Title("Yes or no is needed", "Нужно «да» или «нет»"),
    "enum": _CHOICE,
    "literal_error": _CHOICE,
    "greater_than": _limit("gt", "More than", "Больше"),
    "greater_than_equal": _limit("ge", "At least", "Не меньше"),
    "less_than": _limit("lt", "Less than", "Меньше"),
    "less_than_equal": _limit("le", "At most", "Не больше"),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "frozen_set_type": _LIST,
    "model_type": Title("Fields are needed here", "Здесь нужны поля"),
    "model_attributes_type": Title("Fields are needed here", "Здесь нужны поля"),
    "time_delta_parsing": _SPAN,
    "time_delta_type": _SPAN,
    "date_parsing": Title("A date is needed, like 2026-11-24", "Нужна дата, например 2026-11-24"),
    "date_from_datetime_parsing": Title("A date is needed, like 2026-11-24", "Нужна дата, например 2026-11-24"),
    "time_parsing": Title("A time is needed, like 09:00", "Нужно время, например 09:00"),
    "timezone_aware": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "datetime_parsing": _MOMENT,
    "json_invalid": Title("This is not JSON", "Это не JSON"),
}
