"""The same thing said by the customer: a rewrite where the sentence's form allows one, else prompts by theme."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desirelines.plan.checks.prompts import PROMPTS, SEEN_ADVERT, THEMES

MOST = 3
"""So many suggestions are given at most."""
LONGEST = 200


@dataclass(frozen=True)
class Tongue:
    """How one language speaks of customers, and how they would speak of themselves.

    `subject`: the words for customers at the start; `verbs`: what customers do, to what I do; `mine`: whose, to mine.
    """

    subject: str
    verbs: Mapping[str, str]
    mine: Mapping[str, str] = field(default_factory=dict)
    little: frozenset[str] = frozenset()


def _pairs(text: str) -> dict[str, str]:
    """`will=Ich will, wollen=Ich will` as a mapping."""
    return {left.strip(): right.strip() for left, right in (pair.split("=") for pair in text.split(","))}


def _tongue(subject: str, verbs: str, mine: str, little: str) -> Tongue:
    return Tongue(subject, _pairs(verbs), _pairs(mine), frozenset(little.split()))


TONGUES: Mapping[str, Tongue] = {
    "en": _tongue(
        r"(?:the |our |a |an |any |every )?(?:new |existing )?"
        r"(?:customer|user|consumer|client|buyer|shopper|visitor|prospect|lead|guest)s?",
        "is=I am, are=I am, has=I have, have=I have, does=I do, goes=I go, was=I was, were=I was",
        "their=my, his=my, her=my, they=I, them=me, themselves=myself, theirs=mine",
        "the a an of to and our we is are for with on in customer customers that it be",
    ),
    "de": _tongue(
        r"(?:der |die |ein |eine |unsere? )?(?:neue[rn]? )?"
        r"(?:kunde|kundin|kunden|kundinnen|nutzer|nutzerin|interessent|interessenten|käufer)",
        "will=Ich will, wollen=Ich will, möchte=Ich möchte, möchten=Ich möchte, braucht=Ich brauche, brauchen=Ich brauche,"
        "sucht=Ich suche, suchen=Ich suche, hat=Ich habe, haben=Ich habe, ist=Ich bin, sind=Ich bin, wartet=Ich warte,"
        "warten=Ich warte, kann=Ich kann, können=Ich kann",
        "ihr=mein, ihre=meine, ihren=meinen, ihrer=meiner, ihrem=meinem, sein=mein, seine=meine, seinen=meinen, sich=mich",
        "der die das und den dem ein eine wir unsere unser für mit zu im kunden kunde wollen möchten nicht von auf"
        " kundenbindung zielgruppe kampagne neukunden",
    ),
    "fr": _tongue(
        r"(?:le |la |les |un |une |nos |notre )?(?:clients?|clientes?|utilisateurs?|acheteurs?|prospects?)",
        "veut=Je veux, veulent=Je veux, cherche=Je cherche, cherchent=Je cherche, attend=J’attends, attendent=J’attends,"
        "peut=Je peux, peuvent=Je peux, a=J’ai, ont=J’ai, est=Je suis, sont=Je suis",
        "ses=mes, leurs=mes, son=mon, sa=ma",
        "le la les des un une et nos notre nous client clients pour avec du que veut veulent est sont",
    ),
    "es": _tongue(
        r"(?:el |la |los |las |un |una |nuestros? )?(?:clientes?|clientas?|usuari[oa]s?|compradore?s?)",
        "quiere=Quiero, quieren=Quiero, necesita=Necesito, necesitan=Necesito, busca=Busco, buscan=Busco, espera=Espero,"
        "esperan=Espero, tiene=Tengo, tienen=Tengo, puede=Puedo, pueden=Puedo",
        "su=mi, sus=mis",
        "el la los las un una y nuestros nuestro cliente clientes para con que quiere quieren de",
    ),
    "pt": _tongue(
        r"(?:o |a |os |as |um |uma |nossos? |nosso )?(?:clientes?|utilizadore?s?|usuári[oa]s?|compradore?s?)",
        "quer=Quero, querem=Quero, precisa=Preciso, precisam=Preciso, procura=Procuro, procuram=Procuro, espera=Espero,"
        "esperam=Espero, tem=Tenho, têm=Tenho, pode=Posso, podem=Posso",
        "seu=meu, seus=meus, sua=minha, suas=minhas",
        "o os as um uma e nossos nosso cliente clientes para com que quer querem do da não em",
    ),
    "it": _tongue(
        r"(?:il |i |la |le |un |una |nostri )?(?:client[ei]|utent[ei]|acquirent[ei])",
        "vuole=Voglio, vogliono=Voglio, cerca=Cerco, cercano=Cerco, aspetta=Aspetto, aspettano=Aspetto, ha=Ho, hanno=Ho,"
        "può=Posso, possono=Posso",
        "suo=mio, sua=mia, suoi=miei, sue=mie",
        "il i gli la le un una e nostri nostro cliente clienti per con che vuole vogliono di non",
    ),
    "nl": _tongue(
        r"(?:de |een |onze )?(?:nieuwe )?(?:klanten|klant|gebruikers?|kopers?)",
        "wil=Ik wil, willen=Ik wil, zoekt=Ik zoek, zoeken=Ik zoek, wacht=Ik wacht, wachten=Ik wacht, heeft=Ik heb,"
        "hebben=Ik heb, kan=Ik kan, kunnen=Ik kan, is=Ik ben, zijn=Ik ben",
        "hun=mijn, haar=mijn, zijn=mijn",
        "de het een en van onze ons wij klant klanten voor met dat wil willen niet op",
    ),
}
_ASKS = (
    "find compare buy get return track pay know see book choose order cancel change understand talk ask check read visit learn"
    " receive install use wait complain sign search look try reach report fix decide plan start keep save share open collect"
    " renew register"
)
_VERBS = frozenset(_ASKS.split())
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def tongue_of(words: str) -> str:
    """The language a sentence is written in, as far as its little words tell; English where they do not."""
    said = [word.lower() for word in _WORD.findall(words)]
    hits = {name: sum(word in tongue.little for word in said) for name, tongue in TONGUES.items()}
    best = max(hits.values())
    return "en" if hits["en"] == best else next(name for name, found in hits.items() if found == best)


def suggestions(words: str, brands_word: str = "") -> tuple[str, ...]:
    """How a customer might say it, the nearest first; `brands_word`: the word that only a brand would say."""
    name = tongue_of(words)
    found = [*rewrites(words, name)]
    theme = next((theme for theme, pattern in THEMES.items() if brands_word and pattern.search(words)), "")
    found += [one for one in PROMPTS[name][theme] if one not in found]
    return tuple(one for one in found if len(one) <= LONGEST)[:MOST]


def instead_of_a_placement(words: str) -> tuple[str, ...]:
    """What somebody may need who meets an advert."""
    return SEEN_ADVERT[tongue_of(words)]


def rewrites(words: str, name: str) -> tuple[str, ...]:
    """The sentence with the customer as its speaker; nothing where its form does not allow it."""
    text = " ".join(words.split()).rstrip(".")
    tongue = TONGUES[name]
    found = re.match(rf"{tongue.subject}\s+(\w+)\b\s*(.*)$", text, re.IGNORECASE)
    if found:
        verb = found[1].lower()
        mine = tongue.verbs.get(verb) or (f"I {_plain(verb)}" if name == "en" else "")
        if mine:
            return (f"{mine} {_mine(found[2], tongue)}".strip(),)
    first = text.split(" ", 1)[0].lower()
    if name != "en" or not first:
        return ()
    if first in _VERBS:
        return (f"I want to {text[0].lower()}{_mine(text[1:], tongue)}",)
    if first.endswith("ing") and len(first) > 5:
        return (f"I am {text[0].lower()}{_mine(text[1:], tongue)}",)
    return ()


def _plain(verb: str) -> str:
    """An English verb without its `s`."""
    if verb.endswith("ies") and len(verb) > 4:
        return f"{verb[:-3]}y"
    if verb.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return verb[:-2]
    return verb[:-1] if verb.endswith("s") and not verb.endswith("ss") else verb


def _mine(text: str, tongue: Tongue) -> str:
    return _WORD.sub(lambda word: tongue.mine.get(word[0].lower(), word[0]), text)
