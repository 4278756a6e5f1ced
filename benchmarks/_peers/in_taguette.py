"""Taguette's work, asked of its server as its web page does."""

from __future__ import annotations

import http.cookiejar
import json
import re
import socket
import subprocess
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks._peers.corpus import Files

_LINK = re.compile(rb"http://localhost:[0-9]+/\?token=[0-9a-f]+")


class Taguette:
    """A running server with one project."""

    def __init__(self, link: str) -> None:
        self.root = link.partition("/?")[0]
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self._get(link)
        self._get(f"{self.root}/project/new")
        fields = {"name": "Corpus A", "description": "", "_xsrf": self._token()}
        with self.opener.open(f"{self.root}/project/new", urlencode(fields).encode()) as answer:
            self.project = answer.geturl().partition("/project/")[2].partition("/")[0]

    def _get(self, link: str) -> bytes:
        with self.opener.open(link) as answer:
            data: bytes = answer.read()
        return data

    def _token(self) -> str:
        return next(str(cookie.value) for cookie in self.jar if cookie.name == "_xsrf")

    def _post(self, path: str, body: bytes, kind: str) -> dict[str, int]:
        request = urllib.request.Request(
            f"{self.root}/api/project/{self.project}/{path}", body,
            {"Content-Type": kind, "X-XSRFToken": self._token()},
        )  # fmt: skip
        with self.opener.open(request) as answer:
            found: dict[str, int] = json.load(answer)
        return found

    def add_document(self, page: Path) -> int:
        """Upload a page; return its number."""
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in (("name", page.stem), ("description", ""))
        ]
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{page.name}"\r\n'
            "Content-Type: text/html\r\n\r\n"
        )
        body = "".join(parts) + head
        whole = body.encode() + page.read_bytes() + f"\r\n--{edge}--\r\n".encode()
        return self._post("document/new", whole, f"multipart/form-data; boundary={edge}")["created"]

    def add_tag(self, name: str) -> int:
        """Create a tag; return its number."""
        body = json.dumps({"path": name, "description": ""}).encode()
        return self._post("tag/new", body, "application/json")["id"]

    def add_highlight(self, document: int, start: int, end: int, tag: int) -> None:
        """Put a tag on a stretch; offsets count UTF-8 bytes."""
        body = json.dumps({"start_offset": start, "end_offset": end, "tags": [tag]}).encode()
        self._post(f"document/{document}/highlight/new", body, "application/json")

    def excerpts(self) -> bytes:
        """Return all highlights as CSV."""
        return self._get(f"{self.root}/project/{self.project}/export/highlights/.csv")


@contextmanager
def serving(program: Path, folder: Path) -> Iterator[Taguette]:
    """Run a server on a database of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    database = f"sqlite:///{folder / 'taguette.db'}"
    command = [str(program), "--no-browser", "--database", database, "-p", port]
    environment = {"HOME": str(folder), "PATH": str(program.parent)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as server:
        try:
            assert server.stdout is not None
            link = next(filter(None, map(_LINK.search, server.stdout)))
            yield Taguette(link[0].decode())
        finally:
            server.terminate()


def timed(taguette: Taguette, files: Files, highlights: int) -> dict[str, float]:
    """Return the seconds of each piece of work."""
    start = time.perf_counter()
    numbers = {page.stem: taguette.add_document(page) for page in sorted(files.pages.iterdir())}
    imported = time.perf_counter() - start
    rows = json.loads(files.codings.read_text(encoding="utf-8"))[:highlights]
    tags = {name: taguette.add_tag(name) for name in sorted({row[4] for row in rows})}
    start = time.perf_counter()
    for document, _line, first, last, code in rows:
        taguette.add_highlight(numbers[document], first, last, tags[code])
    coded = time.perf_counter() - start
    start = time.perf_counter()
    table = taguette.excerpts()
    exported = time.perf_counter() - start
    found = table.count(b"\n") - 1
    assert found >= highlights, f"{found} of {highlights} highlights came out"
    return {"import": imported, "codings": coded, "excerpts": exported}
