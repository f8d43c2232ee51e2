"""A workspace opened for reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from desirelines import explain, measure, report
from desirelines.errors import NotFound
from desirelines.explain import CompareAsk, Experiment, ExperimentAsk, Glitches, GlitchesAsk, Ripples, RipplesAsk
from desirelines.measure import (
    By,
    CareAsk,
    CreditAsk,
    DiscoverAsk,
    Discovered,
    FlowAsk,
    FollowsAsk,
    FunnelAsk,
    GroupsAsk,
    GrowthAsk,
    MetricAsk,
    Paths,
    Pattern,
    PatternAsk,
    RetentionAsk,
    Sheet,
    Story,
    StuckAsk,
    TimeAsk,
    TransitionsAsk,
    Unit,
    Value,
    ValueAsk,
    VariantsAsk,
    Walk,
    by_stage,
    read_ask,
)
from desirelines.notebook.asked import parted as _parted
from desirelines.notebook.asked import question as _question
from desirelines.notebook.tables import as_table, cohort_rows, funnel_rows
from desirelines.settings import load
from desirelines.view import Question, View
from desirelines.workspace import Workspace


def open_book(folder: str | Path) -> Book:
    """Open a workspace's folder, such as ``demo/workspaces/retail``. Raises NotFound."""
    place = Path(folder)
    if not (place / "workspace.db").is_file():
        near = sorted(str(path.parent) for path in place.glob("workspaces/*/workspace.db"))
        raise NotFound(f"{place} is no workspace", hint=f"try {near[0]}" if near else "it is the folder that holds workspace.db")
    return Book(Workspace(place.absolute(), load()))


