"""What people say to each other over a map: comments, suggestions, workshops, three questions."""

from desirelines.studio.talking import asking, comments, notes, placing, seeing, suggestions, votes, workshops
from desirelines.studio.talking.agenda import Agenda, Report, ToCard, Workshop, WorkshopRow
from desirelines.studio.talking.comments import Which, comment_rows
from desirelines.studio.talking.nouns import Ask, ForMe, Proposal, Questions, Suggestion, TalkCounts, Thread, Threads
from desirelines.studio.talking.speaking import Speaker, name_speaker, named, people, session_id
from desirelines.studio.talking.waiting import for_me
from desirelines.studio.talking.workshops import Act

__all__ = [
    "Act",
    "Agenda",
    "Ask",
    "ForMe",
    "Proposal",
    "Questions",
    "Report",
    "Speaker",
    "Suggestion",
    "TalkCounts",
    "Thread",
    "Threads",
    "ToCard",
    "Which",
    "Workshop",
    "WorkshopRow",
    "asking",
    "comment_rows",
    "comments",
    "for_me",
    "name_speaker",
    "named",
    "notes",
    "people",
    "placing",
    "seeing",
    "session_id",
    "suggestions",
    "votes",
    "workshops",
]
