"""What earlier releases told is told by this one to the letter, from its beginning and from any saved state."""

from functools import lru_cache
from pathlib import Path

import msgspec
import pytest

from switchroom.domain.as_test import SOMEBODY, THEIR_NUMBER
from switchroom.domain.events import DigitHeard, FieldsTyped
from switchroom.domain.facts.calls import OfferNotTaken
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import LegId
from switchroom.domain.lifting import SavedByNewer, lifted, read_story
from switchroom.domain.release import RELEASE
from switchroom.domain.replay import FORMAT, StoredStory, read, retell, retell_from, saved_states, walk, write
from switchroom.domain.shapes import dump, to_plain
from switchroom.domain.stories import SHAPE
from switchroom.domain.traces import Begun
from switchroom.storage.traces import Traces
from tests.company import a_company
from tests.stories import record
from tests.stories.world import World, in_virtual_time

FILES = sorted(record.FOLDER.glob("*.json"))


@lru_cache
def story_of(path: Path) -> StoredStory:
    return read(path.read_bytes())


stories = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def told_after(stored: StoredStory, heard: int) -> tuple[Fact, ...]:
    """What is told once the first events are over."""
    return tuple(fact for moved in list(walk(stored))[heard:] for fact in moved.facts)


@pytest.mark.feature("Z2")
@stories
def test_a_stored_story_is_told_again_to_the_letter(path: Path) -> None:
    stored = story_of(path)
    retold = retell(stored)
    assert stored.format == FORMAT
    assert stored.remarks == ()
    assert retold.told == stored.told
    assert retold.acts == stored.acts


@pytest.mark.feature("Z3")
@stories
def test_the_rest_is_told_the_same_from_every_state_that_was_saved_then(path: Path) -> None:
    stored = story_of(path)
    assert stored.states or len(stored.heard) == 1
    for saved in stored.states:
        assert retell_from(stored, saved).told == told_after(stored, saved.heard)


@pytest.mark.feature("Z3")
@stories
def test_the_rest_is_told_the_same_from_every_state_that_is_saved_today(path: Path) -> None:
    stored = story_of(path)
    for saved in saved_states(retell(stored)):
        assert retell_from(stored, saved).told == told_after(stored, saved.heard)


@stories
def test_a_file_is_as_it_was_written_and_holds_nobodys_values(path: Path) -> None:
    assert write(story_of(path)) == path.read_bytes()
    text = path.read_text()
    assert not any(theirs in text for theirs in ("79161234567", "Иван", "Садовая", "4321", "405"))


def test_every_story_that_is_to_be_kept_has_its_file() -> None:
    kept = {path.stem.partition("-")[2].removesuffix("-card") for path in FILES}
    assert set(record.PLAYS) <= kept


@pytest.mark.parametrize("name", sorted(record.PLAYS))
def test_what_the_whole_house_does_today_is_told_again_by_its_pure_part_alone(name: str) -> None:
    for story in record.stored(name).values():
        assert story.remarks == ()
        assert story.release == RELEASE


# ---- personal values and differences


def test_personal_values_are_made_up_and_choices_stay() -> None:
    stored = story_of(record.FOLDER / "0.1.0-secrets-numbers-and-a-user.json")
    begun = stored.heard[0].event
    assert isinstance(begun, Begun)
    assert (begun.variables["caller_number"], begun.variables["caller_name"]) == (THEIR_NUMBER, SOMEBODY)
    pressed = "".join(one.event.digit for one in stored.heard if isinstance(one.event, DigitHeard))
    assert pressed == "1111111#"
    menu = story_of(record.FOLDER / "0.1.0-nobody-at-home.json")
    assert [one.event.digit for one in menu.heard if isinstance(one.event, DigitHeard)] == ["2"]
    card = story_of(record.FOLDER / "0.1.0-served-and-carded-card.json")
    (typed,) = [one.event for one in card.heard if isinstance(one.event, FieldsTyped)]
    assert typed.fields == {"address": "Words", "number": "Words"}


def test_a_secret_is_not_even_in_the_trace() -> None:
    async def play(world: World) -> None:
        await record.PLAYS["secrets-numbers-and-a-user"](world)
        trace = Traces(world.database).of(record.CALL)
        pressed = [one.event.digit for one in trace if isinstance(one.event, DigitHeard)]
        assert "".join(pressed) == "0000405#"
        assert b"4321" not in dump(trace)

    in_virtual_time(play)


def test_a_story_that_reads_otherwise_under_other_rules_says_where() -> None:
    async def play(world: World) -> StoredStory:
        await record.PLAYS["passed-on-to-the-next"](world)
        await record.configured(world, queues=a_company(missed_call_takes_out=False).queues)
        ((_, call), *_) = record.stories_of(world, "other rules")
        return call

    other = in_virtual_time(play)
    assert len(other.remarks) == 1
    assert "takes_out_of_ready=True" in other.remarks[0]
    assert any(isinstance(fact, OfferNotTaken) and fact.takes_out_of_ready for fact in other.told)


# ---- states of older releases


def a_state() -> bytes:
    return msgspec.json.encode(story_of(record.FOLDER / "0.1.0-served-and-carded.json").states[0].state)


def test_a_state_of_an_older_shape_is_lifted_step_by_step() -> None:
    plain = msgspec.json.decode(a_state())
    lifts = {
        SHAPE: lambda old: {**old, "language": old["language"].upper()},
        SHAPE + 1: lambda old: {**old, "jumps": 7},
    }
    today = lifted(plain, SHAPE, SHAPE + 2, lifts)
    assert (today.language, today.jumps, today.shape) == (plain["language"].upper(), 7, SHAPE + 2)
    assert "shape" in to_plain(today)


def test_a_state_of_a_newer_release_is_not_guessed_at() -> None:
    with pytest.raises(SavedByNewer):
        read_story(msgspec.json.encode({**msgspec.json.decode(a_state()), "shape": SHAPE + 1}))


def test_a_state_that_says_nothing_of_its_shape_is_of_the_first() -> None:
    assert "shape" not in msgspec.json.decode(a_state())
    assert read_story(a_state()).shape == 1
    assert read_story(a_state()).cast.caller in (None, LegId("in1"))
