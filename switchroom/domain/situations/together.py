"""A conference on the fly: more than two talk; one more is called in, muted, or taken out, while all talk on."""

from msgspec.structs import replace

from switchroom.domain.acts import Act, Connect, Dissolve, MuteLeg, StartMusic, StopMusic, WatchTalking
from switchroom.domain.events import (
    Event,
    HangUpAsked,
    InviteAsked,
    JoinAllAsked,
    LegEnded,
    LegTalks,
    MutePartyAsked,
    MuteRecordingAsked,
    RemovePartyAsked,
)
from switchroom.domain.facts.calls import TakenBack, TalkBegan, Whose
from switchroom.domain.facts.every import Fact
from switchroom.domain.facts.talks import (
    CallerChanged,
    ConferenceBegan,
    ConferenceEnded,
    ConferenceInvited,
    ConferenceJoined,
    ConferenceLeft,
    ConferenceNotJoined,
    ConsultationEnded,
    ConsultationOver,
    LeftConferenceWhy,
    PartyMuted,
    PartyUnmuted,
    RoomClosed,
)
from switchroom.domain.identity import LegId, UserId
from switchroom.domain.refusals import NotNow
from switchroom.domain.scenario.effects import CallerLeft, Connected, NotReached, Outcome, TalkFinished, WaitForOperator
from switchroom.domain.situations.asking import leg_of, mute_recording, recorded_again, released, user_at
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
from switchroom.domain.situations.standing import Consulting, InTalk, Member, Rung, Talking, Together, wake_of
from switchroom.domain.situations.third import (
    Rings,
    ring_third,
    while_third_rings,
    withdrawn,
    without_ringback,
)
from switchroom.domain.situations.whom import whom
from switchroom.domain.titles import Title

# ---- its beginning


def join_all(scene: Scene, situation: Consulting, asked: JoinAllAsked) -> Turn[InTalk]:
    """The consultation becomes a talk of three. Raises: NotNow."""
    bridge, legs = scene.cast.bridge, (situation.first, situation.asker, situation.third)
    there = tuple(leg for leg in legs if leg is not None)
    if asked.by != situation.by or situation.lost is not None or bridge is None or len(there) < len(legs):
        raise NotNow(what=Title("there are no three yet", "троих пока нет"))
    waits = situation.waits
    assert waits is not None
    empty = (Dissolve(bridge=situation.bridge),) if situation.bridge else ()
    acts: tuple[Act, ...] = (StopMusic(leg=waits), Connect(bridge=bridge, legs=there), *empty)
    over = ConsultationEnded(call=scene.story, by=situation.by, why=ConsultationOver.JOINED)
    back = TakenBack(call=scene.story, leg=waits, by=situation.by)
    together = Together(
        bridge=bridge, members=tuple(_member(scene, situation, leg) for leg in there), since=scene.now,
        thirds=situation.thirds, recorded=situation.recorded, muted=situation.muted, returns=situation.returns,
    )  # fmt: skip
    began = _begun(scene, together, asked.by)
    return _turn(began[0], Parted(acts, (over, back)) + began[1])


def _member(scene: Scene, situation: Consulting, leg: LegId) -> Member:
    number = situation.number if leg == situation.third else ""
    return Member(leg=leg, user=user_at(scene, leg), number=number)


def invite_to_talk(scene: Scene, talking: Talking, asked: InviteAsked) -> Turn[InTalk]:
    """One more is called while the two talk on. Raises: NotNow."""
    cast = scene.cast
    if cast.bridge is None or cast.callee is None or cast.caller is None or talking.held is not None:
        raise NotNow(what=Title("one of the two is on hold", "один из двоих на удержании"))
    leg_of(scene, asked.by)
    callee = Member(leg=cast.callee, user=user_at(scene, cast.callee), number=talking.number)
    members = (Member(leg=cast.caller, user=user_at(scene, cast.caller)), callee)
    together = Together(
        bridge=cast.bridge, members=members, since=scene.now, thirds=talking.thirds, muted=talking.muted,
        recorded=cast.recording is not None, ends_with_either=talking.ends_with_either, returns=talking.returns,
    )  # fmt: skip
    return _invite(scene, together, asked)


