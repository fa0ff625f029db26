"""People come into conference rooms, ask, leave, reload pages, and engines die, at any moment.

In the end each leg hears the others of its room, or music if it is alone there, or is gone; and the facts are whole.
"""


import pytest
from hypothesis import given
from hypothesis import strategies as st

from switchroom.domain.identity import LegId
from switchroom.domain.situations.standing import Together
from switchroom.switch.simulated.switch import Habit
from tests.stories.office import ROOM, SMALL, SOON
from tests.stories.test_rooms import Rooms, in_rooms
from tests.stories.test_talks_at_any_moment import HABITS, PAGE, PAUSES, PEOPLE, QUIET, Life, Step

WAYS = (
    "call", "call", "call", "customer", "customer", "leave", "leave", "reload", "invite", "remove", "mute", "hang_up",
    "page", "send_on", "consult", "join",
)  # fmt: skip
STEPS = st.builds(
    Step, what=st.sampled_from(WAYS), who=st.sampled_from(PEOPLE),
    to=st.sampled_from((ROOM, ROOM, ROOM, SMALL, "102", "103")), which=st.integers(0, 5), pause=st.sampled_from(PAUSES),
)  # fmt: skip


class RoomLife(Life):
    """Customers come to the room for all, one of us perhaps from the page in the browser."""

    async def do(self, step: Step) -> None:
        if step.what == "page":
            self.dialled += 1
            self.office.switch.dial(LegId(f"p{self.dialled}"), PAGE, step.to)
        else:
            await super().do(step)

    def nobody_is_alone(self) -> None:
        super().nobody_is_alone()
        rooms = [s.situation for s in self.office.engine.living() if isinstance(s.situation, Together)]
        assert isinstance(self.office, Rooms)
        for room in rooms:
            if room.room is None:
                continue
            there = set(room.there)
            muted = {one.leg for one in room.members if one.muted}
            for leg in there:
                assert self.office.switch.hears(leg) == there - {leg} - muted, room
                assert self.office.music(leg) == (len(there) == 1), room
        named = [room.room for room in rooms if room.room is not None]
        assert len(named) == len(set(named)), "each room lives in one call"


def live(steps: list[Step], habits: tuple[Habit, ...], deaths: frozenset[int] = frozenset()) -> None:
    async def play(office: Rooms) -> None:
        await office.phones(**dict(zip(PEOPLE, habits, strict=True)))
        office.switch.habits[PAGE] = SOON
        office.switch.plug(PAGE)
        await office.later(1)
        await RoomLife(office).play(steps, deaths=deaths)

    in_rooms(play)


LIVES = {"steps": st.lists(STEPS, max_size=14), "habits": st.tuples(*[st.sampled_from(HABITS)] * 4)}


@pytest.mark.feature("P9")
@QUIET
@given(**LIVES)
def test_whatever_happens_in_rooms_each_hears_the_others_or_music(steps: list[Step], habits: tuple[Habit, ...]) -> None:
    live(steps, habits)


@pytest.mark.feature("P9")
@pytest.mark.feature("Z3")
@QUIET
@given(**LIVES, deaths=st.frozensets(st.integers(0, 13), max_size=3))
def test_the_same_in_rooms_with_an_engine_that_dies_meanwhile(
    steps: list[Step], habits: tuple[Habit, ...], deaths: frozenset[int]
) -> None:
    live(steps, habits, deaths)
