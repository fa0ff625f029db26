"""Personal values that facts only point to, and secrets that are never kept."""

from collections.abc import Iterator, Mapping
from typing import Any

from switchroom.domain.identity import PartyId
from switchroom.domain.shapes import Shape, teach


class Party(Shape, frozen=True, kw_only=True):
    """Somebody outside as one call knows them. Kept apart from facts: can be corrected, masked and erased."""

    id: PartyId
    number: str = ""
    name: str = ""


class Secret:
    """Card digits, a password: usable in a running scenario, never saved, logged, traced or shown."""

    __slots__ = ("_value",)

    def __init__(self, value: str | None) -> None:
        self._value = value

    def reveal(self) -> str | None:
        """The value itself; None once a crash has made us forget it."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(("Secret", self._value))

    def __reduce__(self) -> Any:
        raise TypeError("A secret is not written anywhere.")


Value = str | int | float | bool | None | Secret


class Variables(Mapping[str, Value]):
    """The variables of one story; never changed, only replaced."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Value] | None = None) -> None:
        self._values = dict(values or {})

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Variables({self._values!r})"

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def given(self, values: Mapping[str, Value]) -> "Variables":
        """These variables with others set."""
        return Variables({**self._values, **values}) if values else self


def _write(variables: Variables) -> dict[str, Value]:
    return dict(variables._values)  # a copy by the mapping's own door takes ten times as long


def _read(plain: dict[str, Any]) -> Variables:
    return Variables({name: Secret(None) if value == {} else value for name, value in plain.items()})


teach(Variables, _write, _read)
teach(Secret, lambda _: {}, lambda _: Secret(None))
