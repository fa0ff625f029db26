"""All components: importing this module declares them."""

from switchroom.domain.scenario.component import COMPONENTS
from switchroom.domain.scenario.components.call import (
    answer,
    collect,
    conference,
    dial,
    dial_outside,
    echo,
    hang_up,
    listen,
    menu,
    page,
    park,
    pick_up,
    play,
    queue,
    ring_caller,
    ring_group,
    say,
    set_recording,
    throw_mode,
    transfer,
    voicemail,
)
from switchroom.domain.scenario.components.dialog import fill_card, show_card
from switchroom.domain.scenario.components.logic import condition, day_night, set_variable

DECLARED_IN = (
    answer,
    collect,
    condition,
    conference,
    day_night,
    dial,
    dial_outside,
    echo,
    fill_card,
    hang_up,
    listen,
    menu,
    page,
    park,
    pick_up,
    play,
    queue,
    ring_caller,
    ring_group,
    say,
    set_recording,
    set_variable,
    show_card,
    throw_mode,
    transfer,
    voicemail,
)

__all__ = ["COMPONENTS", "DECLARED_IN"]
