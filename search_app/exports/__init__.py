"""Exports: every match of a query in a file that can be cited, and made again from its manifest."""
