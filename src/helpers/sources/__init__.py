"""From files of any kind to source texts with what is known about each."""
