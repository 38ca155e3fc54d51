"""Quoting: where words were taken from, whether they still stand there, and how to cite them."""