def _begun(scene: Scene, situation: Together, by: UserId) -> tuple[Together, Parted]:
    """From now on there are more than two."""
    told: tuple[Fact, ...] = (
        ConferenceBegan(call=scene.story, by=by, bridge=situation.bridge),
        *(ConferenceJoined(call=scene.story, leg=one.leg, user=one.user) for one in situation.members),
    )
    acts = tuple(WatchTalking(leg=one.leg, on=True) for one in situation.members)
    return replace(situation, began=True), Parted(acts, told)


def together_again(scene: Scene, situation: Together) -> Turn[InTalk]:
    """After a crash: the switch kept them connected."""
    away = {lost.leg for lost in situation.lost}
    there = tuple(one.leg for one in situation.members if one.leg not in away)
    return _turn(situation, Parted((Connect(bridge=situation.bridge, legs=there),)))


_NOTHING = Parted()


def _turn(situation: InTalk, parted: Parted = _NOTHING, outcome: Outcome | None = None) -> Turn[InTalk]:
    return Turn(
        situation=situation, acts=parted.acts, facts=parted.facts, wake=wake_of(situation), outcome=outcome
    )


# ---- what happens in it


def while_together(scene: Scene, situation: Together, event: Event) -> Turn[InTalk]:
    """Whatever they do."""
    about_lost = _about_lost(scene, situation, event)
    if about_lost is not None:
        return about_lost
    members = {one.leg: one for one in situation.members}
    match event:
        case LegEnded(leg=leg) if leg in members:
            so_far = Parted((), (gone(scene, event),))
            return _leaves(scene, situation, members[leg], so_far, LeftConferenceWhy.HUNG_UP, whose(event.cause))
        case HangUpAsked(by=by) if (mine := situation.of(by)) is not None:
            by_whom = Whose.CUSTOMER if mine.leg == scene.cast.caller else Whose.US
            return _leaves(scene, situation, mine, released(scene, mine.leg), LeftConferenceWhy.HUNG_UP, by_whom)
        case LegTalks(leg=leg, on=on) if leg in members:
            speaking = situation.speaking | {leg} if on else situation.speaking - {leg}
            return _turn(replace(situation, speaking=speaking))
        case InviteAsked() | MutePartyAsked() | RemovePartyAsked() | MuteRecordingAsked():
            return _asked(scene, situation, event)
        case _:
            return _ring_on(scene, situation, event)


def _asked(scene: Scene, situation: Together, event: Event) -> Turn[InTalk]:
    """What those of us who are in it may ask for."""
    if situation.of(getattr(event, "by", UserId(""))) is None:
        raise NotNow(what=Title("you are not in this conference", "вы не в этой конференции"))
    match event:
        case InviteAsked():
            return _invite(scene, situation, event)
        case MutePartyAsked():
            return _mute(scene, situation, event)
        case MuteRecordingAsked(muted=muted):
            return _turn(replace(situation, muted=muted), mute_recording(scene, event))
        case RemovePartyAsked(leg=leg, by=by):
            return _remove(scene, situation, leg, by)
        case _:
            return _turn(situation)


