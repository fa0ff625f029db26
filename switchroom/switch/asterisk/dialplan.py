"""The dialplan: every call goes to us; static rules serve it while we are away."""

from collections.abc import Iterable, Iterator

from switchroom.switch.asterisk.description import Device, SwitchDescription, Trunk, Way
from switchroom.switch.asterisk.pjsip import FROM_DEVICE, FROM_TRUNK, VIA

# What a phone dialled is hostile: only these characters of it are ever passed on.
_DIALLED = r"${FILTER(0-9A-Za-z+*#_.\x2d,${EXTEN})}"
_NOW = "${STRFTIME(,UTC,%s.%3q)}"
AWAY_FIELDS = (
    "${UNIQUEID}", "${CHANNEL(linkedid)}", "${AWAY_SINCE}", "${AWAY_HELD}", _NOW, "${ANSWEREDTIME_MS}", "${AWAY_KIND}",
    f"${{{VIA}}}", "${AWAY_NUMBER}", "${AWAY_NAME}", "${AWAY_DIALLED}", "${AWAY}", "${DIALSTATUS}",
    "${URIENCODE(${CHANNEL(pjsip,call-id)})}",
)
"""What a record of a call that we missed holds, in this order; `away.py` reads it."""
AWAY_SHAPE = "1"
ECHO = "echo"
"""The context whose one extension gives back what it hears; only we lead there."""


def dialplan(description: SwitchDescription) -> str:
    """All of extensions.conf."""
    blocks = [
        _block("general", ["static = yes", "writeprotect = yes", "clearglobalvars = no"]),
        _arrival(description, FROM_TRUNK, "trunk"), _arrival(description, FROM_DEVICE, "device"),
        _block("away-trunk", _extension("_to!", ["Goto(away-hold,s,1)"])),
        _block("away-device", _static_rules(description)),
        _block("away-hold", _extension("s", _hold(description))),
        _block("away-last", _extension("s", _last_resort(description))),
        _block("away-record", _extension("s", _record(description))),
        _block(ECHO, _extension("s", ["Answer()", "Echo()"])),
    ]
    return "\n".join(blocks) + "\n#tryinclude local-extensions.conf\n"


def _block(name: str, lines: Iterable[str]) -> str:
    return f"[{name}]\n" + "".join(f"{line}\n" for line in lines)


def _extension(pattern: str, steps: Iterable[str]) -> list[str]:
    """A step may begin with `(label)`."""
    lines = []
    for number, step in enumerate(steps):
        label = step[: step.index(")") + 1] if step.startswith("(") else ""
        rest = step[len(label):]
        lines.append(f"exten => {pattern},1,{rest}" if number == 0 else f" same => n{label},{rest}")
    return lines


def _arrival(description: SwitchDescription, context: str, kind: str) -> str:
    steps = [
        f"Set(AWAY_DIALLED={_DIALLED})",
        f"Stasis({description.app},arrived,{kind},${{{VIA}}},0,${{AWAY_DIALLED}})",
        'GotoIf($["${STASISSTATUS}" = "FAILED"]?away)',
        "Hangup()",
        f"(away)Set(AWAY_SINCE={_NOW})",
        f"Set(AWAY_KIND={kind})",
        "Set(AWAY_NUMBER=${URIENCODE(${CALLERID(num)})})",
        "Set(AWAY_NAME=${URIENCODE(${CALLERID(name)})})",
        "Set(CHANNEL(hangup_handler_push)=away-record,s,1)",
        f"Goto(away-{kind},to${{AWAY_DIALLED}},1)",
    ]
    # Letters need two: one letter alone (h, i, t, s) is an extension with a meaning of its own to Asterisk.
    patterns = ("_[+*#0-9]!", "_[A-Za-z].", "s")
    return _block(context, [line for pattern in patterns for line in _extension(pattern, steps)])


