"""The table of rights: what each route needs. A route that is not in it fails a test.

`anybody`; `account`: whoever is signed in; `creator`: an owner of a workspace or of the server; or a role in the workspace.
`+`: a guest may ask it too, if their link's role reaches, and the route sees to it that it is about their own map only.
"""

TABLE = """
anybody    GET    /api/openapi.json
account    GET    /api/status

anybody    GET    /api/people/me
anybody    POST   /api/people/sign-in
account    POST   /api/people/sign-out
account    POST   /api/people/sign-out-everywhere
account    POST   /api/people/password
account    GET    /api/people/sessions
account    DELETE /api/people/sessions/{session}
anybody    POST   /api/people/invitation
anybody    POST   /api/people/join

creator    POST   /api/workspaces
creator    POST   /api/demos/{name}
viewer     GET    /api/w/{w}/summary

viewer     GET    /api/w/{w}/jobs/{job}
editor     DELETE /api/w/{w}/jobs/{job}

viewer     GET    /api/w/{w}/collect/sources
viewer     GET    /api/w/{w}/collect/sources/{name}
editor     PUT    /api/w/{w}/collect/sources/{name}
editor     POST   /api/w/{w}/collect/files
editor     POST   /api/w/{w}/collect/preview
editor     POST   /api/w/{w}/collect/imports
viewer     GET    /api/w/{w}/collect/imports
viewer     GET    /api/w/{w}/collect/refused
viewer     GET    /api/w/{w}/collect/refused.csv
editor     POST   /api/w/{w}/collect/repair
viewer     GET    /api/w/{w}/collect/log

viewer     GET    /api/w/{w}/plan/draft
editor     PUT    /api/w/{w}/plan/draft
editor     DELETE /api/w/{w}/plan/draft
viewer     POST   /api/w/{w}/plan/check
owner      POST   /api/w/{w}/plan/publish
viewer     GET    /api/w/{w}/plan/versions
viewer     GET    /api/w/{w}/plan/versions/{number}
viewer     GET    /api/w/{w}/plan/diff
editor     POST   /api/w/{w}/plan/import
viewer     GET    /api/w/{w}/plan/export

viewer     GET    /api/w/{w}/measure/cockpit
viewer     GET    /api/w/{w}/measure/care
viewer     GET    /api/w/{w}/measure/metrics
viewer     GET    /api/w/{w}/measure/metrics/{metric}
viewer     GET    /api/w/{w}/measure/scores
viewer     GET    /api/w/{w}/measure/ledger
viewer     GET    /api/w/{w}/measure/value
viewer     GET    /api/w/{w}/measure/credit
viewer     GET    /api/w/{w}/measure/report

viewer     GET    /api/w/{w}/map/sheet
viewer     GET    /api/w/{w}/map/handoffs
viewer     GET    /api/w/{w}/map/seen
viewer     GET    /api/w/{w}/map/segment
viewer     GET    /api/w/{w}/map/segments
editor     POST   /api/w/{w}/map/segments
editor     PUT    /api/w/{w}/map/segments/{segment}
editor     DELETE /api/w/{w}/map/segments/{segment}

viewer     GET    /api/w/{w}/trace/customers
viewer     GET    /api/w/{w}/trace/customers/{customer}
viewer     GET    /api/w/{w}/trace/variants
viewer     GET    /api/w/{w}/trace/transitions
viewer     GET    /api/w/{w}/trace/flow
viewer     GET    /api/w/{w}/trace/follows
viewer     GET    /api/w/{w}/trace/discover
viewer     GET    /api/w/{w}/trace/groups
viewer     GET    /api/w/{w}/trace/pattern
viewer     GET    /api/w/{w}/trace/pattern/help
viewer     GET    /api/w/{w}/trace/retention
viewer     GET    /api/w/{w}/trace/growth
viewer     GET    /api/w/{w}/trace/time
viewer     GET    /api/w/{w}/trace/stuck
viewer     GET    /api/w/{w}/trace/funnel

viewer     GET    /api/w/{w}/identify/held

viewer     GET    /api/w/{w}/explain/compare
viewer     GET    /api/w/{w}/explain/experiments
viewer     GET    /api/w/{w}/explain/experiment
viewer     GET    /api/w/{w}/explain/lift
viewer     GET    /api/w/{w}/explain/drivers
viewer     GET    /api/w/{w}/explain/moments
viewer     GET    /api/w/{w}/explain/chain
viewer     GET    /api/w/{w}/explain/findings
viewer     GET    /api/w/{w}/explain/glitches
viewer     GET    /api/w/{w}/explain/ripples

viewer     GET    /api/w/{w}/people
owner      PUT    /api/w/{w}/people/members/{account}
owner      DELETE /api/w/{w}/people/members/{account}
owner      GET    /api/w/{w}/people/invites
owner      POST   /api/w/{w}/people/invites
owner      DELETE /api/w/{w}/people/invites/{invite}
owner      GET    /api/w/{w}/people/guests
owner      POST   /api/w/{w}/people/guests
owner      DELETE /api/w/{w}/people/guests/{link}

viewer+    GET    /api/w/{w}/studio/socket

viewer     GET    /api/w/{w}/studio/history
viewer     GET    /api/w/{w}/studio/at
owner      POST   /api/w/{w}/studio/restore
editor     POST   /api/w/{w}/studio/restore/element
viewer     GET    /api/w/{w}/studio/named
editor     POST   /api/w/{w}/studio/named
editor     DELETE /api/w/{w}/studio/named/{named}
viewer     GET    /api/w/{w}/studio/stale
editor     POST   /api/w/{w}/studio/confirm
viewer     GET    /api/w/{w}/studio/aside
anybody    POST   /api/w/{w}/studio/guest
viewer+    GET    /api/w/{w}/studio/guest/legend

viewer+    GET    /api/w/{w}/studio/me
commenter+ PUT    /api/w/{w}/studio/me
viewer+    GET    /api/w/{w}/studio/people
viewer+    GET    /api/w/{w}/studio/for-me
viewer+    GET    /api/w/{w}/studio/comments
viewer+    GET    /api/w/{w}/studio/comments/counts
viewer+    GET    /api/w/{w}/studio/comments/{comment}
commenter+ POST   /api/w/{w}/studio/comments
commenter+ PUT    /api/w/{w}/studio/comments/{comment}
commenter+ DELETE /api/w/{w}/studio/comments/{comment}
commenter+ PUT    /api/w/{w}/studio/comments/{comment}/resolved
viewer+    GET    /api/w/{w}/studio/suggestions
commenter+ POST   /api/w/{w}/studio/suggestions
editor     POST   /api/w/{w}/studio/suggestions/{suggestion}/decision
commenter+ DELETE /api/w/{w}/studio/suggestions/{suggestion}
viewer+    GET    /api/w/{w}/studio/answers
commenter+ POST   /api/w/{w}/studio/answers
commenter+ PUT    /api/w/{w}/studio/answers/{answer}
commenter+ DELETE /api/w/{w}/studio/answers/{answer}
commenter+ PUT    /api/w/{w}/studio/answers/{answer}/vote
editor     POST   /api/w/{w}/studio/answers/{answer}/card
viewer+    GET    /api/w/{w}/studio/workshops
editor     POST   /api/w/{w}/studio/workshops
viewer+    GET    /api/w/{w}/studio/workshops/{workshop}
viewer+    GET    /api/w/{w}/studio/workshops/{workshop}/report
commenter+ POST   /api/w/{w}/studio/workshops/{workshop}/seat
editor     POST   /api/w/{w}/studio/workshops/{workshop}/lead
editor     POST   /api/w/{w}/studio/workshops/{workshop}/round
editor     POST   /api/w/{w}/studio/workshops/{workshop}/clock
editor     POST   /api/w/{w}/studio/workshops/{workshop}/end
commenter+ POST   /api/w/{w}/studio/workshops/{workshop}/notes
commenter+ PUT    /api/w/{w}/studio/workshops/{workshop}/notes/{note}
commenter+ DELETE /api/w/{w}/studio/workshops/{workshop}/notes/{note}
commenter+ PUT    /api/w/{w}/studio/workshops/{workshop}/notes/{note}/group
commenter+ POST   /api/w/{w}/studio/workshops/{workshop}/groups
commenter+ PUT    /api/w/{w}/studio/workshops/{workshop}/groups/{group}
commenter+ DELETE /api/w/{w}/studio/workshops/{workshop}/groups/{group}
commenter+ PUT    /api/w/{w}/studio/workshops/{workshop}/votes/{target}
editor     POST   /api/w/{w}/studio/workshops/{workshop}/cards
viewer     GET    /api/w/{w}/studio/verdicts
editor     POST   /api/w/{w}/studio/verdicts
editor     DELETE /api/w/{w}/studio/verdicts
viewer     GET    /api/w/{w}/studio/paving
viewer     GET    /api/w/{w}/studio/maps
viewer     GET    /api/w/{w}/studio/beginnings
viewer     GET    /api/w/{w}/studio/begin
viewer     GET    /api/w/{w}/studio/coverage
viewer     GET    /api/w/{w}/studio/courses
viewer     GET    /api/w/{w}/studio/personas
viewer     GET    /api/w/{w}/studio/mental-model
viewer     GET    /api/w/{w}/studio/outcomes
editor     POST   /api/w/{w}/studio/courses
editor     PUT    /api/w/{w}/studio/courses/{course}/ended

viewer     GET    /api/w/{w}/studio/maps/{map_id}/take.{form}
editor     POST   /api/w/{w}/studio/bring/preview
editor     POST   /api/w/{w}/studio/bring

viewer     POST   /api/w/{w}/studio/wording
viewer     GET    /api/w/{w}/studio/evidence
viewer     GET    /api/w/{w}/studio/verbatims
editor     POST   /api/w/{w}/studio/pictures
viewer+    GET    /api/w/{w}/studio/pictures/{digest}
"""
