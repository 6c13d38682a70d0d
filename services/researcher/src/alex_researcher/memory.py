"""Findings as the store keeps them: documents of kind `finding`, one for each, with the evidence in their text.

They are for people and for comparison by code. No agent reads them as a source: a finding must rest on a
document, not on an earlier finding.
"""

FINDING_KIND = "finding"
