"""The registry: built-in extractors and those of other packages come through one door."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

from koopgraph.errors import ExtractionError, KoopgraphError, ModelError, SettingsError, UnknownExtractorError
from koopgraph.extract import extract, gather, registry
from koopgraph.extract.registry import (
    GROUP,
    Extractor,
    available,
    built_in,
    extractor,
    get,
    installing,
    is_built_in,
    missing,
    select,
)
from koopgraph.model import Annotated, Article, EntityType, Evidence, Mention, Sentence, Statement

BUILT_IN = {"people", "undertakings", "events", "places", "awards", "mottos", "offices", "themes", "context"}
PLUGIN = """
from koopgraph.extract import Extractor, ExtractorFactory, extractor

@extractor("bells", version="7", languages=("de",))
def bells(annotated):
    return ()

def plain(annotated):
    return iter(())

def make(settings):
    return Extractor("tower", plain, version=str(settings.get("height", 0)))

tower = ExtractorFactory("tower", make)
ruin = ExtractorFactory("ruin", make, needs=("json", "koopgraph_no_such_module"))
"""


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a package of someone else that brings extractors, two of them broken."""
    (tmp_path / "koopgraph_bells.py").write_text(PLUGIN, encoding="utf-8")
    info = tmp_path / "koopgraph_bells-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: koopgraph-bells\nVersion: 1.0\n", encoding="utf-8")
    points = "bells = koopgraph_bells:bells\nplain = koopgraph_bells:plain\n"
    made = "tower = koopgraph_bells:tower [stone]\nruin = koopgraph_bells:ruin [stone]\n"
    broken = "heavy = koopgraph_no_such_module:extract\nmisspelt = koopgraph_bells:bels\n"
    (info / "entry_points.txt").write_text(f"[{GROUP}]\n{points}{made}{broken}", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("koopgraph_bells", None)


def annotated(language: str = "de") -> Annotated:
    article = Article("a.txt", "Gera baut", "", language)  # type: ignore[arg-type]
    return Annotated(article, (Sentence(0, 9),), (Mention(0, 4, "Gera", EntityType.CITY, "Gera", "test"),))


def test_the_built_in_extractors_are_entry_points_like_any_other() -> None:
    points = available()
    assert set(points) >= BUILT_IN
    assert {point.group for point in points.values()} == {GROUP}
    assert list(points) == sorted(points)


def test_without_names_all_built_in_extractors_are_selected_in_a_fixed_order() -> None:
    assert [e.name for e in select()] == sorted(BUILT_IN)


def test_named_extractors_are_selected_in_the_order_given() -> None:
    assert [e.name for e in select(("themes", "awards"))] == ["themes", "awards"]


def test_the_installed_packages_are_looked_through_once_for_all_names(monkeypatch: pytest.MonkeyPatch) -> None:
    points, scans = list(entry_points(group=GROUP)), []
    monkeypatch.setattr(registry, "entry_points", lambda group: scans.append(group) or points)
    assert len(select()) == len(BUILT_IN)
    assert scans == [GROUP]


def test_every_built_in_extractor_is_called_as_its_entry_point_is() -> None:
    assert all(get(name).name == name for name in BUILT_IN)


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UnknownExtractorError, match="no extractor is called 'peple'") as error:
        get("peple")
    assert all(name in str(error.value) for name in BUILT_IN)
    assert isinstance(error.value, KoopgraphError)
    assert error.value.exit_code == 2


@pytest.mark.usefixtures("plugin")
def test_another_packages_extractor_is_available_by_name_but_not_run_unasked() -> None:
    assert "bells" in available()
    assert "bells" not in {e.name for e in select()}
    (chosen,) = select(("bells",))
    assert (chosen.name, chosen.version, chosen.languages) == ("bells", "7", ("de",))


@pytest.mark.usefixtures("plugin")
def test_a_plain_function_of_another_package_is_named_as_its_entry_point() -> None:
    plain = get("plain")
    assert isinstance(plain, Extractor)
    assert (plain.name, list(plain(annotated()))) == ("plain", [])


@pytest.mark.usefixtures("plugin")
@pytest.mark.parametrize("name", ["heavy", "misspelt"])
def test_an_extractor_that_cannot_be_imported_says_what_to_do(name: str) -> None:
    with pytest.raises(UnknownExtractorError, match=f"'{name}' cannot be loaded .*install"):
        get(name)


def test_nothing_is_imported_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = EntryPoint("heavy", "koopgraph_no_such_module:extract", GROUP)
    monkeypatch.setattr(registry, "entry_points", lambda group: [missing])
    assert list(available()) == ["heavy"]
    assert select() == ()


def test_without_any_extractor_installed_the_error_says_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "entry_points", lambda group: [])
    with pytest.raises(UnknownExtractorError, match="known are: none"):
        get("people")


