"""What a reconciliation service says of itself, and how its ids become IRIs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from koopgraph.errors import LinkError

VERSIONS = frozenset({"0.1", "0.2"})
"""Versions of the protocol whose queries and answers are what we send and read."""

LONGEST_ID = 200
_SAFE = "/:;,.~!$'()*+@="
"""What stays as it is where an id stands in an IRI; a question mark or a hash would end its path."""

_SPACE_END = ("/", "#", "=")
_NO_ID = re.compile(
    r"[\s<>\"{}|\\^`\x00-\x20\x7f-\x9f\ud800-\udfff]|\A[A-Za-z][A-Za-z0-9+.-]*:|(?:\A|/)\.\.?(?:/|\Z)|\A/|//"
)
"""What no id holds: white space, what breaks an IRI, a scheme ('javascript:'), a way out of the identifier space."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A service's own words on itself. ``template`` makes an IRI of an id; ``batch_size`` 0 means no limit."""

    name: str
    identifier_space: str
    template: str
    batch_size: int

    def iri(self, identifier: str) -> str | None:
        """Return the IRI of the entry with that id, or None for an id that no entry can have.

        >>> manifest = read_manifest({"name": "x", "identifierSpace": "https://d-nb.info/gnd/"}, "x")
        >>> manifest.iri("4035206-7"), manifest.iri("https://d-nb.info/gnd/4035206-7"), manifest.iri("javascript:x")
        ('https://d-nb.info/gnd/4035206-7', 'https://d-nb.info/gnd/4035206-7', None)
        """
        local = identifier.removeprefix(self.identifier_space) if self.identifier_space else identifier
        if not local or len(local) > LONGEST_ID or _NO_ID.search(local):
            return None
        return self.template.replace("{{id}}", quote(local, safe=_SAFE))


def read_manifest(content: object, address: str) -> Manifest:
    """Return what a service's answer to an empty request says; raise :class:`LinkError` where it is no manifest."""
    if not isinstance(content, dict) or not isinstance(content.get("name"), str):
        raise LinkError(f"{address}: is no reconciliation service (it sends no manifest). Check the address.")
    versions = content.get("versions", ["0.1"])  # the field came with 0.2
    if not isinstance(versions, list) or not VERSIONS & {v for v in versions if isinstance(v, str)}:
        raise LinkError(f"{address}: speaks neither version 0.1 nor 0.2 of the protocol. Use another service.")
    space = content.get("identifierSpace")
    space = space if isinstance(space, str) else ""
    size = content.get("batchSize")
    return Manifest(
        name=" ".join(content["name"].split())[:100],
        identifier_space=space,
        template=_template(space, content.get("view"), address),
        batch_size=size if isinstance(size, int) and not isinstance(size, bool) and size > 0 else 0,
    )


def _template(space: str, view: object, address: str) -> str:
    """Return the IRI of an entry with '{{id}}' for its id: from the identifier space, or the page that shows it."""
    viewed = view.get("url") if isinstance(view, dict) else None
    options = [f"{space}{{{{id}}}}" if space.endswith(_SPACE_END) else "", viewed if isinstance(viewed, str) else ""]
    for option in options:
        if option.count("{{id}}") == 1 and _is_web(option.replace("{{id}}", "x")):
            return option
    raise LinkError(
        f"{address}: its manifest does not say how ids become web addresses (identifierSpace, view). "
        "Use another service."
    )


def _is_web(iri: str) -> bool:
    from pyoxigraph import NamedNode

    try:
        NamedNode(iri)
        return urlsplit(iri).scheme in ("http", "https") and bool(urlsplit(iri).hostname)
    except ValueError:
        return False
