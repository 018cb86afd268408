"""A book gives one article a chapter, and a chapter that is broken costs no other."""

from __future__ import annotations

import io
import zipfile

import pytest

from koopgraph.errors import ReadError
from koopgraph.limits import Limits
from koopgraph.model import Article, Problem
from koopgraph.read.epub import read_epub

SENTENCE = "Die Stadt Zürich hat am Hardplatz für 3,5 Millionen Franken einen Hof begrünt, und die Nachbarn loben ihn."
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
METADATA = (
    "<dc:title>Stadt im Wandel</dc:title><dc:creator>Jana Muster</dc:creator><dc:date>2015-09-21T00:00:00+00:00</dc:date>"
    "<dc:publisher>Verlag Größe</dc:publisher>"
)


def chapter(title: str, text: str = SENTENCE, head: str = "Stadt im Wandel") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{head}</title></head>'
        f"<body><h1>{title}</h1><p>{text}</p><p>Im Frühjahr folgt die Brücke über die Limmat.</p></body></html>"
    )


def book(
    chapters: dict[str, str | bytes | None],
    *,
    metadata: str = METADATA,
    spine: str = "",
    more: dict[str, str] | None = None,
) -> bytes:
    """Make a book of the chapters, by their reference; None stands for one that is listed and missing."""
    items = "".join(
        f'<item id="c{n}" href="{href}" media-type="application/xhtml+xml"/>' for n, href in enumerate(chapters)
    )
    order = spine or "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}"
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f'<item id="pic" href="pic.svg" media-type="image/svg+xml"/></manifest><spine>{order}</spine></package>'
    )
    files: dict[str, str | bytes] = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER}
    files |= {"OEBPS/content.opf": package, "OEBPS/nav.xhtml": chapter("Inhalt"), **(more or {})}
    files |= {f"OEBPS/{href}": text for href, text in chapters.items() if text is not None}
    with zipfile.ZipFile(file := io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return file.getvalue()


def read_bytes(data: bytes, limits: Limits = Limits()) -> list[Article | Problem]:  # noqa: B008 - it is frozen
    return list(read_epub("a.epub", io.BufferedReader(io.BytesIO(data)), limits=limits))  # type: ignore[arg-type]


def outcome(found: list[Article | Problem]) -> list[str]:
    return [f"{'' if isinstance(item, Article) else '! '}{item.source}" for item in found]


def test_each_chapter_is_an_article_in_the_order_of_reading():
    data = book({"b.xhtml": chapter("Der Hof"), "a/ä.xhtml": chapter("Die Brücke")})
    first, second = read_bytes(data)
    assert first == Article(
        source="a.epub#1",
        text=f"Der Hof\n\n{SENTENCE}\n\nIm Frühjahr folgt die Brücke über die Limmat.",
        title="Der Hof",
        authors=("Jana Muster",),
        published="2015-09-21",
        publisher="Verlag Größe",
    )
    assert isinstance(second, Article)
    assert (second.source, second.title) == ("a.epub#2", "Die Brücke")


def test_the_byline_of_a_chapter_counts_before_the_author_of_the_book():
    data = book({"a.xhtml": chapter("Der Hof", f"Von Jörg Groß</p><p>{SENTENCE}")})
    (article,) = read_bytes(data)
    assert isinstance(article, Article)
    assert article.authors == ("Jörg Groß",)


def test_covers_contents_pictures_and_what_is_outside_the_order_of_reading_are_passed_over():
    cover = '<html xmlns="http://www.w3.org/1999/xhtml"><body><img src="c.jpg" alt="Titelbild"/></body></html>'
    spine = '<itemref idref="c0"/><itemref idref="nav"/><itemref idref="pic"/><itemref idref="c1"/><itemref idref="c2" linear="no"/>'
    data = book({"cover.xhtml": cover, "a.xhtml": chapter("Der Hof"), "notes.xhtml": chapter("Noten")}, spine=spine)
    assert outcome(read_bytes(data)) == ["a.epub#2"]


def test_a_chapter_that_is_missing_damaged_too_large_or_elsewhere_is_a_problem_of_its_own():
    data = book(
        {
            "a.xhtml": None,
            "b.xhtml": bytes(range(256)) * 20,
            "c.xhtml": chapter("Groß", SENTENCE * 2_000),
            "../../etc/passwd": None,
            "file:///etc/passwd": None,
            "d.xhtml": chapter("Der Hof"),
        }
    )
    found = read_bytes(data, Limits(record_bytes=100_000))
    assert outcome(found) == [*(f"! a.epub#{number}" for number in range(1, 6)), "a.epub#6"]


def test_a_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(ReadError, match="times its size"):
        read_bytes(book({"a.xhtml": chapter("Hof", " " * 20_000_000)}))


def test_a_book_under_drm_is_refused_and_one_with_protected_fonts_is_read():
    encryption = (
        '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:CipherReference URI="OEBPS/{}"/></encryption>'
    )
    chapters = {"a.xhtml": chapter("Der Hof")}
    with pytest.raises(ReadError, match="DRM"):
        read_bytes(book(chapters, more={"META-INF/encryption.xml": encryption.format("a.xhtml")}))
    found = read_bytes(book(chapters, more={"META-INF/encryption.xml": encryption.format("font.otf")}))
    assert outcome(found) == ["a.epub#1"]


def test_entities_of_the_package_are_not_expanded():
    data = book({"a.xhtml": chapter("Der Hof")}, metadata="<dc:publisher>Verlag &x;&uuml;ber</dc:publisher>")
    doctype = '<!DOCTYPE package [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, (doctype.encode() if name.endswith(".opf") else b"") + old.read(name))
    (article,) = read_bytes(file.getvalue())
    assert isinstance(article, Article)
    assert article.publisher == "Verlag über"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no readable archive"),
        (book({}), "holds no text"),
        (book({"a.xhtml": "<html><body/></html>"}), "holds no text"),
    ],
)
def test_what_is_no_book_or_holds_no_text_is_refused(data, reason):
    with pytest.raises(ReadError, match=reason):
        read_bytes(data)


@pytest.mark.parametrize("container", ["", "<", "<container/>", "<a>" * 100_000, CONTAINER.replace("OEBPS/", "../../")])
def test_a_damaged_container_is_refused(container):
    with pytest.raises(ReadError):
        read_bytes(book({"a.xhtml": chapter("Der Hof")}, more={"META-INF/container.xml": container}))
