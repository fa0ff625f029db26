"""`switchroom certificate`: an authority of one's own, and a certificate for the names of this machine."""

from collections.abc import Sequence
from datetime import UTC, datetime

from switchroom import house
from switchroom.cli.console import say, show
from switchroom.domain.titles import Title
from switchroom.settings import Settings
from switchroom.storage.certificates import Certificates, fingerprint


def make(settings: Settings, names: Sequence[str], *, new_authority: bool) -> None:
    """Make them, and tell what to do with them.

    Raises: FolderUnusable; BadCertificateName; NameOutsideAuthority; CertificateUnusable.
    """
    house.make_folder(settings.data)
    own = Certificates(settings.data)
    own.make(names, datetime.now(UTC), new_authority=new_authority)
    authority = own.authority.certificate
    say(
        Title(
            "The certificate is made. Start over https: ./start --https --listen 0.0.0.0:8443 --sip-bind 0.0.0.0\n"
            "Let each browser trust the authority once: open /api/certificate-authority there, compare the "
            "fingerprint, and install it among the authorities for web sites. The authority and its fingerprint:",
            "Сертификат создан. Запустите по https: ./start --https --listen 0.0.0.0:8443 --sip-bind 0.0.0.0\n"
            "Один раз на каждой машине добавьте центр сертификации в доверенные: откройте в браузере "
            "/api/certificate-authority, сверьте отпечаток и установите его для веб-сайтов. Файл и отпечаток:",
        )
    )
    show(str(authority.resolve()))
    show(fingerprint(authority))
