"""Numbers on the real Asterisk: every piece is found, and heard in its order, in Russian and in English."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio
from numpy.typing import NDArray

from demo.phone import sound as telephone
from demo.phone.phone import Call, Phone
from switchroom.domain.extensions import Target, TargetKind
from switchroom.domain.facts.calls import CallEnded, NodeLeft
from switchroom.domain.identity import StoryId
from switchroom.domain.media import Piece, Prompt, SaidMoney, Thing
from switchroom.domain.routes import Route
from switchroom.domain.scenario.graph import Graph, Node, ScenarioVersion
from switchroom.domain.speaking import counted, pieces, spoken
from switchroom.engine.clock import Clock
from switchroom.engine.engine import Engine, Parts
from switchroom.media.spoken import sound_of
from switchroom.storage.database import open_database
from switchroom.storage.ledger import Ledger
from switchroom.switch.asterisk.adapter import AsteriskSwitch
from switchroom.switch.asterisk.ari import AriClient
from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.frame import LANGUAGES
from switchroom.switch.asterisk.keeper import access_of
from switchroom.switch.asterisk.loader import Unpacked
from tests.asterisk.conftest import until
from tests.company import a_company

pytestmark = pytest.mark.asterisk
CALL = StoryId("spoken1")
KOPECKS = 2_012_105
SPEECH = Graph(
    start="answer",
    nodes={
        "answer": Node(kind="answer", exits={"done": "money"}),
        "money": Node(kind="say", params={"value": str(KOPECKS / 100), "say_as": "money"}, exits={"done": "english"}),
        "english": Node(kind="set_variable", params={"variable": "language", "value": "'en'"}, exits={"done": "in_en"}),
        "in_en": Node(kind="say", params={"value": str(KOPECKS / 100), "say_as": "money"}, exits={"done": "end"}),
        "end": Node(kind="hang_up"),
    },
)


def english() -> Iterator[Piece]:
    """Every piece of English."""
    for number in (*range(21), *range(30, 100, 10), 100, 1000, 10**6, 10**9, -1):
        yield from pieces(number, "en")
    for thing in Thing:
        yield from (*counted(1, thing, "en"), *counted(2, thing, "en"))
    yield from (sound for sound in spoken([SaidMoney(kopecks=101)], "en") if isinstance(sound, Piece))


def file_of(root: Unpacked, piece: Piece, language: str) -> Path:
    """Where Asterisk finds it."""
    return root.shared / "sounds" / LANGUAGES[language] / f"{sound_of(piece)}.wav"


def test_asterisk_has_every_english_piece_that_we_name(asterisk_root: Unpacked) -> None:
    assert {piece.name for piece in english() if not file_of(asterisk_root, piece, "en").exists()} == set()


@pytest_asyncio.fixture
async def caller(switch: SwitchDescription) -> AsyncIterator[Call]:
    phone = await Phone.open("carrier-user", "pw-carrier", ("127.0.0.1", switch.ports.sip))
    yield await phone.begin_call("74951234567")
    await phone.close()


@pytest.mark.feature("S3")
async def test_an_amount_is_heard_word_by_word_in_the_language_that_the_call_has_by_then(
    switch: SwitchDescription, asterisk_root: Unpacked, caller: Call, tmp_path: Path
) -> None:
    setup = a_company()
    object.__setattr__(setup, "scenarios", {"main": ScenarioVersion(id="main", title="Main", graph=SPEECH)})
    to_main = Route(id="main", title="Main", target=Target(kind=TargetKind.SCENARIO, key="main"))
    object.__setattr__(setup, "routes", {"main": to_main})
    database = open_database(f"sqlite:///{tmp_path}/house.db")
    ledger = Ledger(database, "test")
    on_asterisk = AsteriskSwitch(AriClient(access_of(switch)), _only_pieces)
    parts = Parts(
        switch=on_asterisk, ledger=ledger, clock=Clock(asyncio.get_running_loop()), new_story=lambda: CALL
    )
    ready = asyncio.Event()
    running = asyncio.create_task(Engine(parts, setup).run(ready))
    try:
        await ready.wait()
        await caller.phone.ring_out(caller)
        await until(lambda: any(isinstance(k.fact, CallEnded) for k in ledger.facts_of(CALL)), within=40)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await on_asterisk.close()
        await ledger.close()
        database.dispose()
    left = [(k.fact.node, k.fact.exit) for k in ledger.facts_of(CALL) if isinstance(k.fact, NodeLeft)]
    assert [way for way in left if way[0] in ("money", "in_en")] == [("money", "done"), ("in_en", "done")]
    expected = [
        file_of(asterisk_root, sound, language)
        for language in ("ru", "en")
        for sound in spoken([SaidMoney(kopecks=KOPECKS)], language)
        if isinstance(sound, Piece)
    ]
    assert len(expected) == 8 + 10
    heard_in_order(caller.heard(30).astype(float), [telephone.read(path).astype(float) for path in expected])


def _only_pieces(sound: Prompt | Piece, language: str) -> str:
    assert isinstance(sound, Piece)
    return sound_of(sound)


def heard_in_order(heard: NDArray[np.float64], words: list[NDArray[np.float64]]) -> None:
    """Each word is found right behind the one before; by its normalised cross-correlation with what was heard.

    Asterisk drops what does not fill a last frame of 20 ms: a word may begin so much earlier, and the last end earlier.
    """
    heard = np.append(heard, np.zeros(telephone.FRAME))
    at = 0
    for number, word in enumerate(words):
        first = max(0, at - telephone.FRAME)
        window = heard[first : first + len(word) + telephone.RATE * (5 if number == 0 else 1)]
        energy = np.convolve(window**2, np.ones(len(word)), "valid")
        likeness = np.correlate(window, word, "valid") / np.sqrt(np.maximum(energy, 1.0) * np.sum(word**2))
        assert likeness.max() > 0.9, f"word {number} was not heard: {likeness.max():.2f}"
        at = first + int(likeness.argmax()) + len(word)
