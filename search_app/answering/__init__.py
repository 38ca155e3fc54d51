"""Answers that are quotations: from a question to what the documents say, or why nothing."""
