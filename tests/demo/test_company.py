"""The made-up company: it holds together, it can be heard in two languages, and every password is random."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import soundfile

from demo.company import DID, OPERATORS, TRUNK, furniture, sounds
from demo.load import ACCOUNTS, accounts, is_empty, load
from switchroom.domain.identity import UserId
from switchroom.domain.people import Secret
from switchroom.domain.routes import Arriving
from switchroom.domain.setup import Setup
from switchroom.media.prompts import PromptLibrary
from switchroom.storage.credentials import Credentials
from switchroom.storage.database import open_database
from switchroom.storage.secrets import SecretBox
from switchroom.storage.setup import SetupStore

SOUNDS = Path(__file__).parents[2] / "demo" / "sounds"
LARGEST = 1_500_000
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class Loaded:
    """An empty house into which the company was put."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = open_database(f"sqlite:///{folder}/house.db")
        self.store = SetupStore(self.database, SecretBox(b"k" * 32))
        self.credentials = Credentials(self.database)
        self.library = PromptLibrary(folder / "prompts", folder / "sounds")
        assert is_empty(self.store)
        load(self.store, self.credentials, self.library, folder)
        self.database.dispose()

    @property
    def setup(self) -> Setup:
        """What is published."""
        return self.store.picture()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return Loaded(tmp_path_factory.mktemp("demo"))


def test_everything_is_published_once_and_the_house_is_no_longer_empty(loaded: Loaded) -> None:
    assert loaded.setup.revision == 1
    assert not is_empty(loaded.store)
    assert len(loaded.setup.versions) == len(list(furniture()))


def test_everybody_signs_in_with_a_password_of_their_own_that_only_the_owner_of_the_folder_reads(
    loaded: Loaded,
) -> None:
    known = accounts(loaded.folder)
    assert {a.user for a in known} == set(loaded.setup.users)
    assert len({a.password for a in known}) == len(known)
    assert stat.S_IMODE((loaded.folder / ACCOUNTS).stat().st_mode) == 0o600
    anna = next(a for a in known if a.user == "anna")
    for password, right in ((anna.password, True), (anna.password + "x", False)):
        assert loaded.credentials.fits(UserId("anna"), Secret(password)) is right
    loaded.database.dispose()


def test_every_phone_and_the_line_have_random_passwords(loaded: Loaded) -> None:
    setup = loaded.setup
    made = [secret.reveal() or "" for secret in setup.passwords.values()]
    assert set(setup.passwords) == {f"device:{d}" for d in setup.devices} | {f"trunk:{TRUNK}"}
    assert len(set(made)) == len(made)
    assert min(map(len, made)) >= 20


def test_a_call_to_the_company_goes_to_its_menu(loaded: Loaded) -> None:
    route = loaded.setup.route_of(Arriving(trunk=TRUNK, dialled=DID, caller="79161234567", moment=NOW))
    assert route is not None
    assert route.target.key == "main"


def test_every_queue_has_operators_with_a_phone_and_a_number_inside(loaded: Loaded) -> None:
    setup = loaded.setup
    inside = {e.target.key for e in setup.extensions.values()}
    for queue in setup.queues.values():
        assert queue.operators
        assert queue.card in setup.cards
        assert all(setup.devices_of(o) and o in inside for o in queue.operators)
    assert {o for q in setup.queues.values() for o in q.operators} == set(OPERATORS)


def test_every_prompt_is_there_in_russian_and_english_as_the_switch_plays_it(loaded: Loaded) -> None:
    setup = loaded.setup
    assert set(setup.prompts) == set(sounds())
    for prompt in setup.prompts.values():
        assert set(prompt.files) == {"ru", "en"}
        for file in prompt.files.values():
            path = loaded.library.path_of(file)
            assert path is not None
            assert soundfile.info(path).channels == 1
            assert soundfile.info(path).duration > 1


@pytest.mark.parametrize("path", sorted(SOUNDS.iterdir()), ids=lambda path: path.stem)
def test_a_sound_of_the_demo_is_loud_enough_and_never_clipped(path: Path) -> None:
    sound, rate = soundfile.read(path)
    assert sound.ndim == 1
    assert rate >= 8000
    assert 0.5 < np.abs(sound).max() < 0.95
    assert np.sqrt(np.mean(sound**2)) > 0.03


def test_the_sounds_are_small() -> None:
    assert sum(path.stat().st_size for path in SOUNDS.iterdir()) < LARGEST
