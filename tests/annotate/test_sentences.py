"""Sentences: where one ends, and that nothing of the text is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koopgraph.annotate.sentences import split
from koopgraph.model import Language


def sentences(text: str, language: Language = "de") -> list[str]:
    return [text[s.start : s.end] for s in split(text, language)]


# '|' marks the end of a sentence and is taken out of the text before it is split.
GERMAN = [
    "Der 9. Bundeskongress war gut besucht.| Prof. Dr. Elke Pahl-Weber sprach.",
    "Vom 16.-18.09. Bundeskongress in Leipzig.| Vom 16.–18. September war es voll.",
    "Das gilt z. B. für Leipzig, z.B. für Bürger:innen, u. a. auch für Halle bzw. Gera.| Danach nicht.",
    "Haus Nr. 3 in St. Pauli gehört dem Verein Hafen e. V. Hamburg.| Er baut.",
    "Freiburg i. Br. und Halle a. d. Saale kamen.| Weiden i. d. OPf. nicht.",
    "Dipl.-Ing. Anna Muster kam am 3. Mai 2024.| Der 1. und 2. Bauabschnitt kosten ca. 3 Mio. Euro.",
    "Nach J. W. Goethe ist die Straße benannt.| Um 10.30 Uhr geht es los.",
    "Das war im Jahr 2015.| Danach kam nichts.| Erst am 3. Mai ging es weiter.",
    "„Das ist gut!“ sagte er.| „Das ist gut.“| Sie ging.",
    "Und dann … passierte nichts …| Das war alles.",
    "Mit „Höfe auf!“ Fürth als Partner läuft es.| Wirklich?| Ja!",
    "Das Büro (Leitung: A. Muster. Mitarbeit: B. Muster) plant die Halle; der Verein baut sie.",
    "Siehe https://www.example.org/a.b?c=1 und www.example.org.| Mehr dort.",
    "Bis 30. 9. 2025 läuft die Anmeldung.| Ort: Steubenstr. 15 in Jena.",
    "Die Verkehrssenatorin a. D. kam.[1]| Der Bund zahlt 2,4 Mio. Euro, das Land 3 Mrd.| Die Stadt nichts.",
]
ENGLISH = [
    "Mr. Smith came at 5 p.m. to No. 5, e.g. the U.S. Embassy.| It was 2015.| He left at 6 p.m.| The end.",
    "“We did it!” Smith said.| Dr. Brown of St. Louis agreed.",
    "They said no. You cannot do that.".replace(". You", ".| You"),
]


@pytest.mark.parametrize("marked", GERMAN)
def test_german_sentences_end_where_they_should(marked: str) -> None:
    assert sentences(marked.replace("|", "")) == [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("marked", ENGLISH)
def test_english_sentences_end_where_they_should(marked: str) -> None:
    assert sentences(marked.replace("|", ""), "en") == [part.strip() for part in marked.split("|")]


def test_headings_paragraphs_and_list_items_are_sentences_of_their_own() -> None:
    text = "Ein Titel\n\nVon Jana Muster\n\n- erster Punkt\n- zweiter Punkt\nNoch eine Zeile"
    assert sentences(text) == ["Ein Titel", "Von Jana Muster", "- erster Punkt", "- zweiter Punkt", "Noch eine Zeile"]


def test_text_wrapped_by_hand_is_not_broken_within_a_sentence() -> None:
    text = (
        "Aus einem leer stehenden Getränkemarkt ist im Stadtteil Lauter-\n"
        "born ein Haus für alle geworden. Das Quartiershaus wurde von Juli\n"
        "2017 bis November 2020 umgebaut. Bauherrin war die Gemeinnützige\n"
        "Baugesellschaft Offenbach.\n\n"
        "KENNDATEN\n"
        "Kommune              Offenbach am Main\n"
        "Programm             Sozialer Zusammenhalt\n"
    )
    assert sentences(text) == [
        "Aus einem leer stehenden Getränkemarkt ist im Stadtteil Lauter-\nborn ein Haus für alle geworden.",
        "Das Quartiershaus wurde von Juli\n2017 bis November 2020 umgebaut.",
        "Bauherrin war die Gemeinnützige\nBaugesellschaft Offenbach.",
        "KENNDATEN",
        "Kommune              Offenbach am Main",
        "Programm             Sozialer Zusammenhalt",
    ]


def test_a_line_that_ends_in_a_function_word_goes_on() -> None:
    text = "Für Fachleute aus dem Bereich Open Data und\nDatenjournalisten ist das neu.\nKontakt\nStadtamt"
    assert sentences(text) == [text.split("\nKontakt")[0], "Kontakt", "Stadtamt"]


def test_empty_text_has_no_sentence() -> None:
    assert split("", "de") == ()
    assert split(" \n\t\n", "und") == ()


_PIECES = st.sampled_from(
    [
        *"aZ1 .!?…\n\t„“()[]:;-",
        "\u00a0",
        "Die ",
        "Prof. ",
        "z. B. ",
        "3. Mai ",
        "St. ",
        "e. V. ",
        "Stadt ",
        "2015. ",
        "\n\n",
        "- ",
    ]
)


@given(st.one_of(st.text(), st.lists(_PIECES, max_size=60).map("".join)), st.sampled_from(["de", "en", "und"]))
def test_sentences_are_ordered_disjoint_trimmed_and_cover_everything(text: str, language: Language) -> None:
    end = 0
    for sentence in split(text, language):
        assert text[end : sentence.start].strip() == ""
        assert text[sentence.start : sentence.end] == text[sentence.start : sentence.end].strip() != ""
        end = sentence.end
    assert text[end:].strip() == ""


@pytest.mark.parametrize("piece", ["Die Stadt baut. ", "wort ", ".", "(", "zeile lang\n", "Dr.-"])
def test_time_is_linear_in_the_length_even_without_a_full_stop(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        start = time.process_time()
        split(text, "de")
        return time.process_time() - start

    seconds(1000)
    assert seconds(400_000) < 40 * max(seconds(40_000), 0.01)
