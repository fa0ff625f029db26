"""A phone that has asked a third one by a call of its own brings the two together, by REFER with Replaces.

The third one's leg comes from that other call, which ends; whoever asked leaves both.
"""

from switchroom.domain.acts import Connect, Show, StopMusic, TellTransfer
from switchroom.domain.events import TakeInAsked
from switchroom.domain.facts.calls import TalkBegan, Whose
from switchroom.domain.facts.talks import CallerChanged, Transferred
from switchroom.domain.identity import BridgeId, UserId
from switchroom.domain.refusals import NotNow
from switchroom.domain.situations.asking import leg_of, recorded_again, released, user_at
from switchroom.domain.situations.guests import taken_in
from switchroom.domain.situations.scene import Parted, Scene, Taking, Turn, end_talk
from switchroom.domain.situations.standing import InTalk, Talking
from switchroom.domain.situations.third import shown_of
from switchroom.domain.titles import Title


def bring_in(scene: Scene, talking: Talking, by: UserId, third: TakeInAsked) -> Turn[InTalk]:
    """The other party of this talk goes on with the third one. Raises: NotNow."""
    asker = leg_of(scene, by)
    first = scene.cast.other_than(asker)
    if first is None or not third.up:
        raise NotNow(what=Title("the third one has not answered yet", "третий ещё не ответил"))
    bridge = BridgeId(scene.named(f"third{talking.thirds}-brought"))
    told = Parted((), (
        Transferred(call=scene.story, by=by, leg=first, to=third.leg, user=third.user),
        *(() if first == scene.cast.caller else (
            CallerChanged(call=scene.story, leg=first, user=user_at(scene, first)),
        )),
        TalkBegan(call=scene.story, bridge=bridge, caller=first, callee=third.leg, user=third.user, queue=third.queue),
    ))  # fmt: skip
    asked = Parted((TellTransfer(leg=asker, granted=True),))
    ended = asked + end_talk(scene, Whose.US) + released(scene, asker)
    joins = (StopMusic(leg=first), Connect(bridge=bridge, legs=(first, third.leg)))
    shows = (Show(leg=third.leg, shown=shown_of(scene, first)),)
    name = scene.named(f"third{talking.thirds}-record")
    recorded = recorded_again(scene, name, first, wanted=scene.cast.recording is not None)
    parted = ended + taken_in(scene, third, told + Parted((*joins, *shows))) + recorded
    return Turn(
        situation=Talking(thirds=talking.thirds + 1, returns=talking.returns), acts=parted.acts, facts=parted.facts,
        shown=shown_of(scene, first), takes=(Taking(giver=third.giver, leg=third.leg),),
    )  # fmt: skip
