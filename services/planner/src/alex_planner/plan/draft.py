"""What the model writes: prose alone, for proposals, questions and changes that code has computed."""

from pydantic import BaseModel, Field


class DraftRecommendation(BaseModel):
    """A chosen proposal in the model's words."""

    id: str = Field(description="Id of one of the proposals.")
    reason: str = Field(description="One paragraph: why it matters for this owner.")
    against: str = Field(description="One paragraph: the case against it.")
    evidence: list[str] = Field(description="Ids of findings that speak for it; none is a true answer.")
    counter_evidence: list[str] = Field(description="Ids of findings that speak against it.")


class DraftAnswer(BaseModel):
    """An answer to a question of the owner."""

    question: int = Field(description="Number of the question, from 1.")
    answer: str = Field(description="One paragraph, or what could not be found out.")
    evidence: list[str] = Field(description="Ids of the findings that it rests on.")


class DraftPlan(BaseModel):
    """The model's final answer; every number in it must be a fact of the plan."""

    standing: list[str] = Field(description="One to three paragraphs: where the portfolio stands.")
    priorities: list[str] = Field(description="One to three paragraphs: what matters most, and why.")
    recommendations: list[DraftRecommendation] = Field(description="Chosen proposals, the most important first.")
    changes: list[str] = Field(description="What changed since the last plan and why; empty for the first plan.")
    answers: list[DraftAnswer] = Field(description="One for each question.")
