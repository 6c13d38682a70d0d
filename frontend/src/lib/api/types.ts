/** Short names for what crosses the wire; all of them come from the services' committed descriptions. */
import type { components as Planner } from "./types/planner";
import type { components as Researcher } from "./types/researcher";
import type { components as VectorStore } from "./types/vector_store";

export type PlannerTypes = Planner["schemas"];
export type ResearcherTypes = Researcher["schemas"];
export type VectorStoreTypes = VectorStore["schemas"];

export type Allocation = PlannerTypes["Allocation"];
export type Analysis = PlannerTypes["Analysis"];
export type DraftAnswer = PlannerTypes["DraftAnswer"];
export type Fact = PlannerTypes["Fact"];
export type Finding = PlannerTypes["Finding"];
export type Plan = PlannerTypes["Plan"];
export type PortfolioAnswer = PlannerTypes["PortfolioAnswer"];
export type PortfolioSummary = PlannerTypes["PortfolioSummary"];
export type PositionValue = PlannerTypes["PositionValue"];
export type RunPage = PlannerTypes["RunPage"];
export type RunStatus = PlannerTypes["RunStatus"];
export type RunSummary = PlannerTypes["RunSummary"];
export type RunView = PlannerTypes["RunView"];

export type Brief = ResearcherTypes["Brief"];
export type BriefSummary = ResearcherTypes["BriefSummary"];
export type FollowedTopic = ResearcherTypes["FollowedTopic"];
export type ResearchFinding = ResearcherTypes["Finding"];
export type ChangedDocument = VectorStoreTypes["ChangedDocument"];
export type DocumentSummary = VectorStoreTypes["DocumentSummary"];
export type DocumentText = VectorStoreTypes["DocumentText"];
export type DocumentVersion = VectorStoreTypes["DocumentVersion"];
export type Passage = VectorStoreTypes["Passage"];
