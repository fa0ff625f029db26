"""Numbers are spoken as people say them: checked against a table of what people say."""

from typing import Any

import pytest

from switchroom.domain.media import Case, Gender, Piece, Prompt, SaidDigits, SaidMoney, SaidNumber, Thing
from switchroom.domain.people import Secret, Value, Variables
from switchroom.domain.scenario.component import Leave
from switchroom.domain.scenario.components.call.say import Say, SayParams
from switchroom.domain.scenario.effects import PlayMedia
from switchroom.domain.speaking import (
    LARGEST,
    Unspeakable,
    counted_ru,
    digits,
    every_word_ru,
    money,
    piece_of,
    pieces,
    spoken,
    words_ru,
)

M, F, N = Gender
NOM, GEN, ACC = Case


@pytest.mark.parametrize(("number", "gender", "case", "said"), [
    (0, M, NOM, "ноль"), (1, M, NOM, "один"), (1, F, NOM, "одна"), (1, N, NOM, "одно"), (2, M, NOM, "два"),
    (2, F, NOM, "две"), (2, N, NOM, "два"), (11, F, NOM, "одиннадцать"), (12, F, NOM, "двенадцать"),
    (13, M, NOM, "тринадцать"), (14, F, NOM, "четырнадцать"), (21, M, NOM, "двадцать один"),
    (21, F, NOM, "двадцать одна"), (22, F, NOM, "двадцать две"), (101, F, NOM, "сто одна"),
    (111, F, NOM, "сто одиннадцать"), (999, M, NOM, "девятьсот девяносто девять"), (1000, M, NOM, "одна тысяча"),
    (2000, M, NOM, "две тысячи"), (5000, M, NOM, "пять тысяч"), (11000, M, NOM, "одиннадцать тысяч"),
    (12002, F, NOM, "двенадцать тысяч две"), (21000, M, NOM, "двадцать одна тысяча"),
    (111_000, M, NOM, "сто одиннадцать тысяч"), (1_000_000, F, NOM, "один миллион"),
    (2_000_001, F, NOM, "два миллиона одна"), (5_000_000_000, M, NOM, "пять миллиардов"),
    (-7, M, NOM, "минус семь"),
    (1, M, GEN, "одного"), (1, F, GEN, "одной"), (2, F, GEN, "двух"), (4, M, GEN, "четырёх"), (40, M, GEN, "сорока"),
    (90, M, GEN, "девяноста"), (100, M, GEN, "ста"), (200, M, GEN, "двухсот"), (500, M, GEN, "пятисот"),
    (1000, M, GEN, "одной тысячи"), (2000, M, GEN, "двух тысяч"), (21_000, M, GEN, "двадцати одной тысячи"),
    (1_000_000, M, GEN, "одного миллиона"), (3_000_000, M, GEN, "трёх миллионов"),
    (1, M, ACC, "один"), (1, F, ACC, "одну"), (2, F, ACC, "две"), (1, N, ACC, "одно"), (1000, M, ACC, "одну тысячу"),
    (31_001, F, ACC, "тридцать одну тысячу одну"), (5, F, ACC, "пять"),
])
def test_a_number_agrees_in_gender_and_case(number: int, gender: Gender, case: Case, said: str) -> None:
    assert " ".join(words_ru(number, gender, case)) == said


@pytest.mark.parametrize(("number", "thing", "case", "said"), [
    (0, Thing.MINUTE, NOM, "ноль минут"), (1, Thing.MINUTE, NOM, "одна минута"), (2, Thing.MINUTE, NOM, "две минуты"),
    (5, Thing.MINUTE, NOM, "пять минут"), (11, Thing.MINUTE, NOM, "одиннадцать минут"),
    (12, Thing.MINUTE, NOM, "двенадцать минут"), (14, Thing.SECOND, NOM, "четырнадцать секунд"),
    (21, Thing.MINUTE, NOM, "двадцать одна минута"), (22, Thing.DAY, NOM, "двадцать два дня"),
    (25, Thing.DAY, NOM, "двадцать пять дней"), (101, Thing.CALL, NOM, "сто один звонок"),
    (104, Thing.CALL, NOM, "сто четыре звонка"), (111, Thing.CALL, NOM, "сто одиннадцать звонков"),
    (1000, Thing.ROUBLE, NOM, "одна тысяча рублей"), (1001, Thing.ROUBLE, NOM, "одна тысяча один рубль"),
    (1, Thing.MINUTE, GEN, "одной минуты"), (2, Thing.MINUTE, GEN, "двух минут"), (5, Thing.HOUR, GEN, "пяти часов"),
    (21, Thing.MINUTE, GEN, "двадцати одной минуты"), (11, Thing.MINUTE, GEN, "одиннадцати минут"),
    (1, Thing.REQUEST, ACC, "одну заявку"), (21, Thing.REQUEST, ACC, "двадцать одну заявку"),
    (2, Thing.REQUEST, ACC, "две заявки"), (11, Thing.REQUEST, ACC, "одиннадцать заявок"),
    (1, Thing.HOUR, ACC, "один час"), (-1, Thing.KOPECK, NOM, "минус одна копейка"),
])
def test_what_is_counted_agrees_with_its_number(number: int, thing: Thing, case: Case, said: str) -> None:
    assert " ".join(counted_ru(number, thing, case)) == said


