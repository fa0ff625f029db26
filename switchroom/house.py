"""Wires a house; the only place that tells the real switch from the simulated one."""

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import Engine as Database

from switchroom.api.deps import Rooms
from switchroom.domain.facts.calls import RecordingEnded
from switchroom.domain.facts.every import Kept
from switchroom.domain.facts.messages import MessageEnded
from switchroom.domain.identity import QueueId, StoryId
from switchroom.domain.media import Piece, Prompt
from switchroom.domain.provisioning import SipDoor
from switchroom.domain.publishing import administrators
from switchroom.domain.refusals import Refusal
from switchroom.domain.setup import Setup
from switchroom.domain.titles import Title
from switchroom.engine import messages as mail
from switchroom.engine.administration import Administration, Configuration
from switchroom.engine.agenda import Agenda
from switchroom.engine.away import take_in
from switchroom.engine.clock import Clock
from switchroom.engine.contacts import KnownContacts
from switchroom.engine.engine import Engine, Parts
from switchroom.engine.feed import Feed
from switchroom.engine.figures import LiveFigures
from switchroom.engine.links import Links
from switchroom.engine.lockouts import Lockouts
from switchroom.engine.modes import Modes
from switchroom.engine.outside import KeptOutside
from switchroom.engine.phones import Phones
from switchroom.engine.recordings import Archive, next_erasing
from switchroom.engine.recordings import bookkeeper as recordings_bookkeeper
from switchroom.engine.snapshots import Snapshots
from switchroom.engine.traces import Copier, Forgetting, next_forgetting
from switchroom.engine.watch import Watch
from switchroom.media import spoken
from switchroom.media.photos import Photos
from switchroom.media.prompts import PromptLibrary
from switchroom.media.vault import Vault
from switchroom.settings import Settings, SwitchKind
from switchroom.storage import lockouts, messages, modes, records, spending, traces
from switchroom.storage.agenda import AgendaRows
from switchroom.storage.calls import CallBook, Calls
from switchroom.storage.contacts import Contacts
from switchroom.storage.credentials import Credentials
from switchroom.storage.database import let_readers_finish, open_database
from switchroom.storage.ledger import Change, Ledger
from switchroom.storage.recordings import Recordings
from switchroom.storage.rollups import RollupBook, Rollups
from switchroom.storage.secrets import SecretBox
from switchroom.storage.sessions import Sessions
from switchroom.storage.setup import SetupStore
from switchroom.storage.tokens import Tokens
from switchroom.storage.traces import Traces
from switchroom.switch.asterisk.adapter import AsteriskSwitch
from switchroom.switch.asterisk.ari import AriAccess, AriClient
from switchroom.switch.asterisk.browsers import AsteriskPhones
from switchroom.switch.asterisk.configuring import PrivateConfiguration
from switchroom.switch.asterisk.describe import described
from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.doorkeeper import AsteriskDoorkeeper, NoDoor
from switchroom.switch.asterisk.fetch import Progress, fetch_asterisk
from switchroom.switch.asterisk.keeper import Keeper, access_of, check_named, running
from switchroom.switch.asterisk.loader import Unpacked
from switchroom.switch.asterisk.looks import AsteriskLooks
from switchroom.switch.asterisk.ports import ports_for
from switchroom.switch.asterisk.process import Process
from switchroom.switch.asterisk.writer import write
from switchroom.switch.port import BrowserPhones, Configurable, Doorkeeper, Looks, Switch
from switchroom.switch.simulated.switch import SimulatedSwitch

log = structlog.get_logger()

KEY_FILE, CODE_FILE = "house.key", "first-start.code"
_KEY_OCTETS = 32


class KeyMissing(Refusal):
    """There is a database, but its key is gone."""

    code = "house.key_missing"
    status = 500
    en = "The database in {folder} needs its key, and {file} is not there. Bring it back from your backup."
    ru = "Базе данных в {folder} нужен её ключ, а файла {file} нет. Верните его из резервной копии."


class FolderUnusable(Refusal):
    """The data folder can't be made or written."""

    code = "house.folder_unusable"
    status = 500
    en = "The folder {folder} can't be used: {why}. Choose another: --data DIR."
    ru = "Папкой {folder} нельзя пользоваться: {why}. Выберите другую: --data DIR."


@dataclass(frozen=True, slots=True)
class Ground:
    """A house's folder and database, opened; nothing runs yet."""

    settings: Settings
    key: bytes
    database: Database
    store: SetupStore
    credentials: Credentials

    def __enter__(self) -> "Ground":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.database.dispose()


