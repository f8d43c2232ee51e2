"""pm4py: the first journeys against the planned one, as a Petri net with a place for each state. Its cost of a move is 10,000."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from engine.peers.serving import Jobs, Rows, serve

A_MOVE = 10_000


def load(folder: Path, loose: bool) -> Jobs:
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    net, *markings = _net(plan)
    objects: Any = import_module("pm4py.objects.log.obj")
    offsets, event = np.load(folder / "offsets.npy", mmap_mode="r"), np.load(folder / "event.npy", mmap_mode="r")
    log = objects.EventLog()
    for low, high in zip(offsets[: plan["sample"]].tolist(), offsets[1 : plan["sample"] + 1].tolist(), strict=True):
        log.append(objects.Trace([objects.Event({"concept:name": str(code)}) for code in event[low:high].tolist()]))
    alignments: Any = import_module("pm4py.algo.conformance.alignments.petri_net.algorithm")

    def work() -> Any:
        return alignments.apply_log(log, net, *markings, parameters={"show_progress_bar": False})

    def rows(found: Any) -> Rows:
        return [[place, one["cost"] // A_MOVE] for place, one in enumerate(found)]

    return {"alignment": {"state equation A*": (work, rows)}}


def _net(plan: dict[str, Any]) -> tuple[Any, Any, Any]:
    """The plan's automaton as a net, with its first and last marking."""
    objects: Any = import_module("pm4py.objects.petri_net.obj")
    arcs: Any = import_module("pm4py.objects.petri_net.utils.petri_utils")
    net = objects.PetriNet("plan")
    places = [objects.PetriNet.Place(f"state{state}") for state in range(plan["states"])]
    for place in places:
        net.places.add(place)
    for number, (origin, target, code) in enumerate(plan["moves"]):
        move = objects.PetriNet.Transition(f"move{number}", str(code))
        net.transitions.add(move)
        arcs.add_arc_from_to(places[origin], move, net)
        arcs.add_arc_from_to(move, places[target], net)
    return net, objects.Marking({places[0]: 1}), objects.Marking({places[plan["end"]]: 1})


if __name__ == "__main__":
    serve(load)
