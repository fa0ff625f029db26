"""All components: importing this module declares them."""

from switchroom.domain.scenario.component import COMPONENTS
from switchroom.domain.scenario.components.call import (
    answer,
    collect,
    dial,
    dial_outside,
    echo,
    hang_up,
    listen,
    menu,
    play,
    queue,
    ring_caller,
    ring_group,
    say,
    transfer,
)
from switchroom.domain.scenario.components.dialog import fill_card, show_card
from switchroom.domain.scenario.components.logic import condition, set_variable

DECLARED_IN = (
    answer,
    collect,
    condition,
    dial,
    dial_outside,
    echo,
    fill_card,
    hang_up,
    listen,
    menu,
    play,
    queue,
    ring_caller,
    ring_group,
    say,
    set_variable,
    show_card,
    transfer,
)

__all__ = ["COMPONENTS", "DECLARED_IN"]
