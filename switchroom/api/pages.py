"""The browser client: built files, compressed beforehand, and one page for every address of its own."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Scope

_ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
_FOREVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"
_NOT_BUILT = """<!doctype html><meta charset="utf-8"><title>Switchroom</title>
<p>The pages have not been built. The API works: <a href="/api/docs">/api/docs</a>. ./start builds the pages.</p>
<p lang="ru">Страницы не собраны. API работает: <a href="/api/docs">/api/docs</a>. Страницы собирает ./start.</p>"""


@dataclass(frozen=True, slots=True)
class Page:
    """One built file in each of its encodings; `etag` says which build it is."""

    bodies: Mapping[str, bytes]
    kind: str
    etag: str
    lasting: bool
    """Its name changes with its content, so that a browser may keep it."""

    def answer(self, headers: Headers) -> Response:
        """As this browser can take it."""
        if headers.get("If-None-Match") == self.etag:
            return Response(status_code=304, headers={"ETag": self.etag})
        encoding = self._encoding(headers.get("Accept-Encoding", ""))
        said = {"ETag": self.etag, "Cache-Control": _FOREVER if self.lasting else _ASK_EACH_TIME,
                "Vary": "Accept-Encoding"}
        if encoding:
            said["Content-Encoding"] = encoding
        return Response(self.bodies[encoding], headers=said, media_type=self.kind)

    def _encoding(self, accepted: str) -> str:
        known = {part.partition(";")[0].strip() for part in accepted.split(",")}
        return next((name for name, _ in _ENCODINGS if name in known and name in self.bodies), "")


def read_pages(folder: Path) -> dict[str, Page]:
    """All built files by their address; empty if nothing was built."""
    packed = tuple(suffix for _, suffix in _ENCODINGS)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in packed]
    return {"/" + path.relative_to(folder).as_posix(): _read(folder, path) for path in files}


def _read(folder: Path, path: Path) -> Page:
    plain = path.read_bytes()
    bodies = {"": plain}
    for name, suffix in _ENCODINGS:
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            bodies[name] = beside.read_bytes()
    kind = "application/manifest+json" if path.suffix == ".webmanifest" else mimetypes.guess_type(path.name)[0]
    return Page(bodies, kind or "application/octet-stream", f'"{sha256(plain).hexdigest()[:20]}"',
                lasting=path.relative_to(folder).parts[0] == "assets")


class _LastRoute(Route):
    """Whatever is not a door's; a door that is asked in a wrong way says so itself."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """None of ours below the doors."""
        if scope.get("path", "").startswith(("/api/", "/phone/")):
            return Match.NONE, {}
        return super().matches(scope)


def pages_route(folder: Path) -> Route:
    """The last route of all: what no door takes is a file of the client, or an address inside it."""
    pages = read_pages(folder)

    async def serve(request: Request) -> Response:
        path = request.url.path
        if path in pages:
            return pages[path].answer(request.headers)
        if PurePosixPath(path).suffix:
            return Response(status_code=404)
        front = pages.get("/index.html")
        if front is None:
            return Response(_NOT_BUILT, status_code=503, media_type="text/html")
        return front.answer(request.headers)

    return _LastRoute("/{path:path}", serve, methods=["GET", "HEAD"])
