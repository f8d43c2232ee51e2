"""A map in the Customer Journey Modelling Language, version 2.0: actors, phases, and the planned journey as touchpoints in order.

Element names and their order are those that cjml.no shows and its tools write; no schema of it was found in public.
"""

from __future__ import annotations

from xml.etree import ElementTree  # only writes here

from desirelines.plan import Plan, Stage, Step, Team, Touchpoint, in_order, journey_of, touchpoints_of
from desirelines.studio.taking.ground import Ground
from desirelines.studio.taking.letters import may_stand
from desirelines.studio.taking.wall import Take

MEDIA = {
    "screen": "Web", "place": "In person, at a place", "person": "In person", "paper": "Letter", "parcel": "Parcel",
    "phone": "Phone", "mail": "E-mail", "advert": "Advertisement", "message": "Message", "vehicle": "Vehicle",
}  # fmt: skip
CUSTOMER, BRAND = "customer", "brand"


def map_cjml(plan: Plan, journey: str, take: Take) -> str:
    """The map as XML. Raises NotFound."""
    found = journey_of(plan, journey)
    ground = Ground(plan, found, take, None)
    root = ElementTree.Element("CJML", version="2.0")
    planned = ElementTree.SubElement(root, "plannedJourney")
    _put(planned, "journeyID", found.id)
    _put(planned, "journeyTitle", found.name)
    phases = ElementTree.SubElement(planned, "journeyPhases")
    for stage in ground.stages:
        phase = ElementTree.SubElement(phases, "journeyPhase", phaseID=stage.id)
        _put(phase, "phaseName", stage.name)
        _put(phase, "phaseDescription", stage.words)
    _put(planned, "journeyShortSummary", found.words)
    _actors(ElementTree.SubElement(planned, "actors"), ground)
    points = ElementTree.SubElement(planned, "touchpoints")
    for stage in ground.stages:
        _stage(points, ground, stage)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _actors(parent: ElementTree.Element, ground: Ground) -> None:
    chosen = (ground.take.persona,) if ground.take.persona else ground.journey.personas
    for name in chosen or (CUSTOMER,):
        actor = ElementTree.SubElement(parent, "endUser", actorID=name)
        _put(actor, "actorName", ground.name("persona", name) if chosen else "Customer")
    company = ElementTree.SubElement(parent, "serviceProvider", actorID=BRAND)
    _put(company, "companyName", ground.plan.brand.name)
    for team in in_order(ground.plan.teams):
        if any(one.owner == team.id for stage in ground.stages for one in ground.planned(stage)):
            one = ElementTree.SubElement(parent, "serviceProvider", actorID=_actor(team))
            _put(one, "companyName", team.name)


def _actor(team: Team | str) -> str:
    return f"team-{team if isinstance(team, str) else team.id}"


def _stage(parent: ElementTree.Element, ground: Ground, stage: Stage) -> None:
    if stage.do:
        action = ElementTree.SubElement(parent, "plannedAction")
        _put(action, "touchpointID", f"{stage.id}-do")
        ElementTree.SubElement(action, "belongsTo", phaseIDref=stage.id)
        _side(action, "initiator", _customer(ground, ()), stage.do)
    for step in ground.steps(stage):
        for place, name in enumerate(touchpoints_of(step)):
            if name in ground.touchpoints:
                _point(parent, ground, stage, step, ground.touchpoints[name], place)


def _point(parent: ElementTree.Element, ground: Ground, stage: Stage, step: Step, one: Touchpoint, place: int) -> None:
    point = ElementTree.SubElement(parent, "plannedCommunicationPoint")
    _put(point, "touchpointID", f"{step.id}-{one.id}" if step.one_of else step.id)
    ElementTree.SubElement(point, "belongsTo", phaseIDref=stage.id)
    customer, brand = _customer(ground, step.personas), _actor(one.owner) if one.owner else BRAND
    begins, answers = (customer, brand) if one.begun_by == "customer" else (brand, customer)
    _side(point, "initiator", begins, one.name)
    _side(point, "receiver", answers, one.name)
    channel = ElementTree.SubElement(point, "channel")
    _put(channel, "channelName", MEDIA[one.medium])
    flags = ["or" if place else "", "optional" if step.optional else "", "may repeat" if step.repeats else ""]
    flags += [f"within {step.within}" if step.within else "", "" if step.state == "kept" else step.state, one.words]
    _put(point, "comment", " · ".join(flag for flag in flags if flag))


def _customer(ground: Ground, personas: tuple[str, ...]) -> str:
    chosen = (ground.take.persona,) if ground.take.persona else ground.journey.personas
    return next((name for name in personas if name in chosen), next(iter(chosen), CUSTOMER))


def _side(parent: ElementTree.Element, name: str, actor: str, words: str) -> None:
    side = ElementTree.SubElement(parent, name)
    ElementTree.SubElement(side, "refersTo", actorIDref=actor)
    _put(side, f"{name}Label", words)


def _put(parent: ElementTree.Element, name: str, text: str) -> None:
    """A text inside an element; letters that XML forbids are gone; nothing where there is nothing."""
    if text:
        ElementTree.SubElement(parent, name).text = "".join(one for one in text if may_stand(one))
