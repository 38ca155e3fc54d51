"""Search app: a URL or a command becomes a Query, Results become pages, answers and exports."""
