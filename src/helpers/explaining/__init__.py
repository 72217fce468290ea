"""Why a text was read as it was: every field of every number with its reason, and every number refused."""
