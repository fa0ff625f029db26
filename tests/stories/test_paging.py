"""Paging: who is free hears the speaker at once, nobody hears them, and it is told who did not hear it and why."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import pytest

from switchroom.domain import history
from switchroom.domain.acts import AtDevice, Connect, MuteLeg, Play, Ring
from switchroom.domain.devices import browser_device
from switchroom.domain.events import HangUpAsked, HoldAsked
from switchroom.domain.extensions import Extension, Target, TargetKind
from switchroom.domain.facts.calls import CallAnswered, CallEnded
from switchroom.domain.facts.talks import PagingBegan, PagingEnded, PagingNotReached, PagingReached
from switchroom.domain.identity import DeviceId, LegId, UserId
from switchroom.domain.operators import Status
from switchroom.domain.paging import NotPagedWhy, Paging, PagingOver
from switchroom.domain.parts import Can, Stage, part_of
from switchroom.domain.refusals import NotNow
from tests.stories.office import ANNA, BORIS, CALL, CLARA, DIMA, NEVER, REFUSES, SOON, Office
from tests.stories.world import in_a_world

T = TypeVar("T")
SHOP = "300"
LONGEST = timedelta(seconds=30)


class Shop(Office):
    """An office whose people all hear what is said at 300."""

    def __init__(self) -> None:
        super().__init__()
        paging = Paging(id="shop", title="Shop", members=("anna", "boris", "clara", "dima"), at_most=LONGEST)
        number = Extension(number=SHOP, target=Target(kind=TargetKind.PAGING, key="shop"))
        object.__setattr__(self.setup, "pagings", {"shop": paging})
        object.__setattr__(self.setup, "extensions", {**self.setup.extensions, SHOP: number})

    async def spoken(self, **habits: object) -> LegId:
        """Anna speaks, and whoever takes the call hears her."""
        await self.phones(**habits)  # type: ignore[arg-type]
        anna = self.dial(ANNA, SHOP, "a1")
        await self.until(lambda: self.hear(anna))
        return anna

    def hear(self, speaker: LegId) -> bool:
        """Whether everybody whose phone took the call hears the speaker, and somebody does."""
        reached = [fact.leg for fact in self.facts(CALL) if isinstance(fact, PagingReached)]
        there = [leg for leg in reached if leg in self.switch.legs()]
        return bool(there) and all(self.switch.hears(leg) == {speaker} for leg in there)

    def not_reached(self) -> dict[str, NotPagedWhy]:
        return {fact.user: fact.why for fact in self.facts(CALL) if isinstance(fact, PagingNotReached)}

    def reached(self) -> set[UserId]:
        return {fact.user for fact in self.facts(CALL) if isinstance(fact, PagingReached)}

    def ended(self) -> PagingEnded:
        (fact,) = [fact for fact in self.facts(CALL) if isinstance(fact, PagingEnded)]
        return fact

    def summary(self) -> history.CallSummary:
        line = None
        for kept in self.facts(CALL):
            line = history.after(line, kept, self.wall())
        assert line is not None
        return line


def in_the_shop(play: Callable[[Shop], Awaitable[T]]) -> T:
    return in_a_world(Shop, play)


@pytest.mark.feature("P1")
@pytest.mark.feature("P8")
def test_everybody_who_is_free_hears_the_speaker_after_a_beep_and_is_heard_by_nobody() -> None:
    async def play(shop: Shop) -> None:
        anna = await shop.spoken()
        assert shop.reached() == {BORIS, CLARA, DIMA}
        assert shop.switch.hears(anna) == frozenset()
        done = shop.switch.done
        for leg in (anna, *(shop.leg(user) for user in (BORIS, CLARA, DIMA))):
            (beep,) = [n for n, act in enumerate(done) if isinstance(act, Play) and act.leg == leg]
            (comes_in,) = [n for n, act in enumerate(done) if isinstance(act, Connect) and leg in act.legs]
            assert beep < comes_in
            muted = [n for n, act in enumerate(done) if act == MuteLeg(leg=leg, on=True)]
            assert [n < comes_in for n in muted] == ([] if leg == anna else [True])
        shop.switch.leave(anna)
        await shop.over()
        assert (shop.ended().why, shop.ended().reached) == (PagingOver.SPEAKER_LEFT, 3)
        assert shop.not_reached() == {}

    in_the_shop(play)


@pytest.mark.feature("P1")
def test_desk_phones_are_asked_to_take_the_call_by_themselves_and_pages_are_where_there_is_none() -> None:
    async def play(shop: Shop) -> None:
        await shop.phones()
        page = DeviceId(browser_device("boris").id)
        shop.switch.habits[page] = SOON
        for device in (page, DeviceId(browser_device("clara").id)):
            shop.switch.plug(device)
        shop.switch.plug(DeviceId("boris-desk"), reachable=False)
        await shop.later(1)
        shop.dial(ANNA, SHOP, "a1")
        await shop.until(lambda: shop.reached() == {BORIS, CLARA, DIMA})
        rung = {act.to.device: act.headers for act in shop.switch.done
                if isinstance(act, Ring) and isinstance(act.to, AtDevice)}  # fmt: skip
        assert set(rung) == {page, "clara-desk", "dima-desk"}
        for headers in rung.values():
            assert headers["Call-Info"].endswith(";answer-after=0")
            assert "info=alert-autoanswer" in headers["Alert-Info"]
            assert headers["X-Switchroom"].endswith(";answer=auto")

    in_the_shop(play)


@pytest.mark.feature("P1")
def test_who_talks_is_left_out_and_it_is_told_why_the_others_did_not_hear_it() -> None:
    async def play(shop: Shop) -> None:
        await shop.phones(dima=NEVER)
        boris = shop.dial(BORIS, "103", "b1")
        await shop.until(lambda: bool(shop.switch.hears(boris)))
        clara = shop.switch.hears(boris)
        shop.switch.plug(DeviceId("clara-desk"), reachable=False)
        anna = LegId("a1")
        shop.switch.dial(anna, DeviceId("anna-desk"), SHOP)
        second = "call2"
        await shop.until(lambda: any(isinstance(fact, PagingEnded) for fact in shop.facts(second)))
        why = {fact.user: fact.why for fact in shop.facts(second) if isinstance(fact, PagingNotReached)}
        assert why == {BORIS: NotPagedWhy.BUSY, CLARA: NotPagedWhy.BUSY, DIMA: NotPagedWhy.NO_ANSWER}
        assert shop.switch.hears(boris) == clara, "their talk is not broken in upon"
        assert not any(isinstance(fact, CallAnswered) for fact in shop.facts(second))

    in_the_shop(play)


@pytest.mark.feature("P1")
def test_a_silent_phone_stops_ringing_soon_and_nobody_has_missed_a_call() -> None:
    async def play(shop: Shop) -> None:
        shop_speaker = await shop.spoken(boris=NEVER, clara=REFUSES)
        await shop.until(lambda: shop.not_reached() == {BORIS: NotPagedWhy.NO_ANSWER, CLARA: NotPagedWhy.DECLINED})
        assert shop.engine.desk.operators[BORIS].status is not Status.RINGING
        assert shop.hear(shop_speaker)
        shop.switch.leave(shop_speaker)
        await shop.over()
        summary = shop.summary()
        assert summary.missed_by == ()
        assert (summary.talkers, summary.rung, summary.disposition) == ((DIMA,), None, "served")
        assert summary.talked == shop.ended().lasted > timedelta(0)

    in_the_shop(play)


@pytest.mark.feature("P1")
def test_after_the_longest_time_everybody_is_let_go() -> None:
    async def play(shop: Shop) -> None:
        await shop.spoken()
        await shop.over()
        assert (shop.ended().why, shop.ended().lasted) == (PagingOver.TIME_IS_UP, LONGEST)
        assert isinstance(shop.facts(CALL)[-1], CallEnded)

    in_the_shop(play)


@pytest.mark.feature("P1")
def test_nobody_there_ends_the_call_without_an_answer() -> None:
    async def play(shop: Shop) -> None:
        shop.dial(ANNA, SHOP, "a1")
        await shop.until(lambda: "CallEnded" in shop.told(CALL))
        assert set(shop.not_reached().values()) == {NotPagedWhy.UNREACHABLE}
        (began,) = [fact for fact in shop.facts(CALL) if isinstance(fact, PagingBegan)]
        assert (began.called, shop.ended().why) == ((), PagingOver.NOBODY_THERE)
        assert not any(isinstance(fact, CallAnswered) for fact in shop.facts(CALL))

    in_the_shop(play)


@pytest.mark.feature("P1")
def test_who_hangs_up_hears_no_more_and_the_last_one_ends_it() -> None:
    async def play(shop: Shop) -> None:
        anna = await shop.spoken(dima=NEVER)
        shop.switch.leave(shop.leg(BORIS))
        await shop.until(lambda: DIMA in shop.not_reached())
        assert shop.hear(anna)
        await shop.ask(HangUpAsked(by=CLARA))
        await shop.over()
        assert (shop.ended().why, shop.ended().reached) == (PagingOver.NOBODY_THERE, 2)
        assert BORIS not in shop.not_reached()

    in_the_shop(play)


@pytest.mark.feature("P1")
def test_the_page_says_who_speaks_and_who_listens_and_nothing_but_hanging_up_is_offered() -> None:
    async def play(shop: Shop) -> None:
        await shop.spoken()
        state = shop.engine.state_of(CALL)
        assert state is not None
        speaks, hears = part_of(state, ANNA), part_of(state, BORIS)
        assert speaks is not None
        assert hears is not None
        assert (speaks.stage, speaks.can) == (Stage.TALKING, frozenset({Can.HANG_UP}))
        assert (hears.stage, hears.can, hears.other.user) == (Stage.LISTENING, frozenset({Can.HANG_UP}), ANNA)
        with pytest.raises(NotNow):
            await shop.ask(HoldAsked(by=ANNA, on=True))
        await shop.ask(HangUpAsked(by=ANNA))
        await shop.over()
        assert shop.ended().why is PagingOver.SPEAKER_LEFT

    in_the_shop(play)


@pytest.mark.feature("P1")
@pytest.mark.feature("Z3")
@pytest.mark.parametrize("after", [0.5, 2.5, 20.0])
def test_after_a_death_of_the_engine_the_speaker_is_heard_on(after: float) -> None:
    async def play(shop: Shop) -> None:
        await shop.phones()
        anna = shop.dial(ANNA, SHOP, "a1")
        await shop.later(after)
        await shop.kill()
        await shop.start()
        await shop.until(lambda: shop.reached() == {BORIS, CLARA, DIMA} and shop.hear(anna))
        assert shop.switch.hears(anna) == frozenset()
        shop.switch.leave(anna)
        await shop.over()

    in_the_shop(play)
