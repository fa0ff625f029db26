"""Facts about operators' own wishes and connection. What they are busy with is told by calls and cards."""

from switchroom.domain.identity import DeviceId, UserId
from switchroom.domain.shapes import Kind


class OperatorFact(Kind, frozen=True, kw_only=True):
    """Something changed for this operator."""

    operator: UserId


class OperatorSignedIn(OperatorFact, frozen=True, kw_only=True):
    """They work from now on, and are ready unless something else holds."""

    by: UserId


class OperatorSignedOut(OperatorFact, frozen=True, kw_only=True):
    """They serve no queue until they sign in again."""

    by: UserId


class BreakWished(OperatorFact, frozen=True, kw_only=True):
    """A break begins as soon as they are free; at once if they are."""

    break_kind: str
    by: UserId


class ReadyWished(OperatorFact, frozen=True, kw_only=True):
    """The break, or what a missed call brought, is over."""

    by: UserId


class DeviceConnected(OperatorFact, frozen=True, kw_only=True):
    """A device of theirs can be rung."""

    device: DeviceId


class DeviceLost(OperatorFact, frozen=True, kw_only=True):
    """A device of theirs can no longer be rung."""

    device: DeviceId


AnyOperatorFact = OperatorSignedIn | OperatorSignedOut | BreakWished | ReadyWished | DeviceConnected | DeviceLost
