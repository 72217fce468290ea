"""The verdict on a statistic, with its reason."""
