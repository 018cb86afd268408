"""A page from a template: in the reader's language, with a policy that lets nothing from outside in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal, TypeAlias
from urllib.parse import quote, urlencode

import mimeparse
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from koopgraph.explorer.page import translations
from koopgraph.rdf.vocabulary import KOOP, THEMES
from koopgraph.serve.site import Site

Language: TypeAlias = Literal["de", "en"]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
"""What every page may do."""


def page(
    request: Request, template: str, /, *, status: int = 200, policy: str = POLICY, **values: object
) -> HTMLResponse:
    """Return the page that a template makes of ``values``, the words of the reader's language and the site."""
    site: Site = request.app.state.site
    chosen, base = language(request), site.base
    content = _environment().get_template(template).render(
        site=site,
        language=chosen,
        words=words()[chosen],
        switch=f"?{urlencode([*_others(request), ('lang', 'de' if chosen == 'en' else 'en')])}",
        href=lambda iri, **parameters: href(iri, base, **parameters),
        inside=(base, THEMES, KOOP.iri),
        **values,
    )  # fmt: skip
    headers = {"Content-Security-Policy": policy, "Vary": "Accept, Accept-Language", "Content-Language": chosen}
    return HTMLResponse(content, status, headers)


def language(request: Request) -> Language:
    """Return the language of ``?lang``, else the one that the reader's browser likes better; English of equals."""
    asked = request.query_params.get("lang")
    if asked in {"de", "en"}:
        return "de" if asked == "de" else "en"
    # Languages are weighed as media types are, so one parser does for both.
    header = request.headers.get("accept-language", "").lower()
    ranges = ", ".join(_as_media_range(part) for part in header.split(",") if part.strip())
    try:
        return "de" if mimeparse.best_match(["text/en", "text/de"][::-1], ranges or "text/en") == "text/de" else "en"
    except mimeparse.MimeTypeParseException:
        return "en"


def _as_media_range(part: str) -> str:
    tag, _, weight = part.strip().partition(";")
    return f"text/{tag.partition('-')[0]}" + (f";{weight}" if weight else "")


def href(iri: str, base: str, **parameters: object) -> str:
    """Return the path of a thing's page on this server, with parameters.

    >>> href("https://w3id.org/koopgraph/id/city/halle-saale", "https://w3id.org/koopgraph/id/")
    '/id/city/halle-saale'
    >>> href("https://sws.geonames.org/2879139/", "https://w3id.org/koopgraph/id/")
    '/resource?iri=https%3A%2F%2Fsws.geonames.org%2F2879139%2F'
    >>> href("https://w3id.org/koopgraph/id/city/bremen", "https://w3id.org/koopgraph/id/", page=2)
    '/id/city/bremen?page=2'
    """
    path = "/resource"
    if iri.startswith(base):
        path = "/id/" + quote(iri.removeprefix(base), safe="/:@!$&'()*+,;=~")
    else:
        parameters = {"iri": iri, **parameters}
    return f"{path}?{urlencode(parameters)}" if parameters else path


@cache
def words() -> dict[Language, Mapping[str, str]]:
    """Return the words of the pages by language: the explorer's, for classes and relations, and the server's own."""
    own = json.loads((files("koopgraph.serve") / "translations.json").read_text("utf-8"))
    return {language: {**translations()[language], **own[language]} for language in ("de", "en")}


def _others(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("koopgraph.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
