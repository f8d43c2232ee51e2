"""What people call the rows and columns of their maps, in the languages we met, and what we call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from desirelines.plan import Medium
from desirelines.studio.bringing.nouns import Side

_LANES: Mapping[str, str] = {
    "touchpoints": "touchpoint, touch point, contact point, channel, channel touchpoint, interaction, kontaktpunkt,"
    " kontaktpunkte, kanal, kanäle, canal,"
    " punto de contacto, point de contact",
    "moments": "moment, need, customer need, user need, goal, user goal, customer goal, job to be done, job, jtbd,"
    " expectation,"
    " bedürfnis, bedürfnisse, ziel, ziele, erwartung, erwartungen, besoin, objectif, necesidad",
    "do": "do, doing, action, customer action, user action, activity, step, task, behavior, behaviour, what they do,"
    " handlung, handlungen,"
    " aktivität, aktivitäten, schritt, schritte, acción",
    "think": "think, thinking, thought, question, mindset, what they think, gedanke, gedanken, frage, fragen, pensée,"
    " pensamiento",
    "feel": "feel, feeling, mood, what they feel, gefühl, gefühle, stimmung",
    "emotion": "emotion, emotional journey, emotional curve, sentiment, satisfaction, experience score, emotionskurve, émotion",
    "pains": "pain, pain point, painpoint, frustration, problem, issue, barrier, friction, what hurts, schmerzpunkt,"
    " schmerzpunkte, hürde, hürden,"
    " point de douleur, punto de dolor",
    "opportunities": "opportunity, idea, solution, improvement, recommendation, how might we, what could be better,"
    " chance, chancen, idee, ideen,"
    " verbesserung, opportunité, oportunidad",
    "insights": "insight, quote, quotation, verbatim, research, finding, evidence, customer quote, zitat, zitate,"
    " erkenntnis, erkenntnisse,"
    " citation, cita",
    "frontstage": "frontstage, front stage, onstage, employee action, visible action, service action, physical evidence",
    "backstage": "backstage, back stage, internal process, process, support process, behind the scene, internal action, prozess",
    "systems": "system, technology, tool, it system, it, software, system und werkzeug",
    "owners": "owner, responsible, responsibility, team, department, stakeholder, verantwortlich, zuständig, abteilung",
    "figures": "figure, kpi, metric, measure, number, kennzahl, kennzahlen, indicator",
    "messages": "message, key message, content, communication, botschaft, botschaften",
    "promises": "promise, service level, sla, versprechen",
    "images": "image, picture, photo, screenshot, storyboard, bild, bilder",
    "notes": "note, comment, remark, anything else, notiz, notizen, bemerkung, kommentar, kommentare",
    "ways": "way taken, desire line",
}
_FIELDS: Mapping[str, str] = {
    "stage": "stage, phase, journey stage, journey phase, stage name, phase name, step of journey, etappe, étape, fase",
    "side": "side, seite",
    "lane": "lane, row, swimlane, category, lane name",
    "kind": "kind, type, art, typ",
    "words": "words, text, description, name, title, card, content of card, beschreibung, titel",
    "touchpoint": "touchpoint, touch point, contact point, interaction, touchpoint name, kontaktpunkt, kontaktpunkte,"
    " punto de contacto, point de contact",
    "medium": "medium, channel, media, kanal, canal",
    "owner": "owner, responsible, team, department, verantwortlich, abteilung",
    "persona": "persona, actor, who, segment",
    "state": "state, status",
    "id": "id",
    "of": "of",
    "more": "more, detail",
    "source": "source",
}
_AFTER = (
    "us(e|ing|age)|receiv|deliver|onboard|support|help|servic|loyal|retention|retain|advoca|recommend|renew|return|after|post|own|unbox"
    "|install|settle|complain|refer|grow|offboard|nutz|liefer|erhalt|empfehl|bindung|hilfe|utilis|uso|soporte|entrega"
)
_BEFORE = (
    "aware|discover|dream|inspir|consider|research|compar|evaluat|decid|decision|purchas|buy|order|checkout|before|pre|need|search|find"
    "|choose|select|book|kauf|bestell|entscheid|suche|bewusst|compra|achat"
)
_CUES: tuple[tuple[Side, str], ...] = (("customer", rf"\b({_AFTER})"), ("buyer", rf"\b({_BEFORE})"))
_MEDIA: tuple[tuple[Medium, str], ...] = (
    ("mail", r"e-?mail|newsletter"),
    ("phone", r"phone|call|hotline|telef"),
    ("advert", r"\bad(s|vert\w*)?\b|banner|campaign|werbung|tv\b|radio|billboard|poster"),
    ("message", r"chat|sms|messag|whatsapp|social|push|instagram|facebook"),
    ("parcel", r"parcel|package|packag|paket|unbox|shipment"),
    ("vehicle", r"\bvan\b|truck|vehicle"),
    ("paper", r"letter|paper|brochure|flyer|leaflet|catalog|invoice|bill|receipt|brief|katalog|rechnung|print"),
    ("person", r"staff|advis|agent|sales ?(person|rep)|technician|in person|consult|beratung|human|employee"),
    ("place", r"store|shop(?!ping cart)|branch|office|event|fair|in-?store|filiale|laden|place|physical|location"),
    ("screen", r"web|app\b|site|online|screen|digital|portal|page|search|google"),
)


def plain(text: str) -> str:
    """Small letters without marks, in the singular, single blanks: for comparing names."""
    text = unicodedata.normalize("NFKC", text).casefold()
    words = re.sub(r"[^\w]+|_+", " ", text).split()
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words)


def _table(named: Mapping[str, str]) -> dict[str, str]:
    return {plain(word): name for name, words in named.items() for word in (name, *words.split(","))}


LANE_OF, FIELD_OF = _table(_LANES), _table(_FIELDS)


def lane_of(label: str) -> str:
    """The house's lane that a label means; empty: none that we know."""
    text = plain(label)
    if text in LANE_OF:
        return LANE_OF[text]
    words = text.split()
    inside = [name for word, name in LANE_OF.items() if len(word) > 4 and f" {word} " in f" {text} "] if len(words) <= 5 else []
    return inside[0] if inside else ""


def field_of(label: str) -> str:
    """What a list's column holds: a field, `lane:<lane>` for texts of a lane, empty where nothing is known."""
    text = plain(label)
    if text in FIELD_OF:
        return FIELD_OF[text]
    lane = lane_of(label)
    return f"lane:{lane}" if lane else ""


def medium_of(text: str) -> Medium | None:
    """A guess from words."""
    said = text.casefold()
    return next((medium for medium, words in _MEDIA if re.search(words, said)), None)


def side_of(name: str) -> Side | None:
    """Which side a stage's name speaks of; None: it does not say."""
    said = name.casefold()
    return next((side for side, words in _CUES if re.search(words, said)), None)
