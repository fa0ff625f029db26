"""The configuration files round SIP and dialplan: folders, ARI, sound, logs."""

from pathlib import Path

from switchroom.switch.asterisk.description import SwitchDescription
from switchroom.switch.asterisk.heard import MOVED_TO
from switchroom.switch.asterisk.quality import VARIABLE
from switchroom.switch.asterisk.sections import Value, file, section

LANGUAGES = {"ru": "ru_RU_f_IvrvoiceRU", "en": "en_US_f_Allison"}
_EMPTY = (
    "websocket_client", "chan_websocket", "pjsip_notify", "res_http_media_cache", "features", "ccss", "acl", "udptl",
    "res_fax", "amd", "queues", "queuerules", "confbridge", "codecs", "cli", "cli_permissions", "extconfig",
    "dnsmgr", "stasis_broadcast", "aoc", "manager", "res_stun_monitor", "geolocation",
)
_DECLINED = (
    "ast_channel_varset_type", "ast_channel_dial_type", "ast_channel_dtmf_begin_type", "ast_channel_moh_start_type",
    "ast_channel_moh_stop_type", "ast_channel_chanspy_start_type", "ast_channel_chanspy_stop_type",
    "ast_channel_entered_bridge_type", "ast_channel_left_bridge_type", "ast_channel_hangup_handler_push_type",
    "ast_channel_hangup_handler_pop_type", "ast_channel_hangup_handler_run_type", "ast_rtp_rtcp_sent_type",
    "ast_rtp_rtcp_received_type", "cdr_sync_message_type",
)
# National tones: ITU-T E.180 Supplement 2.
_TONES = {
    "ru": {
        "description": "Russian Federation", "ringcadence": "1000,4000", "dial": "425", "busy": "425/350,0/350",
        "ring": "425/1000,0/4000", "congestion": "425/175,0/175", "callwaiting": "425/200,0/5000",
        "dialrecall": "425/400,0/40", "record": "1400/400,0/15000", "info": "950/330,1400/330,1800/330,0/1000",
        "stutter": "425/400,0/40",
    },
    "us": {
        "description": "United States", "ringcadence": "2000,4000", "dial": "350+440", "busy": "480+620/500,0/500",
        "ring": "440+480/2000,0/4000", "congestion": "480+620/250,0/250", "callwaiting": "440/300,0/10000",
        "dialrecall": "!350+440/100,!0/100,!350+440/100,!0/100,!350+440/100,!0/100,350+440",
        "record": "1400/500,0/15000", "info": "!950/330,!1400/330,!1800/330,0", "stutter": "350+440",
    },
    "de": {
        "description": "Germany", "ringcadence": "1000,4000", "dial": "425", "busy": "425/480,0/480",
        "ring": "425/1000,0/4000", "congestion": "425/240,0/240",
        "callwaiting": "!425/200,!0/200,!425/200,!0/5000,!425/200,!0/200,!425/200,!0/5000", "dialrecall": "425/80,0/80",
        "record": "1400/80,0/15000", "info": "950/330,0/200,1400/330,0/200,1800/330,0/1000", "stutter": "425+400",
    },
}


def frame_files(description: SwitchDescription) -> dict[str, str]:
    """Every file but those of SIP, dialplan and modules."""
    return {
        **{f"{name}.conf": "" for name in _EMPTY},
        "asterisk.conf": _asterisk(description), "http.conf": _http(description), "ari.conf": _ari(description),
        "rtp.conf": _rtp(description), "logger.conf": _logger(), "musiconhold.conf": _music(description),
        "indications.conf": _indications(description), "sorcery.conf": _sorcery(),
        "stasis.conf": _stasis(),
        "pjproject.conf": file([section("startup", {"type": "startup", "log_level": 2})]),
        # Call records are our own facts; Asterisk's would cost something at every call.
        "cdr.conf": file([section("general", {"enable": False})]),
        "cel.conf": file([section("general", {"enable": False})]),
    }


