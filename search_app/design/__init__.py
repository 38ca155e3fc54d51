"""How the pages look: the design system's files, what of them is needed, and the theme."""
