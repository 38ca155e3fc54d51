"""The interface for programs: its description, its paging and its limits."""
