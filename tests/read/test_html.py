"""Web pages become their article's text, and what they say about themselves its metadata."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from koopgraph.errors import ReadError
from koopgraph.read.html import read_html

PAGES = Path(__file__).parent / "pages"

PROSE = (
    "<p>In der Nordstadt ist aus einem Parkplatz ein Garten geworden, und die Nachbarschaft hat ihn eröffnet.</p>"
    "<p>Das Geld kam aus dem Programm Soziale Stadt, zusammen waren es vierzigtausend Euro für Beete und Bänke.</p>"
)


def page(head: str = "", body: str = PROSE) -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body><article><h1>Hof</h1>{body}</article></body></html>".encode()


@pytest.fixture(scope="module")
def blog():
    return read_html("blog.html", (PAGES / "blog.html").read_bytes())


def test_authors_and_publisher_are_followed_through_the_references_of_a_json_ld_graph(blog):
    assert blog.authors == ("Mira Öztürk",)
    assert blog.publisher == "Quartiersblog Nord e. V."
    assert (blog.published, blog.url) == ("2019-06-04", "https://quartiersblog.example/2019/06/hof/")


def test_the_title_is_the_heading_and_stands_once_at_the_beginning(blog):
    assert blog.title == "Der Hof hinter dem Haus"
    assert blog.text.startswith("Der Hof hinter dem Haus\n\nIn der Nordstadt")
    assert blog.text.count(blog.title) == 1


@pytest.mark.parametrize(
    "kept",
    [
        "Am 25. Mai haben ihn",  # a <time> inside a sentence
        "Kaffee zwischen Hochbeeten. Foto: Lev Adam",
        "Wer hat’s bezahlt?",
        "- Stadt: 25.000 Euro\n- Land: 15.000 Euro\n  - davon für Bäume: 5.000 Euro",
        "„Jetzt grüßen wir uns“, sagt eine Nachbarin.",
        "Jahr | Bäume\n2018 | 2\n2019 | 14",
        "Stadtumbau geht auch",  # a soft hyphen inside the word
    ],
)
def test_captions_headings_lists_quotes_and_tables_of_the_article_are_kept(blog, kept):
    assert kept in blog.text


@pytest.mark.parametrize(
    "dropped", ["Über uns", "Teilen", "interessieren", "Rolf Krause", "parken", "Archiv", "Cookies"]
)
def test_navigation_sharing_related_pages_comments_and_consent_are_dropped(blog, dropped):
    assert dropped not in blog.text


def test_a_broken_json_ld_block_leaves_the_other_sources_of_metadata():
    article = read_html("gazette.html", (PAGES / "gazette.html").read_bytes())
    assert article.authors == ("Ann Lee", "Bo van der Veen")
    assert (article.published, article.publisher) == ("2021-05-03", "The Docklands Gazette")
    assert "A short line" in article.text
    assert "Elsewhere" not in article.text


def test_a_page_laid_out_in_a_table_in_latin_1_reads_as_prose():
    data = (PAGES / "layout_table.html").read_text("utf-8").encode("latin-1")
    article = read_html("aurach.html", data)
    assert article.title == "Neues Dach für die Turnhalle"
    assert article.published == "2014-03-12"
    assert "Bürgermeisterin Käthe Prölß" in article.text
    assert "|" not in article.text
    assert "Gemeinderat" not in article.text


def test_json_ld_may_be_a_list_in_which_the_article_is_not_the_first():
    script = (
        '<script type="application/ld+json">[{"@type": "BreadcrumbList"}, {"@type": "https://schema.org/NewsArticle", '
        '"headline": "Hof &amp; Garten", "datePublished": "2020-02-03T10:00:00Z", '
        '"author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Organization", "name": "City Press"}]}]</script>'
    )
    article = read_html("list.html", page(script))
    assert article.title == "Hof & Garten"
    assert article.authors == ("Ann Lee",)
    assert article.published == "2020-02-03"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2020-02-03T10:00:00+01:00">',
        '<meta name="date" content="03.02.2020">',
        '<meta name="dcterms.issued" content="2020-02-03">',
        '<meta name="citation_publication_date" content="2020/02/03">',
    ],
)
def test_the_usual_meta_tags_give_the_date(head):
    assert read_html("meta.html", page(head)).published == "2020-02-03"


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">Von <a rel="author" href="/x">Ann Lee</a>, 3. Februar 2020</p>',
        '<p><time itemprop="datePublished" datetime="2020-02-03">3.2</time> <span itemprop="author">Ann Lee</span></p>',
        "<p>Text: Ann Lee | 03.02.2020</p>",
    ],
)
def test_a_byline_in_the_page_gives_author_and_date(byline):
    article = read_html("byline.html", page(body=byline + PROSE))
    assert (article.authors, article.published) == (("Ann Lee",), "2020-02-03")


def test_the_site_behind_the_heading_in_the_title_is_the_publisher_where_nothing_else_says():
    markup = (
        page("<title>Der grüne Hof | Aktuelles | Stadt Ulm</title>").decode().replace("<h1>Hof", "<h1>Der grüne Hof")
    )
    assert read_html("t.html", markup.encode()).publisher == "Stadt Ulm"
    assert read_html("t.html", markup.replace("Der grüne Hof |", "Nachrichten |").encode()).publisher is None


def test_xhtml_with_an_xml_declaration_is_read():
    markup = '<?xml version="1.0" encoding="iso-8859-1"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Höfe</title></head>'
    article = read_html("x.xhtml", f"{markup}<body><div><h1>Höfe</h1>{PROSE}</div></body></html>".encode("latin-1"))
    assert article.title == "Höfe"
    assert "Vierzigtausend".casefold() in article.text


def test_a_reference_to_a_control_character_is_no_obstacle():
    article = read_html("c.html", page(body=PROSE + "<nav>x</nav>&#1; &#x1; Er&#8217;s"))
    assert "Er’s" in article.text


def test_the_year_of_a_copyright_notice_is_no_date_of_publication():
    assert read_html("c.html", page(body=PROSE + "<footer><p>© 2019–2024 Verlag Nord</p></footer>")).published is None


def test_accounts_and_desks_in_the_meta_tags_are_no_authors():
    head = "".join(f'<meta name="author" content="{name}">' for name in ("admin", "Redaktion Nord", "moe1"))
    assert read_html("admin.html", page(head)).authors == ()


def test_a_definition_list_in_a_box_of_the_article_becomes_a_list():
    article = read_html(
        "dl.html", page(body=PROSE + "<aside><h3>Daten</h3><dl><dt>Fläche</dt><dd>90 m²</dd></dl></aside>")
    )
    assert "Daten\n\n- Fläche: 90 m²" in article.text


@pytest.mark.parametrize(
    "markup", [b"<html><body></body></html>", b"<html><head><title>x</title></head></html>", b"<nav>a</nav>"]
)
def test_a_page_without_text_says_so(markup):
    with pytest.raises(ReadError, match="holds no text"):
        read_html("empty.html", markup)


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a page reached for the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    markup = page('<link rel="canonical" href="http://a.example/x"><link rel="alternate" href="http://a.example/feed">')
    assert read_html("net.html", markup).url == "http://a.example/x"
