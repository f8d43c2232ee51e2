"""The next questions: chosen by what the data show about a challenge, and by what they cannot say yet."""

from __future__ import annotations

from desirelines.studio.beginning.asked import NextQuestion
from desirelines.studio.beginning.challenges import Challenge
from desirelines.studio.beginning.concerned import Around
from desirelines.studio.beginning.drawing import Drawn
from desirelines.studio.beginning.happened import Happened
from desirelines.studio.beginning.lacking import lacking, resting
from desirelines.studio.beginning.lived import Lived
from desirelines.studio.beginning.shown import shown

COUNT = 3


def next_questions(challenge: Challenge, lived: Lived, around: Around, found: Happened, drawn: Drawn) -> tuple[NextQuestion, ...]:
    """Three: what everything rests on first, then at most two that the data show, then what they lack."""
    rests = list(resting(challenge, lived))
    shows = sorted(shown(challenge, lived, around, found, drawn), key=lambda one: -one.weight)
    lacks = sorted(lacking(lived, found, drawn), key=lambda one: -one.weight)
    chosen: list[NextQuestion] = []
    for pool, most in ((rests, 1), (shows, 2), (lacks, COUNT), (shows, COUNT)):
        for one in pool:
            fits = len(chosen) < COUNT and sum(other in pool for other in chosen) < most
            if fits and all(one.about != other.about or not one.about for other in chosen) and one not in chosen:
                chosen.append(one)
    return tuple(chosen)
