"""How a trunk stands: whether calls can go over it, and why not, in words."""

from dataclasses import dataclass
from enum import StrEnum

from switchroom.domain.reasons import Reason
from switchroom.domain.titles import Title
from switchroom.domain.trunks import Trunk, TrunkKind

_WRONG_PASSWORD, _UNKNOWN = (401, 407), (404, 410)


class SigningIn(StrEnum):
    """How our signing in at a carrier stands."""

    DONE = "done"
    REFUSED = "refused"
    TRYING = "trying"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Our signing in at one carrier. `code`: SIP status of the last refusal; None: no answer came, or nobody knows."""

    state: SigningIn
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`up` is None while it is not known; `why` says why it is not up."""

    up: bool | None
    why: Reason | None = None


def standing_of(
    trunk: Trunk,
    *,
    has_password: bool,
    answers: bool | None,
    registration: Registration | None = None,
    was_up: bool = False,
) -> Standing:
    """Of one trunk. `answers`: whether the other side answers our OPTIONS; None: not known.

    `registration` is None for trunks that we don't sign in at, and where the switch does not tell. A peer that has not
    been up may be one that only calls us, which it does without signing in.
    """
    if not has_password and trunk.kind is not TrunkKind.BY_ADDRESS and not answers:
        return Standing(False, _reason("no_password", _NO_PASSWORD, trunk))
    if registration is not None and registration.state is not SigningIn.DONE:
        return Standing(False, _not_signed_in(trunk, registration))
    if answers is None:
        return Standing(None, _reason("not_known", _NOT_KNOWN, trunk))
    if answers:
        return Standing(True)
    if trunk.kind is TrunkKind.PEER:
        return Standing(False if was_up else None, _reason("peer_away", _PEER_AWAY, trunk))
    return Standing(False, _reason("no_answer", _NO_ANSWER, trunk))


def _not_signed_in(trunk: Trunk, registration: Registration) -> Reason:
    match registration:
        case Registration(state=SigningIn.TRYING):
            return _reason("trying", _TRYING, trunk)
        case Registration(code=None):
            return _reason("no_answer", _NO_ANSWER, trunk)
        case Registration(code=code) if code in _WRONG_PASSWORD:
            return _reason("wrong_password", _WRONG, trunk)
        case Registration(code=code) if code in _UNKNOWN:
            return _reason("unknown_name", _NO_SUCH_NAME, trunk)
        case Registration(code=code):
            return _reason("refused", _REFUSED, trunk, code or 0)


_NO_PASSWORD = Title("It has no password yet. Set one.", "Пароль ещё не задан. Задайте его.")
_NOT_KNOWN = Title("The switch has not told yet.", "Коммутатор ещё не сообщил.")
_TRYING = Title("We are just signing in at {host}.", "Мы как раз регистрируемся у {host}.")
_NO_ANSWER = Title(
    "{host}, port {port}, does not answer. Check the address, and that no firewall is in between.",
    "{host}, порт {port}, не отвечает. Проверьте адрес и не мешает ли сетевой экран.",
)
_WRONG = Title(
    "{host} does not accept the name {name} with this password. Set the one that the carrier gave you.",
    "{host} не принимает имя {name} с этим паролем. Задайте пароль, который дал оператор связи.",
)
_NO_SUCH_NAME = Title("{host} does not know the name {name}.", "{host} не знает имени {name}.")
_REFUSED = Title(
    "{host} refuses to let us in (SIP {code}). Ask the carrier why.",
    "{host} отказывает в регистрации (SIP {code}). Узнайте причину у оператора связи.",
)
_PEER_AWAY = Title(
    "The other side has not signed in as {name}: it may call us, but can't be called.",
    "Другая сторона не вошла под именем {name}: звонить нам она может, а мы ей нет.",
)


def _reason(code: str, words: Title, trunk: Trunk, sip: int = 0) -> Reason:
    facts = {"host": trunk.host or "", "port": trunk.port, "name": trunk.username or trunk.id, "code": sip}
    return Reason(code, Title(words.en.format(**facts), words.ru.format(**facts)))
