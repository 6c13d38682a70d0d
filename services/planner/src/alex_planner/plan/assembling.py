"""A plan is put together: figures, findings and the prose that passed the gate. The same material, the same plan."""

from collections.abc import Iterable, Sequence

from alex_planner.choosing import Candidate
from alex_planner.figures import Figures
from alex_planner.notes import PlanNotes
from alex_planner.plan import computed_prose
from alex_planner.plan.changes import Before, PlanChanges, finding_changes
from alex_planner.plan.checking import Gate, failing_paragraphs, paragraphs
from alex_planner.plan.considering import considered_of
from alex_planner.plan.draft import DraftAnswer, DraftPlan, DraftRecommendation
from alex_planner.plan.evidence import Finding, SourceTried
from alex_planner.plan.gaps import missing_parts, what_was_not_given
from alex_planner.plan.material import Material
from alex_planner.plan.schema import (
    GateCounts,
    NotChosen,
    Paragraph,
    Plan,
    PlanAnswer,
    PlanPortfolio,
    Recommendation,
    Researched,
)
from alex_planner.recommending.proposal import Proposal
from alex_planner.subjects import QUESTION, subject_of


def plan_id_of(run_id: str) -> str:
    """Return the id of the plan that a run makes."""
    return f"plan_{run_id.removeprefix('run_')}"


def assemble(material: Material, figures: Figures, before: Before | None, candidates: Sequence[Candidate]) -> Plan:
    """Return the plan; a pure function of its arguments.

    Args:
        candidates: what could be researched, the greatest need first.
    """
    asked, notes, draft = material.asked, material.notes, material.draft
    findings = all_findings(notes)
    gate = Gate.of(figures, findings)
    desk = _Desk(figures, gate, findings)
    missing = missing_parts(material, figures)
    recommendations = desk.recommendations(draft.recommendations)
    return Plan(
        id=plan_id_of(material.run_id),
        run_id=material.run_id,
        status="partial" if missing else "completed",
        model_label=material.model_label,
        generated_at=material.created_at,
        portfolio=_portfolio(figures),
        goals=figures.goals,
        questions=tuple(asked.questions),
        target=None if asked.target is None else {str(name): share for name, share in asked.target.items()},
        allocation=figures.allocation,
        measures=figures.analysis.measures(),
        projection=figures.projection,
        what_ifs=figures.what_ifs,
        assumptions=figures.projection.assumptions if figures.projection else (),
        standing=desk.section(draft.standing, computed_prose.standing(desk.formatted)),
        priorities=desk.section(draft.priorities, computed_prose.priorities(figures.proposals)),
        recommendations=recommendations,
        not_chosen=_not_chosen(figures.proposals, recommendations),
        changes=_changes(figures, before, findings),
        change_notes=desk.section(draft.changes, []) if before else (),
        answers=desk.answers(asked.questions, draft.answers, _question_topics(material, figures)),
        findings=findings,
        researched=_researched(notes),
        considered=considered_of(candidates, notes),
        sources_tried=_sources(notes),
        missing=missing,
        not_given=what_was_not_given(asked, figures),
        gate=desk.counts(draft, notes),
        receipt=material.receipt,
    )


def _portfolio(figures: Figures) -> PlanPortfolio:
    return PlanPortfolio(
        id=figures.portfolio.id,
        name=figures.portfolio.name,
        content_hash=figures.portfolio.content_hash,
        as_of=figures.allocation.price_dates.newest,
    )


def _not_chosen(proposals: Iterable[Proposal], recommendations: Iterable[Recommendation]) -> tuple[NotChosen, ...]:
    chosen = {item.id for item in recommendations}
    left = (item for item in proposals if item.id not in chosen)
    return tuple(NotChosen(id=item.id, title=item.title, headline=item.headline) for item in left)


def all_findings(notes: PlanNotes) -> tuple[Finding, ...]:
    """Return every finding once: those of the delegated runs first, then what was known already."""
    found = [item for done in notes.research for item in done.findings]
    found += [item for known in notes.known for item in known.findings]
    return tuple({item.id: item for item in reversed(found)}.values())[::-1]


