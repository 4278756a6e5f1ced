"""The words of the page that is brought back to a participant."""
