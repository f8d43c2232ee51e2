"""Whose words are these? One lint for sentences that customers should say, with what they might say instead."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from desirelines.plan.checks.rewording import instead_of_a_placement, suggestions

Speaker = Literal["moment", "outcome", "thought"]
"""Where a sentence stands: a moment speaks in the first person; an outcome and a thought need only not be the brand's."""

BRAND_SPEAK = re.compile(
    r"\b(we (?:offer|sell|provide|promote|push)|our (?:products?|brand|offers?|services?|audience)"
    r"|convert(?:s|ed|ing)?|conversions?|nurtur(?:e|es|ed|ing)|leads?|prospects?|up-?sell(?:s|ing)?|cross-?sell(?:s|ing)?"
    r"|funnels?|retarget(?:s|ed|ing)?|remarketing|acquisitions?|retention|churn(?:s|ed)?|engagement|monetiz(?:e|es|ation)"
    r"|monetis(?:e|es|ation)|impressions?|click-?through|traffic|campaigns?|target(?:s|ed|ing)? (?:group|customer|audience)s?"
    r"|touchpoints?|kpis?|roi|customers?(?! service)|users?|consumers?|call to action|cta"
    r"|wir (?:bieten|verkaufen|bewerben)|kunden?|kundin(?:nen)?|neukunden|interessenten?|zielgruppen?|kampagnen?|kundenbindung"
    r"|unsere[nmr]? (?:produkte?|marke|angebote?|kunden)|konvertier(?:en|t)"
    r"|(?<!service )clients?|consommateurs?|utilisateurs?|campagnes?"
    r"|notre (?:marque|offre|produit)|nos (?:produits|offres|services)"
    r"|fidélis(?:er|ation)|(?<!al )(?<!ao )clientes?|usuari[oa]s|usuári[oa]s?|utilizadore?s?|consumidore?s?|campañas?|campanhas?"
    r"|nuestr[oa]s? (?:marca|productos?|ofertas?|servicios?)|noss[oa]s? (?:marca|produtos?|ofertas?|serviços?)"
    r"|fideliz(?:ar|ação|ación)|(?<!servizio )clienti|consumator[ei]|utent[ei]|nostr[oaie] (?:marca|prodott[oi]|offert[ae])"
    r"|klant(?:en)?|doelgroep(?:en)?|klantenbinding|onze (?:producten|diensten)|ons (?:merk|aanbod))\b",
    re.IGNORECASE,
)
FIRST_PERSON = re.compile(
    r"\b(i|i'm|i’m|me|my|mine|myself|we|us|our|ours|eu|meu|meus|minha|minhas|mim|quero|preciso|procuro|tenho|posso|espero|pergunto-me"
    r"|preocupa-me|ich|mein|meine|meinen|meiner|meinem|mir|mich"
    r"|yo|mi|mis|me|quiero|necesito|busco|tengo|puedo|je|mon|ma|mes|moi|io|mio|mia|miei|mie|mi|voglio|cerco|aspetto|ho|temo|ik|mijn|mij)\b"
    r"|\b[jm]['’]",
    re.IGNORECASE,
)
PLACEMENT = re.compile(
    r"(?:(?!(?:the|an?|my|der|die|das|den|ein|eine|le|la|les|un|una|el|los|las|o|os|as|um|uma|il|lo|de|het) )[\w’'&+-]+ ){0,3}"
    r"(?:advert|ad|ads|adverts|advertisement|banner|banners|billboard|poster|posters|spot"
    r"|commercial|sponsorship|newsletter|flyer|leaflet|brochure|mailing|pop-?up|pre-?roll|post|reel|anzeige|werbespot|plakat|beilage"
    r"|affiche|annonce|anuncio|cartel|anúncio|cartaz|annuncio|manifesto|advertentie|reclame)"
    r"(?: (?:on|in|at|auf|im|am|an|sur|en|em|no|na|su|op) .{1,60})?",
    re.IGNORECASE,
)
"""The name of a medium and nothing else: `tram-stop advert`, `banner on the home page`."""

ASK = "say it as the customer would: I want to …, I worry that …, where is my …?"


@dataclass(frozen=True)
class Note:
    """One thing to mind about a sentence, and what could be said instead. `code`: one of CODES; `word`: the one it is about."""

    code: str
    severity: Literal["error", "warning"]
    message: str
    hint: str
    word: str = ""
    suggestions: tuple[str, ...] = ()


def brand_speak(text: str) -> str | None:
    """The first word in a text that only a brand would say; None if there is none."""
    found = BRAND_SPEAK.search(text)
    return found.group(0) if found else None


def wording(words: str, speaker: Speaker = "moment", need: str = "", media: Collection[str] = ()) -> tuple[Note, ...]:
    """What there is to mind about one sentence.

    Of a moment also its `need` and the `media` of its touchpoints: a placement that meets no need is refused.
    """
    found = []
    word = brand_speak(words)
    if word:
        message = f"`{word}` is the brand's word, not the customer's"
        found.append(Note("brand-speak", "warning", message, ASK, word, suggestions(words, word)))
    if speaker != "moment" or not words.strip():
        return tuple(found)
    placed = bool(media) and set(media) <= {"advert"}
    if not need.strip() and (placed or is_placement(words)):
        message = "a placement is no moment: an advert alone meets no need"
        hint = "who meets it, where, and what do they want then? Say the customer's `need`"
        found.insert(0, Note("placement-is-no-moment", "error", message, hint, "", instead_of_a_placement(words)))
    elif not word and not as_customer(words):
        message = f"“{words}” does not speak as the customer"
        found.append(Note("first-person", "warning", message, ASK, "", suggestions(words)))
    return tuple(found)


def is_placement(words: str) -> bool:
    """True if a sentence is no more than the name of a medium."""
    return not FIRST_PERSON.search(words) and bool(PLACEMENT.fullmatch(" ".join(words.split()).rstrip(".")))


def as_customer(words: str) -> bool:
    """The first person in a few languages, a question, or a script this list does not know."""
    return "?" in words or bool(FIRST_PERSON.search(words)) or not re.search("[a-z]", words, re.IGNORECASE)