def _static_rules(description: SwitchDescription) -> Iterator[str]:
    emergencies = {emergency.number for emergency in description.emergencies}
    for emergency in description.emergencies:
        yield from _extension(f"to{emergency.number}", _emergency(description, emergency.ways))
    dialled = {device.name: _phone(device) for device in description.devices}
    for extension in description.extensions:
        if extension.number not in emergencies:
            phones = "&".join(dialled[name] for name in extension.devices)
            dial = f"Dial({phones},{extension.ring_seconds})"
            yield from _extension(f"to{extension.number}", ["Set(AWAY=extension)", dial, "Hangup(${HANGUPCAUSE})"])
    yield from _extension("_to!", ["Goto(away-hold,s,1)"])


def _phone(device: Device) -> str:
    return f"PJSIP/{device.name}" if device.max_contacts == 1 else f"${{PJSIP_DIAL_CONTACTS({device.name})}}"


def _emergency(description: SwitchDescription, ways: tuple[Way, ...]) -> Iterator[str]:
    yield "Set(AWAY=emergency)"
    for number, way in enumerate(ways):
        label = f"(way{number})" if number else ""
        after = f"way{number + 1}" if number + 1 < len(ways) else "over"
        yield f"{label}Set(CALLERID(num)={_trunk(description, way).caller_id or '${CALLERID(num)}'})"
        yield f"Dial(PJSIP/{way.number}@{way.trunk},120)"
        yield f'GotoIf($["${{DIALSTATUS}}" = "CHANUNAVAIL" | "${{DIALSTATUS}}" = "CONGESTION"]?{after}:over)'
    yield "(over)Hangup(${HANGUPCAUSE})"


def _trunk(description: SwitchDescription, way: Way) -> Trunk:
    return next(trunk for trunk in description.trunks if trunk.name == way.trunk)


def _hold(description: SwitchDescription) -> list[str]:
    stasis = f"Stasis({description.app},held,${{AWAY_KIND}},${{{VIA}}},${{AWAY_TRIES}},${{AWAY_DIALLED}})"
    return [
        "Answer()",
        f"Set(AWAY_HELD={_NOW})",
        "Set(AWAY=held)",
        "Set(AWAY_TRIES=0)",
        "StartMusicOnHold(default)",
        "(again)Wait(1)",
        "Set(AWAY_TRIES=$[${AWAY_TRIES} + 1])",
        "Set(AWAY=)",  # a caller whom we take back is no record of a call that we missed
        stasis,
        'GotoIf($["${STASISSTATUS}" != "FAILED"]?taken)',
        "Set(AWAY=held)",
        f"GotoIf($[${{AWAY_TRIES}} < {description.last_resort.after_seconds}]?again)",
        "StopMusicOnHold()",
        "Goto(away-last,s,1)",
        "(taken)Hangup()",
    ]


def _last_resort(description: SwitchDescription) -> list[str]:
    target = description.last_resort.target
    if target is None:
        return ["Hangup(34)"]
    if isinstance(target, str):
        device = next(device for device in description.devices if device.name == target)
        dial = f"Dial({_phone(device)},120)"
        return ["Set(AWAY=last_resort)", dial, "Hangup(${HANGUPCAUSE})"]
    trunk = _trunk(description, target)
    shown = [f"Set(CALLERID(num)={trunk.caller_id})"] if trunk.caller_id else []
    return [
        "Set(AWAY=last_resort)",
        f"Set(GROUP(away)={trunk.name})",
        f"GotoIf($[${{GROUP_COUNT({trunk.name}@away)}} > {trunk.most_channels}]?full)",
        *shown,
        f"Dial(PJSIP/{target.number}@{trunk.name},120)",
        "(full)Hangup(${HANGUPCAUSE})",
    ]


def _record(description: SwitchDescription) -> list[str]:
    line = "|".join((AWAY_SHAPE, *AWAY_FIELDS, "."))
    return [
        'GotoIf($["${AWAY}" = ""]?over)',
        f"Set(FILE({description.away_file},,,al,u)={line})",
        "(over)Return()",
    ]
