"""The change log and the tables folded from it; the only place that knows SQL."""
