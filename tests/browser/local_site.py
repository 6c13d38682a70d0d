"""The local web site: the pages of `pages/`, and answers that only a program can give."""

import asyncio
import gzip
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

PAGES = Path(__file__).parent / "pages"
PARAGRAPH = "<p>Northwind Foods raised its dividend for the ninth year in a row, the company said on Monday.</p>"
_asked: Counter[str] = Counter()


async def _status(request: Request) -> Response:
    code = int(request.path_params["code"])
    return HTMLResponse(f"<h1>{code}</h1>", status_code=code, headers={"retry-after": "7"} if code == 429 else None)


async def _redirect(request: Request) -> Response:
    return RedirectResponse(request.query_params["to"])


async def _loop(request: Request) -> Response:
    return RedirectResponse(request.url_for("loop"))


async def _never_ends(_: Request) -> Response:
    async def drip() -> AsyncIterator[str]:
        yield "<html><body><h1>Slow</h1><p>The part that came.</p>"
        while True:
            await asyncio.sleep(0.2)
            yield "<!-- drip -->"

    return StreamingResponse(drip(), media_type="text/html")


async def _never_begins(_: Request) -> Response:
    await asyncio.sleep(60)
    return PlainTextResponse("too late")


async def _counted(request: Request) -> Response:
    _asked[request.url.path] += 1
    return PlainTextResponse("the inside")


def asked_for(path: str) -> int:
    """Return how often a counted path was asked for."""
    return _asked[path]


async def _huge(_: Request) -> Response:
    async def chunks() -> AsyncIterator[str]:
        yield "<html><head><title>Huge</title></head><body><h1>Huge page</h1>"
        for _ in range(500):
            yield PARAGRAPH * 1000
        yield "</body></html>"

    return StreamingResponse(chunks(), media_type="text/html")


async def _wrong_charset(_: Request) -> Response:
    head = '<head><meta charset="windows-1251"><title>Отчёт</title></head>'
    text = f"<html>{head}<body><h1>Отчёт компании</h1><p>Выручка выросла на 12%.</p></body></html>"
    declared = "text/html; charset=utf-8"
    return Response(text.encode("windows-1251"), media_type=declared)


async def _download(_: Request) -> Response:
    headers = {"content-disposition": 'attachment; filename="model.xlsx"', "content-length": "5"}
    return Response(b"PK\x03\x04\x00", media_type="application/vnd.ms-excel", headers=headers)


async def _json(_: Request) -> Response:
    return Response('{"symbol": "NWF", "price": 12.5}', media_type="application/json")


async def _figures(_: Request) -> Response:
    rows = [{"id": number, "name": f"Company {number}", "value": number * 3} for number in range(25_000)]
    return JSONResponse({"rows": rows, "note": "the needle stands here"})


async def _bomb(_: Request) -> Response:
    packed = gzip.compress(b"<p>" + b"Northwind Foods. " * 2_000_000, compresslevel=1)
    return HTMLResponse(packed, headers={"content-encoding": "gzip"})


async def _late_text(_: Request) -> Response:
    await asyncio.sleep(1)
    return PlainTextResponse("The fetched figure is 4.25 million.")


async def _headers(request: Request) -> Response:
    return JSONResponse(dict(request.headers))


async def _embeds_another_site(request: Request) -> Response:
    frame = f'<iframe src="http://localhost:{request.url.port}/article.html" width="800" height="600"></iframe>'
    return HTMLResponse(f"<html><body><h1>Around the article</h1>{PARAGRAPH}{frame}</body></html>")


async def _robots(_: Request) -> Response:
    return PlainTextResponse("User-agent: *\nDisallow: /members/\nAllow: /\n")


async def _flaky(request: Request) -> Response:
    _asked[request.url.path] += 1
    if _asked[request.url.path] == 1:
        return PlainTextResponse("busy", status_code=503)
    return HTMLResponse(f"<h1>Back again</h1>{PARAGRAPH}")


async def _pdf(_: Request) -> Response:
    lines = ("Annual report 2026", "Total revenue 4,100 million dollars")
    return Response(pdf_of(*lines), media_type="application/pdf")


async def _broken_pdf(_: Request) -> Response:
    return Response(b"%PDF-1.7 and nothing more", media_type="application/pdf")


async def _searx(request: Request) -> Response:
    if request.query_params["format"] != "json":
        return PlainTextResponse("html", status_code=400)
    found = {
        "title": "Northwind raises its dividend",
        "url": "https://example.com/article?utm_source=search",
        "content": f"About {request.query_params['q']}",
        "publishedDate": "2026-10-05T12:30:00",
    }
    return JSONResponse({"results": [found, {**found, "title": "again"}, {"title": "no address"}]})


def pdf_of(*lines: str) -> bytes:
    """Return a PDF with one page for each line (ISO 32000-1, 7.5), as small as a reader accepts."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    pages = []
    for line in lines:
        stream = f"BT /F1 12 Tf 72 720 Td ({line}) Tj ET".encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources %s /Contents %d 0 R >>"
        objects.append(page % (font, len(objects)))
        pages.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(pages), len(pages))
    objects.append(b"<< /Title (Report of Northwind) /Author (Northwind Foods) /CreationDate (D:20260930120000Z) >>")
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    trailer = b"trailer << /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, size - 1, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table) + trailer


def build_site() -> Starlette:
    return Starlette(
        routes=[
            Route("/status/{code}", _status),
            Route("/redirect", _redirect),
            Route("/loop", _loop, name="loop"),
            Route("/never-ends", _never_ends),
            Route("/never-begins", _never_begins),
            Route("/rebound", _counted),
            Route("/huge", _huge),
            Route("/wrong-charset", _wrong_charset),
            Route("/download", _download),
            Route("/quote.json", _json),
            Route("/figures.json", _figures),
            Route("/bomb", _bomb),
            Route("/late-text", _late_text),
            Route("/headers", _headers),
            Route("/embeds-another-site", _embeds_another_site),
            Route("/robots.txt", _robots),
            Route("/members/{page}", _headers),
            Route("/flaky", _flaky),
            Route("/report.pdf", _pdf),
            Route("/broken.pdf", _broken_pdf),
            Route("/searx/search", _searx),
            Mount("/", StaticFiles(directory=PAGES, html=True)),
        ]
    )
