"""Which talks are recorded, why, what is announced before, and what may be asked meanwhile."""

from collections.abc import Mapping
from dataclasses import replace as changed
from datetime import timedelta
from typing import Any

import pytest

from switchroom.domain.acts import Act, Connect, MuteRecording, Play, Ring, StartRecording, StopPlaying, StopRecording
from switchroom.domain.causes import EndCause
from switchroom.domain.events import (
    DigitHeard,
    EngineReturned,
    Event,
    HoldAsked,
    LegAnswered,
    LegEnded,
    MuteRecordingAsked,
    PlaybackEnded,
    RecordAsked,
)
from switchroom.domain.facts.calls import (
    DecidedBy,
    RecordingAnnounced,
    RecordingBegan,
    RecordingDecided,
    RecordingEnded,
    RecordingMuted,
    RecordingUnmuted,
)
from switchroom.domain.history import Direction
from switchroom.domain.identity import LegId, UserId
from switchroom.domain.plans import Plan
from switchroom.domain.prompts import Prompt
from switchroom.domain.recording_rules import RecordingRule, TalkToRecord, first_of, lot, tried
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.graph import Graph, Node
from switchroom.domain.setup import Setup
from switchroom.domain.stories import Moved, begin, hear, resume
from tests.company import BORIS, CALLER, NOON, a_caller, a_colleague, a_company, around
from tests.domain.test_history import offer

ANNA = UserId("anna")
KEEP = timedelta(days=30)
CASES: tuple[tuple[dict[str, Any], dict[str, Any], str], ...] = (
    ({}, {}, ""),
    ({"directions": ["outbound"]}, {}, "another direction"),
    ({"directions": ["inbound", "internal"]}, {}, ""),
    ({"numbers": ["+7495*", "+7916*"]}, {}, ""),
    ({"numbers": ["+7495*"]}, {}, "another number"),
    ({"users": ["boris"]}, {}, "other people"),
    ({"users": ["boris", "anna"]}, {}, ""),
    ({"queues": ["sales"]}, {}, "another queue"),
    ({"queues": ["service"]}, {"queue": None}, "another queue"),
    ({"queues": ["service"]}, {}, ""),
)


def a_talk(**more: Any) -> TalkToRecord:
    known = {
        "call": "call1", "direction": Direction.INBOUND, "number": "+79161234567", "queue": "service",
        "users": frozenset({"anna"}), **more,
    }  # fmt: skip
    return TalkToRecord(**known)


def a_rule(key: str = "one", **more: Any) -> RecordingRule:
    return RecordingRule.model_validate({"id": key, "title": key.title(), **more})


@pytest.mark.feature("P10")
@pytest.mark.parametrize(("rule", "talk", "refusal"), CASES)
def test_a_rule_concerns_talks_of_its_kind_and_says_why_not_others(
    rule: dict[str, Any], talk: dict[str, Any], refusal: str
) -> None:
    found = a_rule(**rule).refusal(a_talk(**talk))
    assert (found.en if found else "") == refusal


@pytest.mark.feature("P10")
def test_the_first_rule_that_fits_wins_and_those_below_are_not_looked_at() -> None:
    rules = {key: a_rule(key, order=order, **more) for key, order, more in (
        ("all", 30, {}), ("never", 20, {"record": False, "users": ["anna"]}), ("sales", 10, {"queues": ["sales"]}),
    )}  # fmt: skip
    found = list(tried(rules, a_talk()))
    assert [one.rule.id for one in found] == ["sales", "never"]
    won = first_of(found)
    assert won is not None
    assert not won.record


@pytest.mark.feature("P10")
def test_a_share_of_talks_is_kept_and_the_same_call_always_draws_the_same_lot() -> None:
    rule = a_rule(share=30)
    taken = [n for n in range(4000) if rule.refusal(a_talk(call=f"20261126T1200{n:04}-abc")) is None]
    assert 0.27 < len(taken) / 4000 < 0.33
    assert {lot("one call") for _ in range(9)} == {lot("one call")}