def links(description: SwitchDescription) -> dict[Path, Path]:
    """Links that the instance needs: link to target."""
    data, shared = description.folder / "data", description.root.shared
    sounds = {data / "sounds" / name: shared / "sounds" / folder for name, folder in LANGUAGES.items()}
    return sounds | {data / name: shared / name for name in ("documentation", "rest-api", "static-http")}


def folders(description: SwitchDescription) -> list[Path]:
    """Folders that must be there before the start."""
    parts = ("etc", "lib/agi", "data/sounds", "db", "keys/keys", "spool/recording", "run", "log", "cache")
    return [description.folder / part for part in parts]


def _asterisk(description: SwitchDescription) -> str:
    own, root = description.folder, description.root
    places = {
        "astetcdir": own / "etc", "astmoddir": root.modules, "astvarlibdir": own / "lib", "astdbdir": own / "db",
        "astkeydir": own / "keys", "astdatadir": own / "data", "astagidir": own / "lib/agi",
        "astspooldir": own / "spool", "astrundir": own / "run", "astlogdir": own / "log",
        "astsbindir": root.folder / "usr/sbin", "astcachedir": own / "cache",
    }
    options: dict[str, Value] = {
        "nocolor": True, "live_dangerously": False, "documentation_language": "en", "maxfiles": 65536,
        "defaultlanguage": description.language, "hideconnect": True, "verbose": 0,
    }
    directories = section("directories", {key: str(place) for key, place in places.items()})
    return file([directories, section("options", options)])


def _http(description: SwitchDescription) -> str:
    # Browsers' SIP counts as sessions, too: with the usual 100 the 101st phone would lock ARI out.
    return file([section("general", {
        "enabled": True, "bindaddr": "127.0.0.1", "bindport": description.ports.http, "enable_static": False,
        "sessionlimit": 5000, "session_inactivity": 30000, "session_keep_alive": 30000,
    })])


def _ari(description: SwitchDescription) -> str:
    user: dict[str, Value] = {
        "type": "user", "password": description.ari_password, "password_format": "plain", "read_only": False,
    }
    # What was measured of a channel comes with its last events: when they have come, nobody can ask for it any more.
    told = f"{VARIABLE},{MOVED_TO}"
    general: dict[str, Value] = {"enabled": True, "websocket_write_timeout": 1000, "channelvars": told}
    return file([section("general", general),
                 section(description.ari_user, user)])


def _rtp(description: SwitchDescription) -> str:
    return file([section("general", {
        "rtpstart": description.ports.rtp_first, "rtpend": description.ports.rtp_last, "icesupport": True,
        "strictrtp": True,
    })])


def _stasis() -> str:
    """What nobody hears is not even told inside Asterisk: that is a tenth of its work for a call."""
    pool = section("threadpool", {"initial_size": 5, "idle_timeout_sec": 20, "max_size": 50})
    return file([pool, section("declined_message_types", {"decline": _DECLINED})])


def _logger() -> str:
    return file([section("general", {"rotatestrategy": "rotate", "use_callids": True, "dateformat": "%F %T.%3q"}),
                 section("logfiles", {"messages.log": "notice,warning,error", "security.json": "[json]security"})])


def _music(description: SwitchDescription) -> str:
    classes = {"default": description.root.shared / "moh"} | description.music
    return file([section(name, {"mode": "files", "directory": str(folder), "sort": "random"})
                 for name, folder in classes.items()])


def _indications(description: SwitchDescription) -> str:
    zone = description.tone_zone if description.tone_zone in _TONES else "us"
    return file([section("general", {"country": zone}), *(section(name, tones) for name, tones in _TONES.items())])


def _sorcery() -> str:
    """Each kind of object from the file, and beside it in memory: those are made through ARI."""
    homes = {
        "res_pjsip": ("endpoint", "auth", "aor"), "res_pjsip_endpoint_identifier_ip": ("identify",),
        "res_pjsip_outbound_registration": ("registration",),
    }
    text = ""
    for module, kinds in homes.items():
        lines = "".join(f"{kind} = config,pjsip.conf,criteria=type={kind}\n{kind} = memory\n" for kind in kinds)
        contact = "contact = astdb,registrator\n" if module == "res_pjsip" else ""
        text += f"[{module}]\n{lines}{contact}\n"
    return text
