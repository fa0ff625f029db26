"""Why a leg ended, in our words; the adapter translates the switch's."""

from enum import StrEnum


class EndCause(StrEnum):
    """Why a leg ended or never came to be."""

    NORMAL = "normal"
    BUSY = "busy"
    NO_ANSWER = "no_answer"
    REJECTED = "rejected"
    UNALLOCATED = "unallocated"
    UNREACHABLE = "unreachable"
    CONGESTION = "congestion"
    CANCELLED = "cancelled"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    MOVED = "moved"
    """The phone said where its call is to go instead."""
    MEDIA_LOST = "media_lost"
    UNWANTED = "unwanted"
    FAILED = "failed"
    UNHEARD = "unheard"
    """It ended while nobody of us listened; the switch went on."""
    LOST = "lost"
    """The switch forgot it: its process died."""
