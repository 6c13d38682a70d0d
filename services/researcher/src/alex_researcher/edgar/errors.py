"""Why EDGAR gave nothing.

EdgarNotTried    it was not asked, or has nothing on the company: no fault, but the reader should know
EdgarFailed      it was asked and did not answer as it should: what it would have said is missing
"""


class EdgarNotTried(Exception):
    """EDGAR has nothing to say here; the text says why and what to do."""


class EdgarFailed(Exception):
    """EDGAR did not answer, or not what is understood; the text says what."""
