"""Begin where one stands: a challenge and one's own data, a template, one promise for ninety days."""

from desirelines.studio.beginning.asked import NextQuestion
from desirelines.studio.beginning.begun import Begun, begin_challenge, begin_template
from desirelines.studio.beginning.challenges import CHALLENGES, Challenge
from desirelines.studio.beginning.course import (
    Course,
    CourseGiven,
    CourseStands,
    NextStep,
    course_days,
    courses,
    end_course,
    next_steps,
    running,
    set_course,
    stands,
)
from desirelines.studio.beginning.coverage import Coverage, coverage, known_of
from desirelines.studio.beginning.listing import MapRow, last_changes, maps
from desirelines.studio.beginning.lived import Lived
from desirelines.studio.beginning.placing import Addition, added, placed
from desirelines.studio.beginning.templates import MapTemplate, map_template, map_templates

__all__ = [
    "CHALLENGES",
    "Addition",
    "Begun",
    "Challenge",
    "Course",
    "CourseGiven",
    "CourseStands",
    "Coverage",
    "Lived",
    "MapRow",
    "MapTemplate",
    "NextQuestion",
    "NextStep",
    "added",
    "begin_challenge",
    "begin_template",
    "course_days",
    "courses",
    "coverage",
    "end_course",
    "known_of",
    "last_changes",
    "map_template",
    "map_templates",
    "maps",
    "next_steps",
    "placed",
    "running",
    "set_course",
    "stands",
]
