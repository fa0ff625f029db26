"""A consultation: who talks asks a third one while the other waits with music; then the two are brought together.

Whoever leaves at whichever moment, each of the others is either connected to somebody, or waits for somebody, or is
let go: who asks and hangs up hands the call over; the third one gone leads back to the first; the first one gone
leaves a talk of the other two.
"""

from typing import Any

from msgspec.structs import replace

from switchroom.domain.acts import (
    Act,
    Connect,
    Disconnect,
    Dissolve,
    SendDigits,
    Show,
    StartMusic,
    StopMusic,
)
from switchroom.domain.causes import EndCause
from switchroom.domain.events import (
    CancelConsultationAsked,
    CompleteTransferAsked,
    ConsultAsked,
    DigitsAsked,
    Event,
    HangUpAsked,
    LegEnded,
    MuteRecordingAsked,
    ToggleAsked,
)
from switchroom.domain.facts.calls import (
    DigitsSent,
    PutOnHold,
    SentOn,
    TakenBack,
    TalkBegan,
    Whose,
)
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.talks import (
    CallerChanged,
    CameBack,
    ConsultationAnswered,
    ConsultationBegan,
    ConsultationEnded,
    ConsultationOver,
    Transferred,
)
from switchroom.domain.identity import BridgeId, LegId, UserId
from switchroom.domain.people import Secret
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import CallerLeft, Connected, NotReached, Outcome, RingUser, TalkFinished
from switchroom.domain.situations.asking import joined, leg_of, mute_recording, recorded_again, released, user_at
from switchroom.domain.situations.interrupted import (
    Lost,
    given_up,
    is_back,
    is_too_late,
    lose,
    lost_by,
    resumed_leg,
    while_lost,
)
from switchroom.domain.situations.scene import Parted, Scene, Turn, end_talk, gone, whose
from switchroom.domain.situations.standing import LASTS, Consulting, InTalk, Talking, wake_of
from switchroom.domain.situations.third import (
    Rings,
    ring_third,
    shown_of,
    waits_no_longer,
    waits_with,
    while_third_rings,
    withdrawn,
)
from switchroom.domain.situations.whom import Whom, whom
from switchroom.domain.titles import Title

# ---- its beginning


def consult(scene: Scene, talking: Talking, asked: ConsultAsked) -> Turn[InTalk]:
    """Music to the other party, and the third one rings. Raises: NotNow."""
    asker, bridge = leg_of(scene, asked.by), scene.cast.bridge
    first = scene.cast.other_than(asker)
    if first is None or bridge is None or talking.held == asker:
        raise NotNow(what=Title("you talk with nobody now", "вы сейчас ни с кем не говорите"))
    asks = whom(scene, asked.by, asked.to)
    rings = _reachable(ring_third(scene, asks, asked.by, talking.thirds, asker))
    party = asks.party(scene, talking.thirds)
    began = ConsultationBegan(
        call=scene.story, by=asked.by, leg=first, to=asks.to, outside=party.id if party else None
    )
    held = Parted() if talking.held == first else _on_hold(scene, bridge, first, asked.by)
    acts = (*held.acts, Disconnect(bridge=bridge, leg=asker), *rings.acts)
    situation = Consulting(
        by=asked.by, asker=asker, first=first, rung=rings.rung, thirds=talking.thirds + 1, muted=talking.muted,
        returns=talking.returns, recorded=scene.cast.recording is not None,
    )  # fmt: skip
    facts = (*held.facts, began, *rings.facts)
    parties = (party,) if party else ()
    return Turn(situation=situation, acts=acts, facts=facts, wake=wake_of(situation), parties=parties)


def _reachable(rings: Rings) -> Rings:
    if rings.outcome is not None:
        raise NotNow(what=Title("nobody can be rung there now", "там сейчас никому не позвонить"))
    return rings


def _on_hold(scene: Scene, bridge: BridgeId, leg: LegId, by: UserId) -> Parted:
    held = PutOnHold(call=scene.story, leg=leg, by=by)
    return Parted((Disconnect(bridge=bridge, leg=leg), StartMusic(leg=leg)), (held,))