def test_an_extractor_is_silent_in_languages_that_it_does_not_know() -> None:
    @extractor("english", languages=("en",))
    def english(article: Annotated) -> Iterable[Statement]:
        return (own_statement(article, "locatedIn"),)

    assert list(english(annotated("de"))) == []
    assert len(list(english(annotated("en")))) == 1


def own_statement(article: Annotated, relation: str) -> Statement:
    city = article.mentions[0]
    return Statement(city, relation, city, Evidence.of(article.article, 0, 9), "test", 0.5)


def test_what_the_ontology_does_not_allow_is_left_out_whoever_says_it() -> None:
    @extractor("wild")
    def wild(article: Annotated) -> Iterable[Statement]:
        return (own_statement(article, "cooperatesWith"), own_statement(article, "receives"))

    assert [s.relation for s in extract(annotated(), [wild])] == ["cooperatesWith"]


def test_a_statement_whose_quote_is_not_in_the_article_at_its_offsets_does_not_count() -> None:
    @extractor("inventive")
    def inventive(article: Annotated) -> Iterable[Statement]:
        city = article.mentions[0]
        for evidence in (Evidence(0, 9, "Gera ruht"), Evidence(5, 14, "Gera baut"), Evidence(90, 99, "Gera baut")):
            yield Statement(city, "cooperatesWith", city, evidence, "test", 0.9)

    assert list(extract(annotated(), [inventive])) == []


# ------------------------------------------------------------------ optional extractors and their settings


def test_an_extra_after_the_entry_point_makes_an_extractor_optional() -> None:
    bells = EntryPoint("bells", "koopgraph.extract.bells:extract", GROUP)
    optional = EntryPoint("bells", "koopgraph.extract.bells:extract [bronze]", GROUP)
    assert (is_built_in(bells), is_built_in(optional)) == (True, False)
    assert (installing(bells), installing(optional)) == ("", "pip install 'koopgraph[bronze]'")


def test_optional_extractors_are_koopgraphs_but_do_not_run_unasked() -> None:
    if "llm" not in available():
        pytest.skip("koopgraph was installed before it had optional extractors: install it again")
    assert not {"spacy", "gliner", "llm"} & set(built_in())
    assert {name: available()[name].extras for name in ("spacy", "gliner", "llm")} == {
        "spacy": ["spacy"],
        "gliner": ["gliner"],
        "llm": ["llm"],
    }


@pytest.mark.usefixtures("plugin")
def test_settings_reach_the_extractor_that_they_are_for() -> None:
    tower, bells = select(("tower", "bells"), {"tower": {"height": 9}})
    assert (tower.version, bells.version) == ("9", "7")
    assert get("tower", {"height": 3}).version == "3"


@pytest.mark.usefixtures("plugin")
def test_settings_that_nobody_takes_are_refused() -> None:
    with pytest.raises(SettingsError, match="'bells' takes no settings; leave out height"):
        select(("bells",), {"bells": {"height": 9}})
    with pytest.raises(UnknownExtractorError, match="'belss'; known are"):
        select(("bells",), {"belss": {"height": 9}})


@pytest.mark.usefixtures("plugin")
def test_what_an_optional_extractor_lacks_is_one_line_with_the_command_that_installs_it() -> None:
    assert missing(available()["ruin"]) == ("koopgraph_no_such_module",)
    assert missing(available()["tower"]) == ()
    with pytest.raises(UnknownExtractorError) as error:
        select(("ruin",))
    said = "extractor 'ruin' needs koopgraph_no_such_module: pip install 'koopgraph-bells[stone]'"
    assert str(error.value) == said


@pytest.mark.usefixtures("plugin")
def test_an_extractor_named_twice_runs_once() -> None:
    assert [e.name for e in select(("bells", "tower", "bells"))] == ["bells", "tower"]


# ------------------------------------------------------------------ mentions


def proposing(*mentions: Mention, languages: tuple[str, ...] = ("de", "en", "und")) -> Extractor:
    return Extractor("proposer", lambda _: (), languages=languages, mentions=lambda _: mentions)  # type: ignore[arg-type]


def test_extractors_name_things_for_each_other() -> None:
    tower = Mention(5, 9, "baut", EntityType.PLACE, "Bau", "proposer")

    @extractor("reader")
    def reader(article: Annotated) -> Iterable[Statement]:
        city, place = article.mentions
        yield Statement(place, "locatedIn", city, Evidence.of(article.article, 0, 9), "reader", 0.5)

    found = gather(annotated(), [reader, proposing(tower)])
    assert [m.name for m in found.annotated.mentions] == ["Gera", "Bau"]
    assert [(s.subject.name, s.object) for s in found.statements] == [("Bau", annotated().mentions[0])]