def make_folder(folder: Path) -> None:
    """The data folder, for its owner only. Raises: FolderUnusable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as why:
        raise FolderUnusable(folder=folder, why=why.strerror or why) from None


def open_ground(settings: Settings) -> Ground:
    """Open a house, or make a new one. Raises: FolderUnusable, KeyMissing."""
    make_folder(settings.data)
    key = _house_key(settings)
    database = open_database(settings.database_url)
    return Ground(settings, key, database, SetupStore(database, SecretBox(key)), Credentials(database))


def _house_key(settings: Settings) -> bytes:
    path = settings.data / KEY_FILE
    if path.exists():
        return path.read_bytes()
    if settings.database is None and (settings.data / "house.db").exists():
        raise KeyMissing(folder=settings.data, file=KEY_FILE)
    key = secrets.token_bytes(_KEY_OCTETS)
    _write_private(path, key)
    return key


def _write_private(path: Path, data: bytes) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(0o600)
    fresh.write_bytes(data)
    fresh.replace(path)


# ---- the switch


def fetch_switch(settings: Settings, progress: Progress = lambda _step, _part: None) -> Unpacked:
    """Asterisk for this machine. Raises: SwitchTrouble."""
    return fetch_asterisk(settings.cache / "asterisk", progress)


def library_of(settings: Settings) -> PromptLibrary:
    """The prompts of a house."""
    return PromptLibrary(settings.data / "prompts", _sounds(settings))


def fetched_switch(settings: Settings) -> Unpacked | None:
    """What was fetched before; None if nothing was."""
    folder = settings.cache / "asterisk"
    listed = folder / "packages.json"
    return Unpacked(folder, json.loads(listed.read_text())["arch"]) if listed.exists() else None


async def check_switch(settings: Settings) -> None:
    """Whether a named switch can be used. Raises: SwitchTrouble."""
    if settings.switch is SwitchKind.NAMED:
        await check_named(_named_access(settings))


def keeper_of(settings: Settings, root: Unpacked) -> Keeper:
    """The private switch with its newest configuration written, ready to be started. Raises: SwitchTrouble."""
    with open_ground(settings) as ground:
        description = described(ground.store.picture(), _base(settings, root))
    write(description)
    return Keeper(description)


def _base(settings: Settings, root: Unpacked) -> SwitchDescription:
    """What of the private switch is this machine's own."""
    folder = (settings.data / "switch").resolve()
    ports = ports_for(
        folder, bind=settings.sip_bind, sip=settings.sip_port, http=settings.ari_port, rtp=settings.rtp,
        running=running(folder) is not None,
    )  # fmt: skip
    return SwitchDescription(
        root=root,
        folder=folder,
        ports=ports,
        bind=settings.sip_bind,
        outside_address=settings.outside_address,
        local_networks=settings.local_networks,
        ari_password=_ari_password(folder),
    )


def _ari_password(folder: Path) -> str:
    path = folder / "ari.password"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        _write_private(path, secrets.token_urlsafe(24).encode())
    return path.read_text()


def sip_port(settings: Settings) -> int:
    """Where phones reach the private switch that runs. Raises: SwitchTrouble."""
    folder = (settings.data / "switch").resolve()
    return ports_for(folder, bind=settings.sip_bind, running=True).sip


def access_to_switch(settings: Settings) -> AriAccess:
    """The ARI of this house's switch. Raises: SwitchTrouble."""
    if settings.switch is SwitchKind.NAMED:
        return _named_access(settings)
    return access_of(_base(settings, fetch_switch(settings)))


def running_switch(settings: Settings) -> Process | None:
    """The private switch of this house, if it runs."""
    return running((settings.data / "switch").resolve())


def _named_access(settings: Settings) -> AriAccess:
    password = settings.asterisk_password.get_secret_value()
    return AriAccess(
        url=settings.asterisk_url, user=settings.asterisk_user, password=password, app=settings.asterisk_app
    )


