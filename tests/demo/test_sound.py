"""The sound of the demo's phones, and their ears for hostile datagrams."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.phone.sip import NotSip, answer_of, parse, proof
from demo.phone.sound import PCMA, PCMU, decode, encode, loudness_of, tone


@pytest.mark.parametrize(("codec", "octet", "value"), [
    (PCMA, 0xD5, 8), (PCMA, 0x55, -8), (PCMA, 0xAA, 32256), (PCMU, 0xFF, 0), (PCMU, 0x80, 32124), (PCMU, 0x00, -32124),
])
def test_known_octets_of_g711_decode_as_the_standard_says(codec: int, octet: int, value: int) -> None:
    assert decode(bytes([octet]), codec)[0] == value


@pytest.mark.parametrize("codec", [PCMA, PCMU])
def test_a_tone_survives_the_codec(codec: int) -> None:
    heard = decode(encode(tone(440, 0.5), codec), codec)
    assert loudness_of(heard, 440) == pytest.approx(0.3, abs=0.02)
    assert loudness_of(heard, 1000) < 0.01


@pytest.mark.parametrize("codec", [PCMA, PCMU])
def test_every_octet_comes_back_as_itself_or_as_its_equal(codec: int) -> None:
    octets = bytes(range(256))
    once = decode(octets, codec)
    assert np.array_equal(decode(encode(once, codec), codec), once)


def test_silence_has_no_tone() -> None:
    assert loudness_of(np.zeros(4000, np.int16), 440) == 0


@given(st.binary(max_size=400))
def test_garbage_is_no_sip(data: bytes) -> None:
    with pytest.raises(NotSip):
        parse(data)


def test_the_proof_of_rfc_2617_is_made_with_its_own_nonce_count() -> None:
    made = proof("REGISTER", "sip:a", "anna", "pw", 'Digest realm="r", nonce="n", qop="auth", opaque="o"')
    assert made.startswith('Digest username="anna", realm="r", nonce="n", uri="sip:a", response="')
    assert 'opaque="o"' in made


def test_a_session_without_a_codec_of_ours_is_no_agreement() -> None:
    body = "c=IN IP4 127.0.0.1\r\nm=audio 4000 RTP/AVP 9 111\r\n"
    assert answer_of(body, (PCMA, PCMU)) is None
    assert answer_of(body.replace("9 111", "9 0 8"), (PCMA, PCMU)) == (("127.0.0.1", 4000), PCMU)
