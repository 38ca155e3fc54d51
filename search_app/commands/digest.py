"""The command that writes to those who follow searches: digest."""

from __future__ import annotations

import smtplib
from pathlib import Path
from typing import Any

import click

from index.search import Searcher
from search_app.commands.options import NotDone, audience_option, data_option, open_library
from search_app.digests import keep_told, read_followers, write_digests
from search_app.wording import count


@click.command()
@click.argument("followers", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
@audience_option
@click.option("--site", required=True, help="The address of the service, for the links.")
@click.option("--sender", required=True, help="The e-mail address that they come from.")
@click.option("--smtp", default="", help="HOST or HOST:PORT of the mail server.")
def digest(
    followers: Path, data: Path, audience: Any, site: str, sender: str, smtp: str
) -> None:
    """Write to each of FOLLOWERS what is new for the search that he follows.

    Without --smtp the e-mails are printed, and nobody counts as told.
    """
    searcher = Searcher(open_library(data))
    written = write_digests(searcher, read_followers(followers), audience, site, sender)
    sent = 0
    try:
        for each in written:
            if smtp:
                host, _, port = smtp.partition(":")
                with smtplib.SMTP(host, int(port or 25), timeout=60) as server:
                    server.send_message(each.message)
                keep_told(data, each)
            else:
                click.echo(each.message.as_string())
            sent += 1
    except (OSError, smtplib.SMTPException, ValueError) as error:
        said = f"{smtp} did not take an e-mail: {error}. {count(sent, 'was', 'were')} sent."
        raise NotDone(said) from error
    click.echo(f"{count(sent, 'e-mail')} {'sent' if smtp else 'not sent: give --smtp'}.")
