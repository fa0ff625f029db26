"""What a component is: it declares parameters, exits and examples, and takes pure steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from switchroom.domain.people import Value, Variables
from switchroom.domain.scenario.effects import Effect, Outcome, RingExtension
from switchroom.domain.scenario.graph import ScenarioKind
from switchroom.domain.titles import Title

P = TypeVar("P", bound="Params")
S = TypeVar("S")

ERROR = "error"
"""Every component has this exit besides its own; what has no other way goes there."""


class Params(BaseModel):
    """Parameters of a component; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_timedelta="float")


@dataclass(frozen=True, slots=True)
class Exit:
    """One way out of a component."""

    key: str
    title: Title


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave by an exit, and set these variables."""

    exit: str
    set: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class JumpTo:
    """Leave this scenario for whatever this extension leads to."""

    extension: str


@dataclass(frozen=True, slots=True)
class Example:
    """A small dialogue: shown in the docs, tried in the designer, run as a test."""

    title: Title
    params: Mapping[str, object]
    leaves: str
    heard: Sequence[Outcome] = ()
    variables: Mapping[str, Value] = field(default_factory=dict)
    sets: Mapping[str, Value] = field(default_factory=dict)


Move = tuple[S, Effect | RingExtension | Leave | JumpTo]


class Component(Generic[P, S]):
    """Base of all components. A subclass names its `kind` and is registered by being declared.

    `start` and `step` are pure; the state that they return is saved at every effect, so it is small and plain.
    """

    kind: ClassVar[str]
    family: ClassVar[str]
    title: ClassVar[Title]
    about: ClassVar[Title]
    runs_in: ClassVar[frozenset[ScenarioKind]] = frozenset({ScenarioKind.CALL})
    """The kinds of scenarios that it makes sense in."""
    examples: ClassVar[Sequence[Example]] = ()
    Params: ClassVar[type[Params]]
    State: ClassVar[type]

    def __init_subclass__(cls, kind: str, **more: object) -> None:
        super().__init_subclass__(**more)
        if kind in COMPONENTS:
            raise TypeError(f"The component {kind} is declared twice.")
        cls.kind = kind
        COMPONENTS[kind] = cls

    def __init__(self, params: P) -> None:
        self.params = params

    def exits(self) -> list[Exit]:
        """The ways out, in the order of the designer; `error` comes by itself."""
        raise NotImplementedError

    def start(self, variables: Variables) -> Move[S]:
        """What the component does when the scenario comes to it."""
        raise NotImplementedError

    def step(self, state: S, outcome: Outcome, variables: Variables) -> Move[S]:
        """What it does when its effect came out so."""
        raise NotImplementedError


COMPONENTS: dict[str, type["Component"]] = {}  # type: ignore[type-arg]  # of whatever parameters and state


@dataclass(frozen=True, slots=True)
class Nothing:
    """The state of a component that needs none."""


EVERYWHERE = frozenset(ScenarioKind)
DONE_EXIT = Exit("done", Title("Done", "Готово"))
SECOND = timedelta(seconds=1)
