"""The sample's graph with a few statements more, so that every named question has something to find."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from koopgraph.store import open_graph

MORE = """
@prefix award: <https://w3id.org/koopgraph/id/award/> .
@prefix city: <https://w3id.org/koopgraph/id/city/> .
@prefix event: <https://w3id.org/koopgraph/id/event/> .
@prefix gn: <http://www.geonames.org/ontology#> .
@prefix koop: <https://w3id.org/koopgraph/ontology#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix organisation: <https://w3id.org/koopgraph/id/organisation/> .
@prefix passage: <https://w3id.org/koopgraph/id/passage/> .
@prefix person: <https://w3id.org/koopgraph/id/person/> .
@prefix programme: <https://w3id.org/koopgraph/id/programme/> .
@prefix project: <https://w3id.org/koopgraph/id/project/> .
@prefix place: <https://w3id.org/koopgraph/id/place/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

project:koopstadt koop:fundedBy organisation:bbsr ;
    koop:presentedAt event:9-bundeskongress-nationale-stadtentwicklungspolitik .
organisation:bbsr a koop:Organisation ; rdfs:label "BBSR"@de ; skos:altLabel "Bundesinstitut"@de ;
    koop:organises event:9-bundeskongress-nationale-stadtentwicklungspolitik , event:forum .
event:forum a koop:Event ; rdfs:label "Stadtforum"@de ; koop:date "2012/2014" ; koop:takesPlaceIn city:bremen .
event:jour-fixe a koop:Event ; rdfs:label "Jour fixe"@de .
event:jour-fixe koop:partOf event:forum .
person:elke-pahl-weber koop:speaksAt event:forum .
person:max-beispiel a koop:Person ; rdfs:label "Max Beispiel"@de ; koop:affiliatedWith organisation:tu-berlin ;
    koop:participatesIn event:forum .
<https://w3id.org/koopgraph/id/membership/x> a org:Membership ; org:member person:max-beispiel ;
    org:organization organisation:tu-berlin ; koop:role "professorin"@de .
city:leipzig koop:leads project:koopstadt ; schema:latitude 51.3396 ; schema:longitude 12.3713 ; gn:population 616093 ;
    skos:exactMatch <https://sws.geonames.org/2879139/> .
place:kongresshalle-am-zoo koop:locatedIn city:leipzig .
place:stadtforum a koop:Place ; rdfs:label "Stadtforum"@de ; koop:locatedIn place:kongresshalle-am-zoo .
project:hafenpark a koop:Project ; rdfs:label "Hafenpark"@de .

<https://w3id.org/koopgraph/id/graph/provenance> {
    <https://w3id.org/koopgraph/id/statement/x> a rdf:Statement ; rdf:subject project:koopstadt ;
        rdf:predicate koop:presentedAt ;
        rdf:object event:9-bundeskongress-nationale-stadtentwicklungspolitik ;
        koop:confidence 0.25 ; koop:extractor "events" ; prov:wasDerivedFrom passage:bundeskongress-txt_496_543 .

    project:hafenpark prov:wasDerivedFrom passage:three-cities-md_99_145 .
    <https://w3id.org/koopgraph/id/merge/x> a koop:Merge ; koop:merged organisation:bbsr ; koop:rule "acronym" ;
        koop:confidence 0.93 ; koop:form "BBSR"@de , "Bundesinstitut"@de ; koop:shared "Leipzig" , "Bonn" ;
        prov:wasDerivedFrom passage:bundeskongress-txt_496_543 , passage:three-cities-md_99_145 ;
        prov:wasAttributedTo <https://w3id.org/koopgraph/id/curator/jana-muster> .
    <https://w3id.org/koopgraph/id/merge/y> a koop:Merge ; koop:merged project:koopstadt ; koop:rule "name" ;
        koop:confidence 0.8 ; koop:form "koopstadt"@de .
    <https://w3id.org/koopgraph/id/proposal/x> a koop:MergeProposal ; koop:candidate organisation:bbsr , event:forum ;
        koop:rule "one name" ; koop:confidence 0.5 ; koop:form "Forum"@de ;
        prov:wasDerivedFrom passage:bundeskongress-txt_496_543 .

    <https://w3id.org/koopgraph/id/statement/old> a rdf:Statement ; rdf:subject event:forum ; rdf:predicate koop:date ;
        rdf:object "2012" ; koop:confidence 0.6 ; prov:wasDerivedFrom passage:three-cities-md_99_145 .
    <https://w3id.org/koopgraph/id/statement/new> a rdf:Statement ; rdf:subject event:forum ; rdf:predicate koop:date ;
        rdf:object "2014" ; koop:confidence 0.7 ; prov:wasDerivedFrom passage:bundeskongress-txt_496_543 .
    <https://w3id.org/koopgraph/id/contradiction/x> a koop:Contradiction ; koop:about event:forum ;
        koop:statement <https://w3id.org/koopgraph/id/statement/old> , <https://w3id.org/koopgraph/id/statement/new> .
}
"""


@pytest.fixture
def store() -> Store:
    """Return a store in memory that a test may change."""
    found = open_graph(Path(__file__).resolve().parents[1] / "data" / "sample.trig")
    found.load(MORE, format=RdfFormat.TRIG)
    return found
