"""The demo: who can sign in, customers who call when a visitor wishes, and the engine killed before their eyes."""

import asyncio
import os
import signal
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, BackgroundTasks, Depends
from pydantic import BaseModel, ConfigDict, Field

from demo.crowd import Crowd
from demo.people import Doing
from demo.stage import Stage
from switchroom.api.deps import House, Me, Rooms, session_if_any
from switchroom.api.errors import PROBLEMS
from switchroom.domain.deeds import Deed
from switchroom.domain.operators import Status
from switchroom.domain.refusals import Refusal
from switchroom.storage.audit import Entry, noted

router = APIRouter(prefix="/api/demo", tags=["demo"], responses=PROBLEMS)


class NoDemoHere(Refusal):
    """The house is somebody's real one."""

    code = "demo.off"
    en = "This is no demo. Start one in a folder of its own: ./start --demo --data DIR"
    ru = "Это не демонстрация. Запустите её в отдельной папке: ./start --demo --data DIR"


class DemoAccountOut(BaseModel):
    """Somebody who can sign in; the passwords were printed at the start."""

    user: str
    name: str
    role: str


class DemoCustomerOut(BaseModel):
    """A customer: what they do (`more` is the key they pressed, or the SIP status of a refusal), and since when."""

    name: str
    number: str
    doing: Doing
    more: str
    since: datetime


class DemoCrowdOut(BaseModel):
    """Customers who were let call together; those listed have called so far."""

    count: int
    began: datetime
    calling: int
    """How many are on the phone, or are still to call."""
    customers: list[DemoCustomerOut]


class DemoOut(BaseModel):
    """`on`: whether this is a demo at all. Crowds, the newest first, are told to those who are signed in."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "on": True,
                "accounts": [{"user": "anna", "name": "Анна Соколова", "role": "operator"}],
                "crowds": [],
            }
        }
    )

    on: bool
    accounts: list[DemoAccountOut] = []
    crowds: list[DemoCrowdOut] = []


class LetCallIn(BaseModel):
    """One customer, or twenty."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"count": 1}})

    count: Annotated[Literal[1, 20], Field(description="How many customers call")] = 1


class LetCallOut(BaseModel):
    """Whom the customer asks for first: you, if you are ready to serve; null: whoever is next."""

    operator: str | None


class KilledOut(BaseModel):
    """When the engine was killed, and which process it was; it is started again at once."""

    at: datetime
    process: int


def stage(house: House) -> Stage:
    """Raises: NoDemoHere."""
    if house.demo is None:
        raise NoDemoHere
    return house.demo


Demo = Annotated[Stage, Depends(stage)]


@router.get("", operation_id="get_demo", summary="Is this a demo, and what goes on in it?")
async def get_demo(house: House, signed_in: Annotated[bool, Depends(session_if_any)]) -> DemoOut:
    """Open to everybody: a visitor has to see who can sign in."""
    if house.demo is None:
        return DemoOut(on=False)
    accounts = [DemoAccountOut(user=a.user, name=a.name, role=a.role) for a in house.demo.accounts()]
    crowds = await asyncio.to_thread(house.demo.crowds) if signed_in else []
    return DemoOut(on=True, accounts=accounts, crowds=_told(crowds))


@router.post("/customers", operation_id="let_customers_call", status_code=202, summary="Let customers call")
async def let_customers_call(body: LetCallIn, house: House, me: Me, demo: Demo) -> LetCallOut:
    """By real SIP, with recorded speech. They press a key by themselves and wait in the queue."""
    operator = me.user if body.count == 1 and _is_ready(house, me.user) else None
    await asyncio.to_thread(demo.let_call, body.count, operator)
    return LetCallOut(operator=operator)


@router.post("/kill-engine", operation_id="kill_engine", status_code=202, summary="Kill the engine now")
async def kill_engine(house: House, me: Me, demo: Demo, after: BackgroundTasks) -> KilledOut:
    """The process that serves ends on the spot (SIGKILL) and is started again; calls go on meanwhile."""
    now = house.wall()
    entry = Entry(at=now, by=me.user, what=Deed.ENGINE_KILLED, kind="demo", door=me.door)
    await asyncio.to_thread(noted, house.database, entry)
    after.add_task(_die, house)
    return KilledOut(at=now, process=os.getpid())


async def _die(house: Rooms) -> None:
    """Once the answer has left."""
    await house.engine.say_alive()
    os.kill(os.getpid(), signal.SIGKILL)


def _is_ready(house: Rooms, user: str) -> bool:
    return any(key == user and o.status is Status.READY for key, o in house.engine.desk.shown.items())


def _told(crowds: Sequence[Crowd]) -> list[DemoCrowdOut]:
    return [
        DemoCrowdOut(
            count=crowd.count,
            began=crowd.began,
            calling=crowd.on_the_phone,
            customers=[
                DemoCustomerOut(name=c.name, number=f"+{c.phone}", doing=c.doing, more=c.more, since=c.since)
                for c in crowd.customers
            ],
        )
        for crowd in crowds
    ]
