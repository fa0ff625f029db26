"""Numbers as they are spoken: from recorded pieces, in Russian with gender and case, in English.

A number becomes the words of its language; each word is one recorded piece. English pieces are those of Asterisk's own
set (`digits/20`), but for nouns that it lacks. The Russian set of Debian has no 200 to 900, no thousands and few
feminine forms, so all Russian pieces are our own (`switchroom/ru/…`), one for every word that can be needed.
Source of the rules: Русская грамматика (АН СССР, 1980), § 1365-1377, declension of cardinal numerals.
"""

from collections.abc import Callable, Iterable, Iterator

from switchroom.domain.media import (
    Case,
    Gender,
    Media,
    Piece,
    Prompt,
    SaidDigits,
    SaidMoney,
    SaidNumber,
    Silence,
    Sound,
    Thing,
    Tone,
)

LARGEST = 999_999_999_999
OWN_RU, OWN_EN = "switchroom/ru", "switchroom/en"


class Unspeakable(ValueError):
    """Not a number that can be said."""


_UNITS_RU = "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать " \
            "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
_UNITS_GENITIVE = "ноля одного двух трёх четырёх пяти шести семи восьми девяти десяти одиннадцати двенадцати " \
                  "тринадцати четырнадцати пятнадцати шестнадцати семнадцати восемнадцати девятнадцати"
_TENS_RU = "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто"
_TENS_GENITIVE = "двадцати тридцати сорока пятидесяти шестидесяти семидесяти восьмидесяти девяноста"
_HUNDREDS_RU = "сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот"
_HUNDREDS_GENITIVE = "ста двухсот трёхсот четырёхсот пятисот шестисот семисот восьмисот девятисот"
_WORDS = {
    False: (_UNITS_RU.split(), _TENS_RU.split(), _HUNDREDS_RU.split()),
    True: (_UNITS_GENITIVE.split(), _TENS_GENITIVE.split(), _HUNDREDS_GENITIVE.split()),
}
_ONE_AND_TWO = {
    (1, Gender.FEMININE, Case.NOMINATIVE): "одна", (1, Gender.FEMININE, Case.ACCUSATIVE): "одну",
    (1, Gender.FEMININE, Case.GENITIVE): "одной", (1, Gender.NEUTER, Case.NOMINATIVE): "одно",
    (1, Gender.NEUTER, Case.ACCUSATIVE): "одно", (2, Gender.FEMININE, Case.NOMINATIVE): "две",
    (2, Gender.FEMININE, Case.ACCUSATIVE): "две",
}
_MINUS_RU, _MINUS_EN, _AND_EN = "минус", "digits/minus", "vm-and"

_Noun = tuple[Gender, str]
"""The gender of what is counted, and its forms: one, two, five of it, and one as an object."""
_THINGS_RU: dict[Thing, _Noun] = {
    Thing.SECOND: (Gender.FEMININE, "секунда секунды секунд секунду"),
    Thing.MINUTE: (Gender.FEMININE, "минута минуты минут минуту"),
    Thing.HOUR: (Gender.MASCULINE, "час часа часов час"),
    Thing.DAY: (Gender.MASCULINE, "день дня дней день"),
    Thing.ROUBLE: (Gender.MASCULINE, "рубль рубля рублей рубль"),
    Thing.KOPECK: (Gender.FEMININE, "копейка копейки копеек копейку"),
    Thing.CALL: (Gender.MASCULINE, "звонок звонка звонков звонок"),
    Thing.REQUEST: (Gender.FEMININE, "заявка заявки заявок заявку"),
}
_SCALES_RU: tuple[tuple[int, _Noun], ...] = (
    (1_000_000_000, (Gender.MASCULINE, "миллиард миллиарда миллиардов миллиард")),
    (1_000_000, (Gender.MASCULINE, "миллион миллиона миллионов миллион")),
    (1_000, (Gender.FEMININE, "тысяча тысячи тысяч тысячу")),
)
_SCALES_EN = ((1_000_000_000, "billion"), (1_000_000, "million"), (1_000, "thousand"))
_OF_ASTERISK_EN = frozenset({"second", "seconds", "minute", "minutes", "hours"})

_LATIN = "a b v g d e yo zh z i j k l m n o p r s t u f kh c ch sh shch _ y q eh yu ya"
_LETTERS = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", _LATIN.split(), strict=True))


def spoken(media: Iterable[Media], language: str) -> tuple[Sound, ...]:
    """What the switch is to play in this language; what is not Russian is English. Raises: Unspeakable."""
    return tuple(sound for one in media for sound in _sounds(one, language))


def _sounds(media: Media, language: str) -> tuple[Sound, ...]:
    match media:
        case SaidNumber(number=number, thing=thing, gender=gender, case=case):
            return counted(number, thing, language, case) if thing else pieces(number, language, gender, case)
        case SaidMoney(kopecks=kopecks, case=case):
            return money(kopecks, language, case)
        case SaidDigits(text=text):
            return digits(text, language)
        case Prompt() | Piece() | Tone() | Silence():
            return (media,)


def pieces(
    number: int, language: str, gender: Gender = Gender.MASCULINE, case: Case = Case.NOMINATIVE
) -> tuple[Piece, ...]:
    """A whole number. Raises: Unspeakable."""
    if language == "ru":
        return tuple(piece_of(word) for word in words_ru(number, gender, case))
    return tuple(Piece(name=name) for name in _signed(number, _MINUS_EN, _english))


