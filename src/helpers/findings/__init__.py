"""Recommendations and issues of reviews, and what became of them."""
