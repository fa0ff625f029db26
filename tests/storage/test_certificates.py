"""The house's own authority: browsers trust what it signs, for its names alone."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from switchroom.domain.refusals import Refusal
from switchroom.storage.certificates import (
    BadCertificateName,
    CertificateMissing,
    Certificates,
    CertificateUnusable,
    NameOutsideAuthority,
    Pair,
    fingerprint,
    read,
)

NOW = datetime.now(UTC)


def shakes_hands(own: Certificates, name: str, authority: Path | None = None) -> bool:
    """Whether a browser that trusts the authority comes in by this name."""
    inside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.leaf.load_into(inside)
    outside = ssl.create_default_context(cafile=str(authority or own.authority.certificate))
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = inside.wrap_bio(there, back, server_side=True)
    client = outside.wrap_bio(back, there, server_hostname=name)
    try:
        for _ in range(4):
            for side in (client, server):
                try:
                    side.do_handshake()
                except ssl.SSLWantReadError:
                    continue
    except ssl.SSLCertVerificationError:
        return False
    return client.getpeercert() is not None


def made(folder: Path, *names: str, now: datetime = NOW) -> Certificates:
    own = Certificates(folder)
    own.make(names, now)
    return own


def test_a_browser_that_trusts_the_authority_comes_in_by_each_name_and_no_other(tmp_path: Path) -> None:
    own = made(tmp_path, "pbx.lan", "192.168.1.10", "атс.example")
    for name in ("pbx.lan", "192.168.1.10", "localhost", "127.0.0.1", "::1", "атс.example".encode("idna").decode()):
        assert shakes_hands(own, name), name
    assert not shakes_hands(own, "bank.example")
    another = made(tmp_path / "another", "pbx.lan")
    assert not shakes_hands(own, "pbx.lan", another.authority.certificate)


def test_the_authority_stays_for_names_that_it_may_sign_and_is_made_anew_only_when_told(tmp_path: Path) -> None:
    own = made(tmp_path, "pbx.lan")
    before = fingerprint(own.authority.certificate)
    own.make(["crm.pbx.lan", "10.0.0.7"], NOW)
    assert fingerprint(own.authority.certificate) == before
    assert shakes_hands(own, "crm.pbx.lan")
    assert shakes_hands(own, "10.0.0.7")
    for outside in ("bank.example", "notpbx.lan", "203.0.113.9"):
        with pytest.raises(NameOutsideAuthority):
            own.make([outside], NOW)
    assert shakes_hands(own, "10.0.0.7")
    own.make(["203.0.113.9"], NOW, new_authority=True)
    assert fingerprint(own.authority.certificate) != before
    assert shakes_hands(own, "203.0.113.9")


def test_the_keys_are_for_their_owner_alone(tmp_path: Path) -> None:
    own = made(tmp_path, "pbx.lan")
    assert own.authority.key is not None
    for secret in (own.authority.key, own.leaf.certificate):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert "PRIVATE" not in own.authority.certificate.read_text()


def test_a_certificate_that_ends_soon_is_renewed_for_the_same_names(tmp_path: Path) -> None:
    own = made(tmp_path, "pbx.lan", now=NOW - timedelta(days=380))
    before = read(own.leaf.certificate).serial_number
    assert own.leaf.ends - NOW < timedelta(days=30)
    assert own.renew(NOW)
    assert not own.renew(NOW)
    assert read(own.leaf.certificate).serial_number != before
    assert own.leaf.ends - NOW > timedelta(days=390)
    assert own.leaf.ends - NOW < timedelta(days=398)
    assert shakes_hands(own, "pbx.lan")


@pytest.mark.parametrize("name", ["", "a b", "*.lan", "-x.lan", "x" * 64 + ".lan", "http://pbx.lan", "pbx..lan", "a/b"])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadCertificateName) as refused:
        made(tmp_path, name)
    assert repr(name)[1:-1] in refused.value.sentence("ru")
    assert not Certificates(tmp_path).are_there


@pytest.mark.parametrize("text", [
    None, "", "garbage", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
])
def test_a_file_that_holds_no_certificate_is_named(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "given.pem"
    if text is not None:
        file.write_text(text)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    for look in (lambda: Pair(file).ends, lambda: Pair(file).load_into(context)):
        with pytest.raises(CertificateUnusable) as refused:
            look()
        assert str(file) in refused.value.sentence("en")


def test_the_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    one, other = made(tmp_path / "one", "pbx.lan"), made(tmp_path / "other", "pbx.lan")
    with pytest.raises(CertificateUnusable):
        Pair(one.authority.certificate, other.authority.key).load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER))


def test_refusals_say_what_to_do() -> None:
    missing: Refusal = CertificateMissing(folder="data")
    assert "switchroom certificate" in missing.sentence("en")
    assert "switchroom certificate" in missing.sentence("ru")