def _invite(scene: Scene, situation: Together, asked: InviteAsked) -> Turn[InTalk]:
    most = situation.most
    if len(situation.members) + len(situation.rung) >= most:
        raise NotNow(what=Title(f"{most} are in it already", f"в ней уже {most} человек"))
    number = situation.thirds
    called = whom(scene, asked.by, asked.to)
    if isinstance(called.want, WaitForOperator):
        raise NotNow(what=Title(
            "a queue can't be called into a conference: consult it, then join all",
            "очередь нельзя позвать в конференцию: проконсультируйтесь с ней и объедините всех",
        ))  # fmt: skip
    rings = ring_third(scene, called, asked.by, number, leg_of(scene, asked.by))
    if rings.outcome is not None:
        raise NotNow(what=Title("nobody can be rung there now", "там сейчас никому не позвонить"))
    party = called.party(scene, number)
    told = ConferenceInvited(
        call=scene.story, by=asked.by, to=called.to, outside=party.id if party else None
    )
    situation = replace(situation, thirds=number + 1, rung=(*situation.rung, rings.rung))
    turn = _turn(situation, Parted(without_ringback(rings.acts), (told, *rings.facts)))
    return replace(turn, parties=(party,) if party else ())


def _mute(scene: Scene, situation: Together, asked: MutePartyAsked) -> Turn[InTalk]:
    found = next((one for one in situation.members if one.leg == asked.leg and one.muted != asked.on), None)
    if found is None:
        raise NotNow(what=Title("that changes nothing", "это ничего не меняет"))
    members = tuple(replace(one, muted=asked.on) if one is found else one for one in situation.members)
    kind = PartyMuted if asked.on else PartyUnmuted
    told = kind(call=scene.story, leg=asked.leg, by=asked.by, user=found.user)
    act = MuteLeg(leg=asked.leg, on=asked.on)
    return _turn(replace(situation, members=members), Parted((act,), (told,)))


def _remove(scene: Scene, situation: Together, leg: LegId, by: UserId) -> Turn[InTalk]:
    found = next((one for one in situation.members if one.leg == leg), None)
    if found is not None:
        why = LeftConferenceWhy.REMOVED
        return _leaves(scene, situation, found, released(scene, leg), why, Whose.US, remover=by)
    called = next((one for one in situation.rung if leg in one.ringing.legs), None)
    if called is None:
        raise NotNow(what=Title("they are not in this conference", "этого человека нет в конференции"))
    no_more = withdrawn(scene, called, situation.members[0].leg)
    return _settle(scene, _without_rung(situation, called), no_more, Whose.US)


def _without_rung(situation: Together, rung: Rung) -> Together:
    return replace(situation, rung=tuple(one for one in situation.rung if one is not rung))


# ---- who is called into it


def _ring_on(scene: Scene, situation: Together, event: Event) -> Turn[InTalk]:
    for rung in situation.rung:
        rings = while_third_rings(scene, rung, situation.members[0].leg, event)
        if rings.outcome is not None or rings.facts or rings.rung != rung:
            return replace(_rang(scene, situation, rung, rings), parties=rings.parties)
    return _turn(situation)


def _rang(scene: Scene, situation: Together, rung: Rung, rings: Rings) -> Turn[InTalk]:
    acts = without_ringback(rings.acts)
    match rings.outcome:
        case Connected(leg=leg, user=user):
            facts = tuple(fact for fact in rings.facts if not isinstance(fact, TalkBegan))
            acts = tuple(act for act in acts if not isinstance(act, Connect))
            member = Member(leg=leg, user=user, number=rung.number_outside)
            return _joins(scene, _without_rung(situation, rung), member, Parted(acts, facts))
        case NotReached(cause=cause):
            told = ConferenceNotJoined(call=scene.story, to=rung.to, cause=cause)
            so_far = Parted(acts, (*rings.facts, told))
            return _settle(scene, _without_rung(situation, rung), so_far, Whose.US)
        case None:
            changed = tuple(rings.rung if one is rung else one for one in situation.rung)
            return _turn(replace(situation, rung=changed), Parted(acts, rings.facts))


def _joins(scene: Scene, situation: Together, member: Member, so_far: Parted) -> Turn[InTalk]:
    connected = so_far + Parted((Connect(bridge=situation.bridge, legs=(member.leg,)),))
    situation = replace(situation, members=(*situation.members, member))
    if not situation.began and len(situation.members) > 2:
        by = next(one.user for one in situation.members if one.user is not None)
        situation, begun = _begun(scene, situation, by)
        return _turn(situation, connected + begun)
    told = ConferenceJoined(call=scene.story, leg=member.leg, user=member.user)
    return _turn(situation, connected + Parted((WatchTalking(leg=member.leg, on=True),), (told,)))