class _Desk:
    """Puts the draft's words and the computed ones together."""

    def __init__(self, figures: Figures, gate: Gate, findings: Sequence[Finding]) -> None:
        self._proposals = {item.id: item for item in figures.proposals}
        self._gate = gate
        self._findings = findings
        self._known = {item.id for item in findings}
        self.formatted = {fact.id: fact.formatted for fact in figures.facts}

    def section(self, texts: Iterable[str], computed: Sequence[str]) -> tuple[Paragraph, ...]:
        """Return the paragraphs that pass; the computed ones stand in for all that do not, and for an empty section."""
        texts = [text for text in texts if text.strip()]
        passed = [Paragraph(text=text, by="model") for text in texts if not self._gate.check(text)]
        if len(passed) == len(texts) and passed:
            return tuple(passed)
        return (*(Paragraph(text=text, by="code") for text in computed), *passed)

    def recommendations(self, drafts: Iterable[DraftRecommendation]) -> tuple[Recommendation, ...]:
        """Return the chosen proposals, each once, in the model's order; ids that no rule has made are dropped."""
        chosen = {draft.id: draft for draft in reversed(list(drafts)) if draft.id in self._proposals}
        return tuple(self._recommendation(self._proposals[name], chosen[name]) for name in reversed(chosen))

    def answers(
        self, questions: Sequence[str], drafts: Iterable[DraftAnswer], topics: Sequence[str | None]
    ) -> tuple[PlanAnswer, ...]:
        """Return an answer to each question; the quotes that were found stand in for a missing one."""
        written = {draft.question: draft for draft in drafts}
        asked = zip(questions, topics, strict=True)
        return tuple(self._answer(text, topic, written.get(n)) for n, (text, topic) in enumerate(asked, start=1))

    def counts(self, draft: DraftPlan, notes: PlanNotes) -> GateCounts:
        """Return what the gate did."""
        first = None if notes.first_draft is None else DraftPlan.model_validate(notes.first_draft)
        return GateCounts(
            checked=sum(1 for _ in paragraphs(draft)),
            sent_back=len(failing_paragraphs(first, self._gate)) if first else 0,
            replaced=len(failing_paragraphs(draft, self._gate)),
        )

    def _recommendation(self, proposal: Proposal, draft: DraftRecommendation) -> Recommendation:
        evidence, counter = computed_prose.evidence_for(proposal, self._findings)
        return Recommendation(
            id=proposal.id,
            kind=proposal.kind,
            title=proposal.title,
            reason=self._paragraph(draft.reason, computed_prose.reason(proposal)),
            action=proposal.action,
            figures=proposal.figures,
            evidence=self._existing(draft.evidence) or tuple(evidence),
            against=self._paragraph(draft.against, proposal.against),
            counter_evidence=self._existing(draft.counter_evidence) or tuple(counter),
            if_nothing_is_done=proposal.if_left,
        )

    def _answer(self, question: str, topic: str | None, draft: DraftAnswer | None) -> PlanAnswer:
        text, ids = computed_prose.answer([item for item in self._findings if item.topic == topic])
        if draft is None:
            return PlanAnswer(question=question, answer=Paragraph(text=text, by="code"), evidence=tuple(ids))
        paragraph = self._paragraph(draft.answer, text)
        evidence = self._existing(draft.evidence) if paragraph.by == "model" else tuple(ids)
        return PlanAnswer(question=question, answer=paragraph, evidence=evidence)

    def _paragraph(self, text: str, computed: str) -> Paragraph:
        if text.strip() and not self._gate.check(text):
            return Paragraph(text=text, by="model")
        return Paragraph(text=computed, by="code")

    def _existing(self, ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in dict.fromkeys(ids) if name in self._known)


def _question_topics(material: Material, figures: Figures) -> list[str | None]:
    subjects = (
        subject_of(figures.portfolio, material.asked, f"{QUESTION}{n}")
        for n, _ in enumerate(material.asked.questions, start=1)
    )
    return [subject.topic if subject else None for subject in subjects]


def _changes(figures: Figures, before: Before | None, findings: Sequence[Finding]) -> PlanChanges | None:
    if before is None:
        return None
    changes = (*figures.changes, *finding_changes(before, findings))
    return PlanChanges(previous_plan_id=before.plan_id, previous_at=before.at, changes=changes)


def _researched(notes: PlanNotes) -> tuple[Researched, ...]:
    delegated = [
        Researched(
            subject=done.subject,
            topic=done.topic,
            status=done.status,
            run_id=done.run_id,
            findings=len(done.findings),
            from_knowledge=False,
        )
        for done in notes.research
    ]
    asked = {done.subject for done in notes.research}
    known = [
        Researched(
            subject=item.subject,
            topic=item.findings[0].topic,
            status="known",
            run_id="",
            findings=len(item.findings),
            from_knowledge=True,
        )
        for item in notes.known
        if item.findings and item.subject not in asked
    ]
    return (*delegated, *known)


def _sources(notes: PlanNotes) -> tuple[SourceTried, ...]:
    return tuple({source.url: source for done in notes.research for source in done.sources}.values())