class Talk:
    """A caller in the queue, for whom Anna answers; rules as given."""

    def __init__(self, *rules: RecordingRule, own_wish: bool = True, scenario: Mapping[str, Any] | None = None) -> None:
        prompts = {"recorded": Prompt(id="recorded", title="Recorded")}
        self.setup = changed(
            a_company(record=own_wish), recording_rules={rule.id: rule for rule in rules}, prompts=prompts
        )
        caller = a_caller(self.setup, "400")
        if scenario is not None:
            nodes = {"set": Node(kind="set_recording", params=dict(scenario), exits={"done": "queue"}),
                     "queue": Node(kind="queue", params={"queue": "service"})}  # fmt: skip
            caller = changed(caller, plan=Plan(scenario="main", version=1, graph=Graph(start="set", nodes=nodes)))
        self.moved = begin(caller, around(self.setup))
        self.facts = [*self.moved.facts]
        self.acts: list[Act] = []
        self.tell(offer())
        self.anna = next(act.leg for act in self.moved.acts if isinstance(act, Ring))
        self.tell(LegAnswered(leg=self.anna))

    def tell(self, event: Event) -> "Talk":
        """This happens."""
        return self._take(hear(self.moved.state, event, around(self.setup, NOON)))

    def die(self) -> "Talk":
        """Our program dies and comes back."""
        back = EngineReturned(away=timedelta(seconds=3), legs=2, legs_lost=0)
        return self._take(resume(self.moved.state, around(self.setup, NOON), back))

    def press(self, keys: str, leg: LegId | None = None) -> "Talk":
        """Keys, on Anna's phone."""
        for key in keys:
            self.tell(DigitHeard(leg=leg or self.anna, digit=key))
        return self

    def _take(self, moved: Moved) -> "Talk":
        self.moved = moved
        self.facts += moved.facts
        self.acts += moved.acts
        return self

    def told(self, *kinds: type) -> list[Any]:
        """Facts of these kinds."""
        return [fact for fact in self.facts if isinstance(fact, kinds)]

    def done(self, *kinds: type) -> list[Any]:
        """Acts of these kinds."""
        return [act for act in self.acts if isinstance(act, kinds)]


@pytest.mark.feature("P10")
def test_why_a_talk_is_recorded_or_not_stands_in_its_story() -> None:
    yes = Talk(a_rule("service", queues=["service"], kept_for=KEEP, format="mp3", share=100), own_wish=False)
    (why,) = yes.told(RecordingDecided)
    assert (why.record, why.by, why.rule, why.title) == (True, DecidedBy.RULE, "service", "Service")
    assert (why.kept_for, why.format) == (KEEP, "mp3")
    assert len(yes.done(StartRecording)) == 1

    no = Talk(a_rule("never", record=False), own_wish=True)
    (why,) = no.told(RecordingDecided)
    assert (why.record, why.by, why.rule) == (False, DecidedBy.RULE, "never")
    assert no.told(RecordingBegan) == no.done(StartRecording) == []
    assert len(no.done(Connect)) == 1


@pytest.mark.feature("P10")
@pytest.mark.parametrize("own_wish", [True, False])
def test_where_no_rule_fits_the_queue_itself_decides(own_wish: bool) -> None:
    talk = Talk(a_rule(directions=["outbound"]), own_wish=own_wish)
    (why,) = talk.told(RecordingDecided)
    assert (why.record, why.by, why.rule) == (own_wish, DecidedBy.PLACE, None)
    assert len(talk.done(StartRecording)) == own_wish


@pytest.mark.feature("P10")
@pytest.mark.parametrize(("wish", "recorded"), [("record", True), ("dont_record", False), ("by_rules", False)])
def test_a_scenario_decides_before_any_rule(wish: str, recorded: bool) -> None:
    talk = Talk(a_rule(record=False), scenario={"recording": wish})
    assert len(talk.told(RecordingBegan)) == recorded
    by = DecidedBy.RULE if wish == "by_rules" else DecidedBy.SCENARIO
    assert [fact.by for fact in talk.told(RecordingDecided)] == [by]


def announced() -> Talk:
    return Talk(a_rule(announcement="recorded"))


@pytest.mark.feature("P10")
def test_what_is_announced_is_heard_to_its_end_before_they_talk() -> None:
    talk = announced()
    (fact,) = talk.told(RecordingAnnounced)
    assert [play.leg for play in talk.done(Play)] == [CALLER, talk.anna]
    assert talk.done(Connect, StartRecording) == []
    with pytest.raises(NotNow):
        talk.tell(HoldAsked(by=ANNA, on=True))
    talk.tell(PlaybackEnded(playback=fact.playbacks[1]))
    assert talk.done(Connect) == []
    talk.tell(PlaybackEnded(playback=fact.playbacks[0]))
    assert [type(act) for act in talk.acts[-3:]] == [StopPlaying, Connect, StartRecording]
    talk.tell(HoldAsked(by=ANNA, on=True))


