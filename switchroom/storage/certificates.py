"""The house's own certificate authority, and the certificate of its doors: files of the data folder.

An authority signs for the names that it was made for and for private addresses, and browsers hold it to that: whoever
stole its key could not stand in for anybody else. Source: RFC 5280 (4.2.1.10, name constraints).
"""

import ipaddress
import os
import re
import ssl
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from switchroom.domain.refusals import Refusal

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAME = re.compile(r"^(?=.{1,253}$)([a-z0-9_]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$")
_HERE = ("localhost", "127.0.0.1", "::1")
_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8", "fc00::/7", "fe80::/10",
            "::1/128")  # fmt: skip
AUTHORITY_LASTS, LEAF_LASTS = timedelta(days=3650), timedelta(days=397)
"""Browsers take no certificate that lasts longer than 398 days."""
RENEWED_BEFORE = timedelta(days=30)
_CLOCKS_DIFFER = timedelta(days=1)


class BadCertificateName(Refusal):
    """It can't stand in a certificate."""

    code = "certificate.bad_name"
    status = 422
    en = "{name} is neither a name like pbx.example nor an address like 192.168.1.10."
    ru = "{name}: это не имя вроде pbx.example и не адрес вроде 192.168.1.10."


class NameOutsideAuthority(Refusal):
    """The authority may not sign for it."""

    code = "certificate.name_outside"
    en = "The authority was made for other names and can't sign for {name}. Make a new one and install it anew: {todo}"
    ru = "Центр сертификации создан для других имён и не подпишет {name}. Создайте и установите новый: {todo}"


class CertificateMissing(Refusal):
    """The doors can't be opened over https without."""

    code = "certificate.missing"
    en = "There is no certificate in {folder}. Make one: switchroom certificate NAME, with the names of this machine."
    ru = "В папке {folder} нет сертификата. Создайте его: switchroom certificate ИМЯ, с именами этой машины."


class CertificateUnusable(Refusal):
    """What was named is none, or not whole."""

    code = "certificate.unusable"
    en = "The certificate {file} can't be used: {why}."
    ru = "Сертификатом {file} нельзя пользоваться: {why}."


@dataclass(frozen=True, slots=True)
class Pair:
    """A certificate and its key; one file may hold both."""

    certificate: Path
    key: Path | None = None

    def load_into(self, context: ssl.SSLContext) -> None:
        """Raises: CertificateUnusable."""
        try:
            context.load_cert_chain(self.certificate, self.key)
        except OSError as why:  # ssl's errors are kinds of it
            raise CertificateUnusable(file=self.certificate, why=why.strerror or why) from None

    @property
    def ends(self) -> datetime:
        """When it is good no more. Raises: CertificateUnusable."""
        return read(self.certificate).not_valid_after_utc

    @property
    def names(self) -> tuple[str, ...]:
        """Names by which the doors are reached; not the addresses. Raises: CertificateUnusable."""
        return tuple(name for name in _names_of(read(self.certificate)) if not isinstance(_parsed(name), Address))


