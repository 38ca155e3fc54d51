"""The errors of search, each with a message fit to show a person.

SearchError
├── NoIndex        nothing has been indexed yet
└── NoSuchPage     the page of results that was asked for is past the end
"""


class SearchError(Exception):
    """Anything that went wrong between a query and its results."""


class NoIndex(SearchError):
    """Nothing has been indexed yet."""


class NoSuchPage(SearchError):
    """The page of results that was asked for is past the end."""
