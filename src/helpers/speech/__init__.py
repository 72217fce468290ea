"""Who says what: quotations, reported speech, and what they tell of a text's date."""
