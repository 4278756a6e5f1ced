"""The same work on corpus A in other programs, each in an environment made here, in one run."""
