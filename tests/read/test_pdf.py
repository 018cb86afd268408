"""A PDF file becomes one article of paragraphs, and what is wrong with it a problem."""

from __future__ import annotations

import io
import time
import zlib

import pytest

from koopgraph.errors import ReadError
from koopgraph.limits import Limits
from koopgraph.model import Article, Problem

pytest.importorskip("pypdf")
pytest.importorskip("reportlab")

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from reportlab.pdfgen.canvas import Canvas

from koopgraph.read.pdf import read_pdf

PAGES = [
    (
        (18, "Neue Brücke über die Weißeritz"),
        (10, "Von Jana Muster"),
        (10, "Dresden, 21.09.2015 – Die Stadt hat am Montag eine neue Brücke über die Weiße-"),
        (10, "ritz eröffnet. Sie kostete 3,5 Millionen Euro und verbindet die Stadtteile Löbtau-"),
        (10, "Nord und Plauen. Der Ober-"),
        (10, "bürgermeister sprach von einem guten Tag für die Stadt- und die Landkreise ringsum."),
    ),
    (
        (10, "Im Frühjahr folgen die Bäume am Ufer, die ein Büro für Landschaftsplanung gezeichnet"),
        (10, "hat. Die Kosten trägt das Land."),
    ),
    ((10, "Auch die Radwege werden erneuert."),),
]


def pdf(pages=PAGES, *, title: str = "", author: str = "", password: str = "") -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor(author)
    for number, lines in enumerate(pages, start=1):
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 810, "Leipziger Blatt · Bauen")
        y = 700.0
        for size, text in lines:
            canvas.setFont("Helvetica", size)
            canvas.drawString(50, y, text)
            y -= 1.2 * size + (20 if size > 10 else 0)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(280, 30, f"– {number} –")
        canvas.showPage()
    canvas.save()
    if not password:
        return file.getvalue()
    writer = PdfWriter(PdfReader(file))
    writer.encrypt(password, "eigner", algorithm="RC4-128")
    writer.write(out := io.BytesIO())
    return out.getvalue()


def read_bytes(data: bytes, limits: Limits = Limits()) -> list[Article | Problem]:  # noqa: B008 - it is frozen
    return list(read_pdf("a.pdf", io.BufferedReader(io.BytesIO(data)), limits=limits))  # type: ignore[arg-type]


def test_pages_become_paragraphs_without_heads_page_numbers_and_cut_words():
    assert read_bytes(pdf()) == [
        Article(
            source="a.pdf",
            text=(
                "Neue Brücke über die Weißeritz\n\nVon Jana Muster\n\n"
                "Dresden, 21.09.2015 – Die Stadt hat am Montag eine neue Brücke über die Weißeritz eröffnet. Sie kostete "
                "3,5 Millionen Euro und verbindet die Stadtteile Löbtau-Nord und Plauen. Der Oberbürgermeister sprach von "
                "einem guten Tag für die Stadt- und die Landkreise ringsum. Im Frühjahr folgen die Bäume am Ufer, die ein "
                "Büro für Landschaftsplanung gezeichnet hat. Die Kosten trägt das Land.\n\nAuch die Radwege werden erneuert."
            ),
            title="Neue Brücke über die Weißeritz",
            authors=("Jana Muster",),
            published="2015-09-21",
        )
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Microsoft Word - artikel_final2.docx", "Neue Brücke über die Weißeritz"),
        ("Neue Brücke", "Neue Brücke über die Weißeritz"),
        ("", "Neue Brücke über die Weißeritz"),
    ],
)
def test_the_title_of_the_file_counts_where_the_text_has_it_else_the_largest_letters(title, expected):
    (article,) = read_bytes(pdf(title=title, author="admin"))
    assert isinstance(article, Article)
    assert article.title == expected