class _NothingToConfigure:
    """A switch whose devices and trunks are others' concern."""

    def check(self, setup: Setup) -> None:
        """Anything will do."""

    async def configure(self, setup: Setup) -> None:
        """Nothing is taken."""


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A switch, how it is configured, what it knows of phones, and, if it keeps any, its records of calls served
    without us. `sip` is where phones sign in, if we know.
    """

    switch: Switch
    configuration: Configuration
    looks: Looks
    door: Doorkeeper
    away: Configurable | None = None
    phones: BrowserPhones | None = None
    sip: SipDoor | None = None


def _exchange(settings: Settings, sound_of: Callable[[Prompt | Piece, str], str]) -> _Exchange:
    match settings.switch:
        case SwitchKind.SIMULATED:
            simulated = SimulatedSwitch()
            return _Exchange(simulated, _NothingToConfigure(), simulated, simulated, sip=_sip_door(settings, 5060))
        case SwitchKind.NAMED:
            ari = AriClient(_named_access(settings))
            switch = AsteriskSwitch(ari, sound_of)
            return _Exchange(switch, _NothingToConfigure(), AsteriskLooks(ari), NoDoor())
        case SwitchKind.PRIVATE:
            base = _base(settings, fetch_switch(settings))
            ari = AriClient(access_of(base))
            configuration = PrivateConfiguration(base, ari)
            phones = AsteriskPhones(base, ari)
            looks = AsteriskLooks(ari, base.folder)
            sip = _sip_door(settings, base.ports.sip)
            door = AsteriskDoorkeeper(base.folder, ari)
            return _Exchange(AsteriskSwitch(ari, sound_of), configuration, looks, door, configuration, phones, sip)


def _sip_door(settings: Settings, port: int) -> SipDoor:
    return SipDoor(bind=settings.sip_bind, port=port, outside=settings.outside_address)


# ---- the house


class House:
    """Everything of one company, wired."""

    def __init__(self, ground: Ground) -> None:
        settings = ground.settings
        self._ground = ground
        self._engine_ready = asyncio.Event()
        setup = ground.store.picture()
        self._library = library_of(settings)
        self._exchange = _exchange(settings, self._sound_of)
        self._ledger = Ledger(ground.database, "engine")
        self._feed = Feed()
        self._calls = CallBook(ground.database)
        self._rollups = RollupBook(self._norms)
        clock = Clock(asyncio.get_running_loop())
        self._figures = LiveFigures(clock.wall, lambda: self._engine.setup.company.tz)
        self._engine = Engine(self._parts(clock), setup)
        vault = Vault(settings.data / "recordings", ground.key)
        rows = Recordings(ground.database)
        self._archive = Archive(self._engine, self._ledger, self._exchange.switch, vault, rows)
        forgetting = Forgetting(self._engine, self._ledger, Traces(ground.database))
        self._mail_room = mail.MailRoom(
            self._engine, self._ledger, self._exchange.switch, vault, messages.Messages(ground.database)
        )
        jobs = {**self._archive.jobs, **self._mail_room.jobs, **forgetting.jobs}
        self._agenda = Agenda(AgendaRows(ground.database), self._ledger, clock.wall, jobs)
        self._administration = Administration(
            ground.store, self._engine, self._exchange.configuration, clock.wall
        )
        locked = tuple(lockouts.locked_ones(ground.database))
        self._lockouts = Lockouts(self._engine, self._exchange.door, locked)
        self._watch = Watch(self._engine, self._exchange.looks)
        self.rooms = self._rooms()

    def _parts(self, clock: Clock) -> Parts:
        return Parts(
            switch=self._exchange.switch,
            ledger=self._ledger,
            clock=clock,
            new_story=new_story,
            bookkeepers=(
                self._calls, self._rollups, records.bookkeeper, recordings_bookkeeper, traces.bookkeeper,
                mail.bookkeeper, messages.bookkeeper, modes.bookkeeper, lockouts.bookkeeper,
                spending.SpendingBook(lambda: self._engine.setup.company.tz),
            ),
            listeners=(self._feed.tell, self._wake_agenda),
            followers=(self._figures.follow,),
            outside=self._kept_outside(clock),
            contacts=KnownContacts(Contacts(self._ground.database).every()),
            modes=Modes({key: last.to for key, last in modes.last_throws(self._ground.database).items()}),
        )

    def _kept_outside(self, clock: Clock) -> KeptOutside:
        """This month's calls outside, also where the company's day is not ours."""
        yesterday, database = clock.wall().date() - timedelta(days=1), self._ground.database
        blocked = spending.blocked_ones(database)
        return KeptOutside(
            days=spending.spent_since(database, yesterday),
            blocked=[one.user for one in blocked if one.device is None],
            blocked_devices=[one.device for one in blocked if one.device is not None],
        )

    def _rooms(self) -> Rooms:
        database = self._ground.database
        return Rooms(
            engine=self._engine,
            administration=self._administration,
            ledger=self._ledger,
            feed=self._feed,
            figures=self._figures,
            snapshots=Snapshots(lambda: self._feed.last),
            archive=self._archive,
            mail_room=self._mail_room,
            copier=copier_of(self._ground),
            phones=Phones(self._engine, self._exchange.phones),
            looks=self._exchange.looks,
            watch=self._watch,
            lockouts=self._lockouts,
            links=Links(self._engine.clock.wall),
            sip=self._exchange.sip,
            library=self._library,
            photos=Photos(self._ground.settings.data / "photos"),
            database=database,
            credentials=self._ground.credentials,
            sessions=Sessions(database),
            tokens=Tokens(database),
            calls=Calls(database),
            contacts=Contacts(database),
            records=records.Records(database),
            rollups=Rollups(database),
            first_start=FirstStartCode(self._ground.settings.data),
            wall=self._engine.clock.wall,
            ready=self._ready,
            pages=self._ground.settings.pages,
            hosts=self._ground.settings.hosts,
        )

    @property
    def switch(self) -> Switch:
        """That carries the calls."""
        return self._exchange.switch

    async def run(self) -> None:
        """Take calls until cancelled."""
        self._calls.open()
        self._rollups.open(self._ledger.operators())
        self._figures.open(Rollups(self._ground.database), self._ledger)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._engine.run(self._engine_ready), name="engine")
            await self._engine_ready.wait()
            tasks.create_task(self._agenda.run(), name="agenda")
            tasks.create_task(self._watch.run(), name="watch")
            tasks.create_task(self._lockouts.run(), name="lock-outs")
            tasks.create_task(self._settle(), name="settle")

    async def _settle(self) -> None:
        """What is done once after a start."""
        now = self._engine.clock.wall()
        soon = now + timedelta(minutes=5)
        jobs = (next_erasing(soon), mail.next_erasing(soon), next_forgetting(soon))
        await self._ledger.save(Change(at=now, also=jobs))
        await self._administration.bring_switch_up()
        if self._exchange.away is not None:
            await take_in(self._exchange.away, self._engine, new_story)

    async def close(self) -> None:
        """Let go of everything; calls in the switch go on."""
        await self._administration.close()
        await self._exchange.switch.close()
        await self._ledger.close()
        await let_readers_finish(self._ground.database)
        self._ground.close()

    def _ready(self) -> dict[str, bool]:
        return {
            "engine": self._engine_ready.is_set(),
            "switch": self._engine.switch_lost is False,
            "configuration": not self._administration.switch_is_behind,
        }

    def _wake_agenda(self, kept: Sequence[Kept]) -> None:
        """What these facts put on the agenda is on disk by now."""
        if any(isinstance(told.fact, RecordingEnded | MessageEnded) for told in kept):
            self._agenda.wake()

    def _norms(self) -> dict[QueueId, timedelta]:
        return {QueueId(key): queue.norm.within for key, queue in self._engine.setup.queues.items()}

    def _sound_of(self, sound: Prompt | Piece, language: str) -> str:
        if isinstance(sound, Piece):
            return spoken.sound_of(sound)
        found = self._library.sound_of(sound, language, self._engine.setup)
        if found is None:
            log.warning("a prompt has no sound", prompt=sound.prompt, language=language)
        return found or "silence/1"


def copier_of(ground: Ground) -> Copier:
    """Whoever makes tests of this house's calls; reads only."""
    return Copier(Ledger(ground.database, "reader"), ground.store, Traces(ground.database))


