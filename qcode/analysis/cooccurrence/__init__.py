"""Which codes stand together: on the same words, in one turn, or near each other."""
