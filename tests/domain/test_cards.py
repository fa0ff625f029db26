"""What fits a field of a card, and what is missing before it can be closed."""

import pytest
from pydantic import ValidationError

from switchroom.domain.cards import Card, Choice, Field, FieldKind, fault_of, filled_in, missing
from switchroom.domain.dispositions import Disposition
from switchroom.domain.people import Secret, Value
from switchroom.domain.titles import Title

T = Title("Title", "Название")


def a_field(kind: FieldKind) -> Field:
    """A field of this kind; a list of one."""
    choices = (Choice(key="leak", title=T),) if kind is FieldKind.LIST else ()
    return Field(key="field", title=T, kind=kind, choices=choices)


@pytest.mark.feature("C5")
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.TEXT, "Ленина 5 <b> '; --"),
        (FieldKind.LONG_TEXT, "two\nlines 😀"),
        (FieldKind.NUMBER, 0),
        (FieldKind.NUMBER, -1.5),
        (FieldKind.NUMBER, 2**53),
        (FieldKind.DATE, "2026-11-24"),
        (FieldKind.CHECK_BOX, False),
        (FieldKind.LIST, "leak"),
        (FieldKind.PHONE, "+7 916 123-45-67"),
        *((kind, nothing) for kind in FieldKind for nothing in (None, "")),
    ],
)
def test_a_value_that_fits_is_taken(kind: FieldKind, value: Value) -> None:
    assert fault_of(a_field(kind), value) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.TEXT, "x" * 20_001),
        (FieldKind.TEXT, 5),
        (FieldKind.TEXT, "half a letter \ud800"),
        (FieldKind.NUMBER, "5"),
        (FieldKind.NUMBER, True),
        (FieldKind.NUMBER, float("nan")),
        (FieldKind.NUMBER, float("inf")),
        (FieldKind.NUMBER, float("-inf")),
        (FieldKind.NUMBER, 10**400),
        (FieldKind.DATE, "24.11.2026"),
        (FieldKind.DATE, "2026-02-30"),
        (FieldKind.CHECK_BOX, "yes"),
        (FieldKind.LIST, "flood"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_value_that_does_not_fit_is_refused_in_both_languages(kind: FieldKind, value: Value) -> None:
    fault = fault_of(a_field(kind), value)
    assert fault is not None
    assert fault.en
    assert fault.ru


def test_a_card_opens_with_what_is_known_and_fits_but_never_with_a_secret() -> None:
    keys = {"name": FieldKind.TEXT, "age": FieldKind.NUMBER, "pin": FieldKind.TEXT, "other": FieldKind.TEXT}
    card = Card(id="c", title="C", fields=tuple(Field(key=k, title=T, kind=v, filled_from=k) for k, v in keys.items()))
    known: dict[str, Value] = {"name": "Иван", "age": "unknown", "pin": Secret("1234"), "more": "x"}
    assert filled_in(card, known) == {"name": "Иван"}


def test_all_that_is_missing_is_named_at_once() -> None:
    fields = tuple(Field(key=key, title=T, required=key != "note") for key in ("name", "address", "note"))
    done = Disposition(key="done", title=T)
    card = Card(id="c", title="C", fields=fields, dispositions=(done,), disposition_required=True)
    assert missing(card, {"name": "", "note": ""}, None) == ["name", "address", "disposition"]
    assert missing(card, {"name": "x", "address": "y"}, "done") == []


def test_a_zero_is_an_answer_and_an_empty_check_box_is_none() -> None:
    fields = (a_field(FieldKind.NUMBER), a_field(FieldKind.CHECK_BOX))
    asked = tuple(f.model_copy(update={"key": f.kind.value, "required": True}) for f in fields)
    card = Card(id="c", title="C", fields=asked)
    assert missing(card, {"number": 0, "check_box": False}, None) == ["check_box"]


def test_what_nobody_can_name_is_not_taken() -> None:
    with pytest.raises(ValidationError, match="Write what it is called"):
        Field(key="a", title=Title("A", " "))
    with pytest.raises(ValidationError, match="Write what it is called"):
        Disposition(key="a", title=Title("", "А"))


def test_results_lie_within_each_other_and_a_required_one_can_be_chosen() -> None:
    fields = (Field(key="a", title=Title("A", "А")),)
    no, dear = Disposition(key="no", title=Title("No", "Нет")), Title("Dear", "Дорого")
    tree = Card(id="c", title="C", fields=fields, dispositions=(no, Disposition(key="dear", title=dear, parent="no")))
    assert tree.dispositions[1].parent == "no"
    for parent in ("dear", "nothing"):
        with pytest.raises(ValidationError, match="within nothing, or a circle: dear"):
            Card(id="c", title="C", fields=fields, dispositions=(Disposition(key="dear", title=dear, parent=parent),))
    with pytest.raises(ValidationError, match="These keys stand twice: no"):
        Card(id="c", title="C", fields=fields, dispositions=(no, no))
    with pytest.raises(ValidationError, match="A result is required, but there is none"):
        Card(id="c", title="C", fields=fields, disposition_required=True)
