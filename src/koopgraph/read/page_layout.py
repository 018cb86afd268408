"""Puts a page in order before its main text is looked for, so that nothing of the article is lost with the furniture.

trafilatura drops figures with their captions, definition lists in boxes and bylines; it takes a page that is laid
out in one big table for a table, and where no element says 'article' it falls back on bare paragraphs, without
headings. So here

1. what is certainly no article goes: navigation, dialogs, notices of consent, comments, lists of other pages;
2. layout tables fall apart into blocks, definition lists become lists of 'term: definition';
3. captions, bylines and boxes without links become plain blocks of the article;
4. a page without ``<article>`` or ``<main>`` gets one: the element that holds most of the prose.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_BLOCKS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "div", "blockquote", "dl"])
_FURNITURE = (
    "//nav | //script | //style | //noscript | //template | //form[not(.//article) and not(.//h1)] | //dialog | "
    "//*[@role='dialog'] | //*[@role='navigation'] | //*[@aria-modal='true'] | //*[@hidden]"
)
_CONSENT = re.compile(r"(?:^|[\s_-])(?:cookie|consent|gdpr|dsgvo|cmp|newsletter-?(?:box|signup))", re.IGNORECASE)
_COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|kommentare?|disqus|respond)(?:$|[\s_-])", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related|teaser-?(?:list|box)|inline-teaser|read-?(?:more|also)|lesen-?sie|mehr-?zum|more|weitere|"
    r"recommend\w*|shar(?:e|ing)|social|breadcrumbs?|tags?|pagination|nav)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:caption|wp-caption-text|bildunterschrift|image-?(?:caption|credit))(?:$|[\s_-])", re.IGNORECASE
)
_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|meta|author|autor)(?:$|[\s_-])", re.IGNORECASE)
_BYLINE_TEXT = re.compile(
    r"(?:von|by|text|autor(?:in)?|fotos?|bilder?|interview)\b[\s:]|.{0,40}\b(?:text|fotos?|bild)\s*:", re.IGNORECASE
)
_LINKED = 0.4
"""Share of a part's characters inside links from which a part named as pointing elsewhere does so."""

_MOST = 0.6
"""Share of the prose of a page that an element has to hold to count as its article."""

_MAX_BYLINE = 150


def tidy(tree: HtmlElement) -> None:
    """Put the parsed page ``tree`` in order, in place (see the module)."""
    for element in tree.xpath(_FURNITURE):
        _drop(element)
    for element in list(tree.iter("div", "section", "aside", "ul", "ol", "p")):
        if _points_elsewhere(element):
            _drop(element)
    for table in list(tree.iter("table")):
        if _is_layout(table):
            for part in list(table.iter("table", "tbody", "tr", "td", "th")):
                part.tag = "div"
    for element in list(tree.iter("time")):
        element.drop_tag()
    for element in list(tree.iter("dl")):
        _as_list(element)
    for element in list(tree.iter("figure", "div", "p", "aside")):
        if element.getparent() is not None:
            _keep(element)
    if not tree.xpath("boolean(//article or //main or //*[@role='main'] or //*[@itemprop='articleBody'])"):
        _mark_article(tree)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None and element.tag != "body":
        element.drop_tree()


def _marks(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _length(element: HtmlElement) -> int:
    return len(" ".join(element.text_content().split()))


def _points_elsewhere(element: HtmlElement) -> bool:
    marks = _marks(element)
    if not marks.strip() or element.xpath("boolean(.//article or .//h1)"):
        return False
    if _CONSENT.search(marks) or _COMMENTS.search(marks):
        return True
    return bool(_ELSEWHERE.search(marks)) and sum(map(_length, element.iter("a"))) > _LINKED * _length(element)


def _is_layout(table: HtmlElement) -> bool:
    return any(sum(child.tag in _BLOCKS for child in cell) > 1 for cell in table.iter("td", "th"))


def _as_list(element: HtmlElement) -> None:
    items: list[str] = []
    for child in element.iter("dt", "dd"):
        text = " ".join(child.text_content().split())
        if child.tag == "dd" and items and items[-1].endswith(":"):
            items[-1] = f"{items[-1]} {text}"
        elif text:
            items.append(f"{text.rstrip(':')}:" if child.tag == "dt" else text)
    _empty(element)
    element.tag = "ul"
    for text in items:
        item = element.makeelement("li", {})
        item.text = text.rstrip(":")
        element.append(item)


def _keep(element: HtmlElement) -> None:
    """Let the caption, the box or the byline that ``element`` is survive as plain blocks."""
    inside = element.xpath("boolean(ancestor::article or ancestor::main or ancestor::*[@itemprop='articleBody'])")
    if element.tag == "figure":
        _keep_figure(element)
    elif element.tag == "aside":
        if inside and element.find(".//a") is None:
            element.tag = "div"
            _forget_marks(element)
    elif _is_caption(element) or (inside and _is_byline(element)):
        _become_paragraph(element, " ".join(element.text_content().split()))


def _is_caption(element: HtmlElement) -> bool:
    return bool(_CAPTION.search(_marks(element))) and not any(child.tag in _BLOCKS for child in element)


def _is_byline(element: HtmlElement) -> bool:
    if not _BYLINE.search(_marks(element)) or _length(element) >= _MAX_BYLINE:
        return False
    return bool(_BYLINE_TEXT.match(" ".join(element.text_content().split())))


def _keep_figure(element: HtmlElement) -> None:
    if element.find(".//table") is not None or element.find(".//blockquote") is not None:
        element.tag = "div"  # blog software wraps tables and quotations in figures
        return
    captions = element.xpath(".//figcaption")
    text = " ".join(captions[0].text_content().split()) if captions else ""
    if text and not element.xpath("boolean(ancestor::a or ancestor::aside or ancestor::footer)"):
        _become_paragraph(element, text)


def _become_paragraph(element: HtmlElement, text: str) -> None:
    _empty(element)
    element.tag, element.text = "p", text
    _forget_marks(element)


def _empty(element: HtmlElement) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _forget_marks(element: HtmlElement) -> None:
    for attribute in ("class", "id", "style", "role"):
        element.attrib.pop(attribute, None)


def _mark_article(tree: HtmlElement) -> None:
    prose: dict[HtmlElement, int] = {}
    for paragraph in tree.iter("p", "li", "blockquote"):
        words = _length(paragraph) - sum(map(_length, paragraph.iter("a")))
        for holder in paragraph.iterancestors("div", "section", "body"):
            prose[holder] = prose.get(holder, 0) + words
    total = max(prose.values(), default=0)
    fitting = [holder for holder, words in prose.items() if total and words >= _MOST * total and holder.tag != "body"]
    if fitting:
        smallest = max(fitting, key=lambda holder: sum(1 for _ in holder.iterancestors()))
        smallest.tag = "article"
        _forget_marks(smallest)
