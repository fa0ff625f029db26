"""What can be asked in a talk beyond two: a consultation, and a conference on the fly."""

from typing import Annotated

from fastapi import APIRouter, Body, Path
from pydantic import BaseModel, ConfigDict, Field

from switchroom.api.calls import AtPhone, CallBegun, CallKey, OnOff, dialled_of
from switchroom.api.deps import House, Me, Rooms
from switchroom.api.errors import PROBLEMS
from switchroom.domain.access import Right
from switchroom.domain.events import (
    CancelConsultationAsked,
    CompleteTransferAsked,
    ConsultAsked,
    InviteAsked,
    JoinAllAsked,
    MutePartyAsked,
    ParkAsked,
    RemovePartyAsked,
    Request,
    ToggleAsked,
)
from switchroom.domain.identity import LegId, StoryId
from switchroom.engine.placed import Caller

router = APIRouter(prefix="/api/calls", tags=["calls"], responses=PROBLEMS)
LegKey = Annotated[
    str, Path(max_length=120, pattern=r"^[A-Za-z0-9._-]+$", description="Leg of a party, see `together` of the desk")
]


class WhomIn(BaseModel):
    """Whom to call into the talk: an extension, or a number outside as people write it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"to": "102"}})

    to: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\+?[0-9*# ().-]+$")]


@router.post("/{key}/pick-up", operation_id="pick_up", status_code=201, summary="Take what rings at a colleague")
async def pick_up(key: CallKey, body: Annotated[AtPhone, Body()], house: House, me: Me) -> CallBegun:
    """Needs `call`; for what rings at somebody of your group or department, see `call` in the directory. Your own phone
    is rung first (a page takes it by itself). Of two who pick up at once one gets the call, the other's is ended.
    """
    me.scope.need(Right.CALL)
    return CallBegun(call=await Caller(house.engine, me.user).pick_up(StoryId(key), body.device))


@router.post("/{key}/park", operation_id="park", status_code=204, summary="Park at the first free place")
async def park(key: CallKey, house: House, me: Me) -> None:
    """The other party waits there with music, and you are free at once; the directory tells at which place. Nobody
    fetches them in time: the call comes back to you.
    """
    await _ask(house, key, ParkAsked(by=me.user))


@router.post("/{key}/consult", operation_id="consult", status_code=204, summary="Ask a third one")
async def consult(key: CallKey, body: WhomIn, house: House, me: Me) -> None:
    """The other party hears music while the third one is called: a user, a group, or a number outside by your class of
    service. If they don't take it, or hang up, you talk with the first one again. If you hang up, the two are brought
    together; while it still rings, it rings on for the one who waited, and comes back to you if nobody takes it.
    """
    await _ask(house, key, ConsultAsked(by=me.user, to=dialled_of(body.to)))


@router.post(
    "/{key}/complete-transfer", operation_id="complete_transfer", status_code=204, summary="Bring the two together"
)
async def complete_transfer(key: CallKey, house: House, me: Me) -> None:
    """The party on hold talks with the third one, and you are free."""
    await _ask(house, key, CompleteTransferAsked(by=me.user))


@router.post(
    "/{key}/cancel-consultation", operation_id="cancel_consultation", status_code=204, summary="Back to the first one"
)
async def cancel_consultation(key: CallKey, house: House, me: Me) -> None:
    """The third one is let go."""
    await _ask(house, key, CancelConsultationAsked(by=me.user))


@router.post("/{key}/toggle", operation_id="toggle", status_code=204, summary="Talk with the other of the two")
async def toggle(key: CallKey, house: House, me: Me) -> None:
    """The one before hears music."""
    await _ask(house, key, ToggleAsked(by=me.user))


@router.post("/{key}/join-all", operation_id="join_all", status_code=204, summary="Let all three hear each other")
async def join_all(key: CallKey, house: House, me: Me) -> None:
    """The consultation becomes a conference."""
    await _ask(house, key, JoinAllAsked(by=me.user))


@router.post("/{key}/invite", operation_id="invite", status_code=204, summary="Call one more into the talk")
async def invite(key: CallKey, body: WhomIn, house: House, me: Me) -> None:
    """All talk on while it rings; who takes it is in the conference."""
    await _ask(house, key, InviteAsked(by=me.user, to=dialled_of(body.to)))


@router.post(
    "/{key}/parties/{leg}/mute", operation_id="mute_party", status_code=204, summary="Mute somebody of a conference"
)
async def mute_party(key: CallKey, leg: LegKey, body: OnOff, house: House, me: Me) -> None:
    """The others don't hear them; `on` false lets them be heard again."""
    await _ask(house, key, MutePartyAsked(by=me.user, leg=LegId(leg), on=body.on))


@router.delete(
    "/{key}/parties/{leg}", operation_id="remove_party", status_code=204, summary="Take somebody out of a conference"
)
async def remove_party(key: CallKey, leg: LegKey, house: House, me: Me) -> None:
    """Or stop calling them."""
    await _ask(house, key, RemovePartyAsked(by=me.user, leg=LegId(leg)))


async def _ask(house: Rooms, key: str, request: Request) -> None:
    await house.engine.ask(StoryId(key), request)
