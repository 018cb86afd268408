"""link: the same things in authorities: GeoNames offline, others over the Reconciliation API."""
