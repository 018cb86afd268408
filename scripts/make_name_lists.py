"""Makes ``data/first_names.txt``, ``data/last_names.txt`` and ``data/ambiguous_names.txt``.

Names of people come from Faker (MIT) and from the tokens that GermEval 2014 and WikiGold (both CC BY 4.0)
mark as persons. A name of a city is ambiguous if it is more often something else, by these signs:

* it stands in lower case in running text ('essen', 'reading', 'nice'),
* it follows an article ('der Hof', 'ein Berg') in the German texts,
* GermEval or WikiGold mark it as something else than a place, or as no name, at least as often as a place,
* it is a given name or surname of Faker's, unless it is a large city or marked as a place often.

    python scripts/make_name_lists.py --germeval DIR --wikigold FILE --texts DIR_OF_TEXTS

``--texts`` is a folder of plain German text (the LER court decisions, CC BY 4.0): only words are counted.
"""

from __future__ import annotations

import argparse
import importlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from koopgraph.annotate.gazetteer import Gazetteer, GeoPlace

DATA = Path(__file__).resolve().parents[1] / "src" / "koopgraph" / "data"
_FIRST_NAME_LOCALES_TEXT = """
ar_AA cs_CZ da_DK de_AT de_CH de_DE de_LI de_LU en en_GB en_IE en_US es_ES es_CL et_EE fi_FI fr_BE fr_CH fr_FR
hr_HR hu_HU it_IT lt_LT lv_LV nl_BE nl_NL no_NO pl_PL pt_PT ro_RO sk_SK sl_SI sv_SE tr_TR vi_VN
"""
FIRST_NAME_LOCALES = tuple(_FIRST_NAME_LOCALES_TEXT.split())
# Frequent Polish, Turkish and Irish names, and Arabic, Persian, Ukrainian, Russian and Vietnamese ones as German and
# English texts spell them:
# Faker has them in their own scripts only.
FIRST_NAMES_BY_HAND = """
Abdul Abdullah Adnan Aida Ahmad Ahmed Aischa Alaa Ali Amal Amin Amina Amir Amira Anwar Asma Aziz Bashar Bassam
Bilal Dalia Dina Fadi Faisal Farah Farid Fatima Fouad Ghada Habib Hakim Hala Hamid Hana Hani Hassan Hatem Huda
Hussein Ibrahim Iman Issa Jamal Jamila Kamal Karim Khaled Khalid Laila Layla Leila Lina Mahmoud Mahmud Majid
Malik Mansour Mariam Marwan Maryam Mohamed Mohammad Mohammed Mona Muhammad Mustafa Nabil Nadia Nadim Nader
Nasser Nour Omar Rania Rashid Reem Riad Said Salah Salma Samir Samira Sara Tarek Tariq Walid Yasin Yasmin
Yasmina Yousef Yusuf Zaid Zainab Zeinab Behrouz Dariush Farhad Hadija Kaveh Mahsa Mehdi Navid Neda Parisa Reza
Shirin Soraya Zahra Aleksandr Aleksej Alexei Anastasia Andrej Andrij Boris Dmitri Dmytro Galina Igor Ilja Iryna
Jewgenij Jurij Katerina Ksenia Larissa Ludmila Maxim Mykola Nadja Natalia Nikita Nikolai Oksana Oleg Oleksandr
Olena Olga Pavel Polina Sergej Sergei Serhij Svetlana Swetlana Taras Tatjana Tetjana Vitali Vladimir Wiktor
Wladimir Wolodymyr Yulia Anh Binh Chi Dung Duc Giang Hai Hoa Hoang Hong Huong Khanh Lan Linh Long Mai Minh Nam
Nga Ngoc Nhung Phuong Quang Quynh Thanh Thao Thi Thu Thuy Trang Trung Tuan Van Viet Xuan Hiroshi Kenji Yuki
Akira Wei Xiao Ming Priya Rajesh Sanjay Anil Sunita Małgorzata Agnieszka Katarzyna Ewa Krystyna Elżbieta Joanna
Zofia Jadwiga Danuta Halina Marzena Magdalena Dorota Jolanta Grażyna Bożena Piotr Krzysztof Andrzej Tomasz Paweł
Michał Marcin Łukasz Grzegorz Wojciech Mateusz Zbigniew Ryszard Marek Dariusz Jacek Jerzy Wiesław Sławomir Rafał
Bogdan Mirosław Stanisław Ayşe Fatma Emine Hatice Zeynep Elif Meryem Merve Mehmet Ahmet Hüseyin Hasan İsmail
Osman Murat Ömer Ramazan Halil Süleyman Cem Kemal Serkan Gökhan Hakan Emre Tolga Volkan Sinéad Siobhán Aoife
Niamh Ciarán Seán Eoin
"""
# Frisian, Low German, Alemannic, Bavarian, Sorbian and Turkish names that Faker lacks.
FIRST_NAMES_BY_HAND += """
Broder Boy Eike Enno Fiete Focko Folkert Frauke Fridtjof Geert Gesche Harm Hauke Heiko Hilke Hinnerk Hinrich
Imke Insa Jelto Jorid Jördis Keno Lammert Levke Maike Meike Menno Momme Neele Nele Okko Onno Rieke Sönke Swantje
Tammo Thede Tjark Tjorven Tomke Ubbo Volkert Wiebke Christfried Gotthilf Sieghild Quirin Korbinian Xaver Vroni
Resi Sepp Alois Veit Beat Urs Reto Ueli Regula Köbi Ruedi Hanspeter Heinz-Peter Hanka Beno Jurij Měrćin Burcu
Defne Jülide Sema Nesrin Çiğdem Nilgün Ufuk Pınar Dilek Fatoş Orkan Ineke Ottavia Tamsin Priti Amara Kojo
"""
# Names of some language that are ordinary words in German or English.
_NOT_FIRST_NAMES_TEXT = """
Beste Bitten Fügen Reine Hellen Love Bergen Author Lawyer Loan Journey Destiny Justice Reason Floor German
Golden Green Red Pink Saga Saar Asia Kiel Hami Arch Canal Era Fate Octave Lot Chip Constant Crystal Kick Kader
Linde Rice Little Hunt Hill Sine Van Rosetta Brennen Brett Pleas Marry Boss Cap Che Delle Della
"""
NOT_FIRST_NAMES = frozenset(_NOT_FIRST_NAMES_TEXT.split())
_LAST_NAME_LOCALES_TEXT = """
cs_CZ da_DK de_AT de_CH de_DE de_LU en_GB en_IE en_US es_ES fi_FI fr_BE fr_CH fr_FR hr_HR hu_HU it_IT nl_BE
nl_NL no_NO pl_PL pt_PT ro_RO sl_SI sv_SE tr_TR
"""
LAST_NAME_LOCALES = tuple(_LAST_NAME_LOCALES_TEXT.split())
# A city of that many inhabitants is meant as the city, unless the marked texts say otherwise.
LARGE = 250_000
# So often a large city must be marked as something else than a place before it counts.
LEAST_OTHER = 6
# Ambiguous by everybody's knowledge, but too rare in the texts counted.
_ALWAYS_TEXT = """
Essen Halle Münster Hagen Bergen Hof Reading Bath Nice Mobile Split Cork Same Tours Lens Orange Bar Brest Au Weg
Bad Of Zug Berg Stein Linden Wald Feld Bach Brunnen Burg Dorf Haus Kirche Markt Mühle Garten Grund Rose Stern
Sand See Tal Ufer Wiese Weide Winkel Ecke Höhe Hafen Horn Insel Kamp Kreuz Krone Rain Ried Ring Schloss Tor Turm
Weiher Neustadt Altstadt Vorstadt Innenstadt Neuhof Rosengarten Anger Schlossberg Lohr Roth Regen Buch Buchen
Eichen Tanne Wiesen Wasser Wolf Horst Alt Neu Hohe Lage Plan Werder Wall Stadt Land Sankt Universität Park Union
Central City Temple Hill
"""
ALWAYS = tuple(_ALWAYS_TEXT.split())
SHORT_FIRST_NAMES = frozenset(["Bo", "Jo", "Li", "Lu", "Ed", "Al", "Ib", "Ly", "Ea", "Ida"])
# Lists that hold given names alone; that of 'en' has many a word, title and town.
SURE_LOCALES = (
    "da_DK",
    "de_AT",
    "de_CH",
    "de_DE",
    "en_GB",
    "fr_FR",
    "it_IT",
    "nl_NL",
    "no_NO",
    "sv_SE",
    "pl_PL",
    "tr_TR",
)
# Faker's names in these languages meet places of the same name in German and English articles.
MEETING_LOCALES = ("de_AT", "de_CH", "de_DE", "en_GB", "en_US", "fr_FR", "es_ES", "it_IT")
SMALL = 50_000
# A German town of that size is meant unless its name is a noun.
TOWN = 15_000
_ARTICLES_TEXT = """
der die das den dem des ein eine einen einem einer eines kein keine keinen im am zum zur vom beim ins dieser
diese dieses diesem diesen jeder jede jedes seine seinen seiner ihre ihren ihrer unsere
"""
_ARTICLES = frozenset(_ARTICLES_TEXT.split())
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_NAME = re.compile(r"[^\W\d_]+(?:[-’' ][^\W\d_]+)*$")
_LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ'’ -]+$")


