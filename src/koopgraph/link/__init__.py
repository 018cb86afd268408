"""Links of things to authorities: to places of the gazetteer, and to whatever a reconciliation service knows."""
