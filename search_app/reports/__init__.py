"""Reports over what is held: what is not said, and what is promised."""