class Counts:
    """How often each token is a place, a person, something else, a common noun, or lower-case."""

    def __init__(self) -> None:
        """Begin with empty counts."""
        self.place: Counter[str] = Counter()
        self.person: Counter[str] = Counter()
        self.other: Counter[str] = Counter()
        self.organisation: Counter[str] = Counter()
        self.lower: Counter[str] = Counter()
        self.noun: Counter[str] = Counter()

    def token(self, token: str, tags: str) -> None:
        """Count a marked token; ``tags`` holds all its tags in one string."""
        if token.islower():
            self.lower[token] += 1
        elif "LOC" in tags:
            self.place[token] += 1
        elif "PER" in tags:
            self.person[token] += 1
        elif "ORG" in tags or "OTH" in tags or "MISC" in tags:
            self.organisation[token] += 1
        else:
            self.other[token] += 1

    def text(self, text: str) -> None:
        """Count the lower-case words and those after an article of a German text."""
        before = ""
        for word in _WORD.findall(text):
            if word.islower():
                self.lower[word] += 1
            elif before in _ARTICLES:
                self.noun[word] += 1
            before = word

    def is_word(self, name: str) -> bool:
        """Tell whether the name is an ordinary word of a text."""
        return self.lower[name.lower()] >= 2 or self.noun[name] >= 2 + self.place[name]


