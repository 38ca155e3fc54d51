"""The errors of the pages' looks and of following, each with a message fit to show a person.

SearchError
├── AssetsNotFetched    the files of the design system cannot be had
├── UnusableTheme       the file of the theme has something that cannot be used
└── UnusableFollowers   the file of those who follow searches cannot be used
"""

from index.errors import SearchError


class AssetsNotFetched(SearchError):
    """The files of the design system cannot be had."""


class UnusableTheme(SearchError):
    """The file of the theme has something that cannot be used."""


class UnusableFollowers(SearchError):
    """The file of those who follow searches cannot be used."""
