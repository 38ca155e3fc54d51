"""Ingest: a file becomes a Document with pages, blocks and passages, kept in the library."""
