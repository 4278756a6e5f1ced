"""A study as a document: how it was made, what was found and said, and its codebook."""

from qcode.workflows.report.study import Asked, study_report

__all__ = ["Asked", "study_report"]