def consult_again(scene: Scene, situation: Consulting) -> Turn[InTalk]:
    """After a crash: the switch kept them as they were; what was saved and not done is done now."""
    acts: list[Act] = []
    if situation.waits is not None and situation.asker is not None:
        acts.append(StartMusic(leg=situation.waits))
    if situation.rung is not None:
        acts.append(waits_with(situation.rung, _waiting(situation)))
    bridge, asker, partner = _bridge(scene, situation), situation.asker, situation.partner
    if situation.rung is None and bridge is not None and asker is not None and partner is not None:
        acts.append(Connect(bridge=bridge, legs=(asker, partner)))
    return Turn(situation=situation, acts=tuple(acts), wake=wake_of(situation))


def _bridge(scene: Scene, situation: Consulting) -> BridgeId | None:
    """Where the asker talks now."""
    return scene.cast.bridge if situation.with_first else situation.bridge


def _waiting(situation: Consulting) -> LegId:
    """Who waits for the third one's answer."""
    waits = situation.asker or situation.first
    assert waits is not None
    return waits


# ---- what happens in it


def while_consulting(scene: Scene, situation: Consulting, event: Event) -> Turn[InTalk]:
    """Whatever the three do."""
    about_lost = _about_lost(scene, situation, event)
    if about_lost is not None:
        return about_lost
    match event:
        case LegEnded(leg=leg) if leg in (situation.asker, situation.first, situation.third):
            return _left(scene, situation, leg, Parted((), (gone(scene, event),)), whose(event.cause))
        case HangUpAsked(by=by) if (mine := _leg_in(scene, situation, by)) is not None:
            by_whom = Whose.CUSTOMER if mine == scene.cast.caller else Whose.US
            return _left(scene, situation, mine, released(scene, mine), by_whom)
        case CompleteTransferAsked() | CancelConsultationAsked() | ToggleAsked():
            return _asked(scene, situation, event)
        case MuteRecordingAsked(muted=muted):
            parted = mute_recording(scene, event)
            changed = replace(situation, muted=muted)
            return Turn(situation=changed, acts=parted.acts, facts=parted.facts, wake=wake_of(situation))
        case DigitsAsked():
            return _digits(scene, situation, event)
        case _:
            return _third_rings(scene, situation, event)


def _leg_in(scene: Scene, situation: Consulting, user: UserId) -> LegId | None:
    mine = scene.cast.leg_of(user)
    return mine.id if mine and mine.id in (situation.asker, situation.first, situation.third) else None


def _asked(scene: Scene, situation: Consulting, event: Event) -> Turn[InTalk]:
    """What only who asked may ask for."""
    if getattr(event, "by", None) != situation.by or situation.asker is None:
        raise NotNow(what=Title("the consultation is not yours", "консультируетесь не вы"))
    if situation.first is None:
        raise NotNow(what=Title("who waited has hung up", "тот, кто ждал, положил трубку"))
    if situation.lost is not None and situation.lost.leg == situation.asker:
        raise NotNow(what=Title("your page is away for a moment", "ваша страница сейчас не на связи"))
    match event:
        case CompleteTransferAsked():
            return _left(scene, situation, situation.asker, released(scene, situation.asker), Whose.US)
        case CancelConsultationAsked():
            return _back(scene, situation, ConsultationOver.CANCELLED, released(scene, situation.third))
        case _:
            return _toggle(scene, situation)


def _toggle(scene: Scene, situation: Consulting) -> Turn[InTalk]:
    asker, partner, waits = situation.asker, situation.partner, situation.waits
    if situation.rung is not None or situation.lost is not None or asker is None or partner is None or waits is None:
        raise NotNow(what=Title("the third one has not answered yet", "третий ещё не ответил"))
    here, there = _bridge(scene, situation), situation.bridge if situation.with_first else scene.cast.bridge
    assert here is not None
    assert there is not None
    held = _on_hold(scene, here, partner, situation.by)
    back = Parted((StopMusic(leg=waits), Connect(bridge=there, legs=(asker, waits))), (
        TakenBack(call=scene.story, leg=waits, by=situation.by),
    ))  # fmt: skip
    changed = replace(situation, with_first=not situation.with_first)
    return _turn(changed, held + back)


