"""Looking at a switch between day and night, and throwing it from a phone."""

from switchroom.domain.access import Right, scope_of
from switchroom.domain.facts.house import ModeThrown
from switchroom.domain.identity import UserId
from switchroom.domain.modes import DayPart, Mode, Reading, read, turned
from switchroom.domain.scenario.effects import LookAtMode, ModeSays, ThrowMode, Trouble
from switchroom.domain.setup import Setup
from switchroom.domain.situations.scene import AtOnce, Scene, Turn


def look_at_mode(scene: Scene, want: LookAtMode) -> Turn[AtOnce]:
    """A switch that is no more says day."""
    mode = scene.setup.modes.get(want.mode)
    part = _reading(scene, mode).part if mode else DayPart.DAY
    return Turn(situation=AtOnce(), outcome=ModeSays(part=part))


def throw_mode(scene: Scene, want: ThrowMode) -> Turn[AtOnce]:
    """To the other side of what it says now, whether it said so by itself or by hand."""
    mode, caller = scene.setup.modes.get(want.mode), scene.cast.legs[scene.caller()].user
    if mode is None or caller is None or not _may(scene.setup, caller):
        return Turn(situation=AtOnce(), outcome=Trouble(why=f"They may not throw {want.mode}."))
    to = turned(_reading(scene, mode).part)
    thrown = ModeThrown(mode=want.mode, to=to, by=caller, call=scene.story)
    return Turn(situation=AtOnce(), facts=(thrown,), outcome=ModeSays(part=DayPart(to.value)))


def _reading(scene: Scene, mode: Mode) -> Reading:
    return read(mode, scene.around.thrown, scene.setup.calendars, scene.around.wall)


def _may(setup: Setup, user: UserId) -> bool:
    found = setup.users.get(user)
    if found is None or not found.active:
        return False
    return scope_of(user, (setup.roles[key] for key in found.roles if key in setup.roles)).may(Right.THROW_MODES)
