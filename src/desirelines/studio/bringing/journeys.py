"""A map in the Customer Journey Modelling Language (CJML 2.0), as cjml.no shows it and its tools write it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import ElementTree  # type: ignore[import-untyped]
from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped]

from desirelines.errors import BadInput
from desirelines.studio.bringing.nouns import BringChoices, ItemRead, MapRead, StageRead

_POINTS = ("plannedCommunicationPoint", "actualCommunicationPoint")
_ACTIONS = ("plannedAction", "actualAction")


def looks_like_xml(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def read_journeys(data: bytes, name: str, choices: BringChoices) -> MapRead:
    """The planned journey, or the first actual one where none is planned. Raises BadInput."""
    try:
        root = ElementTree.fromstring(data)
    except DefusedXmlException as error:
        raise BadInput(f"`{name[-80:]}` defines entities, which no map needs", hint="take the document type away") from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadInput(f"`{name[-80:]}` is not well-formed XML", hint=f"{error}"[:200]) from error
    journeys = [one for tag in ("plannedJourney", "actualJourney") for one in _every(root, tag)]
    if _tag(root) != "CJML" or not journeys:
        raise BadInput(
            f"`{name[-80:]}` holds no journey of CJML", hint="its root is CJML, with a plannedJourney inside", code="no_stages"
        )
    journey = next((one for one in journeys if choices.sheet and _text(one, "journeyID") == choices.sheet), journeys[0])
    stages = {one.get("phaseID", "").strip(): _phase(one) for one in _every(journey, "journeyPhase")}
    actors = {one.get("actorID", ""): _text(one, "actorName") or _text(one, "companyName") for one in _actors(journey)}
    customers = {one.get("actorID", "") for one in _every(journey, "endUser")}
    items = list(_items(journey, stages, actors, customers))
    title = choices.name or _text(journey, "journeyTitle") or _text(journey, "journeyID") or "Journey"
    sheets = tuple(_text(one, "journeyID") for one in journeys)
    words = _text(journey, "journeyShortSummary")
    here = tuple(stages.values())
    return MapRead(title, "cjml", _text(journey, "journeyID"), sheets, 0, "", here, tuple(items), words=words)


def _phase(one: Any) -> StageRead:
    name = one.get("phaseID", "").strip()
    return StageRead(_text(one, "phaseName") or name, f"phase {name}", words=_text(one, "phaseDescription"))


def _items(journey: Any, stages: dict[str, StageRead], actors: dict[str, str], customers: set[str]) -> Iterator[ItemRead]:
    for number, one in enumerate((one for one in journey.iter() if _tag(one) in (*_POINTS, *_ACTIONS)), 1):
        place = f"touchpoint {_text(one, 'touchpointID') or number}"
        belongs = next((two.get("phaseIDref", "").strip() for two in _every(one, "belongsTo")), "")
        if belongs not in stages:
            stages[belongs] = StageRead(belongs or "Journey", place)
        stage = stages[belongs].name
        begins, words = _side(one, "initiator")
        receives, heard = _side(one, "receiver")
        if _tag(one) in _ACTIONS:
            yield ItemRead(stage, "do", "card", words or place, place)
            continue
        brand = next((who for who in (begins, receives) if who and who not in customers), "")
        channel = next((_text(two, "channelName") for two in _every(one, "channel")), "")
        yield ItemRead(
            stage, "touchpoints", "touchpoint", words or heard or place, place, owner=actors.get(brand, ""), medium=channel,
            begun_by="customer" if begins in customers else "brand", more=(heard,) if heard and heard != words else (),
        )  # fmt: skip


def _side(one: Any, name: str) -> tuple[str, str]:
    """Who, and what they do."""
    for side in _every(one, name):
        who = next((two.get("actorIDref", "") for two in _every(side, "refersTo")), "")
        return who, _text(side, f"{name}Label")
    return "", ""


def _actors(journey: Any) -> list[Any]:
    return [one for tag in ("endUser", "serviceProvider") for one in _every(journey, tag)]


def _tag(one: Any) -> str:
    """Without its namespace."""
    return str(one.tag).rpartition("}")[2] if isinstance(one.tag, str) else ""


def _every(one: Any, tag: str) -> list[Any]:
    return [two for two in one.iter() if _tag(two) == tag]


def _text(one: Any, tag: str) -> str:
    found = next((two for two in _every(one, tag)), None)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""
