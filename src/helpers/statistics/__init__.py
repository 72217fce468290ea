"""From numbers to statistics and events: period, place, whole and category of each."""
