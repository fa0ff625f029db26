"""Laws of spoken numbers: whatever is said, it can be understood back, and its pieces are there."""

import re

from hypothesis import given
from hypothesis import strategies as st

from switchroom.domain.media import Case, Gender, SaidDigits, SaidMoney, SaidNumber, Thing
from switchroom.domain.speaking import LARGEST, every_word_ru, money, pieces, spoken, words_ru

numbers = st.integers(-LARGEST, LARGEST) | st.integers(-2100, 2100)
genders, cases, languages = st.sampled_from(Gender), st.sampled_from(Case), st.sampled_from(["ru", "en"])
things = st.sampled_from(Thing)
KNOWN = frozenset(every_word_ru())
SCALES = {"тысяч": 1000, "миллион": 10**6, "миллиард": 10**9}
ENGLISH = {"thousand": 1000, "million": 10**6, "billion": 10**9}


def understood(words: tuple[str, ...]) -> int:
    """The number that these Russian words mean, read as a listener does: by their values alone."""
    values = {words_ru(n, g, c)[0]: n for g in Gender for c in Case for n in (*range(20), *range(20, 100, 10))}
    values |= {words_ru(n, Gender.MASCULINE, c)[0]: n for c in Case for n in range(100, 1000, 100)}
    total, part = 0, 0
    for word in words:
        scale = next((size for stem, size in SCALES.items() if re.fullmatch(f"{stem}(а|и|у|ов)?", word)), None)
        if scale is not None:
            total, part = total + part * scale, 0
        elif word != "минус":
            part += values[word]
    return (total + part) * (-1 if words[0] == "минус" else 1)


def understood_en(names: list[str]) -> int:
    total, part = 0, 0
    for name in names:
        if name in ENGLISH:
            total, part = total + part * ENGLISH[name], 0
        elif name == "hundred":
            part *= 100
        elif name != "minus":
            part += int(name)
    return (total + part) * (-1 if names[0] == "minus" else 1)


@given(numbers, genders, cases)
def test_a_russian_number_is_understood_back_whatever_its_gender_and_case(
    number: int, gender: Gender, case: Case
) -> None:
    words = words_ru(number, gender, case)
    assert understood(words) == number
    assert set(words) <= KNOWN


@given(numbers)
def test_an_english_number_is_understood_back(number: int) -> None:
    assert understood_en([piece.name.removeprefix("digits/") for piece in pieces(number, "en")]) == number


@given(numbers, numbers, genders, cases, languages)
def test_two_numbers_never_sound_alike(one: int, other: int, gender: Gender, case: Case, language: str) -> None:
    same = pieces(one, language, gender, case) == pieces(other, language, gender, case)
    assert same == (one == other)


@given(st.integers(-LARGEST * 100, LARGEST * 100), st.integers(-LARGEST * 100, LARGEST * 100), cases, languages)
def test_two_amounts_never_sound_alike(one: int, other: int, case: Case, language: str) -> None:
    assert (money(one, language, case) == money(other, language, case)) == (one == other)


@given(numbers, things, cases, languages, st.text(max_size=40))
def test_whatever_is_said_takes_few_pieces(number: int, thing: Thing, case: Case, language: str, text: str) -> None:
    said = spoken(
        [SaidNumber(number=number, thing=thing, case=case), SaidMoney(kopecks=number), SaidDigits(text=text)], language
    )
    assert 3 <= len(said) <= 2 * 30 + 40
