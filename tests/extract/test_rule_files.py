"""The rules that ship: each loads, and fits the ontology's domains and ranges."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

import pytest

from koopgraph.extract import families, rule_sets
from koopgraph.extract.registry import Extractor
from koopgraph.model import EntityType, Language, ValueKind
from koopgraph.rdf.vocabulary import RELATIONS

FOLDER = files("koopgraph") / "extract" / "rules"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.name.endswith(".toml"))
FAMILIES = sorted(value.name for value in vars(families).values() if isinstance(value, Extractor))
SLOT = re.compile(r"\{(subject|object):([A-Za-z|]+)\+?\}")
VALUES = {"date": ("{time}", "{span}"), "budget": ("{money}",)}
RULES = [
    pytest.param(rule, id=f"{name.removesuffix('.toml')}.{number}")
    for name in FILES
    for number, rule in enumerate(tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["rule"], start=1)
]


def classes(rule: dict[str, str]) -> dict[str, list[EntityType]]:
    slots = dict(SLOT.findall(rule["pattern"]))
    if "main" in rule:
        slot, _, kinds = rule["main"].partition(":")
        assert slot not in slots, "the slot of 'main' must be left out of the pattern"
        slots[slot] = kinds
    return {slot: [EntityType(kind) for kind in kinds.split("|")] for slot, kinds in slots.items()}


@pytest.mark.parametrize("name", FILES)
def test_every_file_belongs_to_a_family_that_is_an_extractor(name: str) -> None:
    assert name.split(".")[0] in FAMILIES


@pytest.mark.parametrize("language", ["de", "en", "und"])
@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_loads_rules_for_every_language(family: str, language: Language) -> None:
    rules = rule_sets.load(family, language)
    assert rules
    assert len({rule.name for rule in rules}) == len(rules)


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_pattern_compiles(language: Language) -> None:
    """They are compiled when they are searched for first, which may be late."""
    rules, _ = rule_sets.rules_of_all_families(language)
    assert all({"subject", "object", "value"} & rule.pattern.groupindex.keys() for rule in rules)


@pytest.mark.parametrize("family", FAMILIES)
def test_german_rules_serve_an_unknown_language(family: str) -> None:
    assert rule_sets.load(family, "und") == rule_sets.load(family, "de")


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_fits_its_relation_in_the_ontology(rule: dict[str, str]) -> None:
    relation = RELATIONS[rule["relation"]]
    slots = classes(rule)
    value = ValueKind(rule["relation"]) if relation.value else None
    objects: list[EntityType | ValueKind] = [value] if value else list(slots["object"])
    if value:
        assert any(sign in rule["pattern"] for sign in VALUES[value]), "nothing in the pattern is the value"
    assert all(any(relation.allows(s, o) for o in objects) for s in slots["subject"]), "a subject's class fits nothing"
    assert all(any(relation.allows(s, o) for s in slots["subject"]) for o in objects), "an object's class fits nothing"


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_a_confidence_and_known_keys(rule: dict[str, object]) -> None:
    assert 0 < float(str(rule["confidence"])) <= 1
    assert rule.keys() <= {"relation", "pattern", "confidence", "main", "at_least", "spread"}
    at_least = rule.get("at_least", 1)
    assert at_least == 1 or "+}" in str(rule["pattern"]), "only a list has a number of members"


@pytest.mark.parametrize("name", FILES)
def test_every_word_list_is_used_and_has_no_word_twice(name: str) -> None:
    data = tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    patterns = " ".join(rule["pattern"] for rule in data["rule"])
    for words, entries in data.get("words", {}).items():
        assert re.search(rf"@{words}\b", patterns), f"@{words} is used by no rule"
        assert len(set(entries)) == len(entries), f"@{words} has a word twice"