def _digits(scene: Scene, situation: Consulting, asked: DigitsAsked) -> Turn[InTalk]:
    mine = leg_of(scene, asked.by)
    other = {situation.asker: situation.partner, situation.partner: situation.asker}.get(mine)
    if other is None or situation.rung is not None:
        raise NotNow(what=Title("nobody hears you now", "вас сейчас никто не слышит"))
    act = SendDigits(leg=other, digits=Secret(asked.digits))
    told = DigitsSent(call=scene.story, leg=other, by=asked.by, count=len(asked.digits))
    return _turn(situation, Parted((act,), (told,)))


def _turn(situation: InTalk, parted: Parted, outcome: Outcome | None = None) -> Turn[InTalk]:
    return Turn(
        situation=situation, acts=parted.acts, facts=parted.facts, wake=wake_of(situation), outcome=outcome
    )


# ---- the third one rings


def _third_rings(scene: Scene, situation: Consulting, event: Event) -> Turn[InTalk]:
    rung = situation.rung
    if rung is None:
        return _turn(situation, Parted())
    rings = while_third_rings(scene, rung, _waiting(situation), event)
    return replace(_rang(scene, situation, rings), parties=rings.parties, opens=rings.opens)


def _rang(scene: Scene, situation: Consulting, rings: Rings) -> Turn[InTalk]:
    so_far = Parted(rings.acts, rings.facts)
    match rings.outcome:
        case Connected(leg=leg, user=user):
            situation = replace(situation, rung=rings.rung)
            return _answered(scene, situation, so_far, leg, user)
        case NotReached(cause=cause):
            return _not_taken(scene, situation, so_far, cause)
        case None:
            return _turn(replace(situation, rung=rings.rung), so_far)


def _answered(
    scene: Scene, situation: Consulting, so_far: Parted, leg: LegId, user: UserId | None
) -> Turn[InTalk]:
    began = next(fact for fact in so_far.facts if isinstance(fact, TalkBegan))
    if situation.asker is None or situation.first is None:
        return _talks(scene, situation, so_far, leg)
    answered = ConsultationAnswered(call=scene.story, by=situation.by, leg=leg, user=user)
    facts = tuple(answered if fact is began else fact for fact in so_far.facts)
    consulting = replace(
        situation, rung=None, third=leg, third_user=user, bridge=began.bridge,
        number=situation.rung.number_outside if situation.rung else "",
        queue=situation.rung.queue if situation.rung else None,
    )  # fmt: skip
    return _turn(consulting, Parted(so_far.acts, facts))


def _talks(scene: Scene, situation: Consulting, so_far: Parted, third: LegId) -> Turn[InTalk]:
    """Only one waited for the answer: from now on these two talk as in any call."""
    waited = _waiting(situation)
    music = Parted((StartMusic(leg=third),)) if situation.lost else Parted()
    again = _recorded(scene, situation, waited) if situation.first is not None else Parted()
    number = situation.rung.number_outside if situation.rung else ""
    return _turn(_as_two(situation, ends_with_either=situation.first is None, number=number), so_far + music + again)


def _recorded(scene: Scene, situation: Consulting, leg: LegId) -> Parted:
    name = scene.named(f"third{situation.thirds}-record")
    return recorded_again(scene, name, leg, wanted=situation.recorded)


def _as_two(situation: Consulting, *, ends_with_either: bool = False, number: str = "") -> Talking:
    return Talking(
        muted=situation.muted, lost=situation.lost, returns=situation.returns, thirds=situation.thirds,
        ends_with_either=ends_with_either, number=number,
    )  # fmt: skip


def _not_taken(scene: Scene, situation: Consulting, so_far: Parted, cause: EndCause) -> Turn[InTalk]:
    if situation.asker is not None and situation.first is not None:
        return _back(scene, situation, ConsultationOver.NOT_TAKEN, so_far)
    if situation.first is None:
        return _turn(situation, so_far, CallerLeft(by=Whose.US, cause=cause))
    if situation.coming_back or scene.cast.leg_of(situation.by) is not None:
        return _turn(situation, so_far, TalkFinished(by=Whose.US))
    return _come_back(scene, situation, so_far, situation.first)


