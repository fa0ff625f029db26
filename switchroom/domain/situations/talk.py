"""The effect of a talk: one situation for each way in which it can stand."""

from switchroom.domain.events import Event, JoinAllAsked
from switchroom.domain.scenario.effects import Talk
from switchroom.domain.situations.consulting import consult_again, while_consulting
from switchroom.domain.situations.scene import Scene, Turn
from switchroom.domain.situations.standing import Consulting, InTalk, Talking, Together
from switchroom.domain.situations.talking import talk_again, while_talking
from switchroom.domain.situations.together import join_all, together_again, while_together


def talk(scene: Scene, want: Talk) -> Turn[InTalk]:
    """They were connected just now."""
    return Turn(situation=Talking())


def while_in_talk(scene: Scene, want: Talk, situation: InTalk, event: Event) -> Turn[InTalk]:
    """Whatever happens in a talk, however it stands."""
    match situation:
        case Talking():
            return while_talking(scene, situation, event)
        case Consulting() if isinstance(event, JoinAllAsked):
            return join_all(scene, situation, event)
        case Consulting():
            return while_consulting(scene, situation, event)
        case Together():
            return while_together(scene, situation, event)


def in_talk_again(scene: Scene, want: Talk, situation: InTalk) -> Turn[InTalk]:
    """After a crash: the switch kept them as they were."""
    match situation:
        case Talking():
            return talk_again(scene, situation)
        case Consulting():
            return consult_again(scene, situation)
        case Together():
            return together_again(scene, situation)
