// Made from services/planner/openapi.json by "npm run generate"; not to be edited.
export interface paths {
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
    "/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Plans
         * @description List the plans of the owner, newest first.
         */
        get: operations["list_plans_plans_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{plan_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Plan
         * @description Return a plan, to the byte as it was stored; the entity tag is the hash of it.
         */
        get: operations["get_plan_plans__plan_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{plan_id}/claims/{finding_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open Claim
         * @description Open a claim: its quote, and what stands around it in the very version of the document that it was read in.
         */
        get: operations["open_claim_plans__plan_id__claims__finding_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{plan_id}/facts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Facts
         * @description List every figure of a plan.
         */
        get: operations["list_facts_plans__plan_id__facts_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{plan_id}/facts/{fact_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Open Fact
         * @description Open a figure: its value, how it was computed, and from which figures.
         */
        get: operations["open_fact_plans__plan_id__facts__fact_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{plan_id}/plan.md": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plan Markdown
         * @description Return a plan as Markdown.
         */
        get: operations["plan_markdown_plans__plan_id__plan_md_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{plan_id}/plan.pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Plan Pdf
         * @description Return a plan as PDF; the same plan gives the same bytes.
         */
        get: operations["plan_pdf_plans__plan_id__plan_pdf_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plans/{plan_id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay
         * @description Make a plan again from what is stored with it, and say whether it is the same to the byte; nothing is changed.
         */
        post: operations["replay_plans__plan_id__replay_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Portfolios
         * @description List the snapshots of the owner, newest first.
         */
        get: operations["list_portfolios_portfolios_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Portfolio
         * @description Return one snapshot of the owner.
         */
        get: operations["get_portfolio_portfolios__portfolio_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/{portfolio_id}/analysis": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Analysis
         * @description Return the figures of a snapshot, from its own prices.
         */
        get: operations["get_analysis_portfolios__portfolio_id__analysis_get"];
        put?: never;
        /**
         * Post Analysis
         * @description Return the figures of a snapshot with prices, a target or assumptions of the caller; nothing is stored.
         */
        post: operations["post_analysis_portfolios__portfolio_id__analysis_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Portfolio
         * @description Read the broker's file or plain CSV in the body and keep it as a snapshot, whole or not at all.
         *
         *     The same content under the same name answers with the snapshot that is there already.
         */
        post: operations["import_portfolio_portfolios_import_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/import/{draft_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Draft
         * @description Return a draft of the owner again.
         */
        get: operations["get_draft_portfolios_import__draft_id__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/import/{draft_id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm Import
         * @description Store a draft as a snapshot; confirmed again, it answers with the same snapshot.
         */
        post: operations["confirm_import_portfolios_import__draft_id__confirm_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/import/columns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List Columns
         * @description Read the headings of the table in the body, with samples, so that its owner can say what each column is.
         */
        post: operations["list_columns_portfolios_import_columns_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/portfolios/import/draft": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Draft Import
         * @description Read the file in the body and answer what it would become; nothing is a portfolio before it is confirmed.
         */
        post: operations["draft_import_portfolios_import_draft_post"];
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
    "/retirement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Project Retirement
         * @description Answer whether the money lasts, what can be spent, what would help, and what the answer rests on.
         *
         *     Nothing is stored; the same request answers the same figures.
         */
        post: operations["project_retirement_retirement_post"];
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
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * Activity
         * @description One event of an account, as its broker's file states it.
         */
        Activity: {
            /** Account */
            account?: string | null;
            /**
             * Amount
             * @description Change of the cash; negative when it is paid.
             */
            amount?: string | null;
            /**
             * Amount Currency
             * @description ISO 4217 code of the amount and the fee.
             */
            amount_currency: string;
            /**
             * Currency
             * @description ISO 4217 code of the price.
             */
            currency: string;
            /**
             * Day
             * Format: date
             */
            day: string;
            /**
             * Fee
             * @description Part of the amount that is a fee, zero or more.
             */
            fee?: string | null;
            /** Isin */
            isin?: string | null;
            /**
             * Kind
             * @enum {string}
             */
            kind: "buy" | "sell" | "dividend" | "interest" | "fee" | "tax" | "deposit" | "withdrawal" | "transfer_in" | "transfer_out" | "split" | "fx_conversion" | "other";
            /**
             * Line
             * @description Line of the file, from 1.
             */
            line: number;
            /** Name */
            name?: string | null;
            /** Price */
            price?: string | null;
            /**
             * Quantity
             * @description Change of the units held; negative when they leave.
             */
            quantity?: string | null;
            /** Symbol */
            symbol?: string | null;
        };
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
         * Allocation
         * @description The portfolio by value and by each dimension.
         */
        Allocation: {
            /** As Of */
            as_of?: string | null;
            /** Base Currency */
            base_currency: string | null;
            /** By Account */
            by_account: components["schemas"]["AllocationSlice"][];
            /** By Asset Class */
            by_asset_class: components["schemas"]["AllocationSlice"][];
            /** By Currency */
            by_currency: components["schemas"]["AllocationSlice"][];
            /** By Region */
            by_region: components["schemas"]["AllocationSlice"][];
            /** By Sector */
            by_sector: components["schemas"]["AllocationSlice"][];
            /** Complete */
            complete: boolean;
            /**
             * Coverage
             * @default []
             */
            coverage: components["schemas"]["Coverage"][];
            /** Positions */
            positions: components["schemas"]["PositionValue"][];
            price_dates: components["schemas"]["PriceDates"];
            /** Total */
            total: string;
            /** Unconverted */
            unconverted: components["schemas"]["UnconvertedAmount"][];
            /** Unpriced */
            unpriced: string[];
        };
        /**
         * AllocationSlice
         * @description The part of the total that has one value of a dimension.
         */
        AllocationSlice: {
            /** Amount */
            amount: string;
            /** Key */
            key: string;
            /** Share */
            share: string | null;
        };
        /**
         * Analysis
         * @description Every figure of a snapshot on a day.
         */
        Analysis: {
            allocation: components["schemas"]["Allocation"];
            /**
             * As Of
             * Format: date
             */
            as_of: string;
            concentration: components["schemas"]["Concentration"] | null;
            /** @description Beside the trades: what leaving the mix means. */
            doing_nothing: components["schemas"]["DoingNothing"] | null;
            /**
             * Expense Return
             * @description Real return assumed for the expense drag, fraction per year.
             */
            expense_return: string | null;
            expenses: components["schemas"]["ExpenseDrag"] | null;
            /**
             * Facts
             * @description Each figure with its formula, source and inputs.
             * @default []
             */
            facts: components["schemas"]["Fact"][];
            /** @description Cost and unrealised gain; `None` when the file says the cost of no holding. */
            gains?: components["schemas"]["UnrealisedGains"] | null;
            /**
             * Horizon Years
             * @description Of the expense drag.
             */
            horizon_years: number;
            /** Missing */
            missing: components["schemas"]["NotKnown"][];
            /** Portfolio Id */
            portfolio_id: string;
            /** @description By asset class; `None` without a target. */
            rebalancing: components["schemas"]["Rebalancing"] | null;
            returns: components["schemas"]["Returns"];
            risk: components["schemas"]["Risk"] | null;
            /** @description The rebalancing as orders; `None` without a target. */
            trades: components["schemas"]["TradeProposal"] | null;
        };
        /**
         * AnalysisOptions
         * @description Prices, costs and the owner's word beside a snapshot: what an analysis and a plan have in common.
         */
        AnalysisOptions: {
            /**
             * Benchmark
             * @description Symbol in the prices that beta is against.
             */
            benchmark?: string | null;
            /**
             * Classes
             * @description What the owner says of holdings; believed before the file.
             */
            classes?: components["schemas"]["OwnerClass"][];
            /**
             * Cost Rate
             * @description Cost of a trade as a fraction of its amount.
             * @default 0
             */
            cost_rate: number | string;
            /**
             * History Years
             * @description How far back the provider is asked.
             * @default 3
             */
            history_years: number;
            /**
             * Minimum Trade
             * @description Trades below this are not proposed; when not given, half a percent of the portfolio.
             */
            minimum_trade?: number | string | null;
            /**
             * Online
             * @description Ask the configured provider for prices too; symbols and currencies leave for it, no amount.
             * @default false
             */
            online: boolean;
            /**
             * Prices
             * @description CSV of prices and exchange rates: `date,symbol,price,currency`; a rate is a symbol as EUR/USD.
             */
            prices?: string | null;
            /**
             * Propose
             * @description Have a model propose what nobody has said of a holding; every proposal is marked.
             * @default false
             */
            propose: boolean;
            /**
             * Risk Free
             * @description Return without risk for the Sharpe ratio, as a fraction per year.
             * @default 0
             */
            risk_free: number | string;
            /**
             * Tax Rate
             * @description Tax on realised gains, as a fraction.
             * @default 0
             */
            tax_rate: number | string;
        };
        /**
         * AnalysisRequest
         * @description What one analysis is asked for with.
         */
        AnalysisRequest: {
            /**
             * As Of
             * @description Day of the valuation; today when not given.
             */
            as_of?: string | null;
            /**
             * Base Currency
             * @description ISO 4217 code to count in; when not given, the one of most positions.
             */
            base_currency?: string | null;
            /**
             * Benchmark
             * @description Symbol in the prices that beta is against.
             */
            benchmark?: string | null;
            /**
             * Classes
             * @description What the owner says of holdings; believed before the file.
             */
            classes?: components["schemas"]["OwnerClass"][];
            /**
             * Cost Rate
             * @description Cost of a trade as a fraction of its amount.
             * @default 0
             */
            cost_rate: number | string;
            /**
             * History Years
             * @description How far back the provider is asked.
             * @default 3
             */
            history_years: number;
            /**
             * Horizon Years
             * @description Of the expense drag.
             * @default 20
             */
            horizon_years: number;
            /**
             * Minimum Trade
             * @description Trades below this are not proposed; when not given, half a percent of the portfolio.
             */
            minimum_trade?: number | string | null;
            /**
             * New Money
             * @description To be invested first, in the base currency.
             * @default 0
             */
            new_money: number | string;
            /**
             * Online
             * @description Ask the configured provider for prices too; symbols and currencies leave for it, no amount.
             * @default false
             */
            online: boolean;
            /**
             * Prices
             * @description CSV of prices and exchange rates: `date,symbol,price,currency`; a rate is a symbol as EUR/USD.
             */
            prices?: string | null;
            /**
             * Propose
             * @description Have a model propose what nobody has said of a holding; every proposal is marked.
             * @default false
             */
            propose: boolean;
            /**
             * Risk Free
             * @description Return without risk for the Sharpe ratio, as a fraction per year.
             * @default 0
             */
            risk_free: number | string;
            /**
             * Target
             * @description Wanted shares by asset class, as fractions that add up to one.
             */
            target?: {
                [key: string]: number | string;
            } | null;
            /**
             * Tax Rate
             * @description Tax on realised gains, as a fraction.
             * @default 0
             */
            tax_rate: number | string;
        };
        /**
         * Assumption
         * @description One number that a projection rests on.
         */
        Assumption: {
            /** Name */
            name: string;
            /** Note */
            note: string;
            /** Source */
            source: string;
            /** Unit */
            unit: string;
            /** Value */
            value: string;
        };
        /**
         * AssumptionEffect
         * @description What becomes of the answer when one assumption is moved.
         */
        AssumptionEffect: {
            /** Assumption */
            assumption: string;
            /**
             * Model
             * @enum {string}
             */
            model: "log_normal" | "block_bootstrap" | "historical_sequences";
            /** Moves */
            moves: components["schemas"]["Move"][];
            /** Paths */
            paths: number;
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
         * Chance
         * @description A probability that was counted over paths.
         */
        Chance: {
            /** Probability */
            probability: string;
            /** Standard Error */
            standard_error: string | null;
        };
        /**
         * Change
         * @description One difference as a computed sentence.
         */
        Change: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "total" | "holding" | "share" | "goal" | "assumption" | "recommendation" | "finding";
            /** Text */
            text: string;
            /**
             * Why
             * @default
             */
            why: string;
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
         * Classification
         * @description What is known about one position: a statement for each dimension that has one.
         */
        Classification: {
            asset_class: components["schemas"]["Statement"];
            expense?: components["schemas"]["Expense"] | null;
            /** @description `None` for what the bundled table does not have. */
            identity?: components["schemas"]["Identity"] | null;
            region: components["schemas"]["Statement"];
            sector: components["schemas"]["Statement"];
        };
        /**
         * Concentration
         * @description Measures over the counted positions; a portfolio with nothing counted has none.
         */
        Concentration: {
            /** Complete */
            complete: boolean;
            /** Effective Holdings */
            effective_holdings: string;
            /** Herfindahl */
            herfindahl: string;
            /** Holdings */
            holdings: number;
            largest: components["schemas"]["HoldingShare"];
            /** Top Share */
            top_share: string;
        };
        /**
         * ConfirmedImport
         * @description The snapshot that a draft became.
         */
        ConfirmedImport: {
            /**
             * Activities
             * @description Events kept with the positions.
             */
            activities: number;
            /** As Of */
            as_of: string | null;
            /** Broker */
            broker: string | null;
            /** Content Hash */
            content_hash: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /**
             * Left Out
             * @description Rows of the draft that could not be read.
             */
            left_out: number;
            /** Name */
            name: string;
            /** Positions */
            positions: components["schemas"]["Position"][];
            /** Unpriced */
            unpriced: string[];
        };
        /**
         * Considered
         * @description A subject that could be researched: why, and what became of it.
         */
        Considered: {
            /**
             * Kind
             * @enum {string}
             */
            kind: "question" | "share" | "fund" | "theme";
            /** Name */
            name: string;
            /**
             * Need
             * @description What the subjects were put in order by.
             */
            need: string;
            /**
             * Outcome
             * @enum {string}
             */
            outcome: "researched" | "nothing found" | "failed" | "known" | "not researched";
            /** Subject */
            subject: string;
            /** Why */
            why: string;
        };
        /**
         * Correlation
         * @description How two holdings moved together.
         */
        Correlation: {
            /** One */
            one: string;
            /** Other */
            other: string;
            /**
             * Value
             * @description -1 to 1; `None` when one of them did not move.
             */
            value: string | null;
        };
        /**
         * Coverage
         * @description How much of the total is classified over one dimension, and by whose word.
         */
        Coverage: {
            /**
             * By Origin
             * @description Fractions of the counted total by who said it.
             */
            by_origin: {
                [key: string]: string;
            };
            /**
             * Classified
             * @description Fraction of the counted total; `None` when that is zero.
             */
            classified: string | null;
            /**
             * Dimension
             * @enum {string}
             */
            dimension: "asset_class" | "region" | "sector";
        };
        /**
         * Difference
         * @description A stated value that is not price x quantity, or a stated total that is not the sum.
         */
        Difference: {
            /** Computed */
            computed: string;
            /** Currency */
            currency: string;
            /**
             * Difference
             * @description stated - computed
             */
            difference: string;
            /** Line */
            line: number;
            /** Stated */
            stated: string;
            /** What */
            what: string;
        };
        /**
         * DoingNothing
         * @description The mix as it is beside the target.
         */
        DoingNothing: {
            as_it_is: components["schemas"]["MixOutlook"];
            at_target: components["schemas"]["MixOutlook"];
            /**
             * Cost
             * @description Trades and taxes: none.
             * @default 0
             */
            cost: string;
            /**
             * Misplaced
             * @description Amount in other classes than the target has it, in the base currency.
             */
            misplaced: string;
            /**
             * Return Forgone
             * @description Yearly return of the target less that of the mix, x the value; negative: the mix has more.
             */
            return_forgone: string;
        };
        /**
         * DraftAnswer
         * @description What a file would become. `imported + ignored + errors == rows`.
         */
        DraftAnswer: {
            /** Activities */
            activities: components["schemas"]["Activity"][];
            /**
             * As Of
             * @description Day the file says its prices are of.
             */
            as_of: string | null;
            /** Broker */
            broker: string;
            /**
             * Differences
             * @description Stated values that are not price x quantity.
             */
            differences: components["schemas"]["Difference"][];
            /** Errors */
            errors: number;
            /**
             * Exchange Rates
             * @description Those that the file states or that follow from it.
             */
            exchange_rates: components["schemas"]["ExchangeRate"][];
            /**
             * Expires At
             * Format: date-time
             */
            expires_at: string;
            /**
             * Fates
             * @description One per row, headings and footers included.
             */
            fates: components["schemas"]["RowFate"][];
            /** Format */
            format: string;
            /** Id */
            id: string;
            /** Ignored */
            ignored: number;
            /** Imported */
            imported: number;
            /** Notes */
            notes: string[];
            /**
             * Positions
             * @description What a confirmation stores; cash has asset class `cash`.
             */
            positions: components["schemas"]["Position"][];
            /** Rows */
            rows: number;
            /** Unpriced */
            unpriced: string[];
        };
        /**
         * Drift
         * @description How far one class is from its target.
         */
        Drift: {
            /** Amount */
            amount: string;
            /** Drift */
            drift: string;
            /** Key */
            key: string;
            /** Share */
            share: string;
            /** Target */
            target: string;
        };
        /**
         * ExchangeRate
         * @description One unit of `base` costs `rate` units of `quote`.
         */
        ExchangeRate: {
            /**
             * As Of
             * @description Day of the rate, where it is known.
             */
            as_of?: string | null;
            /**
             * Base
             * @description ISO 4217 code.
             */
            base: string;
            /**
             * Quote
             * @description ISO 4217 code.
             */
            quote: string;
            /** Rate */
            rate: string;
            /**
             * Source
             * @description Who stated it, and how it was derived.
             */
            source: string;
        };
        /**
         * Expense
         * @description Yearly expenses of a fund as a fraction of its value: 0.0003 is 0.03 percent.
         */
        Expense: {
            /** As Of */
            as_of?: string | null;
            /**
             * Of Fund
             * @description Shares and money have no expenses by nature.
             * @default true
             */
            of_fund: boolean;
            /**
             * Origin
             * @enum {string}
             */
            origin: "file" | "owner" | "table" | "proposal" | "nothing";
            /** Ratio */
            ratio: string;
            /** Source */
            source: string;
        };
        /**
         * ExpenseDrag
         * @description The cost of the expenses of those holdings whose expenses are known.
         */
        ExpenseDrag: {
            /** After */
            after: string;
            /** Covered */
            covered: string;
            /** Drag */
            drag: string;
            /** Expense Ratio */
            expense_ratio: string;
            /** First Year */
            first_year: string;
            /** Unknown */
            unknown: string[];
            /** Without */
            without: string;
        };
        /**
         * Fact
         * @description One figure, and what it is.
         */
        Fact: {
            /**
             * About
             * @default []
             */
            about: string[];
            /**
             * About Too
             * @default []
             */
            about_too: string[];
            /**
             * Computed From
             * @description Ids of the facts that it was computed from.
             * @default []
             */
            computed_from: string[];
            /** Formatted */
            formatted: string;
            /** Id */
            id: string;
            /**
             * Inputs
             * @description What it was computed from, by name, where that is no fact itself.
             */
            inputs?: {
                [key: string]: string;
            };
            /** Label */
            label: string;
            /** Source */
            source: string;
            /** Unit */
            unit: string;
            /** Value */
            value: string | number;
        };
        /**
         * FactList
         * @description Every figure of a plan.
         */
        FactList: {
            /** Facts */
            facts: components["schemas"]["Fact"][];
        };
        /**
         * Finding
         * @description A claim whose quote stands at these offsets of the stored document.
         */
        Finding: {
            /** Claim */
            claim: string;
            /**
             * Confidence
             * @default low
             */
            confidence: string;
            /**
             * Confidence Reason
             * @default
             */
            confidence_reason: string;
            /** Content Hash */
            content_hash: string;
            /**
             * Contradicts
             * @description Older quotes that do not agree, with the reason.
             * @default []
             */
            contradicts: string[];
            /**
             * Counter
             * @description Quotes that the researcher found against it.
             * @default []
             */
            counter: string[];
            /** Document Id */
            document_id: string;
            /** Fetched At */
            fetched_at: string | null;
            /** @description The figure that the quote states, if it is one. */
            figure?: components["schemas"]["ReportedFigure"] | null;
            /** Id */
            id: string;
            /** Published At */
            published_at: string | null;
            /** Quote */
            quote: string;
            /** Quote End */
            quote_end: number;
            /**
             * Quote Start
             * @description First character of the quote in the text of the version.
             */
            quote_start: number;
            /**
             * Source Url
             * @description Page that a person can read; of a reported figure that of its filing.
             */
            source_url: string;
            /**
             * Stance
             * @enum {string}
             */
            stance: "supports" | "against" | "neutral";
            /** Symbols */
            symbols: string[];
            /** Title */
            title: string;
            /** Topic */
            topic: string;
            /** Version Id */
            version_id: string;
        };
        /**
         * GateCounts
         * @description What the check of numbers in the prose did.
         */
        GateCounts: {
            /**
             * Checked
             * @description Paragraphs of the model in its last draft.
             */
            checked: number;
            /**
             * Replaced
             * @description Paragraphs of the last draft in whose place stands the computed sentence.
             */
            replaced: number;
            /**
             * Sent Back
             * @description Paragraphs of the first draft that the model was asked to write again.
             */
            sent_back: number;
        };
        /**
         * GoalChange
         * @description Other goals to try; what is `None` stays as it is.
         */
        GoalChange: {
            /** Annual Contribution */
            annual_contribution?: string | null;
            /** Annual Spending */
            annual_spending?: string | null;
            /** Fee Percent */
            fee_percent?: string | null;
            /** Years To Retirement */
            years_to_retirement?: number | null;
        };
        /**
         * Goals
         * @description What the owner wants to know; a contribution that is not given is zero and shown as zero.
         */
        "Goals-Input": {
            /**
             * Annual Contribution
             * @description Paid in each year, in today's money of the base currency.
             */
            annual_contribution?: number | string | null;
            /**
             * Annual Spending
             * @description Spent each year of retirement, from the portfolio and incomes together; with years_to_retirement.
             */
            annual_spending?: number | string | null;
            /** Base Currency */
            base_currency?: string | null;
            /**
             * Contribution Growth Percent
             * @description Growth of the contribution a year above inflation, as income.
             * @default 0
             */
            contribution_growth_percent: number | string;
            /**
             * Fee Percent
             * @description Taken of the portfolio each year.
             * @default 0
             */
            fee_percent: number | string;
            /**
             * Horizon Years
             * @default 20
             */
            horizon_years: number;
            /**
             * Incomes
             * @default []
             */
            incomes: components["schemas"]["Income-Input"][];
            /**
             * Monthly Contribution
             * @description Paid in each month; give this or the annual amount.
             */
            monthly_contribution?: number | string | null;
            /**
             * One Offs
             * @default []
             */
            one_offs: components["schemas"]["OneOff-Input"][];
            /**
             * Spending Timing
             * @description When in its year spending is paid; spread is half at the start, half at the end.
             * @default spread
             * @enum {string}
             */
            spending_timing: "start" | "spread" | "end";
            /**
             * Target Success Percent
             * @description Chance at which spending counts as safe.
             * @default 90
             */
            target_success_percent: number | string;
            /**
             * Text
             * @description The goal in the owner's words.
             * @default
             */
            text: string;
            /**
             * Years To Retirement
             * @description Years of paying in before spending begins; 0 is now.
             */
            years_to_retirement?: number | null;
        };
        /**
         * Goals
         * @description What the owner wants to know; a contribution that is not given is zero and shown as zero.
         */
        "Goals-Output": {
            /**
             * Annual Contribution
             * @description Paid in each year, in today's money of the base currency.
             */
            annual_contribution?: string | null;
            /**
             * Annual Spending
             * @description Spent each year of retirement, from the portfolio and incomes together; with years_to_retirement.
             */
            annual_spending?: string | null;
            /** Base Currency */
            base_currency?: string | null;
            /**
             * Contribution Growth Percent
             * @description Growth of the contribution a year above inflation, as income.
             * @default 0
             */
            contribution_growth_percent: string;
            /**
             * Fee Percent
             * @description Taken of the portfolio each year.
             * @default 0
             */
            fee_percent: string;
            /**
             * Horizon Years
             * @default 20
             */
            horizon_years: number;
            /**
             * Incomes
             * @default []
             */
            incomes: components["schemas"]["Income-Output"][];
            /**
             * Monthly Contribution
             * @description Paid in each month; give this or the annual amount.
             */
            monthly_contribution?: string | null;
            /**
             * One Offs
             * @default []
             */
            one_offs: components["schemas"]["OneOff-Output"][];
            /**
             * Spending Timing
             * @description When in its year spending is paid; spread is half at the start, half at the end.
             * @default spread
             * @enum {string}
             */
            spending_timing: "start" | "spread" | "end";
            /**
             * Target Success Percent
             * @description Chance at which spending counts as safe.
             * @default 90
             */
            target_success_percent: string;
            /**
             * Text
             * @description The goal in the owner's words.
             * @default
             */
            text: string;
            /**
             * Years To Retirement
             * @description Years of paying in before spending begins; 0 is now.
             */
            years_to_retirement?: number | null;
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
        /**
         * HistoryUsed
         * @description The history behind the models that draw on it.
         */
        HistoryUsed: {
            /** First Year */
            first_year: number;
            /** Last Year */
            last_year: number;
            /** Name */
            name: string;
            /** Sources */
            sources: {
                [key: string]: string;
            };
            /** Stand Ins */
            stand_ins: {
                [key: string]: string;
            };
        };
        /**
         * HoldingShare
         * @description One symbol over all accounts.
         */
        HoldingShare: {
            /** Name */
            name?: string | null;
            /** Share */
            share: string;
            /** Symbol */
            symbol: string;
        };
        /**
         * HoldingTrade
         * @description One order; amounts in the base currency to the cent.
         */
        HoldingTrade: {
            /** Account */
            account: string | null;
            /** Amount */
            amount: string;
            /** Asset Class */
            asset_class: string;
            /**
             * Lots
             * @default []
             */
            lots: components["schemas"]["LotSale"][];
            /**
             * Side
             * @enum {string}
             */
            side: "buy" | "sell";
            /**
             * Symbol
             * @description `None`: nothing of this class is held, the owner chooses what to buy.
             */
            symbol: string | null;
            /** Units */
            units: string | null;
        };
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /**
         * Identity
         * @description What the bundled table calls an instrument, however a broker's file names it.
         */
        Identity: {
            /** Name */
            name: string;
            /**
             * Ticker
             * @description Symbol of its first listing.
             */
            ticker: string;
        };
        /**
         * Income
         * @description What is received every year beside the portfolio, such as a pension; above spending it is invested.
         */
        "Income-Input": {
            /**
             * Annual Amount
             * @description In today's money.
             */
            annual_amount: number | string;
            /**
             * First Year
             * @description Year from now in which it is first received; 1 is the coming one.
             */
            first_year: number;
            /**
             * Indexed
             * @description Whether it rises with prices; otherwise inflation takes from it from today on.
             * @default true
             */
            indexed: boolean;
            /**
             * Label
             * @default income
             */
            label: string;
            /**
             * Last Year
             * @description Last year; for life if not given.
             */
            last_year?: number | null;
        };
        /**
         * Income
         * @description What is received every year beside the portfolio, such as a pension; above spending it is invested.
         */
        "Income-Output": {
            /**
             * Annual Amount
             * @description In today's money.
             */
            annual_amount: string;
            /**
             * First Year
             * @description Year from now in which it is first received; 1 is the coming one.
             */
            first_year: number;
            /**
             * Indexed
             * @description Whether it rises with prices; otherwise inflation takes from it from today on.
             * @default true
             */
            indexed: boolean;
            /**
             * Label
             * @default income
             */
            label: string;
            /**
             * Last Year
             * @description Last year; for life if not given.
             */
            last_year?: number | null;
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
         * Lever
         * @description One thing that the owner can change.
         */
        Lever: {
            /** Effects */
            effects: components["schemas"]["LeverEffect"][];
            /**
             * Kind
             * @enum {string}
             */
            kind: "spend_less" | "save_more" | "retire_later";
            /** Step */
            step: string;
        };
        /**
         * LeverEffect
         * @description What a lever does in one model of returns.
         */
        LeverEffect: {
            /** Gain */
            gain: string;
            /**
             * Model
             * @enum {string}
             */
            model: "log_normal" | "block_bootstrap" | "historical_sequences";
            /** Needed */
            needed: string | null;
            /** Success */
            success: string;
        };
        /**
         * Lot
         * @description Units of a holding that were acquired together.
         */
        Lot: {
            /** Acquired */
            acquired?: string | null;
            /**
             * Cost
             * @description Paid for all units of the lot, in the position's currency.
             */
            cost?: string | null;
            /** Quantity */
            quantity: string;
        };
        /**
         * LotSale
         * @description The part of a lot that is sold.
         */
        LotSale: {
            /** Acquired */
            acquired: string | null;
            /**
             * Gain
             * @description Proceeds - cost, in the base currency; `None` when the cost is unknown.
             */
            gain: string | null;
            /**
             * Proceeds
             * @description In the base currency.
             */
            proceeds: string;
            /** Units */
            units: string;
        };
        /**
         * Measures
         * @description The figures beside the allocation. One that is `None` is explained in `missing`, or was not asked for.
         */
        Measures: {
            concentration: components["schemas"]["Concentration"] | null;
            /** @description Beside the trades: what leaving the mix means. */
            doing_nothing: components["schemas"]["DoingNothing"] | null;
            /**
             * Expense Return
             * @description Real return assumed for the expense drag, fraction per year.
             */
            expense_return: string | null;
            expenses: components["schemas"]["ExpenseDrag"] | null;
            /** @description Cost and unrealised gain; `None` when the file says the cost of no holding. */
            gains?: components["schemas"]["UnrealisedGains"] | null;
            /**
             * Horizon Years
             * @description Of the expense drag.
             */
            horizon_years: number;
            /** Missing */
            missing: components["schemas"]["NotKnown"][];
            /** @description By asset class; `None` without a target. */
            rebalancing: components["schemas"]["Rebalancing"] | null;
            returns: components["schemas"]["Returns"];
            risk: components["schemas"]["Risk"] | null;
            /** @description The rebalancing as orders; `None` without a target. */
            trades: components["schemas"]["TradeProposal"] | null;
        };
        /**
         * MixOutlook
         * @description Return and risk that the assumptions give a mix, as fractions per year after inflation.
         */
        MixOutlook: {
            /**
             * Real Return
             * @description Average of the compound returns of the classes by their shares.
             */
            real_return: string;
            /**
             * Volatility
             * @description Standard deviation of a year.
             */
            volatility: string;
        };
        /**
         * MixShare
         * @description The weight of an asset class in what is projected.
         */
        MixShare: {
            /** Asset Class */
            asset_class: string;
            /** Share */
            share: string;
        };
        /**
         * ModelAnswer
         * @description What one model of returns says to the changed goals.
         */
        ModelAnswer: {
            /**
             * Median
             * @description Median value at the horizon.
             */
            median: string;
            /**
             * Model
             * @enum {string}
             */
            model: "log_normal" | "block_bootstrap" | "historical_sequences";
            /**
             * Safe Spending
             * @description A year, at the chance that is asked for; null without retirement.
             */
            safe_spending: string | null;
            /**
             * Success
             * @description Chance that everything is paid, a fraction; null without spending.
             */
            success: string | null;
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
         * Move
         * @description The answer with another value of one assumption.
         */
        Move: {
            /** Answer */
            answer: string;
            /** Change */
            change: string;
            /** Value */
            value: string;
        };
        /**
         * NotChosen
         * @description A proposal of the rules that the model left out; it is named all the same.
         */
        NotChosen: {
            /** Headline */
            headline: string;
            /** Id */
            id: string;
            /** Title */
            title: string;
        };
        /**
         * NotKnown
         * @description A figure that cannot be given, or not for the whole portfolio, and why.
         */
        NotKnown: {
            /**
             * Figure
             * @enum {string}
             */
            figure: "value" | "price" | "cost" | "classes" | "expenses" | "rebalancing" | "returns" | "risk";
            /** Reason */
            reason: string;
        };
        /**
         * NotProjected
         * @description An amount for whose asset class there is no assumption.
         */
        NotProjected: {
            /** Amount */
            amount: string;
            /** Asset Class */
            asset_class: string;
        };
        /**
         * OneOff
         * @description A single amount: positive is received and invested, negative is paid from the portfolio.
         */
        "OneOff-Input": {
            /**
             * Amount
             * @description In today's money.
             */
            amount: number | string;
            /**
             * Label
             * @default one-off
             */
            label: string;
            /**
             * Year
             * @description Year from now, at whose start it is due.
             */
            year: number;
        };
        /**
         * OneOff
         * @description A single amount: positive is received and invested, negative is paid from the portfolio.
         */
        "OneOff-Output": {
            /**
             * Amount
             * @description In today's money.
             */
            amount: string;
            /**
             * Label
             * @default one-off
             */
            label: string;
            /**
             * Year
             * @description Year from now, at whose start it is due.
             */
            year: number;
        };
        /**
         * OpenedClaim
         * @description A claim with its quote as it stands in the stored document.
         */
        OpenedClaim: {
            /** @description The words around the quote; null when they could not be read. */
            context: components["schemas"]["QuoteContext"] | null;
            finding: components["schemas"]["Finding"];
            /**
             * Not Read
             * @description Why there is no context.
             */
            not_read: string | null;
            /**
             * Used In
             * @description Ids of the recommendations that rest on it, or are weakened by it.
             */
            used_in: string[];
        };
        /**
         * OpenedFact
         * @description A figure with its calculation.
         */
        OpenedFact: {
            fact: components["schemas"]["Fact"];
            /**
             * Inputs
             * @description The figures that it was computed from; each can be opened too.
             */
            inputs: components["schemas"]["Fact"][];
            /**
             * Used In
             * @description Ids of the recommendations that rest on it.
             */
            used_in: string[];
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
         * Outcome
         * @description The answer of one model of returns.
         */
        Outcome: {
            /**
             * Failed Starts
             * @default []
             */
            failed_starts: number[];
            /**
             * Model
             * @enum {string}
             */
            model: "log_normal" | "block_bootstrap" | "historical_sequences";
            /** Paths */
            paths: number;
            /** Safe Spending */
            safe_spending: components["schemas"]["SafeSpending"][];
            success: components["schemas"]["Chance"] | null;
            /** Years */
            years: components["schemas"]["ProjectionYear"][];
        };
        /**
         * OwnerClass
         * @description What the owner says of a holding, such as a proposal that was accepted.
         */
        OwnerClass: {
            /** Asset Class */
            asset_class?: ("equity" | "bond" | "cash" | "real_estate" | "commodity" | "other") | null;
            /** Region */
            region?: string | null;
            /** Sector */
            sector?: string | null;
            /** Symbol */
            symbol: string;
        };
        /**
         * Paragraph
         * @description A paragraph of prose whose numbers are all facts of this plan.
         */
        Paragraph: {
            /**
             * By
             * @enum {string}
             */
            by: "model" | "code";
            /** Text */
            text: string;
        };
        /**
         * Plan
         * @description Everything that a plan says, with what it rests on.
         */
        Plan: {
            allocation: components["schemas"]["Allocation"];
            /** Answers */
            answers: components["schemas"]["PlanAnswer"][];
            /** Assumptions */
            assumptions: components["schemas"]["Assumption"][];
            /** Change Notes */
            change_notes: components["schemas"]["Paragraph"][];
            /** @description Since the plan before it; null for the first one. */
            changes: components["schemas"]["PlanChanges"] | null;
            /**
             * Considered
             * @description What could be researched, the greatest need first, and what became of it.
             * @default []
             */
            considered: components["schemas"]["Considered"][];
            /** Findings */
            findings: components["schemas"]["Finding"][];
            gate: components["schemas"]["GateCounts"];
            /**
             * Generated At
             * Format: date-time
             * @description When its run was created: the day that every figure is of.
             */
            generated_at: string;
            goals: components["schemas"]["Goals-Output"];
            /** Id */
            id: string;
            /** @description Returns, risk, expenses, orders and what is not known; null in plans of before. */
            measures?: components["schemas"]["Measures"] | null;
            /**
             * Missing
             * @description What was asked for and could not be had.
             */
            missing: string[];
            /** Model Label */
            model_label: string;
            /**
             * Not Advice
             * @default This document was computed from the file and the sources named in it. It is information, not investment advice, and no recommendation to buy or sell anything. Check it, and ask a licensed adviser before acting on it.
             */
            not_advice: string;
            /** Not Chosen */
            not_chosen: components["schemas"]["NotChosen"][];
            /**
             * Not Given
             * @description What more could be computed if the owner said more.
             */
            not_given: string[];
            portfolio: components["schemas"]["PlanPortfolio"];
            /** Priorities */
            priorities: components["schemas"]["Paragraph"][];
            /** @description null when no part of the portfolio can be projected. */
            projection: components["schemas"]["Projection"] | null;
            /** Questions */
            questions: string[];
            /** @description What the run and its research have used, and what that cost. */
            receipt: components["schemas"]["Receipt"];
            /** Recommendations */
            recommendations: components["schemas"]["Recommendation"][];
            /** Researched */
            researched: components["schemas"]["Researched"][];
            /** Run Id */
            run_id: string;
            /** Sources Tried */
            sources_tried: components["schemas"]["SourceTried"][];
            /** Standing */
            standing: components["schemas"]["Paragraph"][];
            /**
             * Status
             * @description partial when a part failed; `missing` says which.
             * @enum {string}
             */
            status: "completed" | "partial";
            /** Target */
            target: {
                [key: string]: string;
            } | null;
            /**
             * What Ifs
             * @description Other goals that were tried, and what they change.
             * @default []
             */
            what_ifs: components["schemas"]["WhatIf"][];
        };
        /**
         * PlanAnswer
         * @description The answer to a question of the owner.
         */
        PlanAnswer: {
            answer: components["schemas"]["Paragraph"];
            /** Evidence */
            evidence: string[];
            /** Question */
            question: string;
        };
        /**
         * PlanChanges
         * @description The differences from the plan before.
         */
        PlanChanges: {
            /** Changes */
            changes: components["schemas"]["Change"][];
            /**
             * Previous At
             * Format: date-time
             */
            previous_at: string;
            /** Previous Plan Id */
            previous_plan_id: string;
        };
        /**
         * PlanPage
         * @description Some plans, newest first.
         */
        PlanPage: {
            /**
             * Next Before
             * @description Ask for the next page with it; null on the last one.
             */
            next_before: string | null;
            /** Plans */
            plans: components["schemas"]["PlanSummary"][];
        };
        /**
         * PlanPortfolio
         * @description The snapshot that the plan is about.
         */
        PlanPortfolio: {
            /**
             * As Of
             * @description The newest date of a price in it; null when no price has a date.
             */
            as_of: string | null;
            /** Content Hash */
            content_hash: string;
            /** Id */
            id: string;
            /** Name */
            name: string;
        };
        /**
         * PlanRequest
         * @description Input of a planner run.
         */
        PlanRequest: {
            /** @description Prices, costs, taxes and classes of the owner: for returns, risk and orders. */
            analysis?: components["schemas"]["AnalysisOptions"];
            /**
             * Band
             * @description Distance from a target that is left alone.
             * @default 0.05
             */
            band: number | string;
            /** @default {} */
            budget: components["schemas"]["Budget-Input"];
            goals?: components["schemas"]["Goals-Input"];
            /** Portfolio Id */
            portfolio_id: string;
            /**
             * Questions
             * @description What the owner wants to know; each is researched and answered.
             */
            questions?: string[];
            research?: components["schemas"]["ResearchScope"];
            /**
             * Seed
             * @description Seed of the projection.
             * @default 20260
             */
            seed: number;
            /**
             * Target
             * @description Wished shares by asset class, together 1; without them no drift is measured.
             */
            target?: {
                [key: string]: number | string;
            } | null;
        };
        /**
         * PlanSummary
         * @description A plan as a line of a listing.
         */
        PlanSummary: {
            /**
             * Content Hash
             * @description sha256: and the hash of the plan's JSON.
             */
            content_hash: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /** Portfolio Id */
            portfolio_id: string;
            /** Portfolio Name */
            portfolio_name: string;
            /** Run Id */
            run_id: string;
            /** Status */
            status: string;
        };
        /**
         * PortfolioAnswer
         * @description A snapshot as its owner sees it.
         */
        PortfolioAnswer: {
            /**
             * Activities
             * @default []
             */
            activities: components["schemas"]["Activity"][];
            /**
             * As Of
             * @description Day the file says its prices are of.
             */
            as_of?: string | null;
            /**
             * Broker
             * @description Whose file it was, where that is known.
             */
            broker?: string | null;
            /** Content Hash */
            content_hash: string;
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /**
             * Exchange Rates
             * @default []
             */
            exchange_rates: components["schemas"]["ExchangeRate"][];
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Positions */
            positions: components["schemas"]["Position"][];
            /**
             * Unpriced
             * @description Symbols without a price: no figure counts them.
             */
            unpriced: string[];
        };
        /**
         * PortfolioList
         * @description The newest snapshots of the owner.
         */
        PortfolioList: {
            /** Portfolios */
            portfolios: components["schemas"]["PortfolioSummary"][];
        };
        /**
         * PortfolioSummary
         * @description A snapshot as a line of a listing.
         */
        PortfolioSummary: {
            /**
             * Created At
             * Format: date-time
             */
            created_at: string;
            /** Id */
            id: string;
            /** Name */
            name: string;
            /** Position Count */
            position_count: number;
            /** Unpriced Count */
            unpriced_count: number;
        };
        /**
         * Position
         * @description One holding in one account, exactly as the file states it; what the file leaves out is `None`.
         */
        Position: {
            /** Account */
            account?: string | null;
            /** Asset Class */
            asset_class?: ("equity" | "bond" | "cash" | "real_estate" | "commodity" | "other") | null;
            /**
             * Cost Basis
             * @description Paid for all units, in `currency`.
             */
            cost_basis?: string | null;
            /**
             * Currency
             * @description ISO 4217 code of the price.
             */
            currency: string;
            /** Isin */
            isin?: string | null;
            /**
             * Lots
             * @default []
             */
            lots: components["schemas"]["Lot"][];
            /** Name */
            name?: string | null;
            /**
             * Price
             * @description Price of one unit; absent means unpriced.
             */
            price?: string | null;
            /** Price Date */
            price_date?: string | null;
            /**
             * Price Source
             * @description Where the price is from, when not from the file.
             */
            price_source?: string | null;
            /**
             * Quantity
             * @description Units held, exact.
             */
            quantity: string;
            /** Region */
            region?: string | null;
            /** Sector */
            sector?: string | null;
            /** Symbol */
            symbol: string;
        };
        /**
         * PositionValue
         * @description One position with its value, where it has one in the base currency.
         */
        PositionValue: {
            /** Account */
            account: string | null;
            /** Asset Class */
            asset_class: string;
            /** Base Value */
            base_value: string | null;
            classification: components["schemas"]["Classification"];
            /** Cost */
            cost?: string | null;
            /** Currency */
            currency: string;
            /** Gain */
            gain?: string | null;
            /** Name */
            name: string | null;
            /** Price */
            price: string | null;
            /** Price Date */
            price_date: string | null;
            /** Price Source */
            price_source?: string | null;
            /**
             * Price State
             * @enum {string}
             */
            price_state: "current" | "stale" | "undated" | "missing";
            /** Quantity */
            quantity: string;
            rate?: components["schemas"]["ExchangeRate"] | null;
            /** Share */
            share: string | null;
            /** Symbol */
            symbol: string;
            /** Value */
            value: string | null;
        };
        /**
         * PriceDates
         * @description How old the prices are.
         */
        PriceDates: {
            /** Missing */
            missing: string[];
            /** Newest */
            newest: string | null;
            /** Oldest */
            oldest: string | null;
            /**
             * Stale
             * @default []
             */
            stale: string[];
        };
        /**
         * Projection
         * @description The answers of all models with everything that is needed to repeat them to the byte.
         */
        Projection: {
            /** Annual Contribution */
            annual_contribution: string;
            /** Assumptions */
            assumptions: components["schemas"]["Assumption"][];
            /** Complete */
            complete: boolean;
            /** Currency */
            currency: string;
            /** Effects */
            effects: components["schemas"]["AssumptionEffect"][];
            /** Generator */
            generator: string;
            history: components["schemas"]["HistoryUsed"];
            /** Horizon Years */
            horizon_years: number;
            /** Levers */
            levers: components["schemas"]["Lever"][];
            /**
             * Measure
             * @enum {string}
             */
            measure: "success" | "safe_spending" | "median_value";
            /** Mix */
            mix: components["schemas"]["MixShare"][];
            /** Not Projected */
            not_projected: components["schemas"]["NotProjected"][];
            /** Notes */
            notes: string[];
            /** Outcomes */
            outcomes: components["schemas"]["Outcome"][];
            /** Paths */
            paths: number;
            /** Seed */
            seed: number;
            /** Start Value */
            start_value: string;
        };
        /**
         * ProjectionYear
         * @description The distribution of the value at the end of one year, in today's money.
         */
        ProjectionYear: {
            /** Mean */
            mean: string;
            /** Mean Error */
            mean_error: string;
            /** Median Error */
            median_error: string;
            /** P5 */
            p5: string;
            /** P25 */
            p25: string;
            /** P50 */
            p50: string;
            /** P75 */
            p75: string;
            /** P95 */
            p95: string;
            /** Paid In */
            paid_in: string;
            /** Probability Of Loss */
            probability_of_loss: string | null;
            /** Unpaid */
            unpaid: string;
            /** Year */
            year: number;
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
         * QuoteContext
         * @description A quote as it stands in the stored document, with what stands around it.
         */
        QuoteContext: {
            /** After */
            after: string;
            /** Before */
            before: string;
            /** Quote */
            quote: string;
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
         * Rebalancing
         * @description A proposal beside doing nothing.
         */
        Rebalancing: {
            /** Cost */
            cost: string;
            /** Drifts */
            drifts: components["schemas"]["Drift"][];
            /** Total Drift After */
            total_drift_after: string;
            /** Total Drift Before */
            total_drift_before: string;
            /** Traded */
            traded: string;
            /** Trades */
            trades: components["schemas"]["Trade"][];
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
         * Recommendation
         * @description One proposal of the rules, chosen and phrased by the model, with what speaks for and against it.
         */
        Recommendation: {
            /**
             * Action
             * @description What could be done: a computed sentence.
             */
            action: string;
            against: components["schemas"]["Paragraph"];
            /**
             * Counter Evidence
             * @description Ids of findings that speak against it.
             */
            counter_evidence: string[];
            /**
             * Evidence
             * @description Ids of findings; `GET /plans/{id}/claims/{finding}` opens one.
             */
            evidence: string[];
            /**
             * Figures
             * @description Ids of facts; `GET /plans/{id}/facts/{fact}` opens one.
             */
            figures: string[];
            /** Id */
            id: string;
            /**
             * If Nothing Is Done
             * @description What leaving it means: a computed sentence.
             */
            if_nothing_is_done: string;
            /**
             * Kind
             * @enum {string}
             */
            kind: "data" | "drift" | "concentration" | "expense" | "cash" | "success";
            reason: components["schemas"]["Paragraph"];
            /** Title */
            title: string;
        };
        /**
         * Replay
         * @description A plan that was made again from its stored material, compared with the stored one.
         */
        Replay: {
            /**
             * Different
             * @description Fields of the plan that differ; empty when identical.
             */
            different: string[];
            /**
             * Identical
             * @description Whether both are the same to the byte.
             */
            identical: boolean;
            /** Plan Id */
            plan_id: string;
            /** Replayed Hash */
            replayed_hash: string;
            /** Stored Hash */
            stored_hash: string;
            /**
             * Words
             * @description written again: by the built-in model; as stored: another model's words are its own.
             */
            words: string;
        };
        /**
         * ReportedFigure
         * @description A figure that a company reported to the SEC in XBRL, and the filing that states it.
         */
        ReportedFigure: {
            /**
             * Accession
             * @description Accession number of the filing.
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
             * @description Its plain name, such as Revenue.
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
             * Unit
             * @description Such as USD or USD/shares.
             */
            unit: string;
            /**
             * Url
             * @description Page of the filing at the SEC.
             */
            url: string;
            /** Value */
            value: string;
        };
        /**
         * Researched
         * @description What became of one subject of research.
         */
        Researched: {
            /** Findings */
            findings: number;
            /**
             * From Knowledge
             * @description Whether stored findings were fresh enough, so that none was delegated.
             */
            from_knowledge: boolean;
            /** Run Id */
            run_id: string;
            /** Status */
            status: string;
            /** Subject */
            subject: string;
            /** Topic */
            topic: string;
        };
        /**
         * ResearchScope
         * @description How much the planner may have looked into.
         */
        ResearchScope: {
            /**
             * Freshness
             * Format: duration
             * @description How old stored findings may be for a holding not to be researched again.
             * @default P1D
             */
            freshness: string;
            /**
             * Holdings
             * @description How many holdings and themes to research at the most.
             * @default 2
             */
            holdings: number;
            /**
             * Max Pages
             * @description How many pages to read for each topic.
             * @default 6
             */
            max_pages: number;
            /**
             * Sources
             * @description Pages to begin with; given, they are read however much is known already.
             */
            sources?: string[];
        };
        /**
         * RetirementAnswer
         * @description The projection, and each of its figures as a fact.
         */
        RetirementAnswer: {
            /** Facts */
            facts: components["schemas"]["Fact"][];
            goals: components["schemas"]["Goals-Output"];
            /**
             * Missing
             * @description Why the projection is not of the whole portfolio.
             */
            missing: string[];
            /** Portfolio Id */
            portfolio_id: string | null;
            projection: components["schemas"]["Projection"];
        };
        /**
         * RetirementRequest
         * @description A stored portfolio, or a value and its mix, with goals.
         */
        RetirementRequest: {
            /**
             * Assumptions
             * @description Other values of assumptions, by name and in their unit.
             */
            assumptions?: {
                [key: string]: number | string;
            };
            /**
             * Currency
             * @description ISO 4217 code of `value`.
             * @default USD
             */
            currency: string;
            goals?: components["schemas"]["Goals-Input"];
            /**
             * History Csv
             * @description Past years in place of the service's: `year,inflation,equity,bond,cash,...`, in percent.
             */
            history_csv?: string | null;
            /**
             * Mix
             * @description Percent by asset class, together 100; of a stored portfolio, in place of its own mix.
             */
            mix?: {
                [key: string]: number | string;
            } | null;
            /**
             * Paths
             * @description Simulated lives of the portfolio.
             * @default 10000
             */
            paths: number;
            /**
             * Portfolio Id
             * @description A stored portfolio; give this or `value`.
             */
            portfolio_id?: string | null;
            /**
             * Seed
             * @description The same seed repeats the answer.
             * @default 20260
             */
            seed: number;
            /**
             * Value
             * @description What there is, in `currency`; needs `mix`.
             */
            value?: number | string | null;
        };
        /**
         * Returns
         * @description Both returns of the securities; what is `None` is explained in `missing`.
         */
        Returns: {
            /**
             * End
             * @description Day of the valuation.
             */
            end?: string | null;
            /**
             * End Value
             * @description Value of the securities at the end.
             */
            end_value?: string | null;
            /**
             * Gain
             * @description end_value + taken_out - paid_in
             */
            gain?: string | null;
            /**
             * Missing
             * @default []
             */
            missing: string[];
            /**
             * Money Weighted
             * @description Fraction per year.
             */
            money_weighted?: string | null;
            /** Money Weighted Unique */
            money_weighted_unique?: boolean | null;
            /**
             * Paid In
             * @description Sum of purchases, in the base currency.
             */
            paid_in?: string | null;
            /**
             * Start
             * @description Day of the first purchase in the file.
             */
            start?: string | null;
            /**
             * Taken Out
             * @description Sum of sales and income, in the base currency.
             */
            taken_out?: string | null;
            /**
             * Time Weighted
             * @description Fraction over the whole time.
             */
            time_weighted?: string | null;
            /**
             * Time Weighted Yearly
             * @description Fraction per year, from one year on.
             */
            time_weighted_yearly?: string | null;
        };
        /**
         * Risk
         * @description Measures of the present holdings held over the days of the history; losses are positive fractions.
         */
        Risk: {
            /** Annual Return */
            annual_return: string | null;
            /** Benchmark */
            benchmark?: string | null;
            /** Beta */
            beta?: string | null;
            /**
             * Conditional Value At Risk
             * @description Mean loss of the periods beyond it.
             */
            conditional_value_at_risk: string | null;
            /**
             * Correlations
             * @default []
             */
            correlations: components["schemas"]["Correlation"][];
            /**
             * Covered
             * @description Part of the counted value that the measures are of.
             */
            covered: string;
            /** Drawdown From */
            drawdown_from: string | null;
            /** Drawdown Recovered */
            drawdown_recovered: string | null;
            /** Drawdown To */
            drawdown_to: string | null;
            /**
             * End
             * Format: date
             */
            end: string;
            /** Max Drawdown */
            max_drawdown: string | null;
            /**
             * Missing
             * @default []
             */
            missing: string[];
            /**
             * Periods
             * @description Number of returns.
             */
            periods: number;
            /** Periods Per Year */
            periods_per_year: number;
            /**
             * Risk Free
             * @description Assumed return without risk, fraction per year.
             */
            risk_free: string;
            /** Sharpe Ratio */
            sharpe_ratio: string | null;
            /**
             * Sources
             * @description Where the prices are from.
             * @default []
             */
            sources: string[];
            /**
             * Start
             * Format: date
             */
            start: string;
            /**
             * Value At Risk
             * @description Loss of one period that 95 of 100 periods stay below.
             */
            value_at_risk: string | null;
            /**
             * Volatility
             * @description Standard deviation of a year.
             */
            volatility: string | null;
        };
        /**
         * RowFate
         * @description What became of one row that is not blank; headings and footers are rows too.
         */
        RowFate: {
            /** Column */
            column?: string | null;
            /**
             * Fate
             * @enum {string}
             */
            fate: "imported" | "ignored" | "error";
            /**
             * Line
             * @description Line of the file, from 1, where the row begins.
             */
            line: number;
            /**
             * Reason
             * @description What it was read as, why it was left out, or what is wrong with it.
             */
            reason: string;
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
         * SafeSpending
         * @description The highest annual spending that lasts to the horizon with a given chance, in today's money.
         */
        SafeSpending: {
            /** Amount */
            amount: string;
            /** Standard Error */
            standard_error: string | null;
            /** Success */
            success: string;
        };
        /**
         * SourceTried
         * @description A page that research asked for, whether it helped or not.
         */
        SourceTried: {
            /** Reason */
            reason: string | null;
            /** Status */
            status: string;
            /** Url */
            url: string;
        };
        /**
         * Statement
         * @description How an instrument divides over one dimension, who says so and of which day.
         */
        Statement: {
            /** As Of */
            as_of?: string | null;
            /**
             * Origin
             * @enum {string}
             */
            origin: "file" | "owner" | "table" | "proposal" | "nothing";
            /**
             * Shares
             * @description Fractions, at most one together; what is left is unclassified.
             */
            shares: {
                [key: string]: string;
            };
            /** Source */
            source: string;
        };
        /**
         * TableColumn
         * @description One column under its heading.
         */
        TableColumn: {
            /** Heading */
            heading: string;
            /**
             * Proposed
             * @description What a heading like this means, where that is clear.
             */
            proposed: ("account" | "symbol" | "name" | "isin" | "quantity" | "price" | "value" | "currency" | "price_date" | "cost_basis" | "asset_class") | null;
            /**
             * Samples
             * @description Its first cells that are not empty, shortened.
             */
            samples: string[];
        };
        /**
         * TableColumns
         * @description The columns of a file that can be named in a mapping.
         */
        TableColumns: {
            /** Columns */
            columns: components["schemas"]["TableColumn"][];
            /**
             * Line
             * @description Line of the file on which the headings stand, from 1.
             */
            line: number;
            /**
             * Rows
             * @description Rows below the headings that are not blank.
             */
            rows: number;
        };
        /**
         * Trade
         * @description What to do in one class; amounts in the base currency, to the cent, never negative.
         */
        Trade: {
            /** Buy */
            buy: string;
            /** Key */
            key: string;
            /** New Money */
            new_money: string;
            /** Sell */
            sell: string;
        };
        /**
         * TradeProposal
         * @description All orders of a rebalancing, and what they bring with them.
         */
        TradeProposal: {
            /**
             * Cost
             * @description Cost of the trades.
             */
            cost: string;
            /**
             * Notes
             * @default []
             */
            notes: string[];
            /**
             * Realised Gain
             * @description Gains less losses of the lots whose cost is known.
             */
            realised_gain: string;
            /**
             * Tax
             * @description Tax rate x realised gain; zero when it is a loss.
             */
            tax: string;
            /** Trades */
            trades: components["schemas"]["HoldingTrade"][];
            /**
             * Unknown Gain
             * @description Proceeds of lots whose cost is not known: their gain is in no figure.
             */
            unknown_gain: string;
            /**
             * Unmet
             * @description By class, what cannot be sold: it is in holdings of two classes.
             */
            unmet: {
                [key: string]: string;
            };
        };
        /**
         * UnconvertedAmount
         * @description A position in a currency without a rate to the base currency: its amount is known, its share is not.
         */
        UnconvertedAmount: {
            /** Amount */
            amount: string;
            /** Currency */
            currency: string;
            /** Symbol */
            symbol: string;
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
         * UnrealisedGains
         * @description The holdings whose cost is known, together, in the base currency.
         *
         *     Costs in other currencies are converted at the rate of the value: what the exchange rate itself gained is not in it.
         */
        UnrealisedGains: {
            /**
             * Converted
             * @description Holdings among them whose cost was in another currency.
             */
            converted: string[];
            /**
             * Cost
             * @description Paid for them.
             */
            cost: string;
            /**
             * Covered
             * @description Fraction of the counted value without money whose cost is known.
             */
            covered: string;
            /**
             * Gain
             * @description value - cost; negative for a loss.
             */
            gain: string;
            /**
             * Gain Share
             * @description gain / cost, a fraction; `None` when they cost nothing.
             */
            gain_share: string | null;
            /**
             * Unknown
             * @description Counted holdings whose cost is not known.
             */
            unknown: string[];
            /**
             * Value
             * @description Their value.
             */
            value: string;
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
        /**
         * WhatIf
         * @description A change of the goals that was tried, and what becomes of the answer.
         */
        WhatIf: {
            /** Answers */
            answers: components["schemas"]["ModelAnswer"][];
            change: components["schemas"]["GoalChange"];
            /** Id */
            id: string;
            /** Label */
            label: string;
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
    list_plans_plans_get: {
        parameters: {
            query?: {
                /** @description Id of the last plan of the page before. */
                before?: string | null;
                limit?: number;
                /** @description Only plans of this snapshot. */
                portfolio_id?: string | null;
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
                    "application/json": components["schemas"]["PlanPage"];
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
    get_plan_plans__plan_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan_id: string;
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
                    "application/json": components["schemas"]["Plan"];
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
    open_claim_plans__plan_id__claims__finding_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                finding_id: string;
                plan_id: string;
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
                    "application/json": components["schemas"]["OpenedClaim"];
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
    list_facts_plans__plan_id__facts_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan_id: string;
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
                    "application/json": components["schemas"]["FactList"];
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
    open_fact_plans__plan_id__facts__fact_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                fact_id: string;
                plan_id: string;
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
                    "application/json": components["schemas"]["OpenedFact"];
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
    plan_markdown_plans__plan_id__plan_md_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan_id: string;
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
                    "text/plain": string;
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
    plan_pdf_plans__plan_id__plan_pdf_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan_id: string;
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
                    "application/pdf": string;
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
    replay_plans__plan_id__replay_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                plan_id: string;
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
                    "application/json": components["schemas"]["Replay"];
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
    list_portfolios_portfolios_get: {
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
                    "application/json": components["schemas"]["PortfolioList"];
                };
            };
        };
    };
    get_portfolio_portfolios__portfolio_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["PortfolioAnswer"];
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
    get_analysis_portfolios__portfolio_id__analysis_get: {
        parameters: {
            query?: {
                /** @description Day of the valuation; today when not given. */
                as_of?: string | null;
                /** @description ISO 4217 code to count in. */
                base_currency?: string | null;
            };
            header?: never;
            path: {
                portfolio_id: string;
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
                    "application/json": components["schemas"]["Analysis"];
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
    post_analysis_portfolios__portfolio_id__analysis_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                portfolio_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnalysisRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Analysis"];
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
    import_portfolio_portfolios_import_post: {
        parameters: {
            query?: {
                /** @description What the owner calls the portfolio. */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "application/x-ofx": string;
                "application/xml": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortfolioAnswer"];
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
    get_draft_portfolios_import__draft_id__get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                draft_id: string;
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
                    "application/json": components["schemas"]["DraftAnswer"];
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
    confirm_import_portfolios_import__draft_id__confirm_post: {
        parameters: {
            query?: {
                /** @description Confirm although rows could not be read; they are left out. */
                leave_out_errors?: boolean;
                /** @description What the owner calls the portfolio. */
                name?: string;
            };
            header?: never;
            path: {
                draft_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConfirmedImport"];
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
    list_columns_portfolios_import_columns_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "application/x-ofx": string;
                "application/xml": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TableColumns"];
                };
            };
        };
    };
    draft_import_portfolios_import_draft_post: {
        parameters: {
            query?: {
                /** @description Mapping of one column, `field:heading`, again for each; fields are account, symbol, name, isin, quantity, price, value, currency, price_date, cost_basis, asset_class. */
                column?: string[] | null;
                /** @description Of all rows or of the account, ISO 4217, where the file does not say it. */
                currency?: string | null;
                /** @description With a mapping: the order of day and month. */
                dates?: ("mdy" | "dmy") | null;
                /** @description With a mapping: what divides decimals. */
                decimal?: ("point" | "comma") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/octet-stream": string;
                "application/x-ofx": string;
                "application/xml": string;
                "text/csv": string;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DraftAnswer"];
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
    project_retirement_retirement_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetirementRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetirementAnswer"];
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
                "application/json": components["schemas"]["PlanRequest"];
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
                "application/json": components["schemas"]["PlanRequest"];
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
}