def _come_back(scene: Scene, situation: Consulting, so_far: Parted, first: LegId) -> Turn[InTalk]:
    """It rings at who sent the call on; if they don't take it either, the scenario goes on."""
    want = Whom(want=RingUser(user=situation.by, ring_for=LASTS), to="")
    rings = ring_third(scene, want, situation.by, situation.thirds, first)
    told = Parted((), (CameBack(call=scene.story, to=situation.by),))
    changed = replace(
        situation, rung=rings.rung, thirds=situation.thirds + 1, coming_back=True
    )
    before = so_far + told
    return _rang(scene, changed, replace(rings, acts=before.acts + rings.acts, facts=before.facts + rings.facts))


# ---- somebody leaves


def _left(scene: Scene, situation: Consulting, leg: LegId, so_far: Parted, by: Whose) -> Turn[InTalk]:
    if leg == situation.third:
        return _back(scene, situation, ConsultationOver.THIRD_LEFT, so_far)
    if leg == situation.first:
        return _first_left(scene, situation, so_far, by)
    if situation.first is None:
        ended = so_far + withdrawn(scene, situation.rung, leg)
        return _turn(situation, ended, CallerLeft(by=by))
    if situation.third is None:
        return _hand_over(scene, situation, situation.first, so_far)
    return _bring_together(scene, situation, situation.first, situation.third, so_far)


def _back(scene: Scene, situation: Consulting, why: ConsultationOver, so_far: Parted) -> Turn[InTalk]:
    """The asker and the first one talk again."""
    asker, first, bridge = situation.asker, situation.first, scene.cast.bridge
    assert asker is not None
    assert first is not None
    assert bridge is not None
    lost = situation.lost
    ended = so_far + withdrawn(scene, situation.rung if why is ConsultationOver.CANCELLED else None, asker)
    if lost is not None and lost.leg == situation.third:
        ended, lost = ended + given_up(scene, lost), None
    quiet = (waits_no_longer(situation.rung, asker),) if situation.rung else ()
    empty = (Dissolve(bridge=situation.bridge),) if situation.bridge else ()
    facts: tuple[Fact, ...] = (ConsultationEnded(call=scene.story, by=situation.by, why=why),)
    if not situation.with_first:
        facts += (TakenBack(call=scene.story, leg=first, by=situation.by),)
    talk = joined(bridge, asker, first, lost)
    two = _as_two(replace(situation, lost=lost))
    return _turn(two, ended + Parted((*quiet, *empty), facts) + talk)


def _hand_over(scene: Scene, situation: Consulting, first: LegId, so_far: Parted) -> Turn[InTalk]:
    """The asker is gone while the third one rings: it rings on, for who waited."""
    rung = situation.rung
    assert rung is not None
    ended = so_far + end_talk(scene, Whose.US)
    told: tuple[Fact, ...] = (
        ConsultationEnded(call=scene.story, by=situation.by, why=ConsultationOver.HANDED_OVER),
        SentOn(call=scene.story, to=rung.to, by=situation.by, outside=rung.outside),
        *_caller_is(scene, first),
    )
    hears = (StopMusic(leg=first), waits_with(rung, first))
    shows = tuple(Show(leg=leg, shown=shown_of(scene, first)) for leg in rung.ringing.legs)
    changed = replace(situation, asker=None, muted=False)
    return replace(_turn(changed, ended + Parted((*hears, *shows), told)), shown=shown_of(scene, first))


def _caller_is(scene: Scene, leg: LegId) -> tuple[Fact, ...]:
    if scene.cast.caller == leg:
        return ()
    return (CallerChanged(call=scene.story, leg=leg, user=user_at(scene, leg)),)


def _bring_together(
    scene: Scene, situation: Consulting, first: LegId, third: LegId, so_far: Parted
) -> Turn[InTalk]:
    """The asker is gone: the two others talk."""
    assert situation.bridge is not None
    ended = so_far + end_talk(scene, Whose.US)
    told: tuple[Fact, ...] = (
        ConsultationEnded(call=scene.story, by=situation.by, why=ConsultationOver.TRANSFERRED),
        Transferred(call=scene.story, by=situation.by, leg=first, to=third, user=situation.third_user),
        *_caller_is(scene, first),
        TalkBegan(
            call=scene.story, bridge=situation.bridge, caller=first, callee=third, user=situation.third_user,
            queue=situation.queue,
        ),
    )
    shows = (Show(leg=third, shown=shown_of(scene, first)), Show(leg=first, shown=shown_of(scene, third)))
    talk = joined(situation.bridge, first, third, situation.lost)
    parted = ended + talk + Parted(shows, told) + _recorded(scene, situation, first)
    two = _as_two(replace(situation, muted=False), number=situation.number)
    return replace(_turn(two, parted), shown=shown_of(scene, first))


