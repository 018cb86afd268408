"""Evidence: whatever an article says, every statement quotes the article's text at its offsets."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from koopgraph.annotate import annotate
from koopgraph.extract import extract, select
from koopgraph.model import Article, Language, Mention
from koopgraph.rdf.vocabulary import RELATIONS
from koopgraph.resolve.article import resolve

SUBJECTS = st.sampled_from(
    ["Das Projekt „Grüne Fuge“", "Elke Weber", "Prof. Dr. Jörg Müller", "Die GEWOBA AG", "Leipzig", "Der 9. Bundeskongress",
     "Die Stadt Köln", "„Äußere Öse“", "The University of Leeds", "Susan Taylor", "Das Netzwerk", "Jürgen und Ünal 😀"]
)  # fmt: skip
VERBS = st.sampled_from(
    ["leitet", "erhielt", "moderierte", "fand in", "kostet", "kooperiert mit", "wird gefördert durch", "stand unter dem Motto",
     "wurde abgesagt,", "könnte bekommen", "(", "led", "won the", "takes place in", "is part of", "–", ",\n", ": „Ja“,"]
)  # fmt: skip
OBJECTS = st.sampled_from(
    ["das Projekt KielQuer", "den Deutschen Städtebaupreis 2018", "Bremen, Leipzig und Nürnberg", "1,2 Millionen Euro",
     "am 16.-18.09.", "„Städtische Energien“", "TU Berlin)", "die Städtebauförderung", "Stirling Prize", "£1.2m", "2019", "den Hafen"]
)  # fmt: skip
ENDS = st.sampled_from([".", "!", " …", "\n\n", ". „", "“. ", "?"])
SENTENCES = st.tuples(SUBJECTS, VERBS, OBJECTS, ENDS).map(lambda parts: " ".join(parts[:3]) + parts[3])
TEXTS = st.lists(SENTENCES | st.text(alphabet="aäÖß .„“\n\ue001\ue010😀", max_size=12), min_size=1, max_size=6).map(
    " ".join
)
EXTRACTORS = select()
LANGUAGES: st.SearchStrategy[Language] = st.sampled_from(["de", "en", "und"])


@given(TEXTS, LANGUAGES)
@settings(max_examples=120, deadline=None)
def test_statements_are_well_formed_and_quote_the_text(text: str, language: Language) -> None:
    annotated = annotate(Article("a.txt", text, text[:20], language))
    known = set(annotated.mentions)
    for statement in extract(annotated, EXTRACTORS):
        evidence = statement.evidence
        assert text[evidence.start : evidence.end] == evidence.quote
        assert statement.relation in RELATIONS
        assert statement.subject in known
        assert not isinstance(statement.object, Mention) or statement.object in known
        assert 0 < statement.confidence <= 1


@given(TEXTS, LANGUAGES)
@settings(max_examples=60, deadline=None)
def test_resolving_keeps_facts_between_entities_and_their_evidence(text: str, language: Language) -> None:
    annotated = annotate(Article("a.txt", text, text[:20], language, authors=("Jörg Müller",)))
    graph = resolve(annotated, extract(annotated, EXTRACTORS), base="https://example.org/id/")
    iris = {entity.iri for entity in graph.entities}
    passages = [e for entity in graph.entities for e in entity.mentions] + [fact.evidence for fact in graph.facts]
    assert all(text[p.start : p.end] == p.quote for p in passages)
    assert all(fact.subject in iris for fact in graph.facts)
    assert all(fact.object in iris for fact in graph.facts if isinstance(fact.object, str))
    assert set(graph.authors) <= iris
    assert len(iris) == len(graph.entities)
