"""The modules of Asterisk that we load: named one by one, so that nothing listens or runs that we don't use."""

_GROUPS = (
    # the ground
    "res_timing_timerfd res_crypto res_sorcery_config res_sorcery_memory res_sorcery_astdb res_pjproject "
    "res_http_websocket res_websocket_client res_security_log",
    # ARI
    "res_stasis res_stasis_answer res_stasis_playback res_stasis_recording res_stasis_snoop res_stasis_device_state "
    "res_stasis_broadcast res_ari res_ari_model res_ari_applications res_ari_asterisk res_ari_bridges "
    "res_ari_channels res_ari_device_states res_ari_endpoints res_ari_events res_ari_playbacks res_ari_recordings "
    "res_ari_sounds app_stasis app_stasis_broadcast",
    # SIP: no anonymous identifier, no messages, no presence: nobody asked for them
    "res_rtp_asterisk res_srtp res_pjsip res_pjsip_session res_pjsip_sdp_rtp res_pjsip_caller_id "
    "res_pjsip_dtmf_info res_pjsip_empty_info res_pjsip_endpoint_identifier_ip res_pjsip_endpoint_identifier_user "
    "res_pjsip_authenticator_digest res_pjsip_outbound_authenticator_digest res_pjsip_outbound_registration "
    "res_pjsip_registrar res_pjsip_nat res_pjsip_path res_pjsip_refer res_pjsip_rfc3326 res_pjsip_diversion "
    "res_pjsip_header_funcs res_pjsip_transport_websocket res_pjsip_pubsub res_pjsip_acl res_pjsip_dlg_options "
    "res_pjsip_rfc3329 res_pjsip_t38 res_fax res_fax_spandsp res_pjsip_outbound_publish",
    # channels and bridges
    "chan_pjsip chan_rtp chan_bridge_media chan_audiosocket res_audiosocket chan_websocket res_rtp_multicast "
    "bridge_simple bridge_native_rtp bridge_softmix bridge_holding bridge_builtin_features",
    # sound
    "codec_ulaw codec_alaw codec_a_mu codec_g722 codec_gsm codec_resample codec_opus_open_source codec_speex "
    "codec_g726 format_pcm format_wav format_gsm format_sln format_wav_gsm format_ogg_opus_open_source "
    "res_format_attr_opus res_format_attr_h264 res_format_attr_vp8 res_musiconhold res_mutestream res_tonedetect",
    # the dialplan: no shell, no originating, no fetching of addresses
    "pbx_config app_dial app_playback app_echo app_queue app_amd app_mixmonitor app_record app_stack app_verbose "
    "app_exec app_transfer app_userevent app_talkdetect app_chanspy app_read app_senddtmf app_milliwatt "
    "app_playtones app_directed_pickup app_while func_talkdetect func_channel func_callerid func_strings func_logic "
    "func_timeout func_volume func_hangupcause func_pjsip_endpoint func_pjsip_contact func_pjsip_aor func_db "
    "func_global func_jitterbuffer func_cut func_groupcount func_uri func_env func_periodic_hook func_math "
    "func_frame_trace",
)
MODULES = tuple(name for group in _GROUPS for name in group.split())
RELOADED_FOR = {
    "pjsip.conf": ("res_pjsip.so", "res_pjsip_endpoint_identifier_ip.so", "res_pjsip_outbound_registration.so"),
    "extensions.conf": ("pbx_config.so",),
    "musiconhold.conf": ("res_musiconhold.so",),
}
"""What is told to read a changed file again; a change of any other file needs a new start."""


def modules_conf() -> str:
    """All of modules.conf."""
    return "[modules]\nautoload = no\n" + "".join(f"load = {name}.so\n" for name in MODULES)
