"""Links by the Reconciliation Service API 0.2 (OpenRefine, W3C): Wikidata, GND and others. Asks the network."""