@pytest.mark.feature("P10")
def test_a_talk_begins_though_we_died_while_it_was_announced() -> None:
    talk = announced().die()
    assert len(talk.done(Connect)) >= 1
    assert len(talk.told(RecordingBegan)) == len(talk.done(StartRecording)) == 1
    talk.tell(PlaybackEnded(playback=talk.told(RecordingAnnounced)[0].playbacks[0]))
    assert len(talk.told(RecordingBegan)) == 1


@pytest.mark.parametrize("who", ["caller", "anna"])
def test_who_leaves_during_the_announcement_leaves_no_recording(who: str) -> None:
    talk = announced()
    talk.tell(LegEnded(leg=CALLER if who == "caller" else talk.anna, cause=EndCause.NORMAL))
    assert talk.told(RecordingBegan, RecordingEnded) == []
    assert len(talk.done(StopPlaying)) == 2


@pytest.mark.feature("P10")
def test_the_code_on_the_keypad_pauses_and_resumes_and_a_tone_tells_so() -> None:
    talk = Talk().press("*1")
    (muted,) = talk.told(RecordingMuted)
    assert muted.by == ANNA
    assert [act.muted for act in talk.done(MuteRecording)] == [True]
    talk.press("5*").press("1")
    assert len(talk.told(RecordingUnmuted)) == 1
    tones = talk.done(Play)
    assert len(tones) == len({tone.playback for tone in tones}) == 2
    assert {tone.leg for tone in tones} == {talk.anna}


@pytest.mark.parametrize("keys", ["*9", "1*", "**", "11"])
def test_other_keys_are_nothing_to_the_recording(keys: str) -> None:
    talk = Talk().press(keys)
    assert talk.told(RecordingMuted) == talk.done(MuteRecording, Play) == []


def test_a_customer_has_no_code() -> None:
    assert Talk().press("*1", CALLER).told(RecordingMuted) == []


@pytest.mark.feature("P10")
def test_a_talk_is_recorded_on_demand_and_only_that_is_ended_by_demand() -> None:
    talk = Talk(own_wish=False)
    with pytest.raises(NotNow):
        talk.tell(MuteRecordingAsked(by=ANNA, muted=True))
    for n in range(2):
        talk.tell(RecordAsked(by=ANNA, on=True))
        with pytest.raises(NotNow):
            talk.tell(RecordAsked(by=ANNA, on=True))
        talk.tell(RecordAsked(by=ANNA, on=False))
        assert len(talk.told(RecordingEnded)) == n + 1
    assert len({fact.recording for fact in talk.told(RecordingBegan)}) == 2
    assert [(fact.by, fact.user) for fact in talk.told(RecordingDecided)] == [(DecidedBy.ON_DEMAND, ANNA)] * 2
    talk.press("*1")
    assert len(talk.done(StartRecording)) == 3
    talk.press("*1")
    assert len(talk.told(RecordingEnded)) == len(talk.done(StopRecording)) == 3
    assert talk.told(RecordingMuted) == []
    by_rule = Talk(a_rule())
    with pytest.raises(NotNow):
        by_rule.tell(RecordAsked(by=ANNA, on=False))
    assert by_rule.done(StopRecording) == []


@pytest.mark.feature("P10")
def test_what_a_rule_forbids_nobody_records_on_demand() -> None:
    talk = Talk(a_rule(record=False))
    with pytest.raises(NotNow) as refused:
        talk.tell(RecordAsked(by=ANNA, on=True))
    assert "One" in str(refused.value.facts)
    talk.press("*1")
    assert talk.done(StartRecording) == []
    with pytest.raises(NotNow):
        talk.tell(RecordAsked(by=BORIS, on=True))


def setup_with(*rules: RecordingRule) -> Setup:
    return changed(a_company(), recording_rules={rule.id: rule for rule in rules})


@pytest.mark.feature("P10")
@pytest.mark.parametrize(
    ("rule", "recorded"),
    [({"directions": ["internal"]}, True), ({"directions": ["inbound"]}, False), ({"numbers": ["101"]}, True),
     ({"users": ["boris"]}, True), ({"users": ["anna"]}, True), ({"users": ["vera"]}, False)],
)  # fmt: skip
def test_a_talk_among_us_is_recorded_by_whom_it_joins_and_what_was_dialled(
    rule: dict[str, Any], recorded: bool
) -> None:
    setup = setup_with(a_rule(**rule))
    moved = begin(a_colleague("101"), around(setup))
    anna = next(act.leg for act in moved.acts if isinstance(act, Ring))
    moved = hear(moved.state, LegAnswered(leg=anna), around(setup))
    assert len([act for act in moved.acts if isinstance(act, StartRecording)]) == recorded
