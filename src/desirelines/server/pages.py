"""The built pages. Every path that is no file and no API is the one page, which reads its address itself."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from desirelines.errors import NotFound

STATIC = Path(__file__).parent / "static"

MISSING = """<!doctype html><html lang="en"><title>Desirelines</title><h1>The pages are not built</h1>
<p>Run <code>make demo</code> in the checkout, or install the wheel, which carries them.</p></html>"""


def install(app: FastAPI) -> None:
    """Serves `/assets` for ever (their names change with their content) and the one page never cached."""
    if (STATIC / "assets").is_dir():
        app.mount("/assets", Assets(directory=STATIC / "assets"), name="assets")

    @app.get("/{path:path}", include_in_schema=False)
    async def page(request: Request, path: str) -> Response:
        if path.startswith("api/"):
            raise NotFound(f"no such address: /{path}", hint="the addresses are listed at /api/openapi.json")
        named = STATIC / path
        if path and "/" not in path and named.is_file() and named.suffix in (".svg", ".png", ".ico", ".webmanifest", ".txt"):
            return FileResponse(named)
        index = STATIC / "index.html"
        if not index.is_file():
            return HTMLResponse(MISSING, status_code=503)
        return FileResponse(index, headers={"cache-control": "no-cache"})


class Assets(StaticFiles):
    """Files whose name holds a hash of their content."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response
