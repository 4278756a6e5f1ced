"""When interviews stop bringing new codes."""