def test_overlapping_mentions_compete_by_confidence() -> None:
    sure = Mention(0, 4, "Gera", EntityType.PERSON, "Gera", "proposer", confidence=1.0)
    unsure = Mention(0, 4, "Gera", EntityType.PERSON, "Gera", "proposer", confidence=0.1)
    own = Annotated(annotated().article, (Sentence(0, 9),), (Mention(0, 4, "Gera", EntityType.CITY, "Gera", "x", 0.5),))
    assert [m.type for m in gather(own, [proposing(sure)]).annotated.mentions] == [EntityType.PERSON]
    assert [m.type for m in gather(own, [proposing(unsure)]).annotated.mentions] == [EntityType.CITY]


def test_what_is_known_already_keeps_the_name_that_was_found_for_it() -> None:
    same = Mention(0, 4, "Gera", EntityType.CITY, "Geras", "proposer", confidence=1.0)
    assert gather(annotated(), [proposing(same)]).annotated == annotated()


def test_what_two_agree_on_is_as_sure_as_the_surer_of_them_says() -> None:
    article = Article("a.txt", "Klinik Gera baut", "", "de")
    clinic = Mention(0, 11, "Klinik Gera", EntityType.ORGANISATION, "Klinik Gera", "own", 0.5)
    own = Annotated(article, (Sentence(0, 16),), (clinic,))
    proposed = (
        Mention(0, 11, "Klinik Gera", EntityType.ORGANISATION, "Klinik Gera", "proposer", 1.0),
        Mention(7, 11, "Gera", EntityType.CITY, "Gera", "proposer", 1.0),
    )
    (settled,) = gather(own, [proposing(*proposed)]).annotated.mentions
    assert (settled.text, settled.annotator, settled.confidence) == ("Klinik Gera", "own", 1.0)


def test_a_mention_that_is_not_in_the_article_at_its_offsets_does_not_count() -> None:
    wrong = (
        Mention(5, 9, "Bau!", EntityType.PLACE, "Bau", "proposer"),
        Mention(90, 94, "baut", EntityType.PLACE, "Bau", "proposer"),
    )
    assert gather(annotated(), [proposing(*wrong)]).annotated == annotated()


def test_no_mentions_are_proposed_in_a_language_that_the_extractor_does_not_know() -> None:
    tower = Mention(5, 9, "baut", EntityType.PLACE, "Bau", "proposer")
    assert gather(annotated("en"), [proposing(tower, languages=("de",))]).annotated.mentions == annotated().mentions


@pytest.mark.parametrize("where", ["mentions", "function"])
def test_an_extractor_that_cannot_read_an_article_is_left_out_of_it(where: str) -> None:
    def refuse(_: Annotated) -> Iterable[Statement]:
        raise ExtractionError("moody", "is tired", "Let it sleep")

    def nothing(_: Annotated) -> Iterable[Statement]:
        return ()

    functions = {"mentions": (nothing, refuse), "function": (refuse, None)}[where]
    moody = Extractor("moody", functions[0], mentions=functions[1])  # type: ignore[arg-type]

    @extractor("steady")
    def steady(article: Annotated) -> Iterable[Statement]:
        return (own_statement(article, "cooperatesWith"),)

    found = gather(annotated(), [moody, steady])
    assert [s.relation for s in found.statements] == ["cooperatesWith"]
    assert [str(f) for f in found.failures] == ["extractor moody: is tired. Let it sleep"]


# ------------------------------------------------------------------ weighing


def test_an_extractor_that_weighs_sees_what_all_others_state_and_may_add_to_it() -> None:
    def weigh(article: Annotated, statements: Sequence[Statement]) -> Sequence[Statement]:
        return [*(replace(s, confidence=0.9) for s in statements), own_statement(article, "partnerCity")]

    @extractor("steady")
    def steady(article: Annotated) -> Iterable[Statement]:
        return (own_statement(article, "cooperatesWith"),)

    scales = Extractor("scales", lambda _: (), weigh=weigh)
    found = gather(annotated(), [scales, steady])
    assert [(s.relation, s.confidence) for s in found.statements] == [("cooperatesWith", 0.9)]


def test_what_weighing_adds_counts_only_where_text_and_ontology_allow_it() -> None:
    def weigh(article: Annotated, statements: Sequence[Statement]) -> Sequence[Statement]:
        good = own_statement(article, "cooperatesWith")
        misquoted = replace(good, evidence=Evidence(0, 4, "Jena"))
        return [good, own_statement(article, "leads"), misquoted]

    found = gather(annotated(), [Extractor("scales", lambda _: (), weigh=weigh)])
    assert [(s.relation, s.evidence.quote) for s in found.statements] == [("cooperatesWith", "Gera baut")]


def test_the_relation_model_brings_its_cut_and_takes_a_folder() -> None:
    assert 0.0 < get("context").cut < 1.0
    assert list(get("context")(annotated())) == []
    with pytest.raises(SettingsError, match="'context' has no setting temperature; it takes: model"):
        get("context", {"temperature": 1})
    with pytest.raises(ModelError, match=r"nowhere: its part relations\.npz cannot be read"):
        get("context", {"model": "nowhere"})