class Certificates:
    """Of one house."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "certificates"
        self.authority = Pair(self._folder / "authority.crt", self._folder / "authority.key")
        self.leaf = Pair(self._folder / "house.pem")

    @property
    def are_there(self) -> bool:
        """Whether they were made."""
        return self.leaf.certificate.exists()

    def make(self, names: Sequence[str], now: datetime, *, new_authority: bool = False) -> None:
        """A certificate for these names; an authority, too, if there is none.

        Raises: BadCertificateName; NameOutsideAuthority; CertificateUnusable.
        """
        wanted = tuple(dict.fromkeys((*(_checked(name) for name in names), *_HERE)))
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if new_authority or not self.authority.certificate.exists():
            self._make_authority(wanted, now)
        self._sign(wanted, now)

    def renew(self, now: datetime) -> bool:
        """Make the certificate anew if it ends soon; whether it was. Raises: CertificateUnusable."""
        if not self.are_there or self.leaf.ends - now > RENEWED_BEFORE:
            return False
        self._sign(_names_of(read(self.leaf.certificate)), now)
        return True

    def _make_authority(self, names: Iterable[str], now: datetime) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _called(f"Switchroom: {next(iter(names))}")
        certificate = (
            _begun(name, name, key.public_key(), now, AUTHORITY_LASTS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs=True), critical=True)
            .add_extension(_constraints(names), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        assert self.authority.key is not None
        _write(self.authority.key, _pem(key), 0o600)
        _write(self.authority.certificate, certificate.public_bytes(serialization.Encoding.PEM), 0o644)

    def _sign(self, names: tuple[str, ...], now: datetime) -> None:
        authority, its_key = read(self.authority.certificate), _read_key(self.authority)
        for name in names:
            _must_fit(name, authority)
        key = ec.generate_private_key(ec.SECP256R1())
        public = its_key.public_key()
        certificate = (
            _begun(_called(names[0]), authority.subject, key.public_key(), now, LEAF_LASTS)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signs=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(public), critical=False)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(its_key, hashes.SHA256())
        )
        both = certificate.public_bytes(serialization.Encoding.PEM) + _pem(key)  # one file: they can't fall apart
        _write(self.leaf.certificate, both, 0o600)


def read(path: Path) -> x509.Certificate:
    """The first certificate of a file. Raises: CertificateUnusable."""
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except OSError as why:
        raise CertificateUnusable(file=path, why=why.strerror or why) from None
    except ValueError as why:
        raise CertificateUnusable(file=path, why=why) from None


def fingerprint(path: Path) -> str:
    """By which people compare it: SHA-256, in pairs of digits. Raises: CertificateUnusable."""
    return read(path).fingerprint(hashes.SHA256()).hex(":").upper()


def _checked(name: str) -> str:
    parsed = _parsed(name)
    if isinstance(parsed, Address):
        return str(parsed)
    if not _NAME.match(parsed):
        raise BadCertificateName(name=name)
    return parsed


def _parsed(name: str) -> Address | str:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        pass
    try:
        return name.encode("idna").decode().lower()
    except UnicodeError:
        return name


def _general(name: str) -> x509.GeneralName:
    parsed = _parsed(name)
    return x509.IPAddress(parsed) if isinstance(parsed, Address) else x509.DNSName(parsed)


def _names_of(certificate: x509.Certificate) -> tuple[str, ...]:
    try:
        told = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return ()
    return (*told.get_values_for_type(x509.DNSName), *map(str, told.get_values_for_type(x509.IPAddress)))


def _constraints(names: Iterable[str]) -> x509.NameConstraints:
    parsed = [_parsed(name) for name in names]
    networks = [ipaddress.ip_network(network) for network in _PRIVATE]
    networks += [ipaddress.ip_network(one) for one in parsed if isinstance(one, Address)]
    allowed: list[x509.GeneralName] = [x509.DNSName(one) for one in parsed if isinstance(one, str)]
    allowed += [x509.IPAddress(network) for network in dict.fromkeys(networks)]
    return x509.NameConstraints(permitted_subtrees=allowed, excluded_subtrees=None)


def _must_fit(name: str, authority: x509.Certificate) -> None:
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or ()
    parsed = _parsed(name)
    if isinstance(parsed, Address):
        networks = [ipaddress.ip_network(str(one.value)) for one in permitted if isinstance(one, x509.IPAddress)]
        fits = any(parsed in network for network in networks)
    else:
        bases = [one.value for one in permitted if isinstance(one, x509.DNSName)]
        fits = any(parsed == base or parsed.endswith(f".{base}") for base in bases)
    if not fits:
        raise NameOutsideAuthority(name=name, todo=f"switchroom certificate --new-authority {name}")


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    begins = now.astimezone(UTC) - _CLOCKS_DIFFER
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + lasts)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs, key_cert_sign=signs, crl_sign=signs, content_commitment=False,
        key_encipherment=False, data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _read_key(pair: Pair) -> ec.EllipticCurvePrivateKey:
    assert pair.key is not None
    try:
        key = serialization.load_pem_private_key(pair.key.read_bytes(), None)
    except (OSError, ValueError, TypeError) as why:
        raise CertificateUnusable(file=pair.key, why=why) from None
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, *plain)


def _write(path: Path, data: bytes, mode: int) -> None:
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
    fresh.replace(path)