def test_an_author_that_the_text_does_not_name_made_the_file_only():
    lines = ((18, "Neue Brücke"), (10, "Der Rat von Köln beschloss auf Antrag von Jörg Groß den Bau der Brücke."))
    assert [item.authors for item in read_bytes(pdf([lines], author="Anna Tipper")) if isinstance(item, Article)] == [
        ()
    ]
    assert [item.authors for item in read_bytes(pdf([lines], author="Jörg Groß")) if isinstance(item, Article)] == [
        ("Jörg Groß",)
    ]


def test_pages_that_are_pictures_say_what_to_do():
    with pytest.raises(ReadError, match="OCR"):
        read_bytes(pdf([(), ()]))


def test_a_password_is_a_problem_and_an_empty_one_is_none():
    with pytest.raises(ReadError, match="password"):
        read_bytes(pdf(password="geheim"))  # noqa: S106
    writer = PdfWriter(PdfReader(io.BytesIO(pdf())))
    writer.encrypt("", "eigner", algorithm="RC4-128")
    writer.write(out := io.BytesIO())
    assert isinstance(read_bytes(out.getvalue())[0], Article)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\n", b"no PDF", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>"]
)
def test_what_is_no_pdf_is_refused(data):
    with pytest.raises(ReadError):
        read_bytes(data)


def test_a_file_that_was_cut_off_gives_what_can_be_found_or_is_refused():
    data = pdf()
    for share in (0.3, 0.6, 0.9):
        try:
            found = read_bytes(data[: int(len(data) * share)])
        except ReadError:
            continue
        assert isinstance(found[0], Article)


def test_too_many_pages_are_refused():
    with pytest.raises(ReadError, match="more than 2 pages"):
        read_bytes(pdf(), Limits(pdf_pages=2))


def with_page(
    contents: bytes, *, packed: bool = False, resources: DictionaryObject | None = None, writer: PdfWriter | None = None
) -> bytes:
    """Return a file of a page with text and one whose content is given."""
    writer = writer or PdfWriter()
    writer.append(io.BytesIO(pdf()))
    page = writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    stream.set_data(contents)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode() if packed else stream)
    page[NameObject("/Resources")] = resources or writer.pages[0]["/Resources"]
    writer.write(out := io.BytesIO())
    return out.getvalue()


def test_a_page_that_is_a_bomb_is_reported_and_the_others_are_read():
    data = with_page(b"q Q " * 30_000_000, packed=True)
    assert len(data) < 300_000
    start = time.process_time()
    article, problem = read_bytes(data)
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert "cannot be read: 4" in problem.reason
    assert time.process_time() - start < 5


def test_forms_that_draw_forms_end_at_a_bound():
    writer = PdfWriter()
    inner = None
    for _ in range(12):
        form = DecodedStreamObject()
        form.set_data(b"/F Do " * 10 if inner is not None else b"BT ET " * 10)
        form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        if inner is not None:
            form[NameObject("/Resources")] = DictionaryObject(
                {NameObject("/XObject"): DictionaryObject({NameObject("/F"): inner})}
            )
        inner = writer._add_object(form)
    resources = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/F"): inner})})
    start = time.process_time()
    found = read_bytes(with_page(b"/F Do " * 10, resources=resources, writer=writer))
    assert time.process_time() - start < 15
    assert isinstance(found[0], Article)


def test_more_drawing_than_a_file_of_its_size_has_ends_at_a_bound():
    data = with_page(b"q Q " * 400_000, packed=True)
    article, problem = read_bytes(data)
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert "too many drawing operators" in problem.reason


def test_ligatures_and_drawn_dots_become_letters():
    from koopgraph.read.pdf import _letters

    assert _letters("Stadtfläche, Z\xa8urich, die Begriﬀe öﬀnen") == "Stadtfläche, Zürich, die Begriffe öffnen"


def test_damage_in_a_page_costs_that_page():
    data = bytearray(pdf())
    at = data.index(b"stream", data.index(b"/Contents")) + 10
    data[at : at + 20] = zlib.compress(b"x")[:20].ljust(20, b"\0")
    try:
        found = read_bytes(bytes(data))
    except ReadError:
        return
    assert all(isinstance(item, Article | Problem) for item in found)
