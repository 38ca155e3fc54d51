"""The errors of ingest, each with a message fit to show a person.

IngestError
├── UnreadableFile    one file cannot be read; the run goes on and reports it
├── BadCatalogue      a catalogue cannot be used; the run goes on without it and reports it
├── NoSuchFolder      the folder to ingest is not there
├── LibraryBusy       another ingest is writing to the same library
├── OtherLibrary      the library was made by another version of plansearch
└── NotHeld           the library holds no such document, version or page
"""


class IngestError(Exception):
    """Anything that went wrong between a file and the library."""


class UnreadableFile(IngestError):
    """One file cannot be read."""


class BadCatalogue(IngestError):
    """A catalogue cannot be used."""


class NoSuchFolder(IngestError):
    """The folder to ingest is not there."""


class LibraryBusy(IngestError):
    """Another ingest is writing to the same library."""


class OtherLibrary(IngestError):
    """The library was made by another version of plansearch."""


class NotHeld(IngestError):
    """The library holds no such document, version or page."""
