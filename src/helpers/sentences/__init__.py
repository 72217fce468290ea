"""From a source text to sentences, with page furniture told from prose."""
