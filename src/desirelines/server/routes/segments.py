"""Segments that people kept under a name."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from desirelines.server.nouns import SavedSegment, SegmentGiven
from desirelines.server.routes.given import TheWorkspace

router = APIRouter(prefix="/api/w/{w}/map/segments", tags=["map"])

SegmentId = Annotated[str, Path(pattern="^[0-9a-f]{1,32}$")]


@router.get("")
def segments(workspace: TheWorkspace) -> list[SavedSegment]:
    """All saved segments by name."""
    return [SavedSegment(**row) for row in workspace.segments()]


@router.post("")
def save_segment(workspace: TheWorkspace, given: SegmentGiven) -> SavedSegment:
    """Keep a rule under a name."""
    return SavedSegment(**workspace.save_segment(given.name, given.rule))


@router.put("/{segment}")
def change_segment(workspace: TheWorkspace, segment: SegmentId, given: SegmentGiven) -> SavedSegment:
    """Give a saved segment another name or rule."""
    workspace.segment_rule(segment)
    return SavedSegment(**workspace.save_segment(given.name, given.rule, segment))


@router.delete("/{segment}")
def drop_segment(workspace: TheWorkspace, segment: SegmentId) -> list[SavedSegment]:
    """Forget a saved segment; answers those that are left."""
    workspace.drop_segment(segment)
    return segments(workspace)
