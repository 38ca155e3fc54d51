"""Index: Documents become an index, a Query becomes Results."""
