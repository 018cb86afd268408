"""Names of authors: what is a person's name, and which one stands in 'Dr. Jana Muster (Text), Leipzig'.

There is no list of names behind it: authors of small papers are called anything. A name is two to five
capitalised words, particles between them, none of which is known to belong to offices, firms, headings or roles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PARTICLES = _words(
    """
    von van de der den zu zur vom ter ten del della di da do dos das du la le el al bin ibn af av y e
    Von Van De Der Den Zu Zur Vom Del Della Di Da Dos Du La Le El Al Bin Ibn Mac Mc O
    """
)
_TITLES = re.compile(
    r"(?:\b(?:Univ|Prof|Priv|Doz|PD|Dr|Dres|Dipl|Ing|Mag|Arch|DI|FH|TU|TH|BSc|MSc|MA|BA|med|phil|jur|rer|nat|pol|oec|habil|h|c|"
    r"em|Mr|Mrs|Ms|Sir|Frau|Herr|Herrn|Professor|Professorin|Doktor)\b\.?[-\s]*)+(?=[A-ZÄÖÜ])"
)
_ROLE_WORDS = re.compile(
    r"(?:(?:unser(?:e[rmn]?)?|our|the|freie[rn]?)\s+)?"
    r"(?:(?:Chef|Lokal|Gast|Gerichts|Volontärs?|Kultur)?-?"
    r"(?:[Rr]edakteur(?:in)?|[Rr]eporter(?:in)?|[Aa]utor(?:in)?|[Kk]orrespondent(?:in)?|[Mm]itarbeiter(?:in)?|Volontär(?:in)?|"
    r"[Cc]orrespondent|[Ee]ditor|[Ss]taff [Ww]riter))\s+"
)
# Words that begin headings and lines in capitals, or name roles, desks and agencies; never part of a personal name.
_NOT_NAMES = _words(
    """
    der die das den dem des ein eine einer eines einem einen und oder mit ohne für bei im in am an auf aus nach über
    unter wie was wer wo wann warum neu neue neuer neues neuen alte alter altes gute guter grüne grüner rote rund
    mehr viel kein keine alle alles unser unsere ihr ihre sein seine zur zum vom beim nicht noch auch so da dort
    hier heute gestern the a an of and or for with by from our your their this that what who why how new old more
    press news redaktion team gastbeitrag gastautor gastautorin autor autorin autoren author admin administrator
    webmaster editor editorial staff office desk presse pressestelle pressemitteilung medienmitteilung agentur
    agenturen bericht interview text foto fotos bild bilder photo photos video quelle stand datum ort zeit anmeldung
    kontakt impressum datenschutz kommentar kommentare newsletter rundbrief download startseite home projekt
    projekte programm programme aktuelles stadt land kreis landkreis gemeinde bezirk amt rat haus platz markt straße
    strasse verein verband stiftung netzwerk universität hochschule institut zentrum büro forum bund freistaat
    republik partei fraktion bündnis initiative ag gmbh kg ev eg mbh ltd inc llc gbr co bad sankt universitat
    technische technical freie nationale deutsche deutscher deutsches city town county council university institute
    department ministry association foundation network centre center society committee commission agency authority
    housing urban street road park river bridge house school college international national european europäische
    republic kingdom united north south east west northern southern dpa afp epd kna ots apa sda ap reuters pm red eb
    anzeige online unknown anonymous anonym none null unbekannt groß klein ober unter nieder hansestadt lutherstadt
    landeshauptstadt bergisch schwäbisch königs castrop neustadt los san santa saint hong rio buenos tel cape mexico
    salt puerto erstellt gezeichnet fotografiert gestaltet illustriert übersetzt entworfen geplant gefördert
    vorgestellt verfasst liebe lieber hallo viele herzliche beste freundliche grüße gruß regards best kind dear
    yours yesterday today montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag monday tuesday
    wednesday thursday friday saturday sunday januar februar märz juni juli september oktober november dezember
    january february march july october december
    """
)
_NOT_NAME_ENDS = re.compile(
    r"(?:amt|ämter|ministerium|zeitung|verlag|verein|redaktion|stelle|universität|schule|verwaltung|verband|stiftung|agentur|"
    r"blatt|anzeiger|magazin|büro|ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|ität|ismus|tät|straße|strasse|"
    r"platz|viertel|quartier|projekt|programm|preis|kongress|konferenz|forum|zentrum|institut|gesellschaft|rat|fest|tag|dienst)$"
)
# Front matter can nest and alias lists so that they unfold without end.
_MAX_DEPTH, _MAX_AUTHORS, _MAX_FIELD = 3, 50, 1000
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’`´ʼ‘.-](?=[^\W\d_]))*\.?$")
_PAREN = re.compile(r"\s*[(\[]([^)\]]*)[)\]]")
_PICTURES = re.compile(
    r"foto|photo|bild|illustration|zeichnung|grafik|graphic|picture|image|video|kamera|camera", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*(?:[,;/|&+]|\b(?:und|and|sowie|u\.)(?=\s))\s*")
_PREFIX = re.compile(
    r"(?:(?:geschrieben|verfasst|written|posted|published)\s+)?(?:von|by|autor(?:in)?|author|text)\s*:?\s+",
    re.IGNORECASE,
)


def is_person(name: str, *, single: bool = False) -> bool:
    """Tell whether ``name`` has the form of a personal name; ``single`` allows one word ('Volker').

    >>> [is_person(n) for n in ("Çiğdem Hürth", "Slavko van der Veen", "Stadt Oldenburg", "Bundesamt Bonn")]
    [True, True, False, False]
    """
    words = name.split()
    if not (1 if single else 2) <= len(words) <= 5:
        return False
    # A capital 'Von' in front is the byline's own word, not part of the name.
    if words[0] == "Von" or words[-1] in _PARTICLES or words[-1].endswith("."):
        return False
    for word in words:
        if word in _PARTICLES:
            continue
        if not _WORD.match(word) or not word[0].isupper() or (len(word) > 1 and word.isupper() and "." not in word):
            return False
        low = word.casefold().replace("ß", "ss")
        if low.strip(".") in _NOT_NAMES or word.casefold() in _NOT_NAMES or _NOT_NAME_ENDS.search(word.casefold()):
            return False
    return sum(word not in _PARTICLES for word in words) >= (1 if single else 2)


def plain_name(name: str) -> str:
    """Strip titles, role words and what stands in brackets; set a name in capitals in normal case.

    >>> [plain_name(n) for n in ("Prof. Dr. Karla Hiddensen", "unserem Redakteur Bodo Gotha", "INES VON DER AU")]
    ['Karla Hiddensen', 'Bodo Gotha', 'Ines von der Au']
    """
    name = _PAREN.sub("", name)
    name = _ROLE_WORDS.sub("", name.strip(' \t\n,;:|·*_"“”„'), count=1)
    name = _TITLES.sub("", name)
    words = name.split()
    if words and name.isupper() and len(name) > 3:
        words = [
            w.lower() if w.lower() in _PARTICLES else "-".join(p.capitalize() for p in w.split("-")) for w in words
        ]
    return " ".join(words)


def persons(value: object, *, single: bool = True) -> tuple[str, ...]:
    """Read the authors of a metadata field: text, an object with a name, or a list of either.

    ``single`` allows names of one word ('Volker'), which on web pages are mostly accounts.
    Organisations, desks, addresses and accounts are left out.

    >>> persons(["By Ann Lee", {"@type": "Person", "name": "Dr. Bo Li"}, {"@type": "Organization", "name": "Ann Corp"}])
    ('Ann Lee', 'Bo Li')
    """
    return tuple(dict.fromkeys(_persons(value, single, depth=0)))


def _persons(value: object, single: bool, depth: int) -> Iterable[str]:
    if isinstance(value, str):
        yield from _persons_of_text(value[:_MAX_FIELD], single=single)
    elif isinstance(value, Mapping) and depth < _MAX_DEPTH:
        kinds = value.get("@type", "Person")
        if "Person" in (kinds if isinstance(kinds, list) else [kinds]):
            yield from _persons(value.get("name") or _joined(value), single, depth + 1)
    elif isinstance(value, list | tuple) and depth < _MAX_DEPTH:
        for item in value[:_MAX_AUTHORS]:
            yield from _persons(item, single, depth + 1)


def _joined(person: Mapping[object, object]) -> str:
    given = person.get("givenName") or person.get("first_name") or ""
    family = person.get("familyName") or person.get("last_name") or ""
    return f"{given} {family}".strip()


def _persons_of_text(text: str, *, single: bool) -> Iterable[str]:
    text = _PREFIX.sub("", " ".join(text.split()), count=1)
    swapped = re.fullmatch(r"([^\W\d_][\w'’-]+),\s*([^\W\d_][\w'’-]+)", text)
    if swapped and is_person(f"{swapped[2]} {swapped[1]}"):
        yield f"{swapped[2]} {swapped[1]}"  # library order: 'Muster, Jana'
        return
    parts = [part for part in _SEPARATOR.split(text) if part]
    names = [plain_name(part) for part in parts if not _is_picture_credit(part)]
    # 'Tobias, Thomas und Knut' are authors, 'Jana Muster, Leipzig' is one: single names count where all are.
    single = single and all(" " not in name and is_person(name, single=True) for name in names)
    yield from (name for name in names if is_person(name, single=single))


def _is_picture_credit(part: str) -> bool:
    brackets = _PAREN.search(part)
    return bool(brackets and _PICTURES.search(brackets[1]))


def names_at(text: str, *, single: bool = False) -> tuple[tuple[str, ...], str]:
    """Read the personal names that ``text`` begins with, and return them with the rest of the text.

    Names may be joined by commas, 'und', 'and', '&', '/'; one that is marked as photographer is passed over.
    ``single`` allows a name of one word where it stands alone.

    >>> names_at("Tabea Krumm (Text) und Linus Petzold (Fotos), 21. August 2020")
    (('Tabea Krumm',), ', 21. August 2020')
    """
    found: list[str] = []
    rest = text.strip()
    while True:
        name, after = _name_at(rest, single=single and not found)
        if not name:
            return tuple(found), rest
        rest = after
        brackets = _PAREN.match(rest)
        pictures = bool(
            brackets and _PICTURES.search(brackets[1]) and not re.search(r"text", brackets[1], re.IGNORECASE)
        )
        rest = rest[brackets.end() :] if brackets else rest
        if not pictures:
            found.append(name)
        separator = _SEPARATOR.match(rest)
        if not separator:
            return tuple(found), rest.strip()
        if not _name_at(rest[separator.end() :], single=False)[0]:
            return tuple(found), rest.strip()
        rest = rest[separator.end() :]


def _name_at(text: str, *, single: bool) -> tuple[str, str]:
    """Return the name at the beginning of ``text`` ('' where there is none) and what follows it."""
    skipped = _ROLE_WORDS.match(text)
    begin = skipped.end() if skipped else 0
    while title := _TITLES.match(text, begin):
        begin = title.end()
    end = begin
    for word in re.finditer(r"[^\s/(\[]+", text[begin:]):
        if text[end : begin + word.start()].strip():
            break
        bare = word[0].rstrip(",;:|)!?")
        initial = re.fullmatch(r"[A-ZÄÖÜ]\.(?:-?[A-ZÄÖÜ]\.)*", bare)
        bare = bare if initial else bare.rstrip(".")
        if not bare or not (bare[0].isupper() or bare in _PARTICLES) or not _WORD.match(bare):
            break
        end = begin + word.start() + len(bare)
        if bare != word[0]:
            break
    raw = text[begin:end]
    while raw and raw.split()[-1] in _PARTICLES and raw.split()[-1].islower():
        raw = raw[: -len(raw.split()[-1])].rstrip()
    name = plain_name(raw)
    if not is_person(name, single=single):
        return "", text
    return name, text[begin + len(raw) :]
