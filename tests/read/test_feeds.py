"""Feeds and WordPress exports give one article an entry, whatever else stands in them."""

from __future__ import annotations

import io
import time
import tracemalloc

import pytest

from koopgraph.limits import DEFAULT
from koopgraph.model import Article, Problem
from koopgraph.read import discover, read
from koopgraph.read.feeds import read_feed

SENTENCE = "Die Stadt Zürich hat am Hardplatz für 3,5 Millionen Franken einen Hof begrünt, und die Nachbarn loben ihn."
HTML = f"&lt;p&gt;{SENTENCE}&lt;/p&gt;&lt;p&gt;Im Frühjahr folgt die Brücke über die Limmat.&lt;/p&gt;"
TEXT = f"{SENTENCE}\n\nIm Frühjahr folgt die Brücke über die Limmat."
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(*items: str, head: str = "<title>Aktuelles</title>") -> str:
    return (
        f'<rss version="2.0" {NAMESPACES}><channel>{head}{"".join(f"<item>{i}</item>" for i in items)}</channel></rss>'
    )


def read_xml(data: str | bytes, name: str = "feed.xml") -> list[Article | Problem]:
    stream = io.BufferedReader(io.BytesIO(data.encode() if isinstance(data, str) else data))
    return list(read_feed(name, stream))


def one(data: str | bytes) -> Article:
    (article,) = read_xml(data)
    assert isinstance(article, Article), article
    return article


def test_an_entry_of_rss_has_its_text_and_metadata():
    item = (
        "<title>Hof am Hardplatz grün</title><media:title>Foto</media:title><dc:creator>Jana Muster</dc:creator>"
        "<pubDate>Mon, 21 Sep 2015 23:30:00 +0200</pubDate><link>https://blatt.example/hof</link>"
        f"<guid isPermaLink='false'>https://blatt.example/?p=1</guid><description>Kurz.</description>"
        f"<content:encoded>{HTML}</content:encoded>"
    )
    assert one(rss(item)) == Article(
        source="feed.xml#1",
        text=f"Hof am Hardplatz grün\n\n{TEXT}",
        title="Hof am Hardplatz grün",
        authors=("Jana Muster",),
        published="2015-09-21",
        url="https://blatt.example/hof",
    )


