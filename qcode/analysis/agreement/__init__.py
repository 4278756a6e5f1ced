"""How far coders agree: figures from one sweep over the boundaries of what they marked.

Each formula stands with its source beside it; ``docs/methods/agreement.md`` lists them together.
"""
