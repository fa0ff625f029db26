"""The script of a card as it is read out: with what is known in place of `{names}`."""

import re
from collections.abc import Mapping

from switchroom.domain.people import Secret, Value

_NAMED = re.compile(r"\{([a-z][a-z0-9_]{0,47})\}")


def said(script: str, known: Mapping[str, Value]) -> str:
    """The words; a name that stands for nothing known is left as it was written."""

    def word(found: re.Match[str]) -> str:
        value = known.get(found[1])
        return found[0] if value in (None, "") or isinstance(value, Secret) else str(value)

    return _NAMED.sub(word, script)