def counted(number: int, thing: Thing, language: str, case: Case = Case.NOMINATIVE) -> tuple[Piece, ...]:
    """So many of a thing: «две минуты», «двух минут», two minutes. Raises: Unspeakable."""
    if language == "ru":
        return tuple(piece_of(word) for word in counted_ru(number, thing, case))
    return (*pieces(number, language), _noun_en(thing, single=abs(number) == 1))


def money(kopecks: int, language: str, case: Case = Case.NOMINATIVE) -> tuple[Piece, ...]:
    """An amount; kopecks are not named when there are none, nor roubles when there are only kopecks.

    Raises: Unspeakable.
    """
    roubles, rest = divmod(abs(kopecks), 100)
    parts = [counted(roubles, Thing.ROUBLE, language, case)] if roubles or not rest else []
    parts += [counted(rest, Thing.KOPECK, language, case)] if rest else []
    minus = (piece_of(_MINUS_RU) if language == "ru" else Piece(name=_MINUS_EN),) if kopecks < 0 else ()
    and_ = (Piece(name=_AND_EN),) if len(parts) > 1 and language != "ru" else ()
    return (*minus, *parts[0], *and_, *(parts[1] if len(parts) > 1 else ()))


def digits(text: str, language: str) -> tuple[Piece, ...]:
    """Digit by digit; everything else is passed over."""
    named = [int(sign) for sign in text if sign in "0123456789"]
    if language == "ru":
        return tuple(piece_of(_WORDS[False][0][digit]) for digit in named)
    return tuple(Piece(name=f"digits/{digit}") for digit in named)


# ---- Russian


def words_ru(number: int, gender: Gender = Gender.MASCULINE, case: Case = Case.NOMINATIVE) -> tuple[str, ...]:
    """A whole number in words. Raises: Unspeakable."""
    return tuple(_signed(number, _MINUS_RU, lambda n: _in_scales(n, gender, case)))


def counted_ru(number: int, thing: Thing, case: Case = Case.NOMINATIVE) -> tuple[str, ...]:
    """So many of a thing in words. Raises: Unspeakable."""
    gender, forms = _THINGS_RU[thing]
    return (*words_ru(number, gender, case), _form(abs(number), forms, case))


def piece_of(word: str) -> Piece:
    """The recorded piece of a Russian word, by a name in Latin letters."""
    return Piece(name=f"{OWN_RU}/{''.join(_LETTERS[letter] for letter in word)}")


def every_word_ru() -> list[str]:
    """Each word that can be needed: what the set of pieces must hold."""
    words = {_MINUS_RU, *_ONE_AND_TWO.values()}
    for units, tens, hundreds in _WORDS.values():
        words.update(units, tens, hundreds)
    for _, forms in (*_THINGS_RU.values(), *(noun for _, noun in _SCALES_RU)):
        words.update(forms.split())
    return sorted(words)


def _signed(number: int, minus: str, said: Callable[[int], Iterator[str]]) -> Iterator[str]:
    if abs(number) > LARGEST:
        raise Unspeakable(f"Numbers beyond {LARGEST} can't be said.")
    if number < 0:
        yield minus
    yield from said(abs(number))


def _in_scales(number: int, gender: Gender, case: Case) -> Iterator[str]:
    rest = number
    for size, (of_scale, forms) in _SCALES_RU:
        many, rest = divmod(rest, size)
        if many:
            yield from _below_thousand(many, of_scale, case)
            yield _form(many, forms, case)
    if rest or not number:
        yield from _below_thousand(rest, gender, case)


def _below_thousand(number: int, gender: Gender, case: Case) -> Iterator[str]:
    units, tens, hundreds = _WORDS[case is Case.GENITIVE]
    hundred, rest = divmod(number, 100)
    if hundred:
        yield hundreds[hundred - 1]
    if rest >= 20:
        yield tens[rest // 10 - 2]
        rest %= 10
    if rest or not number:
        yield _ONE_AND_TWO.get((rest, gender, case), units[rest])


def _form(number: int, forms: str, case: Case) -> str:
    one, few, many, object_ = forms.split()
    single = number % 10 == 1 and number % 100 != 11
    if case is Case.GENITIVE:
        return few if single else many  # «одной минуты» is spelled as «две минуты»
    if single:
        return object_ if case is Case.ACCUSATIVE else one
    return few if 2 <= number % 10 <= 4 and not 12 <= number % 100 <= 14 else many


# ---- English


def every_noun_en() -> list[str]:
    """The nouns that Asterisk's English set lacks: what our own must hold."""
    nouns = {form for thing in Thing for form in (thing.value, f"{thing}s")}
    return sorted(nouns - _OF_ASTERISK_EN)


def piece_of_en(noun: str) -> Piece:
    """Our own recorded piece of an English noun."""
    return Piece(name=f"{OWN_EN}/{noun}")


def _noun_en(thing: Thing, *, single: bool) -> Piece:
    noun = thing.value if single else f"{thing}s"
    return Piece(name=noun) if noun in _OF_ASTERISK_EN else piece_of_en(noun)


def _english(number: int) -> Iterator[str]:
    rest = number
    for size, noun in _SCALES_EN:
        many, rest = divmod(rest, size)
        if many:
            yield from _english_below_thousand(many)
            yield f"digits/{noun}"
    if rest or not number:
        yield from _english_below_thousand(rest)


def _english_below_thousand(number: int) -> Iterator[str]:
    hundred, rest = divmod(number, 100)
    if hundred:
        yield f"digits/{hundred}"
        yield "digits/hundred"
    if rest >= 20:
        yield f"digits/{rest // 10 * 10}"
        rest %= 10
    if rest or not number:
        yield f"digits/{rest}"
