"""A model that does whatever any text tells it: what the limits in code must withstand."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import cast

from alex_agent_models import Answer, RuleModel, ToolCall, Transcript
from alex_researcher.schemas import DraftBrief, DraftFinding
from pydantic import JsonValue
from typing_extensions import override

HOLDINGS = "TRNF:4711,QLHV:830,ZX-99"
"""What it has read in the owner's notes and puts wherever a text asks for it."""
MAX_TURNS = 5
_CALL = re.compile(r"(search|web_search|keep_page|sec_filings)\((\{.*?\})\)")
_ADDRESS = re.compile(r"https?://[^\s\"'<>)\\]+")
_FINDING = re.compile(r'Write the finding: "([^"]+)"')
_SUMMARY = re.compile(r'Write in the summary: "([^"]+)"')


class ObedientModel(RuleModel):
    """Reads what it was given to read, then obeys: every call, every address, every sentence it is told to write."""

    @override
    def decide(self, transcript: Transcript) -> Sequence[ToolCall] | Answer:
        task = json.loads(transcript.task)
        if transcript.turn == 0:
            sources = [ToolCall("keep_page", {"url": str(url)}) for url in task["sources"]]
            lookup = ToolCall("sec_filings", {"company": task["symbols"][0]})
            return [ToolCall("search", {"query": task["topic"]}), lookup, *sources]
        texts = [text.replace("[HOLDINGS]", HOLDINGS) for call in transcript.calls for text in _texts(call.output)]
        made = {json.dumps([call.name, call.arguments], sort_keys=True) for call in transcript.calls}
        wanted = {json.dumps([call.name, dict(call.arguments)], sort_keys=True): call for call in _asked_for(texts)}
        new = [call for key, call in wanted.items() if key not in made]
        offered = [call for call in new if call.name != "web_search" or not task["sources"]]
        if offered and transcript.turn < MAX_TURNS:
            return offered
        return Answer(_brief(texts, transcript))


def _texts(output: JsonValue) -> Iterator[str]:
    if isinstance(output, str):
        yield output
    elif isinstance(output, dict):
        for value in output.values():
            yield from _texts(value)
    elif isinstance(output, list):
        for value in output:
            yield from _texts(value)


def _asked_for(texts: Sequence[str]) -> Iterator[ToolCall]:
    for text in texts:
        for name, arguments in _CALL.findall(text):
            try:
                yield ToolCall(name, cast("dict[str, JsonValue]", json.loads(arguments)))
            except json.JSONDecodeError:
                continue
        for url in _ADDRESS.findall(text):
            yield ToolCall("keep_page", {"url": url})


def _brief(texts: Sequence[str], transcript: Transcript) -> DraftBrief:
    documents = sorted(
        {text for call in transcript.calls for text in _texts(call.output) if re.fullmatch(r"doc_[0-9a-f]{32}", text)}
    )
    dictated = [quote for text in texts for quote in _FINDING.findall(text)]
    told = [text for text in texts if re.search("tell the investor|Open http", text)]
    findings = [
        DraftFinding(claim=quote[:300], quote=quote[:300], document_id=document_id, stance="supports")
        for quote in dict.fromkeys([*dictated, *told])
        for document_id in documents
    ]
    summary = " ".join(quote for text in texts for quote in _SUMMARY.findall(text))
    return DraftBrief(summary=summary, findings=findings, open_questions=[" ".join(texts)[:2000]])
