"""Sound that the switch has recorded, for jobs of the agenda: fetched, and forgotten there once it lies with us."""

from switchroom.domain.identity import RecordingId
from switchroom.engine.agenda import NotYet
from switchroom.switch.port import Switch, SwitchLost

MOST_TRIES = 3
"""The switch may not yet have written what has just ended."""


async def fetched(switch: Switch, recording: RecordingId, tries: int) -> tuple[bytes, bytes] | None:
    """Both halves; None if they are still not there after so many tries. Raises: NotYet."""
    try:
        halves = await switch.halves(recording)
    except SwitchLost as why:
        raise NotYet(str(why)) from why
    if halves is None and tries < MOST_TRIES:
        raise NotYet("the switch has not yet written it")
    return halves


async def forgotten(switch: Switch, recording: RecordingId) -> None:
    """The switch keeps it no longer. Raises: NotYet."""
    try:
        await switch.forget_recording(recording)
    except SwitchLost as why:
        raise NotYet(str(why)) from why
