"""Whose words are these, and what could be said instead?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desirelines.plan import Brand, Journey, Moment, Plan, Stage, Touchpoint, brand_speak, check, wording
from desirelines.plan.checks.prompts import PROMPTS, SEEN_ADVERT, THEMES
from desirelines.plan.checks.rewording import MOST, TONGUES, tongue_of


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("Customers want to return their parcel", "I want to return my parcel"),
        ("The customer compares prices at home", "I compare prices at home"),
        ("Users are afraid that they lose their data.", "I am afraid that I lose my data"),
        ("Return a parcel", "I want to return a parcel"),
        ("Comparing prices", "I am comparing prices"),
        ("Der Kunde möchte seinen Sessel zurückgeben", "Ich möchte meinen Sessel zurückgeben"),
        ("Kunden wollen wissen, wann ihre Ware kommt", "Ich will wissen, wann meine Ware kommt"),
        ("Les clients veulent savoir quand le colis arrive", "Je veux savoir quand le colis arrive"),
        ("Los clientes necesitan ayuda con su factura", "Necesito ayuda con mi factura"),
        ("O cliente quer saber da sua encomenda", "Quero saber da minha encomenda"),
        ("I clienti vogliono un prezzo chiaro", "Voglio un prezzo chiaro"),
        ("De klant wil weten wanneer het komt", "Ik wil weten wanneer het komt"),
    ],
)
def test_a_sentence_about_customers_is_turned_into_one_by_them(said: str, instead: str) -> None:
    [note] = wording(said)
    assert note.suggestions[0] == instead
    assert wording(instead) == ()


@pytest.mark.parametrize(
    ("said", "code", "prompt"),
    [
        ("We convert leads", "brand-speak", "I want to know whether this is right for me"),
        ("Retention of existing buyers", "brand-speak", "I want a reason to come back"),
        ("More traffic for the spring sale", "brand-speak", "I want to find out what is in it for me"),
        ("Wir konvertieren Leads", "brand-speak", "Ich will wissen, ob das etwas für mich ist"),
        ("Kundenbindung", "brand-speak", "Ich will einen Grund, wiederzukommen"),
        ("Delivery", "first-person", "I want to …"),
    ],
)
def test_what_has_no_speaker_gets_prompts_by_what_it_is_about(said: str, code: str, prompt: str) -> None:
    [note] = wording(said)
    assert note.code == code
    assert prompt in note.suggestions
    assert note.severity == "warning"


@pytest.mark.parametrize(
    "said",
    [
        "I want to know when it comes",
        "Where is my parcel?",
        "Quero saber quando chega",
        "J’attends mon colis",
        "いつ届きますか",
        "I call customer service",
    ],
)
def test_the_customers_own_words_are_left_alone(said: str) -> None:
    assert wording(said) == ()


@pytest.mark.parametrize("said", ["Tram-stop advert", "Banner on the home page", "TV spot", "Plakat am Tor", "Instagram post"])
def test_a_bare_placement_is_refused_as_a_moment_and_told_what_to_write(said: str) -> None:
    [note] = wording(said)
    assert (note.code, note.severity) == ("placement-is-no-moment", "error")
    assert note.suggestions in SEEN_ADVERT.values()
    assert [one.code for one in wording(said, need="to know whether this sofa fits")] == ["first-person"]
    assert wording(said, "outcome") == ()


def test_words_with_a_need_at_adverts_only_are_a_placement_until_the_need_is_said() -> None:
    assert wording("I saw it at the stop", media=["advert"])[0].code == "placement-is-no-moment"
    assert wording("I saw it at the stop", media=["advert", "screen"]) == ()
    assert wording("I saw it at the stop", need="somewhere to sit", media=["advert"]) == ()
    assert wording("Read the newsletter")[0].code == "first-person"


def test_an_outcome_and_a_thought_need_no_first_person() -> None:
    assert wording("the sofa stands on Friday", "outcome") == ()
    assert wording("so many offers", "thought") == ()
    assert wording("conversion goes up", "thought")[0].word == "conversion"


def plan(words: str) -> Plan:
    stage = Stage(id="find", name="Find", side="buyer")
    return Plan(
        brand=Brand(name="Kiosk"),
        touchpoints=(Touchpoint(id="stop", name="Stop", medium="advert", owner=None),),
        journeys=(Journey(id="buy", name="Buy", stages=(stage,)),),
        moments=(Moment(id="one", words=words, stage="find"),),
    )


@pytest.mark.parametrize("said", ["We convert leads", "Tram-stop advert", "Delivery", "Where is it?"])
def test_the_check_of_a_plan_and_the_lint_while_writing_are_one_rule(said: str) -> None:
    codes = {"brand-speak", "placement-is-no-moment", "first-person"}
    assert {(one.code, one.severity) for one in check(plan(said)) if one.code in codes} == {
        (one.code, one.severity) for one in wording(said)
    }


def test_every_prompt_speaks_as_the_customer_and_in_its_language() -> None:
    assert set(PROMPTS) == set(SEEN_ADVERT) == set(TONGUES)
    for name, themes in PROMPTS.items():
        assert set(themes) == {*THEMES, ""}
        for said in [*SEEN_ADVERT[name], *(one for several in themes.values() for one in several)]:
            assert wording(said) == (), said
            assert brand_speak(said) is None


def test_a_sentence_without_little_words_counts_as_english() -> None:
    assert tongue_of("") == tongue_of("xyzzy 42") == "en"
    assert tongue_of("wir wollen das nicht") == "de"


@given(st.text(max_size=200), st.sampled_from(["moment", "outcome", "thought"]))
def test_any_text_at_all_is_answered_briefly_and_suggestions_fit_a_moment(words: str, speaker: str) -> None:
    for note in wording(words, speaker):  # type: ignore[arg-type]
        assert len(note.suggestions) <= MOST
        assert all(0 < len(one) <= 200 for one in note.suggestions)