class Book:
    """The answers of one workspace. Periods are days (`date` or ISO text), both included; segments are rules."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    @property
    def view(self) -> View:
        """The workspace as it is now."""
        return self.workspace.view()

    def sql(self, query: str, parameters: Sequence[Any] = ()) -> pa.Table:
        """Any question to the lake: tables events, links, traits, objects, figures, observations."""
        return self.view.snapshot.sql(query, parameters)

    def events(self) -> pa.Table:
        """All events as they rest in the lake."""
        return self.sql("SELECT * FROM events")

    def sheet(self, **asked: Any) -> Sheet:
        """The whole measured map; `journey`, `first_on`, `last_on`, `segment` choose."""
        return self.view.sheet(_question(**asked))

    def stages(self, **asked: Any) -> pa.Table:
        """One row a stage: reach, time, left, felt, each with interval and n."""
        return as_table(self.sheet(**asked).stages)

    def touchpoints(self, **asked: Any) -> pa.Table:
        """One row a touchpoint."""
        return as_table(self.sheet(**asked).touchpoints)

    def promises(self, **asked: Any) -> pa.Table:
        """One row a promise: kept with its Wilson interval."""
        return as_table(self.sheet(**asked).promises)

    def ways(self, **asked: Any) -> pa.Table:
        """One row a transition between touchpoints; `desire` marks the lines nobody drew."""
        return as_table(self.sheet(**asked).ways)

    def metrics(self, **asked: Any) -> pa.Table:
        """One row a figure of the register: now, before, change, target; chosen as for `sheet`."""
        return as_table(self.view.metrics(_question(**asked)).rows)

    def metric(self, name: str, by: By = "", unit: Unit = "month", **asked: Any) -> pa.Table:
        """One figure's trend, one row a unit; with `by` its parts, one row each."""
        found = self.view.metric(_question(**asked), MetricAsk(id=name, by=by, unit=unit))
        return as_table(found.groups if by else found.trend)

    def paths(self, walk: Walk, **asked: Any) -> Paths:
        """Journeys as every question about them takes them: `measure.funnel(book.paths(Walk(gap="30m")), ...)`."""
        return self.view.paths(_question(**asked), walk)

    def variants(self, top: int = 30, **asked: Any) -> pa.Table:
        """The most frequent whole journeys; `level`, `subject`, `gap`, `starts`, `ends`, `where` choose how they are cut."""
        return as_table(measure.variants(self._paths(asked), VariantsAsk(top=top)).variants)

    def transitions(self, **asked: Any) -> pa.Table:
        """Which step directly follows which; chosen as for `variants`."""
        return as_table(measure.transitions(self._paths(asked), TransitionsAsk()).edges)

    def flow(self, focus: str = "", **asked: Any) -> pa.Table:
        """Where journeys go from a step onward, one row a node: the fields of `FlowAsk`; chosen as for `variants`."""
        ask, others = _parted(FlowAsk, {"focus": focus, **asked})
        return as_table(measure.flow(self._paths(others), ask).nodes)

    def follows(self, **asked: Any) -> pa.Table:
        """What comes some time after what, one row a pair: the fields of `FollowsAsk`; chosen as for `variants`."""
        ask, others = _parted(FollowsAsk, asked)
        return as_table(measure.follows(self._paths(others), ask).edges)

    def groups(self, count: int = 5, **asked: Any) -> pa.Table:
        """Journeys in groups of their like, one row a group: the fields of `GroupsAsk`; chosen as for `variants`."""
        ask, others = _parted(GroupsAsk, {"count": count, **asked})
        return as_table(measure.groups(self._paths(others), ask).groups)

    def discover(self, **asked: Any) -> Discovered:
        """A tree of blocks from the journeys, and a planned journey drawn from it: the fields of `DiscoverAsk`."""
        ask, others = _parted(DiscoverAsk, asked)
        return measure.discover(self._paths(others), ask, self.view.plan)

    def funnel(self, steps: str, **asked: Any) -> pa.Table:
        """How many get from step to step, one row a step, then those of each group: the fields of `FunnelAsk`; chosen as for
        `variants`."""
        ask, others = _parted(FunnelAsk, {"steps": steps, **asked})
        return as_table(funnel_rows(measure.funnel(self._paths(others), ask)))

    def pattern(self, pattern: str, **asked: Any) -> Pattern:
        """How often a pattern such as ``Look ~> Buy`` comes: the fields of `PatternAsk`; chosen as for `variants`."""
        ask, others = _parted(PatternAsk, {"pattern": pattern, **asked})
        return measure.pattern(self._paths(others), ask)

    def retention(self, **asked: Any) -> pa.Table:
        """Who comes back, one row a cell of a cohort or of the total: the fields of `RetentionAsk`; chosen as for `variants`."""
        ask, others = _parted(RetentionAsk, asked)
        found = measure.retention(self._paths(others), ask)
        return as_table([row for cohort in (*found.cohorts, found.total) for row in cohort_rows(cohort)])

    def growth(self, **asked: Any) -> pa.Table:
        """New, retained, resurrected and churned, one row a unit: the fields of `GrowthAsk`; chosen as for `variants`."""
        ask, others = _parted(GrowthAsk, asked)
        return as_table(measure.growth(self._paths(others), ask).rows)

    def times(self, **asked: Any) -> pa.Table:
        """How long things take, one row a step, stage or cycle: the fields of `TimeAsk`; chosen as for `variants`."""
        ask, others = _parted(TimeAsk, asked)
        found = measure.times(self._paths(others, ask.of == "stage"), ask)
        return as_table(found.cycles if ask.of == "cycle" else found.rows)

    def stuck(self, **asked: Any) -> pa.Table:
        """Where people are stuck, one row a place: the fields of `StuckAsk`; chosen as for `variants`."""
        ask, others = _parted(StuckAsk, asked)
        return as_table(measure.stuck(self._paths(others, ask.of == "stage"), ask).places)

    def findings(self, **asked: Any) -> pa.Table:
        """What to know, worst first, one row a finding, with the results its sentences were told from."""
        return as_table(self.view.findings(_question(**asked)).rows)

    def care(self, **asked: Any) -> pa.Table:
        """Who is in trouble now, one row a customer, the most troubled first: the fields of `CareAsk`; `journey`, `segment`."""
        ask, others = _parted(CareAsk, asked)
        return as_table(self.view.care(_question(**others), ask).customers)

    def compare(self, **asked: Any) -> pa.Table:
        """What differs between two sides along the journey, one row a figure: the fields of `CompareAsk`; A is the question."""
        ask, others = _parted(CompareAsk, asked)
        return as_table(explain.compare(self.view.ground(_question(**others)), ask).contrasts)

    def drivers(self, **asked: Any) -> pa.Table:
        """What moves with an outcome, one row a driver: the fields of `DriversAsk`."""
        ask, others = _parted(explain.DriversAsk, asked)
        return as_table(explain.drivers(self.view.ground(_question(**others)), ask).rows)

    def moments(self, **asked: Any) -> pa.Table:
        """Moments that matter, one row each: the fields of `MomentsAsk`."""
        ask, others = _parted(explain.MomentsAsk, asked)
        return as_table(explain.moments(self.view.ground(_question(**others)), ask).rows)

    def chain(self, **asked: Any) -> pa.Table:
        """From satisfaction to profit, one row a link: the fields of `ChainAsk`."""
        ask, others = _parted(explain.ChainAsk, asked)
        return as_table(explain.chain(self.view.ground(_question(**others)), ask).links)

    def glitches(self, **asked: Any) -> Glitches:
        """What began to go otherwise than usual: the fields of `GlitchesAsk`; `as_table(found.glitches)` lists them."""
        ask, others = _parted(GlitchesAsk, asked)
        return explain.glitches(self.view.ground(_question(**others)), ask)

    def ripples(self, **asked: Any) -> Ripples:
        """What follows a fault: the fields of `RipplesAsk`; `as_table(found.edges)` lists what was looked at."""
        ask, others = _parted(RipplesAsk, asked)
        return explain.ripples(self.view.ground(_question(**others)), ask)

    def experiment(self, event: str, **asked: Any) -> Experiment:
        """What an experiment caused: the fields of `ExperimentAsk`; a period and segment choose who counts."""
        ask, others = _parted(ExperimentAsk, {"event": event, **asked})
        return explain.experiment(self.view.ground(_question(**others)), ask)

    def report(self, path: str | Path, **asked: Any) -> Path:
        """One journey as a PDF for a board; `journey`, `first_on`, `last_on`, `segment` choose."""
        place = Path(path)
        place.write_bytes(report.render(report.gather(self.view, _question(**asked))))
        return place

    def _paths(self, asked: dict[str, Any], stages: bool = False) -> Paths:
        """`asked` holds the fields of a walk and of a question side by side; for `stages` the steps are touchpoints."""
        walk = {name: value for name, value in asked.items() if name in Walk.model_fields}
        read = read_ask(Walk, walk)
        return self.paths(
            by_stage(read) if stages else read, **{name: value for name, value in asked.items() if name not in walk}
        )

    def value(self, **asked: Any) -> Value:
        """What the known customers are worth: the fields of `ValueAsk`: `as_table(book.value().cohorts)` is a table."""
        ask, others = _parted(ValueAsk, asked)
        return measure.value(self.view.accounts(_question(**others)), ask)

    def credit(self, **asked: Any) -> pa.Table:
        """Descriptive credit, one row a touch with its shares by rule: the fields of `CreditAsk`."""
        ask, others = _parted(CreditAsk, asked)
        question = _question(**{name: value for name, value in others.items() if name != "where"})
        walk = Walk(level=ask.of, where=others.get("where", ""))
        return as_table(measure.credit(self.view.paths(question, walk), self.view.accounts(question), ask).rows)

    def story(self, customer: str) -> Story:
        """One customer's story."""
        return self.view.story(customer, Question())
