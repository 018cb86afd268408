"""Assertion: denied, cancelled, merely possible or demanded things are no facts; firmly planned ones are.

In each case the passage that is judged stands in square brackets, as a rule would have matched it.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.annotate.word_tables import word_table
from koopgraph.extract.assertion import KINDS, SCOPES, Kind, is_asserted, modality
from koopgraph.extract.shadow import SIGNS
from koopgraph.model import Language

GERMAN_TAKEN_BACK: list[tuple[Kind, str]] = [
    ("denied", "[Die Tagung in Gera] findet nicht statt."),
    ("denied", "NICHT in diesem Jahr ist [die Tagung in Gera]."),
    ("denied", "[Keine Tagung in Gera] gab es je."),
    ("denied", "Es gibt [in Gera keinen Preis] für Neubauten."),
    ("denied", "[Gera war nie Partner] des Projekts."),
    ("denied", "[Gera ist weder Partner] noch Förderer."),
    ("denied", "Bei der Preisverleihung ging [Gera] leer aus."),
    ("denied", "Der Rat lehnt [die Tagung in Gera] ab."),
    ("denied", "[Eine Tagung in Gera] lehnte er ab."),
    ("denied", "Der Zuschuss für [das Haus in Gera] wurde abgelehnt."),
    ("denied", "Die Stadt verzichtet auf [die Tagung in Gera]."),
    ("denied", "Statt [der Tagung in Gera] gab es Kuchen."),
    ("denied", "Die Messe kam ohne [die Stadt Gera] zustande."),
    ("denied", "[Das Projekt liegt nicht in Gera], sondern in Jena."),
    ("denied", "Gewonnen hat Jena, nicht [die Stadt Gera]."),
    ("denied", "Es stimmt nicht, dass [Gera die Tagung ausrichtet]."),
    ("cancelled", "[Die Tagung in Gera] wurde abgesagt."),
    ("cancelled", "Abgesagt: [die Tagung in Gera]"),
    ("cancelled", "[Die Tagung in Gera] fällt aus."),
    ("cancelled", "[Die Tagung in Gera] entfällt wegen Regens."),
    ("cancelled", "[Die Tagung in Gera] ist gescheitert."),
    ("cancelled", "[Die Brücke in Gera] wurde aus Kostengründen gestrichen."),
    ("cancelled", "[Die Tagung in Gera] wurde auf unbestimmte Zeit verschoben."),
    ("cancelled", "Vom Tisch ist [die Brücke in Gera]."),
    ("cancelled", "[Die ursprünglich geplante Tagung in Gera] gab es dann in Jena."),
    ("cancelled", "2025 hätte [in Gera eine Gartenschau] stattfinden sollen."),
    ("cancelled", "[Die Tagung in Gera], die abgesagt wurde, war teuer."),
    ("cancelled", "[Die Brücke in Gera], die nie gebaut wurde, steht noch im Plan."),
    ("possible", "[Eine Tagung in Gera] könnte folgen."),
    ("possible", "Vielleicht gibt es [eine Tagung in Gera]."),
    ("possible", "[Die Tagung in Gera] wäre schön."),
    ("possible", "Angeblich ist [die Tagung in Gera]."),
    ("possible", "Die Stadt prüft [eine Tagung in Gera]."),
    ("possible", "[Eine Tagung in Gera] soll geprüft werden."),
    ("possible", "[Eine Tagung in Gera] ist im Gespräch."),
    ("possible", "[Ein Haus in Gera] ist angedacht."),
    ("demanded", "Die Partei fordert [eine Tagung in Gera]."),
    ("demanded", "Der Verein hofft auf [eine Tagung in Gera]."),
    ("demanded", "Die Stadt stellt einen Antrag auf [Mittel des Bundes]."),
    ("demanded", "[Die Mittel des Bundes] sind beantragt."),
    ("demanded", "[Gera bewirbt sich um den Preis]."),
    ("demanded", "Sie schlägt [eine Tagung in Gera] vor."),
    ("demanded", "Die Forderung nach [einer Tagung in Gera] ist alt."),
    ("conditional", "[Die Tagung in Gera] beginnt im Mai, falls der Rat zustimmt."),
    ("conditional", "Sofern der Bund zahlt, baut [Gera ein Haus]."),
    ("conditional", "Wenn [Gera Partner wird], gibt es Kuchen."),
    ("asked", "Wird [Gera Partner des Projekts]?"),
    ("asked", "Offen ließ sie, ob [Gera Partner wird]."),
]

GERMAN_ASSERTED = [
    "[Die Tagung in Gera] findet am 3. Mai statt.",
    "[Die Tagung in Gera] soll 2027 beginnen.",
    "[Die Tagung in Gera] wird eröffnet.",
    "[Die Tagung in Gera] ist geplant und finanziert.",
    "[Das Projekt wird vom Bund gefördert].",
    "Nicht nur [die Tagung in Gera] war voll.",
    "Nicht zuletzt half [die Tagung in Gera].",
    "[Das Projekt liegt nicht nur in Gera], sondern auch in Jena.",
    "[Das Projekt liegt nicht in Gera, sondern in Jena].",
    "[Gera ist nicht als Partner, sondern als Förderer] dabei.",
    "Die Messe wurde abgesagt, aber [die Tagung in Gera] findet statt.",
    "[Die Tagung in Gera] findet statt; die Messe nicht.",
    "Die Messe war nicht voll. [Die Tagung in Gera] schon.",
    "[Die Tagung in Gera] war voll – die Messe nicht.",
    "Keine Messe\n[Tagung in Gera]",
    "[Ada Weiß sprach ohne Manuskript in Gera].",
    "[Gera gewann statt Jena den Preis].",
    "[Die Stadt Gera] gewann, nicht die Stadt Jena.",
    "[Das Haus in Gera] hat keinen Keller.",
    "[Bürgermeisterin Ada Weiß aus Gera] fordert mehr Geld.",
    "[Der Verein aus Gera] hofft auf Regen.",
    "[Das Projekt in Gera], das kein Geld hatte, endete 2019.",
    "[Das Projekt in Gera] endete 2019, weil niemand kam.",
    "[Die Tagung in Gera] zeigte, dass es ohne Auto nicht geht.",
    "„Wir haben niemanden gefragt“, sagte [Ada Weiß aus Gera].",
    "[In Gera sagte Ada Weiß]: „Das geht so nicht weiter.“",
    "Am Geld hängt es hier nicht: [Der Bund gibt Gera eine Million].",
    "[Die Tagung in Gera] wird auf den 5. Mai 2024 verschoben.",
    "Auf [das Haus in Gera] entfallen davon 3 Millionen Euro.",
    "Im Gespräch mit der Zeitung lobte sie [die Tagung in Gera].",
    "Wann beginnt [die Tagung in Gera]?",
    "Warum fördert [der Bund das Haus in Gera]?",
    "[Kein Geringerer als Emil Grün] eröffnete das Haus.",
    "[Die Tagung in Gera] beginnt, wenn die Messe endet.",
    "Kommt der Regen? [Die Tagung in Gera] war trocken.",
    "[Das Haus in Gera], für das Sparkasse und Bund zahlen, ist fertig.",
    "Bei der Tagung „Was tun?“ sprach [Ada Weiß aus Gera].",
    "[Der Preis ging an Gera], während Jena leer ausging.",
]

ENGLISH_TAKEN_BACK: list[tuple[Kind, str]] = [
    ("denied", "[The congress in Leeds] did not take place."),
    ("denied", "[The congress in Leeds] won't happen."),
    ("denied", "[The congress in Leeds] won’t happen."),
    ("denied", "There was never [a congress in Leeds]."),
    ("denied", "There was [no congress in Leeds]."),
    ("denied", "[Leeds is no longer a partner]."),
    ("denied", "[Leeds was neither a partner] nor a host."),
    ("denied", "The council rejected [the congress in Leeds]."),
    ("denied", "She denied [the congress in Leeds]."),
    ("denied", "The state refused [a grant to Leeds]."),
    ("denied", "The fair took place without [the city of Leeds]."),
    ("denied", "Instead of [a congress in Leeds] there was cake."),
    ("denied", "[The project is not in Leeds] but in York."),
    ("denied", "The prize went to York, not [the city of Leeds]."),
    ("denied", "[Leeds failed to win the prize]."),
    ("denied", "It is not true that [Leeds hosts the congress]."),
    ("cancelled", "[The congress in Leeds] was cancelled."),
    ("cancelled", "[The congress in Leeds] was called off."),
    ("cancelled", "[The bridge in Leeds] has been scrapped."),
    ("cancelled", "Plans for [a bridge in Leeds] fell through."),
    ("cancelled", "[The congress in Leeds] was postponed."),
    ("cancelled", "[The originally planned congress in Leeds] became a fair."),
    ("cancelled", "[The congress in Leeds] was to have opened in May."),
    ("cancelled", "[The bridge in Leeds] that was never built is still in the plan."),
    ("possible", "[A congress in Leeds] might follow."),
    ("possible", "[A congress in Leeds] could follow."),
    ("possible", "[A congress in Leeds] would have been nice."),
    ("possible", "Perhaps [a congress in Leeds] follows."),
    ("possible", "[Leeds may yet become a partner]."),
    ("possible", "The city is considering [a congress in Leeds]."),
    ("possible", "[A congress in Leeds] is under discussion."),
    ("possible", "[The house in Leeds] was shortlisted for a prize."),
    ("possible", "It is rumoured that [Leeds hosts the fair]."),
    ("demanded", "Residents called for [a congress in Leeds]."),
    ("demanded", "They hope for [a congress in Leeds]."),
    ("demanded", "Residents had hoped to get [a bridge in Leeds]."),
    ("demanded", "The party demands [a bridge in Leeds]."),
    ("demanded", "[A bridge in Leeds] was proposed by residents."),
    ("demanded", "[Leeds applied for a grant]."),
    ("demanded", "The mayor would like [a bridge in Leeds]."),
    ("conditional", "[The congress in Leeds] opens in May if the council agrees."),
    ("conditional", "Unless it rains, [the fair is in Leeds]."),
    ("conditional", "[The fund pays for Leeds], subject to approval."),
    ("asked", "Will [Leeds become a partner]?"),
    ("asked", "They discussed whether [Leeds becomes a partner]."),
]

ENGLISH_ASSERTED = [
    "[The congress in Leeds] will open on 3 May.",
    "[The congress in Leeds] is planned for 2027.",
    "[The congress in Leeds] is due to open in May.",
    "[The bridge in Leeds] is to be built by 2030.",
    "[The project is funded by the state].",
    "Not only [the congress in Leeds] was full.",
    "No fewer than 900 came to [the congress in Leeds].",
    "[The project is not in Leeds but in York].",
    "[The project is in Leeds], not in York.",
    "The fair was cancelled, but [the congress in Leeds] goes ahead.",
    "[The congress in Leeds] was full; the fair was not.",
    "The fair was not full. [The congress in Leeds] was.",
    "[Ada White spoke without notes in Leeds].",
    "[Ada White came to Leeds] without her brother.",
    "[The house in Leeds] has no cellar.",
    "[The mayor of Leeds] demands more money.",
    "[Residents of Leeds] hope for rain.",
    "[The project in Leeds], which had no money, ended in 2019.",
    "[The project in Leeds] was for people who did not own cars.",
    "[The project in Leeds] ended because nobody came.",
    "[The project in Leeds] showed that cities cannot wait.",
    '"We did not ask anybody," said [Ada White of Leeds].',
    "“We would never do that again,” said [Ada White of Leeds].",
    "She said [the congress in Leeds] would open in May.",
    "The council announced that [the bridge in Leeds] would cost 5 million.",
    "[The congress in Leeds] was postponed to 5 May 2024.",
    "The call for projects brought [Leeds a grant].",
    "When does [the congress in Leeds] open?",
    "Why did [the state fund the house in Leeds]?",
    "There is no doubt about [the congress in Leeds].",
    "[The prize went to Leeds], while York was not even invited.",
    "In May 2019 [the congress in Leeds] opened.",
    "[The state provided funding for Leeds].",
    "Will it rain? [The congress in Leeds] was dry.",
    "Money is not the problem here: [the state gives Leeds a million].",
    "[The mayor of Leeds] asked for silence.",
    "Ada White, who never lived in York, [leads the project in Leeds].",
]


def judged(marked: str, language: Language) -> Kind | None:
    """Return the kind of cue that takes back what stands in square brackets."""
    before, passage, after = re.split(r"[\[\]]", marked)
    found = modality(before + passage + after, len(before), len(before) + len(passage), language)
    return found.kind if found else None


@pytest.mark.parametrize(("kind", "text"), GERMAN_TAKEN_BACK)
def test_german_clauses_that_take_back_what_they_say(kind: Kind, text: str) -> None:
    assert judged(text, "de") == kind


@pytest.mark.parametrize("text", GERMAN_ASSERTED)
def test_german_stated_and_firmly_planned_things_are_asserted(text: str) -> None:
    assert judged(text, "de") is None


@pytest.mark.parametrize(("kind", "text"), ENGLISH_TAKEN_BACK)
def test_english_clauses_that_take_back_what_they_say(kind: Kind, text: str) -> None:
    assert judged(text, "en") == kind


@pytest.mark.parametrize("text", ENGLISH_ASSERTED)
def test_english_stated_and_firmly_planned_things_are_asserted(text: str) -> None:
    assert judged(text, "en") is None


def test_there_are_many_cases_of_both_languages() -> None:
    assert len(GERMAN_TAKEN_BACK) + len(GERMAN_ASSERTED) > 80
    assert len(ENGLISH_TAKEN_BACK) + len(ENGLISH_ASSERTED) > 80


def test_the_cue_is_told_with_its_place() -> None:
    text = "Eine Tagung in Gera könnte folgen."
    found = modality(text, 0, 19, "de")
    assert found is not None
    assert text[found.start : found.end] == "könnte"


def test_what_is_said_of_a_person_in_passing_holds_whatever_the_sentence_denies() -> None:
    person, organisation = SIGNS["Person"], SIGNS["Organisation"]
    passage = f"{person}, Leiterin des {organisation}"
    assert is_asserted(f"{passage}, war nicht dabei.", 0, len(passage), "de")
    assert not is_asserted(f"{passage} war sie nicht.", 0, len(passage), "de")
    assert not is_asserted(f"{person}, nie Leiterin des {organisation}, kam.", 0, len(passage) + 4, "de")


@pytest.mark.parametrize("word", ["Nichtraucher", "Ohnemus", "Kleinkeiner", "nicht-öffentlich"])
def test_a_cue_inside_a_longer_word_does_not_count(word: str) -> None:
    assert judged(f"Der {word} besucht [die Tagung in Gera].", "de") is None


def test_german_cues_serve_a_language_that_was_not_recognised() -> None:
    assert judged("[Die Tagung in Gera] wurde abgesagt.", "und") == "cancelled"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_lexicon_has_every_kind_known_scopes_and_no_entry_twice(language: Language) -> None:
    table = word_table("lexicon/assertion.toml")[language]
    kinds = {kind: table[kind] for kind in KINDS}
    assert {scope for scopes in kinds.values() for scope in scopes} <= set(SCOPES)
    entries = [entry for scopes in kinds.values() for words in scopes.values() for entry in words]
    assert len(set(entries)) == len(entries)
    assert table["exceptions"]


@given(st.text(max_size=60), st.integers(0, 60), st.integers(0, 20), st.sampled_from(["de", "en", "und"]))
def test_any_span_of_any_text_has_an_answer(text: str, start: int, length: int, language: Language) -> None:
    start = min(start, len(text))
    assert is_asserted(text, start, min(start + length, len(text)), language) in (True, False)


def test_long_texts_are_read_in_linear_time() -> None:
    text = "Ein Satz, der nicht endet, " * 2000
    assert not is_asserted(text, 0, len(text), "de")
