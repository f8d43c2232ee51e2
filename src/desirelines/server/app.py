"""The app: routes, the one error shape, the guard, the pages."""

from __future__ import annotations

from fastapi import FastAPI

from desirelines import __version__
from desirelines.home import Home
from desirelines.server import faults, pages
from desirelines.server.faults import ErrorShape
from desirelines.server.guard import Guard, served
from desirelines.server.limits import Limits
from desirelines.server.patience import Patient
from desirelines.server.people import Changes, Door, Signing
from desirelines.server.rooms import Rooms
from desirelines.server.routes import (
    accounts,
    asking,
    beginning,
    bringing,
    collect,
    compared,
    discover,
    driving,
    evidence,
    finding,
    funnel,
    history,
    jobs,
    judging,
    measure,
    metrics,
    minding,
    pattern,
    people,
    pictures,
    plan,
    reporting,
    returning,
    rippling,
    rooms,
    segments,
    signing,
    start,
    steps,
    taking,
    talking,
    ways,
    workshops,
)
from desirelines.settings import Settings


def create_app(home: Home | None, settings: Settings, hosts: frozenset[str] | None = None) -> FastAPI:
    """The app over one home folder; without a home only its schema is of use."""
    app = FastAPI(
        title="Desirelines",
        version=__version__,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses={"default": {"model": ErrorShape, "description": "what went wrong, with a hint"}},
        generate_unique_id_function=lambda route: f"{route.tags[0]}_{route.name}" if route.tags else route.name,
    )
    app.state.home = home
    app.state.settings = settings
    app.state.changes = Changes()
    app.state.rooms = Rooms()
    app.state.signing = Signing()
    for room in (
        start,
        signing,
        people,
        jobs,
        collect,
        plan,
        measure,
        metrics,
        segments,
        steps,
        ways,
        discover,
        pattern,
        returning,
        funnel,
        compared,
        driving,
        finding,
        rippling,
        accounts,
        reporting,
        taking,
        bringing,
        rooms,
        history,
        judging,
        beginning,
        minding,
        evidence,
        pictures,
        talking,
        asking,
        workshops,
    ):
        app.include_router(room.router)
    faults.install(app)
    pages.install(app)
    app.add_middleware(Limits, upload_max_bytes=settings.upload_max_bytes)
    app.add_middleware(Door)
    app.add_middleware(faults.Unexpected)
    app.add_middleware(Patient, seconds=settings.question_seconds)
    app.add_middleware(Guard, hosts=served(settings) if hosts is None else hosts, https=settings.https, strict=settings.sign_in)
    return app
