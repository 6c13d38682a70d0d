"""Text that speaks to a model instead of about its subject. A brief neither quotes it nor shows its addresses.

What keeps an instruction from being followed are the limits of the tools; this only keeps it out of the brief.
"""

import re

_TO_A_MODEL = re.compile(
    r"""
    \b(ignore|disregard|forget|override)\b.{0,40}\b(instruction|prompt|rule|guideline|direction|above|previous|earlier)
    | \b(system|developer)\s+(prompt|message|note|override)\b
    | \b(keep_page|web_search|ingest_document|delete_document|get_document|read_page|tool[_\s]calls?)\b
    | \byou\s+are\s+(now\s+)?(an?\s+)?(ai\s|assistant|language\s+model|agent)
    | \b(ai\s+(assistant|agent|model)s?|assistants?|language\s+models?|llms?|research(er|ing)\s+agents?)\b.{0,30}
      \b(must|should|shall|need\s+to|please|will\s+now)\b
    | \b(as\s+an\s+ai|dear\s+(ai|assistant|model))\b
    | <\|?/?(system|assistant|user|tool|im_start|im_end)\|?>
    | ^\s*(system|assistant|developer|tool)\s*:
    | \b(when|if|next\s+time|whenever)\s+(you|asked)\s+(are\s+asked|research|summari[sz]e|read|write|answer|see|to)
    | \b(send|append|transmit|forward|post|reveal)\b.{0,60}
      \b(your|(the|this)\s+(user|investor|owner|client|reader)('s|s'|s)?)\b.{0,30}\b(holding|portfolio|account|position)s?
    | \b(write|add|put|record)\s+(this\s+|the\s+following\s+|in\s+|as\s+)*(the\s+|a\s+)?(finding|summary|brief)\b
    | \btell\s+the\s+(investor|user|owner|reader)\b
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_ADDRESS = re.compile(r"!?\[[^\]]*\]\([^)]*\)|<?\b(?:https?|ftp|data|javascript):[^\s>)\]]*>?", re.IGNORECASE)


def speaks_to_a_model(text: str) -> bool:
    """Say whether a text reads as an instruction to an agent."""
    return _TO_A_MODEL.search(text) is not None


def without_addresses(text: str) -> str:
    """Return a model's words without links and addresses: a page that shows them would call what they name."""
    return _ADDRESS.sub("(address removed)", text).strip()
