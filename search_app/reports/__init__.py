"""Reports over all that is held: words in context, trends, silence and commitments."""
