"""A server that answers as the offices' do: recorded answers, cut short, and all their errors; here alone."""

import io
import json
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

RECORDED = (Path(__file__).parent / "recordings" / "AI-N-01-2-5.csv").read_bytes()
USER, PASSWORD = "RE001234", "geheim-4711"
PAGE = b"<!DOCTYPE html><html><body>Wartungsarbeiten</body></html>"


@dataclass
class Offices:
    """What the server has and how it misbehaves; `heard` are its requests as (method, path, form, headers)."""

    files: dict[str, bytes] = field(default_factory=dict)
    tables: dict[str, bytes] = field(default_factory=dict)
    large: set[str] = field(default_factory=set)
    newest: str = "01.01.2026"
    redirect: str = ""
    cut_once: bool = False
    codes: dict[str, int] = field(default_factory=dict)
    lets_in: bool = True
    heard: list[tuple[str, str, dict[str, str], dict[str, str]]] = field(default_factory=list)
    jobs: dict[str, int] = field(default_factory=dict)

    def paths(self) -> list[str]:
        return [path for _, path, _, _ in self.heard]


def archive(content: bytes) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("table_de_flat.csv", content)
    return body.getvalue()


def said(code: int, content: str = "") -> bytes:
    return json.dumps({"Status": {"Code": code, "Content": content, "Type": "Information"}}).encode()


@contextmanager
def serving(offices: Offices) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            offices.heard.append(("GET", path, {}, dict(self.headers)))
            if path == "/moved":
                self.answer(200, PAGE, "text/html")
            elif offices.redirect and path.endswith(offices.redirect):
                self.answer(302, b"", more={"Location": "/moved"})
            elif path not in offices.files:
                self.answer(404, PAGE, "text/html")
            else:
                self.file(offices.files[path])

        def file(self, content: bytes) -> None:
            tag = f'"{hash(content)}"'
            if self.headers.get("If-None-Match") == tag:
                self.answer(304, b"")
                return
            begin = 0
            if self.headers.get("Range") and self.headers.get("If-Range") == tag:
                begin = int(self.headers["Range"].removeprefix("bytes=").removesuffix("-"))
            self.send_response(206 if begin else 200)
            self.send_header("ETag", tag)
            self.send_header("Content-Type", "application/octet-stream")
            self.send_header("Content-Length", str(len(content) - begin))
            self.end_headers()
            if offices.cut_once:
                offices.cut_once, half = False, len(content) // 2
                self.wfile.write(content[:half])
                self.wfile.flush()
                self.close_connection = True
                self.connection.shutdown(2)
                return
            self.wfile.write(content[begin:])

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            method = self.path.rsplit("/2020/", 1)[-1]
            offices.heard.append(("POST", method, form, dict(self.headers)))
            if not offices.lets_in or self.headers.get("password") != PASSWORD:
                self.answer(401, json.dumps({"Code": 15, "Content": f"{self.headers.get('password')}"}).encode())
            elif method == "helloworld/logincheck":
                self.answer(200, json.dumps({"Status": "Sie wurden erfolgreich an- und abgemeldet!"}).encode())
            elif method == "data/tablefile":
                self.table(form)
            elif method == "catalogue/results":
                job = form["selection"]
                offices.jobs[job] = offices.jobs.get(job, 0) + 1
                # Not ready at the first look.
                done = [{"Code": job, "State": "Fertig"}] if offices.jobs[job] > 1 else []
                self.answer(200, json.dumps({"Status": {"Code": 0}, "List": done}).encode())
            elif method == "data/resultfile":
                self.answer(200, archive(offices.tables[form["name"].rsplit("_", 1)[0]]), "application/zip")

        def table(self, form: dict[str, str]) -> None:
            code = form["name"]
            if code in offices.codes:
                self.answer(200, said(offices.codes[code]))
            elif code not in offices.tables:
                self.answer(200, said(90))
            elif form.get("stand") and form["stand"][6:] >= offices.newest[6:]:
                self.answer(200, said(50))
            elif code in offices.large and form["job"] != "true":
                self.answer(200, said(98))
            elif code in offices.large:
                words = f"Die Tabelle kann mit folgendem Namen abgerufen werden: {code}_001597503"
                self.answer(200, said(99, words))
            else:
                self.answer(200, archive(offices.tables[code]), "application/zip")

        def answer(
            self, status: int, body: bytes, kind: str = "application/json", more: dict[str, str] | None = None
        ) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **(more or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
