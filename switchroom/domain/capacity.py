"""Channels of trunks: who may still claim one. All claims go through here, inbound and outbound."""

from collections.abc import Mapping

from switchroom.domain.trunks import Trunk


def has_room(trunk: Trunk, used: Mapping[str, int]) -> bool:
    """Whether the trunk carries one more call at all; `used` counts the channels of each trunk now."""
    return used.get(trunk.id, 0) < trunk.most_channels


def lets_out(trunk: Trunk, used: Mapping[str, int], outgoing: Mapping[str, int]) -> bool:
    """Whether it carries one more call from us; `outgoing` counts those that go out."""
    most = trunk.most_outgoing
    return has_room(trunk, used) and (most is None or outgoing.get(trunk.id, 0) < most)


def lets_in(trunk: Trunk, used: Mapping[str, int], outgoing: Mapping[str, int]) -> bool:
    """Whether it carries one more call to us."""
    incoming, most = used.get(trunk.id, 0) - outgoing.get(trunk.id, 0), trunk.most_incoming
    return has_room(trunk, used) and (most is None or incoming < most)
