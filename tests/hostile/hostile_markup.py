"""Hostile pages, JSON lines and feeds."""

from __future__ import annotations

import json

from hostile_case import STORY, Case, case

P = f"<p>{STORY}</p>"
PAGES = (
    *(
        (f"ten thousand levels of <{tag}>", f"<html><body>{f'<{tag}>' * 10_000}{P}", "problem")
        for tag in ("div", "b", "ul><li", "table><tr><td", "blockquote", "span", "form", "section")
    ),
    ("ten thousand links that none ends", f"<html><body>{'<a>' * 10_000}{P}", "article"),
    ("two hundred levels", f"<html><body>{'<div>' * 200}{P}", "article"),
    ("a script with the story", f"<html><body><script>{STORY}</script>{P}", "article"),
    ("a script that never ends", f"<html><body>{P}<script>{STORY}", "article"),
    ("a comment that never ends", f"<html><body>{P}<!-- {STORY}", "article"),
    ("a comment with null characters", f"<html><body><!--\0-->{P}", "article"),
    ("tags that never end", "<html><body>" + "<p " * 20_000 + P, "article"),
    ("an attribute without end", f"<html><body><p title='{'x' * 200_000}'>{STORY}</p>", "article"),
    ("ten thousand attributes", f"<html><body><p {' '.join(f'a{n}=1' for n in range(10_000))}>{STORY}</p>", "article"),
    ("an encoding that is not there", f"<html><head><meta charset='evil'></head><body>{P}", "article"),
    ("utf-7 as its encoding", f"<html><head><meta charset='utf-7'></head><body>{P}+ADw-script+AD4-", "article"),
    ("a codec that is no encoding", f"<html><head><meta charset='hex'></head><body>{P}".encode("cp1252"), "article"),
    ("a base and a picture elsewhere", f"<html><head><base href='//evil.example/'></head><body><img src=x>{P}", "article"),
    ("a frame of a local file", f"<html><body><iframe src='file:///etc/passwd'></iframe>{P}", "article"),
    ("a redirection", f"<html><head><meta http-equiv=refresh content='0;url=http://evil.example/'></head><body>{P}", "article"),
    ("a document type with entities", f"<!DOCTYPE html [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><html><body>&b;{P}", "article"),
    ("references to control characters", f"<html><body><p>&#0;&#1;&#x1F;&#x110000;&#xD800;</p>{P}", "article"),
    ("a hundred thousand entities", f"<html><body><p>{'&amp;' * 20_000}</p>{P}", "article"),
    ("JSON-LD of a thousand levels", f"<html><head><script type='application/ld+json'>{'[' * 5000}</script></head><body>{P}", "article"),
    ("JSON-LD that is no JSON", f"<html><head><script type='application/ld+json'>{{evil</script></head><body>{P}", "article"),
    ("a date of year 99999", f"<html><head><meta property='article:published_time' content='99999-01-01'></head><body>{P}", "article"),
    ("a canonical address that is a script", f"<html><head><link rel=canonical href='javascript:alert(1)'></head><body>{P}", "article"),
    ("a title of a million letters", f"<html><head><title>{'x' * 1_000_000}</title></head><body>{P}", "article + limit"),
    ("frames alone", "<html><frameset><frame src='http://evil.example/'></frameset></html>", "problem"),
    ("no tag at all", STORY, "article"),
    ("an empty body", "<html><body></body></html>", "problem"),
    ("nothing but '<'", "<" * 50_000, "problem"),
    ("NULs between tags", f"<html>\0<body>\0\0{P}", "problem"),
    ("two bodies", f"<html><body>{P}</body></html><html><body>{P}</body></html>", "article"),
    ("a page in a page's attribute", f"<html><body><iframe srcdoc='<script>alert(1)</script>'></iframe>{P}", "article"),
)  # fmt: skip


def _line(**record: object) -> str:
    return json.dumps({"text": STORY, **record})


