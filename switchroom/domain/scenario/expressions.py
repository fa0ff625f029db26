"""Conditions and values in Google's CEL, behind this one file.

An expression sees the story's variables as `vars`, for instance `vars.menu_key == "1"`. Secrets are not seen.
"""

from functools import lru_cache
from typing import Annotated

from cel_expr_python import cel
from pydantic import AfterValidator

from switchroom.domain.configured import Misfit
from switchroom.domain.people import Secret, Value, Variables

LONGEST = 2000


class BadExpression(ValueError):
    """The text is not an expression; the message says where."""


class Unevaluable(Exception):
    """The expression has no value with these variables; the message says why."""


_env = cel.NewEnv(variables={"vars": cel.Type.Map(cel.Type.STRING, cel.Type.DYN)})


@lru_cache(maxsize=4096)
def compiled(text: str) -> cel.Expression:
    """The expression, compiled once.

    Raises: BadExpression.
    """
    if len(text) > LONGEST:
        raise BadExpression(f"The expression is longer than {LONGEST} characters.")
    try:
        return _env.compile(text)
    except (RuntimeError, ValueError) as trouble:
        raise BadExpression(str(trouble)) from None


def evaluate(text: str, variables: Variables) -> Value:
    """The value of an expression: a text, a number, true or false, or nothing.

    Raises: BadExpression, Unevaluable.
    """
    seen = {name: value for name, value in variables.items() if not isinstance(value, Secret)}
    found = compiled(text).eval(data={"vars": seen})
    value = found.value()
    if found.type() == cel.Type.ERROR:  # errors come back as values
        raise Unevaluable(str(value))
    if value is None or isinstance(value, str | int | float | bool):
        return value
    raise Unevaluable(f"The value is a {found.type()}, not a text, a number or yes/no.")


def holds(text: str, variables: Variables) -> bool:
    """Whether a condition is true.

    Raises: BadExpression, Unevaluable (also when it is neither true nor false).
    """
    value = evaluate(text, variables)
    if not isinstance(value, bool):
        raise Unevaluable("The condition is neither true nor false.")
    return value


def _is_expression(text: str) -> str:
    try:
        compiled(text)
    except BadExpression as wrong:
        raise Misfit(f"This is no expression: {wrong}", f"Это не выражение: {wrong}") from None
    return text


Expression = Annotated[str, AfterValidator(_is_expression)]
"""A parameter of a component that must be an expression."""