def _first_left(scene: Scene, situation: Consulting, so_far: Parted, by: Whose) -> Turn[InTalk]:
    """Who waited is gone: who asked goes on with the third one, or waits for them."""
    asker = situation.asker
    if asker is None:
        return _turn(situation, so_far + withdrawn(scene, situation.rung, _waiting(situation)), CallerLeft(by=by))
    over = ConsultationEnded(call=scene.story, by=situation.by, why=ConsultationOver.FIRST_LEFT)
    again = _recorded(scene, situation, asker) if situation.wished else Parted()
    ended = so_far + end_talk(scene, by) + Parted((), (over, *_caller_is(scene, asker))) + again
    shown = shown_of(scene, asker)
    if situation.third is None or situation.bridge is None:
        changed = replace(situation, first=None, muted=False, recorded=False)
        return replace(_turn(changed, ended), shown=shown)
    began = TalkBegan(
        call=scene.story, bridge=situation.bridge, caller=asker, callee=situation.third, user=situation.third_user,
        queue=situation.queue,
    )
    talk = joined(situation.bridge, asker, situation.third, situation.lost) + Parted((), (began,))
    two = _as_two(replace(situation, muted=False), ends_with_either=True, number=situation.number)
    return replace(_turn(two, ended + talk), shown=shown)


# ---- a page is away


def _about_lost(scene: Scene, situation: Consulting, event: Event) -> Turn[InTalk] | None:
    """What concerns a page that was lost, or is lost now; None for everything else."""
    lost = situation.lost
    if lost is None:
        return _loses(scene, situation, event)
    if is_back(lost, event) and lost.ringing is not None:
        return _returned(scene, situation, lost, lost.ringing)
    if is_too_late(scene, lost, event) or (isinstance(event, HangUpAsked) and event.by == lost.user):
        found = replace(situation, lost=None)
        return _left(scene, found, lost.leg, given_up(scene, lost), Whose.US)
    changed = while_lost(scene, lost, event)
    if changed is None:
        return None
    return _turn(replace(situation, lost=changed[0], returns=changed[0].tries), changed[1])


def _loses(scene: Scene, situation: Consulting, event: Event) -> Turn[InTalk] | None:
    for leg in (situation.asker, situation.first, situation.third):
        seen = _seen_from(scene, situation, leg) if leg is not None else None
        if leg is not None and seen is not None and lost_by(seen, event) == leg:
            lost, parted = lose(seen, leg, event, situation.returns)
            return _turn(replace(situation, lost=lost, returns=lost.tries), parted)
    return None


def _seen_from(scene: Scene, situation: Consulting, leg: LegId) -> Scene | None:
    """The scene as if this leg and whom it hears were the only ones."""
    talking = situation.rung is None and leg in (situation.asker, situation.partner)
    three = (situation.asker, situation.partner, situation.waits)
    others = [one for one in three if one not in (leg, None)]
    if not others:
        return None
    bridge = _bridge(scene, situation) if talking else None
    cast = replace(scene.cast, caller=leg, callee=others[0], bridge=bridge)
    return replace(scene, cast=cast)


def _returned(scene: Scene, situation: Consulting, lost: Lost, leg: LegId) -> Turn[InTalk]:
    """The page is back, by another leg: where it was before."""
    roles: dict[str, Any] = {role: leg for role in ("asker", "first", "third") if getattr(situation, role) == lost.leg}
    found = replace(situation, lost=None, **roles)
    told = Parted((), resumed_leg(scene, lost, leg))
    if leg == found.waits and found.asker is not None:
        return _turn(found, told + Parted((StartMusic(leg=leg),)))
    if found.rung is not None:
        return _turn(found, told + Parted((waits_with(found.rung, leg),)))
    bridge, asker, partner = _bridge(scene, found), found.asker, found.partner
    assert bridge is not None
    assert asker is not None
    assert partner is not None
    return _turn(found, told + joined(bridge, asker, partner, None))
