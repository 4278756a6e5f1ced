"""Where the characters of a text stand on the screen; nothing here knows of Textual."""
