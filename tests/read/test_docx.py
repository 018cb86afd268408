"""A Word document becomes one article, as it reads with all changes accepted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from koopgraph.errors import ReadError
from koopgraph.limits import Limits
from koopgraph.model import Article

docx = pytest.importorskip("docx")

from docx.oxml import parse_xml  # noqa: E402 - behind the check that it is there
from docx.oxml.ns import nsdecls  # noqa: E402

from koopgraph.read.docx import read_docx  # noqa: E402

SENTENCE = "Die Stadt Zürich hat am Hardplatz für 3,5 Millionen Franken einen Hof begrünt."


def written(fill: Callable, *, title: str = "", author: str = "python-docx") -> bytes:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    fill(document)
    document.save(file := io.BytesIO())
    return file.getvalue()


def read_bytes(data: bytes, limits: Limits = Limits()) -> Article:  # noqa: B008 - it is frozen
    (article,) = read_docx("a.docx", io.BufferedReader(io.BytesIO(data)), limits=limits)  # type: ignore[arg-type]
    return article


def article_of(document) -> None:
    document.add_heading("Hof am Hardplatz grün", 0)
    document.add_paragraph("Von Jana Muster")
    document.add_paragraph(f"Zürich, 21.09.2015 – {SENTENCE}")
    document.add_heading("Was folgt", 2)
    document.add_paragraph("die Brücke", style="List Bullet")
    document.add_paragraph("der Park", style="List Bullet")
    table = document.add_table(2, 2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ("Jahr", "Kosten", "2015", "3,5 Mio."), strict=True
    ):
        cell.text = text
    document.sections[0].header.paragraphs[0].text = "Leipziger Blatt"
    document.sections[0].footer.paragraphs[0].text = "Seite 1"


def test_paragraphs_lists_and_tables_are_the_text_and_the_page_s_head_and_foot_are_not():
    assert read_bytes(written(article_of)) == Article(
        source="a.docx",
        text=(
            f"Hof am Hardplatz grün\n\nVon Jana Muster\n\nZürich, 21.09.2015 – {SENTENCE}\n\nWas folgt\n\n"
            "- die Brücke\n- der Park\n\nJahr | Kosten\n2015 | 3,5 Mio."
        ),
        title="Hof am Hardplatz grün",
        authors=("Jana Muster",),
        published="2015-09-21",
    )


def plain(*texts: str) -> Callable:
    return lambda document: [document.add_paragraph(text) for text in texts]


def test_title_and_author_of_the_file_count_where_the_text_has_them():
    text = (f"{SENTENCE} Jörg Groß hat ihn gezeichnet.", "Hof am Hardplatz: ein Anfang", SENTENCE)
    article = read_bytes(written(plain(*text), title="Hof am Hardplatz", author="Jörg Groß"))
    assert (article.title, article.authors) == ("Hof am Hardplatz: ein Anfang", ("Jörg Groß",))
    article = read_bytes(written(plain(*text[:1]), title="Vorlage Presse 2003", author="Anna Tipper"))
    assert (article.title, article.authors) == (text[0], ())


def paragraph(inner: str) -> Callable:
    return lambda document: document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"))


RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"<w:ins w:id='1' w:author='ä'>{RUN.format('Der neue ')}</w:ins>{RUN.format('Hof')}", "Der neue Hof"),
        (
            f"{RUN.format('Der ')}<w:del w:id='1'><w:r><w:delText>alte </w:delText></w:r></w:del>{RUN.format('Hof')}",
            "Der Hof",
        ),
        (f"{RUN.format('Hof in ')}<w:smartTag w:element='City'>{RUN.format('Zürich')}</w:smartTag>", "Hof in Zürich"),
        (f"<w:sdt><w:sdtContent>{RUN.format('Hof')}</w:sdtContent></w:sdt>{RUN.format(' grün')}", "Hof grün"),
        (
            f"<w:hyperlink>{RUN.format('Hof')}</w:hyperlink><w:r><w:tab/><w:t>grün</w:t><w:br/><w:t>und</w:t></w:r>",
            "Hof grün\nund",
        ),
        (
            f"<w:r><w:t>Ost</w:t><w:noBreakHyphen/><w:t>West</w:t></w:r><w:r><w:softHyphen/></w:r>{RUN.format(' Hof')}",
            "Ost-West Hof",
        ),
        (f"<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>{RUN.format('Hof')}", "Hof"),
        (
            f"{RUN.format('Hof')}<w:r><w:pict><w:txbxContent><w:p>{RUN.format('Kasten')}</w:p></w:txbxContent></w:pict></w:r>",
            "Hof",
        ),
    ],
    ids=["inserted", "deleted", "smart tag", "control", "link", "hyphens", "field", "box"],
)
def test_the_text_reads_with_all_changes_accepted(inner, text):
    assert read_bytes(written(paragraph(inner))).text == text


def test_a_table_within_a_table_is_read_once():
    def fill(document) -> None:
        cell = document.add_table(1, 2).rows[0].cells[0]
        cell.text = "Jahr"
        cell.add_table(1, 1).rows[0].cells[0].text = "2015"

    assert read_bytes(written(fill)).text == "Jahr 2015"


def changed(data: bytes, **parts: bytes) -> bytes:
    """Replace parts of the archive, named with '_' for '/' and without suffix."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, parts.get(entry.removesuffix(".xml").replace("/", "_"), old.read(entry)))
    return file.getvalue()


BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


def with_entities(definitions: str, text: str) -> bytes:
    body = BODY % f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p><w:p><w:r><w:t>{SENTENCE}</w:t></w:r></w:p>"
    return changed(written(article_of), word_document=f"<!DOCTYPE d [{definitions}]>{body}".encode())


def test_entities_that_the_file_defines_are_not_expanded():
    data = with_entities('<!ENTITY e "boom"><!ENTITY x SYSTEM "file:///etc/passwd">', "Der Hof &e;&x;")
    assert read_bytes(data).text == f"Der Hof\n\n{SENTENCE}"


def test_a_bomb_of_entities_is_refused():
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 15))
    with pytest.raises(ReadError, match="amplification"):
        read_bytes(with_entities(f'<!ENTITY e0 "boom">{bomb}', "Der Hof &e14;"))


@pytest.mark.parametrize(
    "part",
    [b"", b"<", b"<w:document/>", (BODY % ("<w:p>" * 100_000)).encode(), (BODY % "").encode()],
    ids=["empty", "cut off", "undeclared", "deep", "no paragraph"],
)
def test_a_damaged_document_is_refused(part):
    with pytest.raises(ReadError):
        read_bytes(changed(written(article_of), word_document=part))


def test_a_bomb_is_refused_before_it_is_unpacked():
    data = changed(written(article_of), word_document=(BODY % (" " * 60_000_000)).encode())
    with pytest.raises(ReadError, match="times its size"):
        read_bytes(data)


def test_another_kind_of_archive_is_refused():
    with zipfile.ZipFile(file := io.BytesIO(), "w") as archive:
        archive.writestr("../../a.txt", "x")
    with pytest.raises(ReadError, match="no readable Word document"):
        read_bytes(file.getvalue())
