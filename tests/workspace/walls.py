"""Maps to take along: one small, one large, one whose every text is a trap, and random ones."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from desirelines.plan import (
    Brand,
    Card,
    EventRule,
    Experience,
    Insight,
    Journey,
    Lane,
    Message,
    Moment,
    Persona,
    Plan,
    Promise,
    Score,
    Stage,
    Step,
    Story,
    Team,
    Touchpoint,
)

DAY = date(2026, 3, 1)
TRAP = (
    "=cmd|'/c calc'!A1 @SUM(1+1) <script>alert(1)</script><img src=x onerror=alert(1)>&amp;&lt; </script> ]]> <!ENTITY x 'y'> "
    "<?xml?> \u202eright to left\u202c \u0007\u0000 {{7*7}} 😀 東京 ' \" `"
)


def small() -> Plan:
    """Two stages, one on each side; one of everything."""
    return Plan(
        brand=Brand(name="Kiosk"),
        story=Story(messages=(Message(id="day", words="We keep our day."),)),
        teams=(Team(id="web", name="Web shop"),),
        personas=(Persona(id="milo", name="Milo"),),
        touchpoints=(
            Touchpoint(
                id="site", name="Web site", order=1, owner="web", frontstage="A page", backstage="Stock", systems=("erp",)
            ),
            Touchpoint(id="call", name="Phone call", order=2, medium="phone", kind="human"),
        ),
        moments=(
            Moment(id="m", words="I want to know the day", stage="buy", need="To take it off", wants="nobody waits in vain"),
        ),
        experiences=(
            Experience(id="e", name="The day comes first", moment="m", gives="Above the price", state="pilot", owner="web"),
        ),
        promises=(
            Promise(
                id="p",
                name="In two days",
                touchpoint="call",
                target=0.9,
                score=Score(event=EventRule(event="R"), property="s", at_least=4),
            ),
        ),
        insights=(Insight(id="i", words="I waited all day", source="interview 3", n=12),),
        cards=(
            Card(id="c1", stage="buy", lane="pains", words="Too slow", owner="web"),
            Card(id="c2", stage="use", lane="insights", insight="i"),
            Card(id="c3", stage="use", lane="law", words="Fourteen days", state="new"),
        ),
        journeys=(
            Journey(
                id="j",
                name="A kiosk's day",
                words="Why do buyers not return?",
                personas=("milo",),
                lanes=(Lane(id="law", name="What the law asks", order=5_000),),
                stages=(
                    Stage(
                        id="buy",
                        name="Buy",
                        side="buyer",
                        order=1,
                        desired=0.5,
                        think="Does it fit?",
                        do="Look around",
                        message="day",
                        steps=(Step(id="s1", touchpoint="site"),),
                    ),
                    Stage(
                        id="use",
                        name="Use",
                        side="customer",
                        order=2,
                        desired=-0.2,
                        wanted=0.4,
                        wanted_n=12,
                        steps=(Step(id="s2", touchpoint="call", optional=True, state="new"),),
                    ),
                ),
            ),
        ),
    )


def large(touchpoints: int = 200, stages: int = 10) -> Plan:
    """Touchpoints dealt evenly over the stages, and something in ten lanes and more of each."""
    each = touchpoints // stages
    names = (
        "Search results page for sofas",
        "Store visit on a Saturday",
        "Call to the service line",
        "Invoice",
        "Parcel with two people",
    )
    return Plan(
        brand=Brand(name="Large"),
        teams=tuple(
            Team(id=f"t{n}", name=name) for n, name in enumerate(("Marketing", "Web shop", "Customer service and complaints"))
        ),
        touchpoints=tuple(
            Touchpoint(
                id=f"tp{n}",
                name=f"{names[n % 5]} {n}",
                order=n,
                owner=f"t{n % 3}",
                frontstage="What they see" if n % 3 == 0 else "",
                backstage="Data twice a day" if n % 4 == 0 else "",
                systems=("crm",) if n % 2 else (),
            )
            for n in range(touchpoints)
        ),
        moments=tuple(
            Moment(id=f"m{n}", words="I need to know the day before I pay.", stage=f"s{n % stages}") for n in range(2 * stages)
        ),
        experiences=tuple(Experience(id=f"e{n}", name="The day comes first", moment=f"m{n}") for n in range(2 * stages)),
        cards=tuple(
            Card(
                id=f"c{n}",
                stage=f"s{n % stages}",
                lane=("pains", "opportunities", "notes")[n // stages],
                words="People wait all day",
            )
            for n in range(3 * stages)
        ),
        journeys=(
            Journey(
                id="j",
                name="Two hundred touchpoints",
                stages=tuple(
                    Stage(
                        id=f"s{s}",
                        name=f"Stage number {s}",
                        order=s,
                        side="buyer" if s < stages * 0.4 else "customer",
                        desired=0.1,
                        think="Why?",
                        do="Looks around",
                        steps=tuple(Step(id=f"st{s}-{n}", order=n, touchpoint=f"tp{s * each + n}") for n in range(each)),
                    )
                    for s in range(stages)
                ),
            ),
        ),
    )


def trapped(text: str = TRAP) -> Plan:
    """Every text of a map is the trap; ids cannot be."""
    name = text[:200]
    return Plan(
        brand=Brand(name=name),
        story=Story(messages=(Message(id="day", words=name),)),
        teams=(Team(id="web", name=name),),
        personas=(Persona(id="milo", name=name),),
        touchpoints=(
            Touchpoint(id="site", name=name, words=text, owner="web", frontstage=text, backstage=text, systems=(text,)),
        ),
        moments=(Moment(id="m", words=name, stage="buy", need=text, context=text, wants=text, emotion=text),),
        experiences=(Experience(id="e", name=name, moment="m", gives=text, purpose=text),),
        promises=(
            Promise(
                id="p",
                name=name,
                words=text,
                touchpoint="site",
                target=0.9,
                score=Score(event=EventRule(event="R"), property="s", at_least=4),
            ),
        ),
        insights=(Insight(id="i", words=text, source=text),),
        cards=(Card(id="c1", stage="buy", lane="pains", words=text), Card(id="c2", stage="buy", lane="insights", insight="i")),
        journeys=(
            Journey(
                id="j",
                name=name,
                words=text,
                personas=("milo",),
                lanes=(Lane(id="own", name=text),),
                stages=(
                    Stage(
                        id="buy",
                        name=name,
                        side="buyer",
                        words=text,
                        think=text,
                        feel=text,
                        do=text,
                        message="day",
                        wanted_source=text,
                        steps=(Step(id="s1", touchpoint="site"),),
                    ),
                ),
            ),
        ),
    )


texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs", "Cf", "Cc")), min_size=0, max_size=400).filter(
    lambda text: bool(text.strip())
)
words = st.one_of(st.sampled_from(["Website", "Donaudampfschifffahrtsgesellschaft" * 3, "a b " * 60, "東京 " * 30, "x"]), texts)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Any map: few or many stages, empty ones, words of any length."""
    count = draw(st.integers(0, 9))
    touchpoints, stages, moments, cards = list[Touchpoint](), list[Stage](), list[Moment](), list[Card]()
    for place in range(count):
        steps = list[Step]()
        for _ in range(draw(st.integers(0, 6))):
            name = f"tp{len(touchpoints)}"
            said = draw(words).strip()[:200].strip() or "x"
            touchpoints.append(Touchpoint(id=name, name=said, backstage=draw(st.sampled_from(["", "Data twice a day"]))))
            state = draw(st.sampled_from(["kept", "new", "going"]))
            steps.append(
                Step.model_validate({"id": f"st{len(touchpoints)}", "touchpoint": name, "order": len(steps), "state": state})
            )
        stages.append(
            Stage.model_validate(
                {
                    "id": f"s{place}",
                    "name": draw(words).strip()[:200].strip() or "x",
                    "order": place,
                    "steps": steps,
                    "words": draw(st.one_of(st.just(""), words)),
                    "side": draw(st.sampled_from(["buyer", "customer"])),
                    "desired": draw(st.one_of(st.none(), st.floats(-1, 1))),
                    "think": draw(st.one_of(st.just(""), words)),
                }
            )
        )
        for _ in range(draw(st.integers(0, 2))):
            said = draw(words).strip()[:200].strip() or "x"
            moments.append(
                Moment(id=f"m{len(moments)}", words=said, stage=f"s{place}", need=draw(st.sampled_from(["", "To know " * 40])))
            )
            cards.append(
                Card(id=f"c{len(cards)}", stage=f"s{place}", lane=draw(st.sampled_from(["pains", "notes"])), words=draw(words))
            )
    journey = Journey(
        id="j", name=draw(words).strip()[:200].strip() or "x", words=draw(st.one_of(st.just(""), words)), stages=tuple(stages)
    )
    return Plan(
        brand=Brand(name="Any"), touchpoints=tuple(touchpoints), moments=tuple(moments), cards=tuple(cards), journeys=(journey,)
    )
