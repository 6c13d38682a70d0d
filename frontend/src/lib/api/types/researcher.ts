// Made from services/researcher/openapi.json by "npm run generate"; not to be edited.
export interface paths {
    "/briefs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Briefs
         * @description List briefs with what each found to be different, the research that was asked for last first.
         */
        get: operations["list_briefs_briefs_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/briefs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Brief
         * @description Return the brief that a run made.
         */
        get: operations["get_brief_briefs__run_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/due": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Due
         * @description Start a run for each topic that is due. The runs wait for somebody to advance or follow them.
         *
         *     The same `event_id` again starts nothing new and answers with the same runs.
         */
        post: operations["start_due_due_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health */
        get: operations["health_health_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Model
         * @description Say which model the runs are created for, and what it costs.
         */
        get: operations["model_model_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ready */
        get: operations["ready_ready_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Page
         * @description List the owner's runs, newest first.
         */
        get: operations["page_runs_get"];
        put?: never;
        /**
         * Create
         * @description Create a run; the same `Idempotency-Key` and input give the same run, with its first budget.
         */
        post: operations["create_runs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show
         * @description Return a run as it is.
         */
        get: operations["show_runs__run_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advance
         * @description Drive a run for up to `budget_s` and return it.
         */
        post: operations["advance_runs__run_id__advance_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel
         * @description End a run; one that is over stays as it is.
         */
        post: operations["cancel_runs__run_id__cancel_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/{run_id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Events
         * @description Follow a run, which is driven meanwhile; closes itself within 110 s, and when the run is over.
         */
        get: operations["events_runs__run_id__events_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Advance Open
         * @description Drive the open runs of all owners that nobody drives, for up to `budget_s`, as a scheduler asks for.
         *
         *     The request stays open while there are such runs. Calling it again, also at the same time, starts nothing twice.
         */
        post: operations["advance_open_runs_advance_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/runs/quote": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Quote
         * @description Say what such a run will probably use; nothing is started.
         */
        post: operations["quote_runs_quote_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Topics
         * @description List what the owner follows, oldest first.
         */
        get: operations["list_topics_topics_get"];
        put?: never;
        /**
         * Follow
         * @description Follow a topic; it is due at once, and then `every` so often. The same topic again takes the new settings.
         */
        post: operations["follow_topics_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topics/{topic_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Unfollow
         * @description Forget a topic; what was found about it stays stored.
         */
        delete: operations["unfollow_topics__topic_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topics/{topic_id}/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Now
         * @description Start a run on a topic before it is due, which is next `every` from now. The same key starts nothing new.
         */
        post: operations["start_now_topics__topic_id__runs_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AdvanceRequest
         * @description How long the caller is ready to wait.
         */
        AdvanceRequest: {
            /**
             * Budget S
             * @description Seconds.
             * @default 25
             */
            budget_s: number;
        };
        /**
         * Brief
         * @description The result of a research run.
         */
        Brief: {
            /**
             * Changes
             * @description Since the earlier research on this topic; null when there was none.
             */
            changes?: components["schemas"]["Change"][] | null;
            /**
             * Dropped Findings
             * @description Findings refused: the quote is not in the stored text, the document is not of this run, or the quote is an instruction to a model.
             */
            dropped_findings: number;
            /** Findings */
            findings: components["schemas"]["Finding"][];
            /**
             * Missing
             * @description What was asked for and could not be had; empty when complete. A page that a web search found and that cannot be read is among `sources` alone, when something was found elsewhere.
             */
            missing: string[];
            /**
             * Model
             * @description Label of the model that wrote it.
             */
            model: string;
            /**
             * Nothing Found
             * @description No source that was read has words that can be quoted; that is no failure.
             * @default false
             */
            nothing_found: boolean;
            /** Open Questions */
            open_questions: string[];
            /**
             * Refused Calls
             * @description Addresses that the model asked for and was not given.
             * @default 0
             */
            refused_calls: number;
            /** Sources */
            sources: components["schemas"]["SourceTried"][];
            /** Summary */
            summary: string;
            /** Symbols */
            symbols: string[];
            /** Topic */
            topic: string;
            usage: components["schemas"]["Usage"];
        };
        /**
         * BriefPage
         * @description Some briefs, the research that was asked for last first.
         */
        BriefPage: {
            /** Briefs */
            briefs: components["schemas"]["BriefSummary"][];
            /**
             * Next Before
             * @description Ask for the next page with it; null on the last one.
             */
            next_before: string | null;
        };
        /**
         * BriefSummary
         * @description A brief as a line of a list, with what it found to be different.
         */
        BriefSummary: {
            /**
             * Changes
             * @description Since all earlier research on this topic; null when there was none.
             */
            changes: components["schemas"]["Change"][] | null;
            /**
             * Created At
             * @description When the research was asked for; ISO 8601, UTC.
             */
            created_at: string;
            /**
             * Ended At
             * @description ISO 8601, UTC.
             */
            ended_at: string;
            /** Findings */
            findings: number;
            /**
             * Missing
             * @description What was asked for and could not be had; empty when complete.
             */
            missing: string[];
            /**
             * Model
             * @description Label of the model that wrote it.
             */
            model: string;
            /**
             * Run Id
             * @description The run that made it; `GET /runs/{id}` has the brief itself.
             */
            run_id: string;
            status: components["schemas"]["RunStatus"];
            /** Topic */
            topic: string;
            /**
             * Topic Id
             * @description Id of the topic, when it is followed.
             */
            topic_id: string | null;
        };
        /**
         * Budget
         * @description The most that a run and the runs it delegates to may use together; what is not given is not limited.
         */
        "Budget-Input": {
            /** Seconds */
            seconds?: number | null;
            /** Tokens */
            tokens?: number | null;
            /** Turns */
            turns?: number | null;
            /** Usd */
            usd?: (number | string) | null;
        };
        /**
         * Budget
         * @description The most that a run and the runs it delegates to may use together; what is not given is not limited.
         */
        "Budget-Output": {
            /** Seconds */
            seconds?: number | null;
            /** Tokens */
            tokens?: number | null;
            /** Turns */
            turns?: number | null;
            /** Usd */
            usd?: string | null;
        };
        /**
         * Change
         * @description What is different from the earlier research on the same topic.
         */
        Change: {
            /**
             * Kind
             * @description new: a finding that was not stored; gone: its source was read and no longer has the words.
             * @enum {string}
             */
            kind: "new" | "gone";
            /** Quote */
            quote: string;
            /** Source Url */
            source_url: string | null;
        };
        /**
         * ChildRun
         * @description A run of another agent that this run waits for or has waited for.
         */
        ChildRun: {
            /** @description What it was given of this run's budget. */
            budget?: components["schemas"]["Budget-Output"];
            /** Call Id */
            call_id: string;
            /**
             * Reason
             * @description Why the run was refused or given up.
             */
            reason?: string | null;
            /**
             * Run Id
             * @description Empty when the run was refused.
             */
            run_id: string;
            /** Service */
            service: string;
            status: components["schemas"]["RunStatus"];
            /** Tool */
            tool: string;
            /** @description What it has used, its own delegated runs included. */
            usage?: components["schemas"]["Usage"];
        };
        /**
         * Contradiction
         * @description An older finding on the same topic that does not agree; both stay stored.
         */
        Contradiction: {
            /** Published At */
            published_at: string | null;
            /** Quote */
            quote: string;
            /** Reason */
            reason: string;
            /** Source Url */
            source_url: string | null;
            /**
             * Stored As
             * @description Id of the document of kind `finding` that holds it.
             */
            stored_as: string;
        };
        /**
         * Counter
         * @description What another stored document says against a finding.
         */
        Counter: {
            /** Document Id */
            document_id: string;
            /** Published At */
            published_at: string | null;
            /** Quote */
            quote: string;
            /** Source Url */
            source_url: string | null;
            /** Title */
            title: string;
        };
        /**
         * DueAnswer
         * @description The runs that an event started.
         */
        DueAnswer: {
            /** Event Id */
            event_id: string;
            /** Refused */
            refused: components["schemas"]["DueRefusal"][];
            /** Runs */
            runs: components["schemas"]["DueRun"][];
        };
        /**
         * DueEvent
         * @description A call of the scheduler.
         */
        DueEvent: {
            /**
             * Event Id
             * @description Names this event; repeated, it starts nothing new.
             */
            event_id: string;
        };
        /**
         * DueRefusal
         * @description A topic that is due and could not be started.
         */
        DueRefusal: {
            /** Reason */
            reason: string;
            /** Topic */
            topic: string;
            /** Topic Id */
            topic_id: string;
        };
        /**
         * DueRun
         * @description A run that was started for a topic.
         */
        DueRun: {
            /** Links */
            links: {
                [key: string]: string;
            };
            /** Run Id */
            run_id: string;
            /** Topic */
            topic: string;
            /** Topic Id */
            topic_id: string;
        };
        /**
         * Finding
         * @description A finding whose quote stands in the stored document, at the offsets given.
         */
        Finding: {
            /**
             * Also At
             * @description Other addresses with the same words.
             */
            also_at?: string[];
            /** Claim */
            claim: string;
            /**
             * Confidence
             * @description By rule; see `confidence_reason`.
             * @default low
             * @enum {string}
             */
            confidence: "high" | "medium" | "low";
            /**
             * Confidence Reason
             * @default
             */
            confidence_reason: string;
            /** Content Hash */
            content_hash: string;
            /**
             * Contradicts
             * @description Older findings that say otherwise.
             */
            contradicts?: components["schemas"]["Contradiction"][];
            /**
             * Counter
             * @description What speaks against it, quoted.
             */
            counter?: components["schemas"]["Counter"][];
            /** Document Id */
            document_id: string;
            /** Fetched At */
            fetched_at: string | null;
            /** @description The figure that the quote states, when a company reported it to the SEC. */
            figure?: components["schemas"]["ReportedFigure"] | null;
            /** Published At */
            published_at: string | null;
            /** Quote */
            quote: string;
            /** Quote End */
            quote_end: number;
            /** Quote Start */
            quote_start: number;
            /** Source Url */
            source_url: string | null;
            /**
             * Stance
             * @enum {string}
             */
            stance: "supports" | "against" | "neutral";
            /** Title */
            title: string;
            /**
             * Version Id
             * @description Names the very version of the document; it stays readable after an update.
             */
            version_id: string;
        };
        /**
         * FollowedTopic
         * @description A topic that is followed.
         */
        FollowedTopic: {
            /** @description The most that each run may use. */
            budget: components["schemas"]["Budget-Output"];
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Due At
             * Format: date-time
             */
            due_at: string;
            /**
             * Every
             * Format: duration
             */
            every: string;
            /** Id */
            id: string;
            input: components["schemas"]["ResearchInput"];
            /**
             * Last Run Id
             * @description The run that was started last.
             */
            last_run_id: string | null;
            /** Topic */
            topic: string;
        };
        /**
         * FollowInput
         * @description A topic to follow: the research to repeat, how often, and what each time may use.
         */
        FollowInput: {
            /**
             * @description The most that each run may use.
             * @default {
             *       "tokens": 300000
             *     }
             */
            budget: components["schemas"]["Budget-Input"];
            /**
             * Every
             * Format: duration
             * @description ISO 8601 duration or seconds.
             * @default P1D
             */
            every: string;
            /**
             * Freshness
             * Format: duration
             * @description How old a stored page may be to be used instead of reading it again; 0: always read.
             * @default P1D
             */
            freshness: string;
            /**
             * Holdings
             * @description Symbols, names and amounts of the owner that must not leave in an address or a query. The model does not see them.
             */
            holdings?: string[];
            /**
             * Max Pages
             * @description How many pages to read at the most.
             * @default 6
             */
            max_pages: number;
            /**
             * Sources
             * @description Pages and feeds to begin with; none: the web is searched.
             */
            sources?: string[];
            /**
             * Symbols
             * @description Symbols of the holdings it is about.
             */
            symbols?: string[];
            /**
             * Topic
             * @description What to find out, in words.
             */
            topic: string;
        };
        /**
         * Health
         * @description That the process is alive, and which build it is.
         */
        Health: {
            /** Git Sha */
            git_sha: string;
            /** Name */
            name: string;
            /**
             * Status
             * @default ok
             * @constant
             */
            status: "ok";
            /** Version */
            version: string;
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        JsonValue: unknown;
        /**
         * KnownCost
         * @description A cost by the price table.
         */
        KnownCost: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "known";
            /**
             * Usd
             * @description US dollars.
             */
            usd: string;
        };
        /**
         * ModelPrice
         * @description Prices of one model in US dollars per million tokens.
         */
        ModelPrice: {
            /**
             * Cached Input
             * @description As `input` where the provider has none.
             */
            cached_input?: string | null;
            /** Input */
            input: string;
            /** Output */
            output: string;
        };
        /**
         * ModelView
         * @description What the agent of a service thinks with.
         */
        ModelView: {
            /**
             * Builtin
             * @description Whether it is the deterministic one that needs no key.
             */
            builtin: boolean;
            /**
             * Label
             * @description As every output of it is labelled.
             */
            label: string;
            /** @description US dollars per million tokens; null when nobody said what it costs. */
            price: components["schemas"]["ModelPrice"] | null;
        };
        /**
         * OpenRuns
         * @description What is left to do, of all owners.
         */
        OpenRuns: {
            /**
             * Driven
             * @description Runs that this call has worked on.
             */
            driven: number;
            /**
             * Open
             * @description Runs that are not over; while there are some, call again.
             */
            open: number;
        };
        /**
         * Quote
         * @description What a run would use, by what earlier runs of the same kind, owner and model have used: no promise.
         */
        Quote: {
            /**
             * Based On Runs
             * @description Earlier runs that it rests on; with 0 nothing is known beforehand.
             */
            based_on_runs: number;
            /** @description What the run will be held to, the runs it delegates to included. */
            budget: components["schemas"]["Budget-Output"];
            /**
             * Max Own Turns
             * @description Model calls after which the run's own agent fails, whatever its budget.
             */
            max_own_turns: number;
            /** Model */
            model: string;
            /** @description The highest of each figure. */
            most: components["schemas"]["Usage"] | null;
            /** @description The median of each figure. */
            typical: components["schemas"]["Usage"] | null;
        };
        /**
         * Ready
         * @description Whether each dependency answered; the value is `ok` or the reason why not.
         */
        Ready: {
            /** Checks */
            checks: {
                [key: string]: string;
            };
            /**
             * Status
             * @enum {string}
             */
            status: "ready" | "not_ready";
        };
        /**
         * Receipt
         * @description What a run has used so far, and after its end what it came to.
         */
        Receipt: {
            /** @description By the runs that it delegated to, and theirs. */
            delegated: components["schemas"]["Usage"];
            /** Delegated Runs */
            delegated_runs: number;
            /** @description By the run's own agent. */
            own: components["schemas"]["Usage"];
            total: components["schemas"]["Usage"];
        };
        /**
         * ReportedFigure
         * @description A figure as a company reported it.
         */
        ReportedFigure: {
            /**
             * Accession
             * @description Accession number of the filing that states it.
             */
            accession: string;
            /**
             * Concept
             * @description Its XBRL concept, such as `us-gaap:NetIncomeLoss`.
             */
            concept: string;
            /**
             * Filed
             * Format: date
             */
            filed: string;
            /** Form */
            form: string;
            /**
             * Label
             * @description Its plain name.
             */
            label: string;
            /**
             * Period End
             * Format: date
             */
            period_end: string;
            /**
             * Period Start
             * @description Null for a figure of one day.
             */
            period_start: string | null;
            /**
             * Sentence
             * @description The sentence under which it is stored.
             */
            sentence: string;
            /**
             * Unit
             * @description Such as USD or USD/shares.
             */
            unit: string;
            /**
             * Url
             * @description Address of that filing at the SEC.
             */
            url: string;
            /** Value */
            value: string;
        };
        /**
         * ResearchInput
         * @description What to look into.
         */
        ResearchInput: {
            /**
             * Freshness
             * Format: duration
             * @description How old a stored page may be to be used instead of reading it again; 0: always read.
             * @default P1D
             */
            freshness: string;
            /**
             * Holdings
             * @description Symbols, names and amounts of the owner that must not leave in an address or a query. The model does not see them.
             */
            holdings?: string[];
            /**
             * Max Pages
             * @description How many pages to read at the most.
             * @default 6
             */
            max_pages: number;
            /**
             * Sources
             * @description Pages and feeds to begin with; none: the web is searched.
             */
            sources?: string[];
            /**
             * Symbols
             * @description Symbols of the holdings it is about.
             */
            symbols?: string[];
            /**
             * Topic
             * @description What to find out, in words.
             */
            topic: string;
        };
        /**
         * ResearchRequest
         * @description What to look into.
         */
        ResearchRequest: {
            /** @default {} */
            budget: components["schemas"]["Budget-Input"];
            /**
             * Freshness
             * Format: duration
             * @description How old a stored page may be to be used instead of reading it again; 0: always read.
             * @default P1D
             */
            freshness: string;
            /**
             * Holdings
             * @description Symbols, names and amounts of the owner that must not leave in an address or a query. The model does not see them.
             */
            holdings?: string[];
            /**
             * Max Pages
             * @description How many pages to read at the most.
             * @default 6
             */
            max_pages: number;
            /**
             * Sources
             * @description Pages and feeds to begin with; none: the web is searched.
             */
            sources?: string[];
            /**
             * Symbols
             * @description Symbols of the holdings it is about.
             */
            symbols?: string[];
            /**
             * Topic
             * @description What to find out, in words.
             */
            topic: string;
        };
        /**
         * RunError
         * @description Why a run failed.
         */
        RunError: {
            /** Code */
            code: string;
            /** Detail */
            detail?: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Message */
            message: string;
        };
        /**
         * RunPage
         * @description Some runs, newest first.
         */
        RunPage: {
            /**
             * Next Before
             * @description Ask for the next page with it; null on the last one.
             */
            next_before: string | null;
            /** Runs */
            runs: components["schemas"]["RunSummary"][];
        };
        /**
         * RunStatus
         * @description The states of a run; the last four are final.
         * @enum {string}
         */
        RunStatus: "queued" | "running" | "waiting" | "completed" | "partial" | "failed" | "cancelled";
        /**
         * RunSummary
         * @description A run as a line of a list.
         */
        RunSummary: {
            budget: components["schemas"]["Budget-Output"];
            /**
             * Created At
             * @description ISO 8601, UTC.
             */
            created_at: string;
            /** @description Why it failed, or why its budget made it partial. */
            error?: components["schemas"]["RunError"] | null;
            /** Id */
            id: string;
            /** Kind */
            kind: string;
            /**
             * Model
             * @description Label of the model that the run was created for.
             */
            model: string;
            receipt: components["schemas"]["Receipt"];
            status: components["schemas"]["RunStatus"];
            /**
             * Subject
             * @description What it is about: the topic of research, the id of a plan's portfolio.
             */
            subject: string;
            /**
             * Updated At
             * @description ISO 8601, UTC.
             */
            updated_at: string;
        };
        /**
         * RunView
         * @description A run as its owner sees it.
         */
        RunView: {
            budget: components["schemas"]["Budget-Output"];
            /** Children */
            children?: components["schemas"]["ChildRun"][];
            /**
             * Created At
             * @description ISO 8601, UTC.
             */
            created_at: string;
            /** @description Why it failed, or why its budget made it partial. */
            error?: components["schemas"]["RunError"] | null;
            /** Id */
            id: string;
            /** Input */
            input: {
                [key: string]: components["schemas"]["JsonValue"];
            };
            /** Kind */
            kind: string;
            /** Links */
            links?: {
                [key: string]: string;
            };
            /**
             * Model
             * @description Label of the model that the run was created for.
             */
            model: string;
            /** Output */
            output?: {
                [key: string]: components["schemas"]["JsonValue"];
            } | null;
            receipt: components["schemas"]["Receipt"];
            status: components["schemas"]["RunStatus"];
            /**
             * Updated At
             * @description ISO 8601, UTC.
             */
            updated_at: string;
        };
        /**
         * SourceTried
         * @description A page or register that the research wanted to read, and what became of it.
         */
        SourceTried: {
            /** Document Id */
            document_id?: string | null;
            /** Reason */
            reason?: string | null;
            /**
             * Status
             * @description kept: read and stored; reused: stored and fresh enough; listed: a feed, read for its entries; skipped: not set up, or it has nothing on the company, which is no failure.
             * @enum {string}
             */
            status: "kept" | "reused" | "listed" | "skipped" | "failed";
            /** Url */
            url: string;
        };
        /**
         * TopicList
         * @description What the owner follows, oldest first.
         */
        TopicList: {
            /** Topics */
            topics: components["schemas"]["FollowedTopic"][];
        };
        /**
         * Unfollowed
         * @description That a topic is not followed any more.
         */
        Unfollowed: {
            /**
             * Deleted
             * @default true
             * @constant
             */
            deleted: true;
            /** Id */
            id: string;
        };
        /**
         * UnknownCost
         * @description A cost that nobody can tell; it is not zero.
         */
        UnknownCost: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            kind: "unknown";
            /** Reason */
            reason: string;
        };
        /**
         * Usage
         * @description What was used of the model, and for how long somebody worked on it; tokens are 0 for the built-in model.
         */
        Usage: {
            /**
             * Cached Input Tokens
             * @description Part of `input_tokens`.
             * @default 0
             */
            cached_input_tokens: number;
            /** Cost */
            cost?: components["schemas"]["KnownCost"] | components["schemas"]["UnknownCost"];
            /**
             * Input Tokens
             * @default 0
             */
            input_tokens: number;
            /**
             * Output Tokens
             * @default 0
             */
            output_tokens: number;
            /**
             * Requests
             * @description Model calls that were answered: turns.
             * @default 0
             */
            requests: number;
            /**
             * Seconds
             * @description Seconds in which the run was driven; waiting for a driver is free.
             * @default 0
             */
            seconds: number;
        };
        /** ValidationError */
        ValidationError: {
            /** Context */
            ctx?: Record<string, never>;
            /** Input */
            input?: unknown;
            /** Location */
            loc: (string | number)[];
            /** Message */
            msg: string;
            /** Error Type */
            type: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    list_briefs_briefs_get: {
        parameters: {
            query?: {
                /** @description Run of the last brief of the page before. */
                before?: string | null;
                limit?: number;
                /** @description Only of research that ended then or later. */
                since?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BriefPage"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    get_brief_briefs__run_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Brief"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    start_due_due_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DueEvent"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DueAnswer"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    health_health_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    model_model_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelView"];
                };
            };
        };
    };
    ready_ready_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Ready"];
                };
            };
        };
    };
    page_runs_get: {
        parameters: {
            query?: {
                /** @description Id of the last run of the page before. */
                before?: string | null;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    create_runs_post: {
        parameters: {
            query?: never;
            header: {
                "idempotency-key": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResearchRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    show_runs__run_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    advance_runs__run_id__advance_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdvanceRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    cancel_runs__run_id__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    events_runs__run_id__events_get: {
        parameters: {
            query?: never;
            header?: {
                "last-event-id"?: string | null;
            };
            path: {
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    advance_open_runs_advance_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdvanceRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenRuns"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    quote_runs_quote_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResearchRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Quote"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    list_topics_topics_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicList"];
                };
            };
        };
    };
    follow_topics_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FollowInput"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FollowedTopic"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    unfollow_topics__topic_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                topic_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Unfollowed"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    start_now_topics__topic_id__runs_post: {
        parameters: {
            query?: never;
            header: {
                "idempotency-key": string;
            };
            path: {
                topic_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunView"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
}