def build(settings: Settings) -> House:
    """A house, ready to run. Raises: Refusal, SwitchTrouble."""
    return House(open_ground(settings))


def new_story() -> StoryId:
    """A name for a story; sorts by the moment of birth."""
    now = datetime.now(UTC)
    return StoryId(f"{now:%Y%m%dT%H%M%S}{now.microsecond // 1000:03d}-{secrets.token_hex(4)}")


def _sounds(settings: Settings) -> Path:
    return settings.cache / "asterisk" / "usr/share/asterisk/sounds"


# ---- the first start


class FirstStartCode:
    """The one-time code lies in the data folder: who can read that may make the first administrator."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / CODE_FILE

    def fits(self, code: str) -> bool:
        """Whether this is it."""
        known = self.known()
        return known is not None and secrets.compare_digest(known.encode(), code.encode())

    def used(self) -> None:
        """It is good no more."""
        self._path.unlink(missing_ok=True)

    def known(self) -> str | None:
        """The code; None if there is none."""
        with contextlib.suppress(FileNotFoundError):
            return self._path.read_text()
        return None

    def made(self) -> str:
        """The code; a new one if there is none."""
        if self.known() is None:
            _write_private(self._path, secrets.token_urlsafe(9).encode())
        return self.known() or ""


def welcome(settings: Settings) -> Iterator[Title]:
    """What to tell the person who has just started the house."""
    with open_ground(settings) as ground:
        without_administrator = not administrators(ground.store.picture())
    if without_administrator:
        code = FirstStartCode(settings.data).made()
        link = f"{settings.address}/first-start?code={code}"
        yield Title(f"Make the first administrator: open {link}", f"Создайте первого администратора: откройте {link}")

