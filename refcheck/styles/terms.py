"""The words that a reference list puts between the data, by language.

English follows the APA manual; the others its editions and the CSL locales of their languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

Terms = Mapping[str, str]

_EN = {
    "editor": "Ed.", "editors": "Eds.", "translator": "Trans.", "translators": "Trans.",
    "illustrator": "Illus.", "illustrators": "Illus.", "narrator": "Narr.", "narrators": "Narrs.",
    "interviewer": "Interviewer", "interviewers": "Interviewers", "collection_editor": "Ed.",
    "collection_editors": "Eds.", "editor_translator": "Ed. & Trans.", "editor_translators": "Eds. & Trans.",
    "editorial_director": "Ed.", "editorial_directors": "Eds.", "compiler": "Compiler",
    "compilers": "Compilers", "chair": "Chair", "chairs": "Chairs", "organizer": "Organizer",
    "organizers": "Organizers", "curator": "Curator", "curators": "Curators", "director": "Director",
    "directors": "Directors", "script_writer": "Writer", "script_writers": "Writers",
    "guest": "Guest Expert", "guests": "Guest Experts", "host": "Host", "hosts": "Hosts",
    "producer": "Producer", "producers": "Producers", "executive_producer": "Executive Producer",
    "executive_producers": "Executive Producers", "series_creator": "Series Creator",
    "series_creators": "Series Creators", "contributor": "with", "container_author": "by", "By": "By", "reviewed_author": "by",
    "and": "and", "et al.": "et al.", "n.d.": "n.d.", "ca.": "ca.", "ed.": "ed.", "Vol.": "Vol.",
    "Vols.": "Vols.", "No.": "No.", "Nos.": "Nos.", "p.": "p.", "pp.": "pp.", "Version": "Version", "Issue": "Issue", "Issues": "Issues",
    "Suppl.": "Suppl.", "Pt.": "Pt.", "ch.": "ch.", "Chapter": "Chapter",
    "Chapters": "Chapters", "Track": "Track", "Tracks": "Tracks", "Article": "Article", "In": "In", "On": "On",
    "Retrieved": "Retrieved {date}, from", "original": "Original work published", "as": "as",
    "review of": "Review of", "review of the book": "Review of the book", "Review of the": "Review of the",
    "interview": "Interview", "Interview by": "Interview by", "to": "to", "letter": "Letter",
    "personal communication": "personal communication", "Personal communication": "Personal communication",
    "Publication": "Publication", "Patent": "Patent", "recorded by": "recorded by", "broadcast": "Broadcast",
    "collection": "Archival collection", "dataset": "Dataset", "figure": "Figure", "graphic": "Graphic", "map": "Map",
    "special issue": "Special issue", "supplement": "Supplement", "unpublished manuscript": "Unpublished manuscript",
    "motion_picture": "Video recording", "song": "Audio recording", "software": "Computer software",
    "post": "Online post", "review": "Review", "review-book": "Book review", "testimony of": "testimony of",
    "before the": "before the", "hearing": "Hearing", "on": "on", "retracted": "Retraction published",
    "months": "January February March April May June July August September October November December",
    "seasons": "Spring Summer Fall Winter", "year-date": "{year}, {rest}", "month-day": "{month} {day}",
    "B.C.E.": " B.C.E.", "C.E.": " C.E.",
}  # fmt: skip
_OTHER: Mapping[str, Mapping[str, str]] = {
    "de": {
        "editor": "Hrsg.", "editors": "Hrsg.", "translator": "Übers.", "translators": "Übers.",
        "collection_editor": "Hrsg.", "collection_editors": "Hrsg.", "and": "und", "n.d.": "o. D.",
        "ed.": "Aufl.", "Vol.": "Bd.", "Vols.": "Bde.", "No.": "Nr.", "Nos.": "Nr.", "p.": "S.", "pp.": "S.",
        "Issue": "Heft", "Issues": "Hefte", "Article": "Artikel", "Chapter": "Kapitel", "Chapters": "Kapitel", "Retrieved": "Abgerufen {date}, von",
        "original": "Erstveröffentlichung", "as": "als", "dataset": "Datensatz", "software": "Software",
        "map": "Karte", "review of": "Rezension von", "review of the book": "Rezension des Buches",
        "interview": "Interview", "director": "Regie", "directors": "Regie",
        "personal communication": "persönliche Kommunikation",
        "months": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "seasons": "Frühjahr Sommer Herbst Winter", "month-day": "{day}. {month}",
    },
    "fr": {
        "editor": "Éd.", "editors": "Éds.", "translator": "Trad.", "translators": "Trad.",
        "collection_editor": "Éd.", "collection_editors": "Éds.", "and": "et", "n.d.": "s. d.", "ed.": "éd.",
        "No.": "Nᵒ", "Nos.": "Nᵒˢ", "In": "Dans", "Retrieved": "Consulté {date}, à l’adresse",
        "original": "Édition originale publiée", "as": "sous le titre", "dataset": "Jeu de données",
        "software": "Logiciel", "map": "Carte", "directors": "Réalisateurs", "director": "Réalisateur",
        "months": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "seasons": "printemps été automne hiver", "month-day": "{day} {month}",
    },
    "es": {
        "editor": "Ed.", "editors": "Eds.", "translator": "Trad.", "translators": "Trads.", "and": "y",
        "n.d.": "s. f.", "ed.": "ed.", "No.": "N.º", "Nos.": "N.º", "In": "En",
        "Retrieved": "Recuperado {date}, de", "original": "Obra original publicada", "as": "como",
        "dataset": "Conjunto de datos", "map": "Mapa", "director": "Director", "directors": "Directores",
        "months": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "seasons": "primavera verano otoño invierno", "month-day": "{day} de {month}",
    },
}  # fmt: skip


@cache
def terms(locale: str) -> Terms:
    """Return the words of a locale's language; English where there are none."""
    return {**_EN, **_OTHER.get(locale.split("-", maxsplit=1)[0].lower(), {})}