def marked_tokens(germeval: Path, wikigold: Path) -> Iterator[tuple[str, str]]:
    """Yield every token of both corpora with its tags."""
    for path in sorted(germeval.glob("NER-de-*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = line.split("\t")
            if len(fields) == 4 and fields[0] != "#":
                yield fields[1], fields[2] + fields[3]
    for line in wikigold.read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if len(fields) == 2:
            yield fields[0], fields[1]


def faker_names(kind: str, locales: Iterable[str]) -> set[str]:
    """Return the names of Faker's person providers whose attribute begins with ``kind`` ('first_names')."""
    names: set[str] = set()
    for locale in locales:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            values = getattr(provider, attribute)
            if attribute.startswith(kind) and isinstance(values, (tuple, list, dict)):
                names.update(name for value in values for name in spread(value))
    return {name for name in names if _NAME.match(name) and _LATIN.match(name) and len(name) > 1 and name[0].isupper()}


def spread(value: object) -> Iterator[str]:
    """Yield the strings of a value that may be nested."""
    if isinstance(value, str):
        yield value.strip()
    elif isinstance(value, (tuple, list, dict)):
        for inner in value:
            yield from spread(inner)


def people(counts: Counts, gazetteer: Gazetteer) -> tuple[set[str], set[str]]:
    """Return the given names and the surnames, without ordinary words, countries and large cities."""
    first = faker_names("first_names", FIRST_NAME_LOCALES) | set(FIRST_NAMES_BY_HAND.split())
    sure = faker_names("first_names", SURE_LOCALES)
    last = faker_names("last_names", LAST_NAME_LOCALES)
    for token, times in counts.person.items():
        mostly = times > counts.place[token] + counts.other[token] + counts.organisation[token]
        if times >= 2 and mostly and _NAME.match(token) and len(token) > 2 and not counts.lower[token.lower()]:
            last |= {token} - first - (set() if counts.noun[token] == 0 else {token})

    def is_given(name: str) -> bool:
        if counts.other[name] >= 3 and counts.other[name] > counts.person[name]:
            return False
        if counts.noun[name] > max(1, counts.person[name]) or (len(name) < 3 and name not in SHORT_FIRST_NAMES):
            return False
        cities = gazetteer.cities(name)
        doubtful = counts.other[name] > counts.person[name] or counts.lower[name.lower()] >= 3
        place = gazetteer.region(name) is not None or (cities and cities[0].population >= LARGE)
        return name in sure or not (doubtful or place)

    return {name for name in first - NOT_FIRST_NAMES if is_given(name)}, last


def ambiguous(gazetteer: Gazetteer, counts: Counts, persons: set[str]) -> set[str]:
    """Return the names of cities that are often something else."""
    found = {name for name in ALWAYS if gazetteer.cities(name)}
    for name in gazetteer.city_names():
        if " " not in name and is_ambiguous(name, gazetteer.cities(name)[0], counts, persons):
            found.add(name)
    return found


def is_ambiguous(name: str, city: GeoPlace, counts: Counts, persons: set[str]) -> bool:
    """Tell whether ``name`` is often something else than ``city``, its most populous bearer."""
    place, other = counts.place[name], counts.person[name] + counts.other[name]
    german = city.country in ("DE", "AT", "CH")
    if len(name) < 4 and not (german and city.population >= TOWN):
        return place < 3 or other >= place
    if city.population >= LARGE:
        return other >= LEAST_OTHER and other >= place
    if other >= 1 and other >= place and name.istitle() and (other >= 2 or city.population < SMALL):
        return True
    if german and city.population >= TOWN:
        return counts.noun[name] >= 2 + place
    return (counts.is_word(name) and place < 10) or (name in persons and place <= 2 and city.population < SMALL)


def write(name: str, lines: Iterable[str]) -> None:
    """Write a sorted list, one a line."""
    (DATA / name).write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


def main() -> None:
    """Count the texts that the command line names and write the lists."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("--germeval", "--wikigold", "--texts"):
        parser.add_argument(option, type=Path, required=True)
    options = parser.parse_args()
    counts = Counts()
    for token, tags in marked_tokens(options.germeval, options.wikigold):
        counts.token(token, tags)
    for path in sorted(options.texts.glob("*.txt")):
        counts.text(re.sub(r"<[^>]*>", "", path.read_text(encoding="utf-8")))
    gazetteer = Gazetteer.load()
    first, last = people(counts, gazetteer)
    meeting = faker_names("first_names", MEETING_LOCALES) | faker_names("last_names", MEETING_LOCALES)
    write("first_names.txt", first)
    write("last_names.txt", last)
    write("ambiguous_names.txt", ambiguous(gazetteer, counts, meeting))


if __name__ == "__main__":
    main()
