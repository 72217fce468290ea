"""The commands of `prevent`, one module a group; each loads what it works with only when it is called."""
