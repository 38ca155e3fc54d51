"""The errors of search, each with a message fit to show a person.

SearchError
├── NoIndex            nothing has been indexed yet
├── NoSuchPage         the page of results that was asked for is past the end
├── ModelsNotFetched   the files of the models cannot be had
├── UnusableModel      a model's files are there, but cannot be used
└── UnusableVectors    the file that keeps vectors is damaged, or cannot be written to
"""


class SearchError(Exception):
    """Anything that went wrong between a query and its results."""


class NoIndex(SearchError):
    """Nothing has been indexed yet."""


class NoSuchPage(SearchError):
    """The page of results that was asked for is past the end."""


class ModelsNotFetched(SearchError):
    """The files of the models cannot be had."""


class UnusableModel(SearchError):
    """A model's files are there, but cannot be used."""


class UnusableVectors(SearchError):
    """The file that keeps vectors is damaged, or cannot be written to."""