# ---- somebody leaves


def _leaves(
    scene: Scene, situation: Together, member: Member, so_far: Parted, why: LeftConferenceWhy, by: Whose,
    remover: UserId | None = None,
) -> Turn[InTalk]:  # fmt: skip
    if situation.began:
        told = ConferenceLeft(call=scene.story, leg=member.leg, why=why, user=member.user, by=remover)
        so_far += Parted((), (told,))
    lost = next((one for one in situation.lost if one.leg == member.leg), None)
    so_far += given_up(scene, lost)
    situation = replace(
        situation,
        members=tuple(one for one in situation.members if one.leg != member.leg),
        speaking=situation.speaking - {member.leg},
        lost=tuple(one for one in situation.lost if one is not lost),
    )
    return _settle(scene, situation, so_far, by)


def _settle(scene: Scene, situation: Together, so_far: Parted, by: Whose) -> Turn[InTalk]:
    """Who is left: a conference, a talk of two, or one who has nobody to talk with."""
    left = {one.leg for one in situation.members}
    if situation.room is not None and left:
        return _turn(situation, so_far)  # whoever is there, be it one, is in the room
    if len(left) < 2:
        return _alone(scene, situation, so_far, by)
    if scene.cast.caller not in left or (scene.cast.bridge is not None and scene.cast.callee not in left):
        situation, handed = _pair_parted(scene, situation, by)
        so_far += handed
    if len(left) > 2 or situation.rung:
        return _turn(situation, so_far)
    return _two_left(scene, situation, so_far)


def _pair_parted(scene: Scene, situation: Together, by: Whose) -> tuple[Together, Parted]:
    """One of the two who talked first is gone: their talk is over, the conference is not."""
    ended = end_talk(scene, by)
    acts = tuple(act for act in ended.acts if not isinstance(act, Dissolve))
    parted = Parted(acts, ended.facts)
    if any(one.leg == scene.cast.caller for one in situation.members):
        return situation, parted + _recorded(scene, situation, scene.caller())
    heir = min(situation.members, key=lambda one: one.user is not None)
    told = CallerChanged(call=scene.story, leg=heir.leg, user=heir.user)
    changed = replace(situation, ends_with_either=True)
    return changed, parted + Parted((), (told,)) + _recorded(scene, situation, heir.leg)


def _recorded(scene: Scene, situation: Together, leg: LegId) -> Parted:
    """The recording ended with the talk of the first two; the conference is recorded on."""
    if scene.cast.recording is None:
        return Parted()
    name = scene.named(f"together{len(situation.members)}-{situation.thirds}-record")
    return recorded_again(scene, name, leg, wanted=situation.recorded)


def _caller_of(scene: Scene, situation: Together, so_far: Parted) -> LegId:
    changed = [fact.leg for fact in so_far.facts if isinstance(fact, CallerChanged)]
    return changed[-1] if changed else scene.caller()


def _two_left(scene: Scene, situation: Together, so_far: Parted) -> Turn[InTalk]:
    one, two = (member.leg for member in situation.members)
    caller = _caller_of(scene, situation, so_far)
    callee = two if caller == one else one
    parted = so_far + _over(scene, situation) + _unmuted(situation)
    if scene.cast.bridge is None or callee != scene.cast.callee or caller != scene.cast.caller:
        user = user_at(scene, callee)
        parted += Parted((), (
            TalkBegan(call=scene.story, bridge=situation.bridge, caller=caller, callee=callee, user=user),
        ))  # fmt: skip
    lost = next((gone_one for gone_one in situation.lost if gone_one.leg in (one, two)), None)
    if lost is not None:
        parted += Parted((StartMusic(leg=two if lost.leg == one else one),))
    talking = Talking(
        muted=situation.muted, lost=lost, returns=situation.returns, thirds=situation.thirds,
        ends_with_either=situation.ends_with_either,
        number=next(member.number for member in situation.members if member.leg == callee),
    )  # fmt: skip
    return _turn(talking, parted)