def russian(*words: str) -> tuple[Piece, ...]:
    return tuple(piece_of(word) for words_ in words for word in words_.split())


@pytest.mark.parametrize(("kopecks", "case", "said"), [
    (0, NOM, "ноль рублей"), (5, NOM, "пять копеек"), (100, NOM, "один рубль"),
    (12105, NOM, "сто двадцать один рубль пять копеек"), (201, NOM, "два рубля одна копейка"),
    (1100, NOM, "одиннадцать рублей"), (-150, NOM, "минус один рубль пятьдесят копеек"),
    (2142, ACC, "двадцать один рубль сорок две копейки"), (101, ACC, "один рубль одну копейку"),
    (302, GEN, "трёх рублей двух копеек"),
])
def test_an_amount_of_money_is_said_in_roubles_and_kopecks(kopecks: int, case: Case, said: str) -> None:
    assert money(kopecks, "ru", case) == russian(said)


def names(sounds: tuple[Any, ...]) -> str:
    return " ".join(sound.name.removeprefix("digits/") for sound in sounds)


@pytest.mark.parametrize(("number", "said"), [
    (0, "0"), (13, "13"), (20, "20"), (21, "20 1"), (100, "1 hundred"), (342, "3 hundred 40 2"),
    (1000, "1 thousand"), (21_013, "20 1 thousand 13"), (2_000_000, "2 million"), (-4, "minus 4"),
    (1_000_000_001, "1 billion 1"),
])
def test_english_is_said_with_the_pieces_of_asterisk(number: int, said: str) -> None:
    assert names(pieces(number, "en")) == said


def test_english_nouns_are_of_asterisk_where_it_has_them_and_ours_where_it_has_not() -> None:
    one_minute, two_days = SaidNumber(number=1, thing=Thing.MINUTE), SaidNumber(number=2, thing=Thing.DAY)
    assert names(spoken([one_minute, two_days], "en")) == "1 minute 2 switchroom/en/days"
    assert names(money(12105, "en")) == "1 hundred 20 1 switchroom/en/roubles vm-and 5 switchroom/en/kopecks"


def test_digits_are_said_one_by_one_and_the_rest_is_passed_over() -> None:
    assert digits("+7 (916)", "ru") == russian("семь девять один шесть")
    assert names(digits("40-5", "en")) == "4 0 5"


def test_what_is_a_sound_already_stays_what_it_is_and_where_it_stands() -> None:
    before, after = Prompt(prompt="before"), Prompt(prompt="after")  # type: ignore[arg-type]  # plain text is enough
    said = spoken([before, SaidDigits(text="1"), after], "ru")
    assert said == (before, *russian("один"), after)


def test_numbers_beyond_the_largest_are_refused() -> None:
    assert words_ru(LARGEST)[-1] == "девять"
    for number in (LARGEST + 1, -LARGEST - 1):
        with pytest.raises(Unspeakable):
            words_ru(number)
        with pytest.raises(Unspeakable):
            pieces(number, "en")
        with pytest.raises(Unspeakable):
            money(number * 100, "ru")


def test_no_two_words_share_a_piece() -> None:
    assert len({piece_of(word) for word in every_word_ru()}) == len(every_word_ru())


@pytest.mark.feature("S3")
@pytest.mark.parametrize(("params", "value", "said"), [
    ({}, 7, SaidNumber(number=7)), ({}, "0042", SaidNumber(number=42)), ({}, 5.0, SaidNumber(number=5)),
    ({"thing": "minute", "case": "genitive"}, -2, SaidNumber(number=-2, thing=Thing.MINUTE, case=GEN)),
    ({"gender": "feminine"}, 1, SaidNumber(number=1, gender=F)),
    ({"say_as": "money"}, "1234,5", SaidMoney(kopecks=123450)), ({"say_as": "money"}, 0.125, SaidMoney(kopecks=13)),
    ({"say_as": "money"}, 12, SaidMoney(kopecks=1200)), ({"say_as": "digits"}, 120.0, SaidDigits(text="120")),
    ({"say_as": "digits"}, "+7 916", SaidDigits(text="7916")),
    ({}, "soon", None), ({}, 2.5, None), ({}, True, None), ({}, None, None), ({}, "", None), ({}, 10**12, None),
    ({}, float("nan"), None), ({"say_as": "money"}, float("nan"), None), ({"say_as": "money"}, float("inf"), None),
    ({"say_as": "money"}, "1e999999", None), ({"say_as": "money"}, 1e15, None), ({"say_as": "money"}, True, None),
    ({"say_as": "digits"}, "abc", None), ({"say_as": "digits"}, "1" * 65, None), ({"say_as": "digits"}, False, None),
    ({}, Secret("1234"), None),
])
def test_say_speaks_what_can_be_said_and_leaves_by_error_with_the_rest(
    params: dict[str, Any], value: Value, said: object
) -> None:
    component = Say(SayParams.model_validate({"value": "vars.x", **params}))
    _, move = component.start(Variables({"x": value}))
    if said is None:
        assert isinstance(move, Leave)
        assert move.exit == "error"
        assert move.set["error"]
    else:
        assert move == PlayMedia(media=(said,))  # type: ignore[arg-type]  # each case gives what is said
