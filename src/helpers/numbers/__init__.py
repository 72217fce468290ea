"""From a sentence to its numbers and dates, and the words that say what each belongs to."""