def _over(scene: Scene, situation: Together) -> Parted:
    if not situation.began:
        return Parted()
    lasted = scene.now - situation.since
    if situation.room is not None:
        return Parted((), (RoomClosed(call=scene.story, room=situation.room, lasted=lasted),))
    acts = tuple(WatchTalking(leg=one.leg, on=False) for one in situation.members)
    return Parted(acts, (ConferenceEnded(call=scene.story, lasted=lasted),))


def _unmuted(situation: Together) -> Parted:
    return Parted(tuple(MuteLeg(leg=one.leg, on=False) for one in situation.members if one.muted))


def _alone(scene: Scene, situation: Together, so_far: Parted, by: Whose) -> Turn[InTalk]:
    """Nobody to talk with: who called us goes on by the scenario, anybody else is let go."""
    for rung in situation.rung:
        so_far += withdrawn(scene, rung, scene.caller())
    for lost in situation.lost:
        so_far += given_up(scene, lost)
    ended = so_far + end_talk(scene, by) + _over(scene, situation) + _unmuted(situation)
    ended += Parted((Dissolve(bridge=situation.bridge),))
    goes_on = not situation.ends_with_either and any(one.leg == scene.cast.caller for one in situation.members)
    away = {lost.leg for lost in situation.lost}
    if goes_on and scene.cast.caller not in away:
        return _turn(situation, ended, TalkFinished(by=by))
    return _turn(situation, ended, CallerLeft(by=by))


# ---- pages that are away


def _about_lost(scene: Scene, situation: Together, event: Event) -> Turn[InTalk] | None:
    for lost in situation.lost:
        turn = _about(scene, situation, lost, event)
        if turn is not None:
            return turn
    return _loses(scene, situation, event)


def _loses(scene: Scene, situation: Together, event: Event) -> Turn[InTalk] | None:
    """The others talk on; the page is rung once it is back."""
    away = {lost.leg for lost in situation.lost}
    for member in situation.members:
        alone = member.leg if situation.room is not None else None
        other = next((one.leg for one in situation.members if one.leg != member.leg), alone)
        seen = replace(scene, cast=replace(scene.cast, caller=member.leg, callee=other, bridge=None))
        if member.leg not in away and lost_by(seen, event) == member.leg:
            lost, parted = lose(seen, member.leg, event, situation.returns)
            changed = replace(situation, lost=(*situation.lost, lost), returns=lost.tries + 1)
            return _turn(changed, parted)
    return None


def _about(scene: Scene, situation: Together, lost: Lost, event: Event) -> Turn[InTalk] | None:
    others = tuple(one for one in situation.lost if one is not lost)
    member = next(one for one in situation.members if one.leg == lost.leg)
    if is_back(lost, event) and lost.ringing is not None:
        leg = lost.ringing
        members = tuple(replace(one, leg=leg, muted=False) if one is member else one for one in situation.members)
        acts = (Connect(bridge=situation.bridge, legs=(leg,)), WatchTalking(leg=leg, on=True))
        changed = replace(situation, lost=others, members=members)
        return _turn(changed, Parted(acts, resumed_leg(scene, lost, leg)))
    if is_too_late(scene, lost, event) or (isinstance(event, HangUpAsked) and event.by == lost.user):
        found, why = replace(situation, lost=others), LeftConferenceWhy.STAYED_AWAY
        return _leaves(scene, found, member, given_up(scene, lost), why, Whose.US)
    went_on = while_lost(scene, lost, event)
    if went_on is None:
        return None
    changed = replace(situation, lost=(*others, went_on[0]), returns=max(situation.returns, went_on[0].tries))
    return _turn(changed, went_on[1])