LINES = (
    ("a hundred thousand opening brackets", "[" * 100_000, "limit"),
    ("a hundred thousand levels that close", "[" * 100_000 + "]" * 100_000, "limit"),
    ("a hundred thousand levels of objects", '{"a":' * 100_000, "limit"),
    ("a value of a hundred thousand levels", f'{{"text": {json.dumps(STORY)}, "a": {"[" * 100_000}{"]" * 100_000}}}', "limit"),
    ("a number of a hundred thousand digits", f'{{"text": {json.dumps(STORY)}, "a": {"9" * 100_000}}}', "problem"),
    ("a number beyond all", f'{{"text": {json.dumps(STORY)}, "date": 1e999999}}', "article"),
    ("NaN and Infinity", f'{{"text": {json.dumps(STORY)}, "title": NaN, "date": Infinity}}', "article"),
    ("halves of surrogate pairs", '{"text": "\\ud800 Der Hof in Leipzig \\udfff", "title": "\\ud83d"}', "article"),
    ("NULs in a string", _line(title="a\0b"), "article"),
    ("a key twice", '{"text": "", "text": "Der Hof in Leipzig."}', "article"),
    ("a string that never ends", '{"text": "' + STORY, "problem"),
    ("backslashes without end", '{"text": "' + "\\" * 100_001, "problem"),
    ("an array", json.dumps([STORY]), "problem"),
    ("a string alone", json.dumps(STORY), "problem"),
    ("no text", '{"title": "Hof"}', "problem"),
    ("a text that is a number", '{"text": 5}', "problem"),
    ("text of an object", '{"text": {"a": 1}}', "problem"),
    ("two objects on a line", _line() + _line(), "problem"),
    ("a title that is an object", _line(title={"a": [1]}), "article"),
    ("authors of every kind", _line(authors=[None, 1, True, {}, {"name": {}}, [["Jana Muster"]], "x" * 9999]), "article"),
    ("a day of year 99999", _line(date="99999-01-01"), "article"),
    ("a day of year 1", _line(date="0001-01-01"), "article"),
    ("a time stamp of a machine", _line(date=10**18), "article"),
    ("a title of a million letters", _line(title="x" * 1_000_000), "article + limit"),
    ("a publisher without end", _line(publisher="Verlag " * 1000), "article + limit"),
    ("an address of a script", _line(url="javascript:alert(1)"), "article"),
    ("an address with line ends", _line(url="https://a.example/\r\nEvil: 1"), "article"),
    ("an address that is no IRI", _line(url='https://a.example/<>"{}|^`\\'), "article"),
    ("an address with half a surrogate pair", '{"text": "Der Hof in Leipzig.", "url": "https://a.example/\\ud800"}', "article"),
    ("an address with broken escapes", _line(url="https://a.example/%zz%"), "article"),
    ("an address with a broken host", _line(url="https://[::1/"), "article"),
    ("ten thousand damaged lines", "{\n" * 3_000, "problem + limit"),
    ("many tiny articles", '{"text": "Hof."}\n' * 200, "article"),
    ("one article many times", (_line() + "\n") * 20, "article"),
    ("empty lines", "\n" * 10_000, "problem"),
    ("utf-16", "\ufeff{}".encode("utf-16-le"), "problem"),
    ("a page in a field", json.dumps({"html": f"<html><body>{P}<script>alert(1)</script>"}), "article"),
)  # fmt: skip

_LAUGHS = "".join(f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
_ITEM = f"<item><title>Hof</title><description>{STORY}</description></item>"
FEEDS = (
    ("a billion laughs", f"<!DOCTYPE rss [<!ENTITY a 'ha'>{_LAUGHS}]><rss><channel><item><description>&i; {STORY}</description></item></channel></rss>", "problem"),
    ("an entity that is a local file", f"<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><description>&x; {STORY}</description></item></channel></rss>", "article"),
    ("an entity elsewhere", f"<!DOCTYPE rss SYSTEM 'http://evil.example/x.dtd'><rss><channel>{_ITEM}</channel></rss>", "article"),
    ("an entity of parameters", f"<!DOCTYPE rss [<!ENTITY % x SYSTEM 'http://evil.example/'> %x;]><rss><channel>{_ITEM}</channel></rss>", "article"),
    ("inclusion of a local file", f"<rss xmlns:xi='http://www.w3.org/2001/XInclude'><channel>{_ITEM}<xi:include href='file:///etc/passwd'/></channel></rss>", "article"),
    ("a style sheet elsewhere", f"<?xml-stylesheet href='http://evil.example/x.xsl'?><rss><channel>{_ITEM}</channel></rss>", "article"),
    ("ten thousand levels", f"<rss><channel>{_ITEM}<item>{'<a>' * 10_000}", "article + problem"),
    ("an entry of a hundred thousand elements", f"<rss><channel><item>{'<a/>' * 100_000}</item>{_ITEM}</channel></rss>", "article + limit"),
    ("a file that is cut off", f"<rss><channel>{_ITEM}<item><title>Ho", "article + problem"),
    ("an encoding that lies", f"<?xml version='1.0' encoding='utf-16'?><rss><channel>{_ITEM}</channel></rss>", "article"),
    ("an encoding that is not there", f"<?xml version='1.0' encoding='evil'?><rss><channel>{_ITEM}</channel></rss>", "article"),
    ("control characters", f"<rss><channel>{_ITEM}<item><description>\x01\x02 {STORY}</description></item></channel></rss>", "article"),
    ("a root of another kind", f"<evil>{_ITEM}</evil>", "problem"),
    ("no entry", "<rss><channel/></rss>", "nothing"),
    ("an entry without text", "<rss><channel><item/></channel></rss>", "problem"),
    ("a page with a script", f"<rss><channel><item><description>&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;{STORY}</description></item></channel></rss>", "article"),
    ("an address that is a script", f"<rss><channel><item><link>javascript:alert(1)</link><description>{STORY}</description></item></channel></rss>", "article"),
    ("a day of year 99999", f"<rss><channel><item><pubDate>Mon, 21 Sep 99999 08:00:00 +9999</pubDate><description>{STORY}</description></item></channel></rss>", "article"),
    ("an export with a draft", "<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item><wp:status>draft</wp:status><description>x</description></item></channel></rss>", "nothing"),
    ("an export with a password", f"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item><wp:status>publish</wp:status><wp:post_password>x</wp:post_password><description>{STORY}</description></item></channel></rss>", "nothing"),
    ("text alone", STORY, "problem"),
    ("an Atom entry of every type", f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content type='evil/type'>{STORY}</content></entry></feed>", "article"),
)  # fmt: skip


def cases() -> list[Case]:
    """Return the cases of this module."""
    return [
        *(case(f"page {n}.html", "pages", what, to, data) for n, (what, data, to) in enumerate(PAGES, 1)),
        *(case(f"line {n}.jsonl", "JSON lines", what, to, data) for n, (what, data, to) in enumerate(LINES, 1)),
        *(case(f"feed {n}.xml", "feeds", what, to, data) for n, (what, data, to) in enumerate(FEEDS, 1)),
    ]
