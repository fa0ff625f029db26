"""Why, in words: why a call came to this operator, why others were passed over, why somebody is in their state."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from switchroom.domain.company import Company
from switchroom.domain.distribution import PERSONAL, STRATEGIES
from switchroom.domain.facts.calls import CallArrived, CallPlaced, NotTakenWhy, OperatorOffered, SentOn
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import UserId
from switchroom.domain.operators import MISSED_CALL, Operator, Status
from switchroom.domain.queues import StrategyKind
from switchroom.domain.titles import Title

NameOf = Callable[[UserId], str]
"""What a user is called."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A code for programs, and its words for people."""

    code: str
    words: Title


STATUS_TITLES: dict[Status, Title] = {
    Status.TALKING: Title("talking", "говорит"),
    Status.RINGING: Title("ringing", "звонит"),
    Status.RESERVED: Title("reserved", "в резерве"),
    Status.WRAP_UP: Title("wrap-up", "обработка"),
    Status.SIGNED_OUT: Title("not at work", "не работает"),
    Status.BREAK: Title("on a break", "перерыв"),
    Status.NOT_CONNECTED: Title("no connection", "нет связи"),
    Status.READY: Title("ready", "готов"),
}
_RANKED_AFTER, _JUST_OFFERED = "ranked_after", "just_offered"
_PASSED_OVER: dict[str, Title] = {
    _RANKED_AFTER: Title("ready, but next in order", "готов, но дальше по порядку"),
    _JUST_OFFERED: Title("just got another call", "только что получил другой звонок"),
    **{status.value: title for status, title in STATUS_TITLES.items()},
}
NOT_TAKEN_TITLES: dict[NotTakenWhy, Title] = {
    NotTakenWhy.NO_ANSWER: Title("did not answer", "не ответил"),
    NotTakenWhy.DECLINED: Title("declined", "отклонил"),
    NotTakenWhy.BUSY: Title("the phone was busy", "телефон был занят"),
    NotTakenWhy.UNREACHABLE: Title("the phone could not be reached", "телефон не на связи"),
    NotTakenWhy.CALLER_LEFT: Title("the caller hung up", "звонящий положил трубку"),
    NotTakenWhy.OUT_OF_TIME: Title("the wait was over", "время ожидания вышло"),
    NotTakenWhy.WE_WERE_AWAY: Title("the program was being restarted", "программа перезапускалась"),
}


def why_offered(offered: OperatorOffered) -> Reason:
    """Why this operator, to themselves."""
    if offered.why == PERSONAL:
        return Reason(PERSONAL, Title("You are this caller's own operator.", "Вы личный оператор этого клиента."))
    if offered.why not in set(StrategyKind):
        return Reason("chosen", Title("You were chosen by the queue's rules.", "Вас выбрали правила очереди."))
    return Reason(offered.why, STRATEGIES[StrategyKind(offered.why)].to_chosen)


@dataclass(frozen=True, slots=True)
class Came:
    """How a call came to somebody: why, and the offer by which it came from a queue."""

    reason: Reason
    offered: OperatorOffered | None = None


def how_it_came(facts: Iterable[Fact], user: UserId, name_of: NameOf) -> Came:
    """From the call's own facts: by a queue's rules, sent on by somebody, or called directly."""
    came = Came(Reason("called", Title("You are called directly.", "Звонят лично вам.")))
    for fact in facts:
        match fact:
            case OperatorOffered(operator=operator) if operator == user:
                came = Came(why_offered(fact), fact)
            case SentOn(by=by) if by is not None:
                name = name_of(by)
                came = Came(Reason("sent_on", Title(f"{name} sent the caller on.", f"Вам перевели звонок: {name}.")))
            case CallArrived(user=caller) | CallPlaced(user=caller) if caller == user:
                came = Came(Reason("own", Title("You call.", "Звоните вы.")))
    return came


def why_passed_over(code: str) -> Reason:
    """Why somebody else did not get the call."""
    return Reason(code, _PASSED_OVER.get(code, Title(code, code)))


def reason_of(operator: Operator, company: Company, name_of: NameOf) -> Reason | None:
    """Why an operator is in their state; None where the state says it all."""
    match operator.status:
        case Status.BREAK:
            return _of_break(operator, company, name_of)
        case Status.NOT_CONNECTED:
            return Reason("no_phone", Title("None of the phones can be rung.", "Ни один телефон не на связи."))
        case Status.SIGNED_OUT if operator.wished_by not in (None, operator.id):
            name = name_of(operator.wished_by or operator.id)
            return Reason("by_supervisor", Title(f"{name} ended the work.", f"Работу закончили: {name}."))
        case Status.TALKING if operator.interrupted is not None:
            return Reason("page_lost", Title("The page is being waited for.", "Ждём возвращения страницы."))
        case _:
            return None


def _of_break(operator: Operator, company: Company, name_of: NameOf) -> Reason:
    if operator.break_kind == MISSED_CALL:
        return Reason(MISSED_CALL, Title("A call was not taken.", "Звонок остался без ответа."))
    kind = company.break_of(operator.break_kind)
    title = kind.title if kind else Title(operator.break_kind or "", operator.break_kind or "")
    if operator.wished_by in (None, operator.id):
        return Reason("break", title)
    name = name_of(operator.wished_by or operator.id)
    return Reason("by_supervisor", Title(f"{title.en}, by {name}", f"{title.ru}, отправили: {name}"))
