"""A leg that arrives begins a story: by its route, its extension, or as an emergency."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from switchroom.domain.acts import Shown
from switchroom.domain.contacts import OF_CONTACT, Contact
from switchroom.domain.events import LegArrived
from switchroom.domain.facts.calls import CallAnswered, CallArrived, Routed
from switchroom.domain.facts.every import Fact
from switchroom.domain.identity import DeviceId, PartyId, RouteId, StoryId, TrunkId, UserId
from switchroom.domain.numbers import to_e164
from switchroom.domain.people import Party, Value, Variables
from switchroom.domain.routes import Arriving
from switchroom.domain.setup import Setup
from switchroom.domain.situations.scene import Surroundings, traffic_around
from switchroom.domain.stories import Beginning
from switchroom.domain.traces import StoryKind
from switchroom.domain.ways import Way, way_in, way_of_dialled

LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Arrival:
    """A story to begin, and the personal values that its facts point to."""

    beginning: Beginning
    parties: tuple[Party, ...]


def arrival_of(
    event: LegArrived, story: StoryId, around: Surroundings,
    known: Callable[[str], Mapping[str, Contact]] = lambda _: {},
) -> Arrival:
    """The story that this leg begins. A number that leads nowhere is told so, and that is a story too.

    `known` tells who has a number, by list of contacts.
    """
    setup = around.setup
    caller = caller_of(event, setup)
    contacts = {key: one for key, one in sorted(known(caller).items()) if event.by_trunk and key in setup.contact_lists}
    way = _way(event, caller, around, contacts)
    party = Party(id=PartyId(f"{story}-caller"), number=caller, name=_name(event, contacts))
    routed = Routed(call=story, route=RouteId(way.route) if way.route else None, to=way.to, why=way.why)
    callee = Party(id=PartyId(f"{story}-callee"), number=clean(way.outside)) if way.outside else None
    facts: tuple[Fact, ...] = (_arrived(event, story, party, callee, around), routed)
    if event.answered:
        facts += (CallAnswered(call=story, leg=event.leg),)
    return Arrival(
        Beginning(
            story=story,
            kind=StoryKind.CALL,
            plan=way.plan,
            variables=Variables({
                **_of_contacts(contacts), "caller_number": party.number, "caller_name": party.name,
                "dialled": event.dialled,
            }),
            language=setup.company.language,
            shown=Shown(number=party.number, name=party.name),
            facts=facts,
        ),
        (party, callee) if callee else (party,),
    )


def _name(event: LegArrived, contacts: Mapping[str, Contact]) -> str:
    """As our own lists call them; what the carrier says is often a city, or nothing."""
    return next((one.name for one in contacts.values() if one.name), None) or clean(event.name)


def _of_contacts(contacts: Mapping[str, Contact]) -> dict[str, Value]:
    """What is known of who calls, for scenarios and cards: `contact_status` is the field `status`."""
    return {OF_CONTACT + key: value for one in reversed(list(contacts.values())) for key, value in one.values.items()}


def clean(text: str) -> str:
    """Words of an outsider without control characters, and not endless."""
    return "".join(c for c in text if c.isprintable())[:LONGEST_NAME]


def caller_of(event: LegArrived, setup: Setup) -> str:
    """The caller's number: E.164 where a trunk gave one, else as it came, cleaned."""
    if event.by_trunk:
        return to_e164(event.number, setup.company.country) or clean(event.number)
    return clean(event.number)


def _way(event: LegArrived, caller: str, around: Surroundings, contacts: Mapping[str, Contact]) -> Way:
    setup = around.setup
    traffic = traffic_around(around)
    if not event.by_trunk:
        device = setup.device(event.via)
        user = UserId(device.user) if device else None
        return way_of_dialled(setup, user, event.dialled, traffic, DeviceId(device.id) if device else None)
    arriving = Arriving(
        trunk=event.via, dialled=event.dialled, caller=caller, moment=around.wall, thrown=around.thrown,
        contacts=contacts,
    )  # fmt: skip
    return way_in(setup, arriving, traffic)


def _arrived(
    event: LegArrived, story: StoryId, party: Party, callee: Party | None, around: Surroundings
) -> CallArrived:
    held = max(timedelta(0), around.wall - event.since) if event.since else timedelta(0)
    device = None if event.by_trunk else around.setup.device(event.via)
    return CallArrived(
        call=story,
        leg=event.leg,
        caller=party.id,
        callee=callee.id if callee else None,
        dialled="" if callee else clean(event.dialled),
        trunk=TrunkId(event.via) if event.by_trunk else None,
        device=DeviceId(device.id) if device else None,
        user=UserId(device.user) if device else None,
        sip_call_id=clean(event.sip_call_id),
        held_before=held,
    )
