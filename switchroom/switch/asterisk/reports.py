"""Asterisk's events in our words: which leg, what happened, and whether we ordered it."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from switchroom.domain.causes import EndCause
from switchroom.domain.events import (
    DigitHeard,
    LegAnswered,
    LegArrived,
    LegEnded,
    LegHeld,
    LegRinging,
    LegTalks,
    LegUnheld,
    PlaybackEnded,
    TransferAsked,
)
from switchroom.domain.identity import DeviceId, LegId, PlaybackId, TrunkId, story_of
from switchroom.switch.asterisk import heard
from switchroom.switch.asterisk.causes import cause_of
from switchroom.switch.asterisk.quality import VARIABLE, quality_of
from switchroom.switch.asterisk.registrations import is_reached
from switchroom.switch.port import DeviceReach, LegMeasured, Report

_MOVED = 302
_DIALLED = re.compile(r"\+?[0-9*#]{1,32}", re.ASCII)


class Translator:
    """Remembers which channels are legs of ours, so that each end is told once."""

    patience = 0.2
    """Seconds to wait for a channel's own end after it left our application."""

    def __init__(self) -> None:
        self._ordered: set[str] = set()
        self._there: set[str] = set()
        self._measured: set[str] = set()
        self._reach: dict[str, bool] = {}

    def rung(self, leg: LegId) -> None:
        """We are about to make this leg."""
        self._there.add(leg)

    def ordered(self, leg: LegId) -> None:
        """We ended this leg."""
        self._ordered.add(leg)

    def found(self, channels: Iterable[str]) -> None:
        """These were there before we listened; their ends will be told, too."""
        self._there.update(channels)

    def reach_is(self, reach: dict[str, bool]) -> None:
        """What could be reached when we looked; only what differs from it is told from now on."""
        self._reach = dict(reach)

    def never_made(self, leg: LegId) -> list[Report]:
        """Asterisk refused to make it: nobody can be reached there."""
        return self._end(leg, EndCause.UNREACHABLE, None)

    def _quality(self, channel: heard.Channel) -> Iterator[LegMeasured]:
        """How well it was heard, the first time that one of its last events tells it."""
        if channel.id not in self._there or channel.id in self._measured or channel.state != "Up":
            return
        quality = quality_of(channel.channelvars.get(VARIABLE, ""))
        if quality is not None:
            self._measured.add(channel.id)
            yield LegMeasured(LegId(channel.id), quality)

    def left(self, channel: str) -> list[Report]:
        """It left our application, and its end was not told."""
        return self._end(channel, EndCause.NORMAL, None)

    def arrival_of(self, channel: heard.Channel) -> LegArrived | None:
        """How a channel that is in our application came in; None for what we made, and what we are ending."""
        if channel.dialplan.app_name != "Stasis" or channel.id in self._ordered:
            return None
        match channel.dialplan.app_data.split(","):
            case [_, ("arrived" | "held"), kind, via, held, dialled]:
                return self._arrived(channel, int(held or 0), kind == "trunk", via, dialled)
            case _:
                return None

    def reports_of(self, event: heard.Event) -> Iterator[Report]:
        """What an event tells, if anything."""
        match event:
            case heard.StasisStart(channel=channel, args=[("arrived" | "held"), kind, via, held, dialled, *_]):
                yield self._arrived(channel, int(held or 0), kind == "trunk", via, dialled)
            case heard.ChannelStateChange(channel=channel) if story_of(channel.id) is not None:
                yield from _state(channel)
            case heard.StasisEnd(channel=channel):
                yield from self._quality(channel)
            case heard.ChannelDestroyed(channel=channel, cause=cause, tech_cause=sip):
                yield from self._quality(channel)
                yield from self._end(channel.id, cause_of(cause, sip), sip, _moved_to(channel, sip))
            case heard.ChannelDtmfReceived(channel=channel, digit=digit):
                yield DigitHeard(leg=LegId(channel.id), digit=digit)
            case heard.PlaybackFinished(playback=playback):
                yield PlaybackEnded(playback=PlaybackId(playback.id), failed=playback.state == "failed")
            case heard.PeerStatusChange(endpoint=endpoint):
                yield from self._reached(endpoint.resource, is_reached(endpoint))
            case _:
                yield from _by_phone(event)

    def _arrived(self, channel: heard.Channel, held: int, by_trunk: bool, via: str, dialled: str) -> LegArrived:
        self._there.add(channel.id)
        return LegArrived(
            leg=LegId(channel.id),
            via=TrunkId(via) if by_trunk else DeviceId(via),
            by_trunk=by_trunk,
            dialled=dialled,
            number=channel.caller.number,
            name=channel.caller.name,
            sip_call_id=channel.protocol_id,
            answered=held > 0,
            since=datetime.now(UTC) - timedelta(seconds=held) if held else None,
        )

    def _end(self, channel: str, cause: EndCause, sip: int | None, moved_to: str = "") -> list[Report]:
        if channel not in self._there:
            return []
        self._there.discard(channel)
        self._measured.discard(channel)
        ordered = channel in self._ordered
        self._ordered.discard(channel)
        return [LegEnded(leg=LegId(channel), cause=cause, ordered=ordered, sip_code=sip, moved_to=moved_to)]

    def _reached(self, device: str, reached: bool) -> Iterator[Report]:
        if self._reach.get(device) != reached:
            self._reach[device] = reached
            yield DeviceReach(DeviceId(device), reached)


def _moved_to(channel: heard.Channel, sip: int | None) -> str:
    """What a phone that rang has said by 302; hostile, so only keys are taken of it."""
    said = channel.channelvars.get(heard.MOVED_TO, "") if sip == _MOVED else ""
    return said if _DIALLED.fullmatch(said) else ""


def _state(channel: heard.Channel) -> Iterator[Report]:
    if channel.state == "Ringing":
        yield LegRinging(leg=LegId(channel.id))
    elif channel.state == "Up":
        yield LegAnswered(leg=LegId(channel.id))


def _by_phone(event: heard.Event) -> Iterator[Report]:
    match event:
        case heard.ChannelHold(channel=channel):
            yield LegHeld(leg=LegId(channel.id))
        case heard.ChannelUnhold(channel=channel):
            yield LegUnheld(leg=LegId(channel.id))
        case heard.ChannelTalkingStarted(channel=channel):
            yield LegTalks(leg=LegId(channel.id), on=True)
        case heard.ChannelTalkingFinished(channel=channel):
            yield LegTalks(leg=LegId(channel.id), on=False)
        case heard.ChannelTransfer(refer_to=to, referred_by=by):
            consulted = LegId(to.destination_channel.id) if to.destination_channel else None
            asked_for = to.requested_destination.destination
            yield TransferAsked(leg=LegId(by.source_channel.id), to=asked_for, consulted=consulted)
