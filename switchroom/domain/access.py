"""Who may do what: rights, roles, and the scope that every reading goes through."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from switchroom.domain.configured import Configured, Key, Name, Names, ThingKind
from switchroom.domain.identity import ProjectId, UserId
from switchroom.domain.refusals import Refusal
from switchroom.domain.titles import Title


class Right(StrEnum):
    """One thing that a role allows."""

    ADMINISTER = "administer"
    SUPERVISE = "supervise"
    SERVE = "serve"
    CALL = "call"
    SEE_CALLS = "see_calls"
    HEAR_RECORDINGS = "hear_recordings"
    EXPORT_RECORDINGS = "export_recordings"
    LISTEN = "listen"
    SEE_NUMBERS = "see_numbers"
    THROW_MODES = "throw_modes"
    LIFT_BLOCKS = "lift_blocks"


RIGHTS: dict[Right, Title] = {
    Right.ADMINISTER: Title("Set everything up", "Настраивать всё"),
    Right.SUPERVISE: Title("Supervise", "Руководить сменой"),
    Right.SERVE: Title("Serve callers", "Обслуживать звонки"),
    Right.CALL: Title("Call", "Звонить"),
    Right.SEE_CALLS: Title("See all calls", "Видеть все звонки"),
    Right.HEAR_RECORDINGS: Title("Hear recordings", "Слушать записи"),
    Right.EXPORT_RECORDINGS: Title("Take recordings out", "Выгружать записи"),
    Right.LISTEN: Title("Listen to talks", "Слушать разговоры"),
    Right.SEE_NUMBERS: Title("See whole numbers", "Видеть номера целиком"),
    Right.THROW_MODES: Title("Switch between day and night", "Переключать день и ночь"),
    Right.LIFT_BLOCKS: Title("Lift blocks", "Снимать блокировки"),
}


class Role(Configured):
    """A named set of rights; for all projects, or only for those named."""

    id: Key
    title: Annotated[Name, Title("Title", "Название")]
    rights: Annotated[frozenset[Right], Title("Rights", "Права")]
    projects: Annotated[frozenset[Key] | None, Title("Projects", "Проекты"), Names(ThingKind.PROJECT)] = None


class NotAllowed(Refusal):
    """The one who asks lacks the right."""

    code = "access.not_allowed"
    status = 403
    en = "This needs the right «{right}». Ask an administrator for it."
    ru = "Для этого нужно право «{right}». Обратитесь к администратору."


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, what they may do, and in which projects; None is every project."""

    user: UserId
    rights: frozenset[Right]
    projects: frozenset[ProjectId] | None = None

    def may(self, right: Right) -> bool:
        """Whether the right is there; an administrator has them all."""
        return right in self.rights or Right.ADMINISTER in self.rights

    def need(self, right: Right) -> None:
        """Raises NotAllowed unless the right is there."""
        if not self.may(right):
            raise NotAllowed(right=right.value)

    def sees(self, project: str) -> bool:
        """Whether things of this project are shown."""
        return self.projects is None or project in self.projects


def scope_of(user: UserId, roles: Iterable[Role]) -> Scope:
    """What these roles add up to."""
    held = list(roles)
    rights = frozenset(right for role in held for right in role.rights)
    everywhere = any(role.projects is None for role in held)
    projects = None if everywhere else frozenset(ProjectId(p) for role in held for p in role.projects or ())
    return Scope(user, rights, projects)


BUILT_IN_ROLES = (
    Role(id="administrator", title="Administrator", rights=frozenset(Right)),
    Role(
        id="supervisor",
        title="Supervisor",
        rights=frozenset({
            Right.SUPERVISE, Right.SEE_CALLS, Right.HEAR_RECORDINGS, Right.LISTEN, Right.SEE_NUMBERS, Right.CALL,
            Right.THROW_MODES,
        }),
    ),
    Role(id="operator", title="Operator", rights=frozenset({Right.SERVE, Right.CALL, Right.SEE_NUMBERS})),
    Role(id="user", title="User", rights=frozenset({Right.CALL})),
)
