"""What customers say where a brand would say something else: stems to finish, by theme and language."""

from __future__ import annotations

import re
from collections.abc import Mapping

THEMES: Mapping[str, re.Pattern[str]] = {
    "sell": re.compile(
        r"convert|conver[st]i|konver|\bleads?\b|prospect|interessent|up-?sell|cross-?sell|funnel|acquisition|monetiz|monetis|neukunden"
        r"|\bsell|verkauf|vendre|vender|vendere|verkop|captar|capta[çc]|roi\b",
        re.IGNORECASE,
    ),
    "tell": re.compile(
        r"nurtur|engage|impression|click-?through|traffic|campa|kampagne|retarget|remarket|call to action|\bcta\b|promote|push"
        r"|advert|banner|werb|public|reclame|anún|annonce",
        re.IGNORECASE,
    ),
    "keep": re.compile(r"retention|churn|loyal|fid[eé]li|bindung|binding", re.IGNORECASE),
    "offer": re.compile(
        r"\bour\b|\bwe\b|\bunser|\bwir\b|\bnos\b|\bnotre\b|nuestr|noss[oa]|nostr|\bons\b|\bonze\b", re.IGNORECASE
    ),
}
"""Which theme a text of the brand's is about; the first that fits."""

PROMPTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "en": {
        "sell": ("I want to know whether this is right for me", "I want to see the whole price before I decide"),
        "tell": ("I want to find out what is in it for me", "I want to hear of it when I need it, and not before"),
        "keep": ("I want a reason to come back", "I want help before I give up"),
        "offer": ("What would this do for me?", "I want to know what I get for my money"),
        "": ("I want to …", "I worry that …", "Where is my …?"),
    },
    "de": {
        "sell": (
            "Ich will wissen, ob das etwas für mich ist",
            "Ich will den ganzen Preis sehen, bevor ich mich entscheide",
        ),
        "tell": ("Ich will wissen, was mir das bringt", "Ich will davon hören, wenn ich es brauche, und nicht vorher"),
        "keep": ("Ich will einen Grund, wiederzukommen", "Ich will Hilfe, bevor ich aufgebe"),
        "offer": ("Was habe ich davon?", "Ich will wissen, was ich für mein Geld bekomme"),
        "": ("Ich will …", "Ich fürchte, dass …", "Wo ist mein …?"),
    },
    "fr": {
        "sell": ("Je veux savoir si c’est fait pour moi", "Je veux voir le prix entier avant de décider"),
        "tell": ("Je veux savoir ce que cela m’apporte", "Je veux en entendre parler quand j’en ai besoin, pas avant"),
        "keep": ("Je veux une raison de revenir", "Je veux de l’aide avant d’abandonner"),
        "offer": ("Qu’est-ce que cela m’apporte ?", "Je veux savoir ce que j’ai pour mon argent"),
        "": ("Je veux …", "Je crains que …", "Où est mon … ?"),
    },
    "es": {
        "sell": ("Quiero saber si esto es para mí", "Quiero ver el precio entero antes de decidirme"),
        "tell": ("Quiero saber qué gano yo con esto", "Quiero oír de esto cuando lo necesite, no antes"),
        "keep": ("Quiero un motivo para volver", "Quiero ayuda antes de rendirme"),
        "offer": ("¿Qué me aporta a mí?", "Quiero saber qué recibo por mi dinero"),
        "": ("Quiero …", "Me preocupa que …", "¿Dónde está mi …?"),
    },
    "pt": {
        "sell": ("Quero saber se isto é para mim", "Quero ver o preço todo antes de decidir"),
        "tell": ("Quero saber o que ganho com isto", "Quero ouvir falar disto quando precisar, e não antes"),
        "keep": ("Quero um motivo para voltar", "Quero ajuda antes de desistir"),
        "offer": ("O que é que isto me traz a mim?", "Quero saber o que recebo pelo meu dinheiro"),
        "": ("Quero …", "Preocupa-me que …", "Onde está o meu …?"),
    },
    "it": {
        "sell": ("Voglio sapere se fa per me", "Voglio vedere tutto il prezzo prima di decidere"),
        "tell": ("Voglio sapere che cosa mi dà", "Voglio sentirne parlare quando mi serve, non prima"),
        "keep": ("Voglio un motivo per tornare", "Voglio aiuto prima che io rinunci"),
        "offer": ("Che cosa mi porta?", "Voglio sapere che cosa ricevo per i miei soldi"),
        "": ("Voglio …", "Temo che …", "Dov’è il mio …?"),
    },
    "nl": {
        "sell": ("Ik wil weten of dit iets voor mij is", "Ik wil de hele prijs zien voordat ik kies"),
        "tell": ("Ik wil weten wat ik eraan heb", "Ik wil ervan horen als ik het nodig heb, niet eerder"),
        "keep": ("Ik wil een reden om terug te komen", "Ik wil hulp voordat ik opgeef"),
        "offer": ("Wat heb ik eraan?", "Ik wil weten wat ik voor mijn geld krijg"),
        "": ("Ik wil …", "Ik ben bang dat …", "Waar is mijn …?"),
    },
}

SEEN_ADVERT: Mapping[str, tuple[str, ...]] = {
    "en": ("I wonder whether this is something for me", "I want to look at it later, when I have time"),
    "de": ("Ich frage mich, ob das etwas für mich ist", "Ich will es mir später ansehen, wenn ich Zeit habe"),
    "fr": ("Je me demande si c’est pour moi", "Je veux le regarder plus tard, quand j’aurai le temps"),
    "es": ("Me pregunto si esto es para mí", "Quiero verlo más tarde, cuando yo tenga tiempo"),
    "pt": ("Pergunto-me se isto é para mim", "Quero ver isto mais tarde, quando eu tiver tempo"),
    "it": ("Mi chiedo se fa per me", "Voglio guardarlo più tardi, quando io ho tempo"),
    "nl": ("Ik vraag me af of dit iets voor mij is", "Ik wil er later naar kijken, als ik tijd heb"),
}
"""What somebody may need who meets an advert."""
