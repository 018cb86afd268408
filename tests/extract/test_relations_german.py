"""Each relation comes out of German sentences that state it, with those sentences as evidence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from koopgraph.extract import extract, select
from koopgraph.model import Annotated
from koopgraph.rdf.vocabulary import RELATIONS

Mark = Callable[..., Annotated]
Said = Callable[[Annotated], set[tuple[str, str, str]]]
TITLE = "Neues vom [Project|Uferpark]"

# (title, text, subject, relation, object)
CASES = [
    ("", "Partnerstädte im Projekt [Project|Netz] sind [City|Gera], [City|Jena] und [City|Suhl].", "Netz", "partnerCity", "Jena"),
    (TITLE, "Drei Städte machen mit: Die Partnerstädte [City|Gera], [City|Jena] und [City|Suhl] freuen sich.", "Uferpark", "partnerCity", "Suhl"),
    ("", "Das [Project|Uferpark] in [City|Gera] ist fertig.", "Uferpark", "locatedIn", "Gera"),
    ("", "Das [Organisation|Holzwerk] mit Sitz in [City|Graz] hilft.", "Holzwerk", "locatedIn", "Graz"),
    ("", "Das [Place|Kontorhaus] ([City|Gera]) steht leer.", "Kontorhaus", "locatedIn", "Gera"),
    ("", "Die [Event|Bauwoche] fand im [Place|Kontorhaus] statt.", "Bauwoche", "takesPlaceIn", "Kontorhaus"),
    ("", "In [City|Gera] fand die [Event|Bauwoche] statt.", "Bauwoche", "takesPlaceIn", "Gera"),
    ("Die [Event|Bauwoche] naht", "Ort: [Place|Kontorhaus]", "Bauwoche", "takesPlaceIn", "Kontorhaus"),
    ("", "Die [Event|Bauwoche] beginnt am [time=2019-05-03|3. Mai 2019].", "Bauwoche", "date", "2019-05-03"),
    ("", "Vom [time=2019-05-03/2019-05-05|3. bis 5. Mai 2019] war die [Event|Bauwoche].", "Bauwoche", "date", "2019-05-03/2019-05-05"),
    (TITLE, "Laufzeit: [time=2019/2022|2019 bis 2022]", "Uferpark", "date", "2019/2022"),
    ("", "[Project|Uferpark] ist Teil des Programms [Programme|Stadtgrün].", "Uferpark", "partOf", "Stadtgrün"),
    ("", "Das [Organisation|Institut für Holz] der [Organisation|Hochschule Gera] misst mit.", "Institut für Holz", "partOf", "Hochschule Gera"),
    ("", "Der [Event|Holztag] im Rahmen der [Event|Bauwoche] war voll.", "Holztag", "partOf", "Bauwoche"),
    (TITLE, "Gefördert wird das Vorhaben durch die [Organisation|Holzstiftung].", "Uferpark", "fundedBy", "Holzstiftung"),
    ("", "[Project|Uferpark] wird aus Mitteln des Programms [Programme|Stadtgrün] finanziert.", "Uferpark", "fundedBy", "Stadtgrün"),
    ("", "[Person|Anna Brix] leitet das Projekt [Project|Uferpark].", "Anna Brix", "leads", "Uferpark"),
    (TITLE, "Bauherrin ist die [Organisation|GEWOBA].", "GEWOBA", "leads", "Uferpark"),
    ("", "[Project|Uferpark] wird von der [Organisation|GEWOBA] koordiniert.", "GEWOBA", "leads", "Uferpark"),
    (TITLE, "Projektpartner: [Organisation|Holzwerk AG], [Organisation|Hochschule Gera]", "Uferpark", "partner", "Hochschule Gera"),
    (TITLE, "Gebaut wird gemeinsam mit der [Organisation|Holzwerk AG].", "Uferpark", "partner", "Holzwerk AG"),
    ("", "Die [Organisation|GEWOBA] lädt zur [Event|Bauwoche] ein.", "GEWOBA", "organises", "Bauwoche"),
    ("Die [Event|Bauwoche] naht", "Veranstalter: [Organisation|Holzbund]", "Holzbund", "organises", "Bauwoche"),
    ("", "[City|Gera] und [City|Jena] nehmen an der [Event|Bauwoche] teil.", "Gera", "participatesIn", "Bauwoche"),
    ("", "[Person|Anna Brix] moderierte die [Event|Bauwoche].", "Anna Brix", "moderates", "Bauwoche"),
    ("Die [Event|Bauwoche] naht", "Moderation: [Person|Anna Brix]", "Anna Brix", "moderates", "Bauwoche"),
    ("", "[Person|Anna Brix] sprach auf der [Event|Bauwoche] über Holz.", "Anna Brix", "speaksAt", "Bauwoche"),
    ("Die [Event|Bauwoche] naht", "Es sprechen: [Person|Anna Brix]", "Anna Brix", "speaksAt", "Bauwoche"),
    ("", "[Project|Uferpark] wurde auf der [Event|Bauwoche] vorgestellt.", "Uferpark", "presentedAt", "Bauwoche"),
    ("", "[Person|Anna Brix] ([Organisation|GEWOBA]) kam.", "Anna Brix", "affiliatedWith", "GEWOBA"),
    ("", "Es kam Prof. [Person|Anna Brix] von der [Organisation|Hochschule Gera].", "Anna Brix", "affiliatedWith", "Hochschule Gera"),
    ("", "[Person|Anna Brix], Direktorin der [Organisation|GEWOBA], kam.", "Anna Brix", "affiliatedWith", "GEWOBA"),
    ("", "[Project|Uferpark] erhielt den [Award|Holzpreis].", "Uferpark", "receives", "Holzpreis"),
    ("", "Der [Award|Holzpreis] ging an die Stadt [City|Gera].", "Gera", "receives", "Holzpreis"),
    ("", "Die [Organisation|Holzstiftung] verlieh den [Award|Holzpreis].", "Holzpreis", "awardedBy", "Holzstiftung"),
    ("", "Der [Award|Holzpreis] der [Organisation|Holzstiftung] ist begehrt.", "Holzpreis", "awardedBy", "Holzstiftung"),
    ("", "[City|Gera] und [City|Jena] kooperieren seit Jahren.", "Gera", "cooperatesWith", "Jena"),
    (TITLE, "Die Kosten betragen [money=5000000 EUR|5 Millionen Euro].", "Uferpark", "budget", "5000000 EUR"),
    ("", "[Project|Uferpark] kostet [money=5000000 EUR|5 Mio. €].", "Uferpark", "budget", "5000000 EUR"),
    ("", "Das Motto der [Event|Bauwoche] lautet „Holz lebt“.", "Bauwoche", "motto", "Holz lebt"),
    ("", "[Project|Uferpark] bringt 90 neue Wohnungen.", "Uferpark", "theme", "housing"),
]  # fmt: skip


def test_every_relation_of_the_ontology_has_a_sentence_here() -> None:
    assert {case[3] for case in CASES} == set(RELATIONS)


@pytest.mark.parametrize(("title", "text", "subject", "relation", "target"), CASES)
def test_the_statement_comes_out(
    mark: Mark, said: Said, title: str, text: str, subject: str, relation: str, target: str
) -> None:
    assert (subject, relation, target) in said(mark(text, title=title))


@pytest.mark.parametrize(
    "text",
    [
        "[Project|Uferpark] erhielt den [Award|Holzpreis] nicht.",
        "Die [Event|Bauwoche] in [City|Gera] wurde abgesagt.",
        "[Person|Anna Brix] könnte das Projekt [Project|Uferpark] leiten.",
        "Die Bürger fordern, dass [City|Gera] mit [City|Jena] kooperiert.",
        "[Project|Uferpark] würde [money=5000000 EUR|5 Mio. €] kosten.",
    ],
)
def test_denied_cancelled_possible_and_demanded_things_are_not_stated(mark: Mark, said: Said, text: str) -> None:
    assert said(mark(text)) == set()


def test_a_sentence_without_any_name_states_nothing(mark: Mark, said: Said) -> None:
    assert said(mark("Es wird gebaut, gefördert und geleitet, am [time=2019|2019], für [money=5 EUR|5 Euro].")) == set()


def test_the_office_of_a_person_is_told_in_the_articles_words(mark: Mark) -> None:
    annotated = mark("Es kam [Person|Anna Brix], die neue Baudirektorin der [Organisation|GEWOBA].")
    roles = {s.role for s in extract(annotated, select()) if s.relation == "affiliatedWith"}
    assert "Baudirektorin" in roles