def test_an_address_of_e_mail_with_a_name_is_the_author_and_a_permanent_guid_the_address():
    item = f"<author>jm@blatt.example (Jana Muster)</author><guid>https://blatt.example/1</guid><description>{SENTENCE}</description>"
    article = one(rss(item))
    assert (article.authors, article.url) == (("Jana Muster",), "https://blatt.example/1")


ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Neues</title>
<entry><title type="html">Hof &amp;amp; &lt;em&gt;Brücke&lt;/em&gt;</title><author><name>Jörg Groß</name></author>
<link rel="self" href="https://a.example/feed"/><link href="https://a.example/1"/><published>2015-09-21T08:00:00+02:00</published>
<updated>2017-01-01T00:00:00Z</updated><summary>Kurz.</summary>%s</entry></feed>"""


@pytest.mark.parametrize(
    "content",
    [
        f'<content type="html">{HTML}</content>',
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{HTML.replace("&lt;", "<").replace("&gt;", ">")}</div></content>',
        f'<content type="text">{TEXT}</content>',
        f"<content><![CDATA[{HTML.replace('&lt;', '<').replace('&gt;', '>')}]]></content>",
    ],
)
def test_an_entry_of_atom_is_read_in_every_form_of_its_content(content):
    assert one(ATOM % content) == Article(
        source="feed.xml#1",
        text=f"Hof & Brücke\n\n{TEXT}",
        title="Hof & Brücke",
        authors=("Jörg Groß",),
        published="2015-09-21",
        url="https://a.example/1",
    )


def test_the_day_of_a_correction_is_no_date_of_publication():
    entry = ATOM.replace("<published>2015-09-21T08:00:00+02:00</published>", "") % f"<content>{HTML}</content>"
    assert one(entry).published is None


def test_rss_1_is_read():
    data = (
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {NAMESPACES}>'
        f"<channel><title>Neues</title></channel><item><title>Hof</title><dc:date>2015-09-21</dc:date><description>{SENTENCE}</description></item></rdf:RDF>"
    )
    article = one(data)
    assert (article.title, article.published, article.source) == ("Hof", "2015-09-21", "feed.xml#1")


def test_the_number_counts_entries_and_one_without_text_is_a_problem_of_its_own():
    found = read_xml(rss("<title>Leer</title>", f"<title>Hof</title><description>{SENTENCE}</description>"))
    assert [(type(item), item.source) for item in found] == [(Problem, "feed.xml#1"), (Article, "feed.xml#2")]


def wxr(*items: tuple[str, str, str]) -> str:
    entries = "".join(
        f"<item><title>Hof {kind}</title><dc:creator>jmuster</dc:creator><pubDate>Sun, 20 Sep 2015 22:30:00 +0000</pubDate>"
        f"<link>https://blog.example/hof</link><content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded>x</excerpt:encoded>"
        f"<wp:post_date>2015-09-21 00:30:00</wp:post_date><wp:status>{status}</wp:status><wp:post_type>{kind}</wp:post_type>"
        "<wp:comment><wp:comment_content>Ein Kommentar.</wp:comment_content></wp:comment></item>"
        for kind, status, text in items
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?><rss version="2.0" {NAMESPACES} xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Leipziger Blatt</title><wp:wxr_version>1.2</wp:wxr_version>'
        "<wp:author><wp:author_login>jmuster</wp:author_login><wp:author_display_name><![CDATA[Jana Muster]]></wp:author_display_name></wp:author>"
        f"{entries}</channel></rss>"
    )


def test_of_a_wordpress_export_only_published_posts_and_pages_are_read():
    kinds = (
        ("post", "draft"),
        ("post", "publish"),
        ("attachment", "inherit"),
        ("page", "publish"),
        ("nav_menu_item", "publish"),
    )
    found = read_xml(wxr(*((kind, status, SENTENCE) for kind, status in kinds)))
    assert [item.source for item in found] == ["feed.xml#2", "feed.xml#4"]
    assert all(isinstance(item, Article) for item in found)


def test_a_post_behind_a_password_is_not_published():
    data = wxr(("post", "publish", SENTENCE)).replace(
        "<wp:status>", "<wp:post_password>geheim</wp:post_password><wp:status>"
    )
    assert read_xml(data) == []


def test_a_post_has_its_author_by_name_its_own_day_and_the_blog_as_publisher():
    text = f'[caption id="attachment_1"]<img src="a.jpg"/> Der Hof[/caption]\n\n{SENTENCE}\n\nIm Frühjahr folgt die <em>Brücke</em>.'
    article = one(wxr(("post", "publish", text)))
    assert (article.authors, article.published, article.publisher) == (
        ("Jana Muster",),
        "2015-09-21",
        "Leipziger Blatt",
    )
    assert article.url == "https://blog.example/hof"
    assert article.text.endswith(f"{SENTENCE}\n\nIm Frühjahr folgt die Brücke.")
    assert "[" not in article.text


def test_script_in_the_content_is_no_text_and_runs_nowhere():
    markup = f"&lt;script&gt;alert('ü')&lt;/script&gt;{HTML}&lt;img src=x onerror=alert(1)&gt;"
    assert one(rss(f"<description>{markup}</description>")).text == TEXT


def test_a_folder_keeps_other_xml_as_a_companion_but_a_file_given_by_name_is_reported(tmp_path):
    (tmp_path / "feed.xml").write_text(rss(f"<description>{SENTENCE}</description>"), encoding="utf-8")
    (tmp_path / "other.xml").write_text("<TEI><text>Titel</text></TEI>", encoding="utf-8")
    (tmp_path / "skos.xml").write_text(
        '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', encoding="utf-8"
    )
    (tmp_path / "empty.xml").write_bytes(b"")
    (tmp_path / "broken.xml").write_bytes(b"\x00\x01 no XML")
    assert [item.source for item in read([tmp_path])] == ["feed.xml#1"]
    for name, reason in (("other.xml", "another kind"), ("empty.xml", "no XML"), ("broken.xml", "no")):
        (problem,) = read([tmp_path / name])
        assert isinstance(problem, Problem)
        assert problem.source == name
        assert reason in problem.reason


@pytest.mark.parametrize("suffix", [".rss", ".atom"])
def test_a_file_that_is_called_a_feed_and_is_none_is_reported_in_a_folder_too(tmp_path, suffix):
    (tmp_path / f"a{suffix}").write_text("<html><body/></html>", encoding="utf-8")
    assert [type(item) for item in read([tmp_path])] == [Problem]
    assert len(discover([tmp_path])) == 1


def test_what_is_not_well_formed_is_read_as_far_as_it_can_be_and_reported_once():
    good = f"<title>Hof</title><description>{SENTENCE}</description>"
    found = read_xml(rss(good, f"<title>A & B</b></title><description>{SENTENCE}</description>", good))
    assert [item.source for item in found] == ["feed.xml#1", "feed.xml#2", "feed.xml#3", "feed.xml"]
    assert isinstance(found[-1], Problem)
    assert "line 1" in found[-1].reason


def test_a_feed_that_was_cut_off_gives_what_came_before():
    data = rss(*[f"<title>Hof</title><description>{SENTENCE}</description>"] * 3)
    found = read_xml(data[: data.rindex("<item>") + 30])
    assert [item.source for item in found][:2] == ["feed.xml#1", "feed.xml#2"]
    assert isinstance(found[-1], Problem)


def test_bytes_that_are_no_utf_8_are_read_as_western_european():
    article = one(rss(f"<description>{SENTENCE}</description>").encode("cp1252"))
    assert "Zürich" in article.text
    assert "Nachbarn" in article.text
    data = f'<?xml version="1.0" encoding="iso-8859-1"?>{rss(f"<description>{SENTENCE}</description>")}'
    assert "Zürich" in one(data.encode("latin-1")).text
    assert "Zürich" in one(data.encode("utf-8")).text  # whatever it declares
    assert "Zürich" in one(data.replace("iso-8859-1", "utf-8").encode("utf-8-sig")).text
    assert "Zürich" in one(rss(f"<description>{SENTENCE}</description>").encode("utf-16")).text


def test_entities_of_html_are_resolved_and_those_of_the_file_are_not():
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 20))
    doctype = f'<!DOCTYPE rss [<!ENTITY e0 "boom">{bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    item = f"<title>Z&uuml;rich&e19;&x;</title><description>{SENTENCE} &e19;&x;</description>"
    found = read_xml(doctype + rss(item))
    article = found[0]
    assert isinstance(article, Article)
    assert article.title == "Zürich"
    assert "boom" not in article.text
    assert "root:" not in article.text
    assert len(article.text) < 500


@pytest.mark.parametrize(
    "inner",
    [
        "<a>" * 100_000,
        "<description>" + "<p>" * 100_000 + "x",
        "<a/>" * 60_000,
        "&" * 100_000,
        "<description>" + "&lt;script&gt;" * 20_000,
    ],
    ids=["deep", "deep content", "many", "ampersands", "scripts"],
)
def test_a_hostile_entry_ends_in_time_and_in_problems(inner):
    start = time.process_time()
    found = read_xml(rss(inner))
    assert time.process_time() - start < 10
    assert all(isinstance(item, Problem) for item in found)
    assert found


def test_deeply_nested_html_in_an_entry_is_survived():
    found = read_xml(rss(f"<description>{'&lt;div&gt;' * 20_000}{SENTENCE}</description>"))
    assert len(found) == 1


def test_too_many_elements_in_one_entry_do_not_hide_the_next():
    found = read_xml(rss("<a/>" * (DEFAULT.xml_elements + 1), f"<description>{SENTENCE}</description>"))
    assert [(type(item), item.source) for item in found] == [(Problem, "feed.xml#1"), (Article, "feed.xml#2")]


def test_memory_does_not_grow_with_the_number_of_entries():
    item = f"<item><title>Entwurf</title><content:encoded>{'x' * 2000}</content:encoded><wp:status>draft</wp:status></item>"
    head, tail = wxr().split("</channel>")

    class Endless(io.RawIOBase):
        def __init__(self, count: int) -> None:
            self.parts = iter([head, *[item] * count, f"</channel>{tail}"])

        def read(self, size: int = -1) -> bytes:
            return next(self.parts, "").encode()

    def peak(count: int) -> int:
        tracemalloc.start()
        assert list(read_feed("a.xml", Endless(count))) == []  # type: ignore[arg-type]
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(5_000) < peak(100) + 500_000
