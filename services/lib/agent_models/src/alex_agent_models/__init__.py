"""Which model an agent thinks with: an OpenAI-compatible one, or the built-in deterministic one."""

from alex_agent_models.choice import ChosenModel, ModelChoice, choose_model
from alex_agent_models.prices import ModelPrice
from alex_agent_models.rule_model import Answer, RuleModel, ToolCall
from alex_agent_models.transcript import MadeCall, Transcript

__all__ = [
    "Answer",
    "ChosenModel",
    "MadeCall",
    "ModelChoice",
    "ModelPrice",
    "RuleModel",
    "ToolCall",
    "Transcript",
    "choose_model",
]
