// Made from mcp_servers/vector_store/openapi.json by "npm run generate"; not to be edited.
export interface paths {
    "/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Changes
         * @description List the documents that are new or have a new version since a moment, latest fetched first.
         */
        get: operations["list_changes_changes_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Documents
         * @description List the stored documents, latest fetched first.
         */
        get: operations["list_documents_documents_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents/{document_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Document
         * @description Read a slice of a document, or of one of its versions.
         */
        get: operations["get_document_documents__document_id__get"];
        put?: never;
        post?: never;
        /**
         * Delete Document
         * @description Remove a document with all its versions.
         */
        delete: operations["delete_document_documents__document_id__delete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/documents/{document_id}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Versions
         * @description List all versions of a document, the current one first; each is read by its `version_id`.
         */
        get: operations["list_versions_documents__document_id__versions_get"];
        put?: never;
        post?: never;
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
    "/ingest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ingest
         * @description Store a document; the same document again changes nothing, the same `Idempotency-Key` gives the same answer.
         */
        post: operations["ingest_ingest_post"];
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
    "/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Search
         * @description Find passages by meaning.
         */
        post: operations["search_search_post"];
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
         * ChangedDocument
         * @description A document that is new, or has a new text, title, kind or date of publication, since a moment.
         */
        ChangedDocument: {
            /**
             * Change
             * @enum {string}
             */
            change: "new" | "updated";
            /** Content Hash */
            content_hash: string;
            /** Document Id */
            document_id: string;
            /** Fetched At */
            fetched_at: string;
            /** Kind */
            kind: string;
            /**
             * Previous Version Id
             * @description What was stored at that moment; null when nothing was.
             */
            previous_version_id: string | null;
            /** Published At */
            published_at: string | null;
            /** Title */
            title: string;
            /** Url */
            url: string | null;
            /**
             * Version Id
             * @description Names this very version; it stays readable after an update.
             */
            version_id: string;
        };
        /**
         * ChangeList
         * @description A page of the documents whose present version was read at `since` or later, latest first.
         */
        ChangeList: {
            /** Changes */
            changes: components["schemas"]["ChangedDocument"][];
            /**
             * Next Cursor
             * @description Give it as `cursor` to get the next page; null at the end.
             */
            next_cursor: string | null;
            /** Since */
            since: string;
            /**
             * Total
             * @description Number of changes on all pages; null above 10,000: not counted.
             */
            total: number | null;
        };
        /**
         * DeleteResult
         * @description That the document and all its versions are gone.
         */
        DeleteResult: {
            /**
             * Deleted
             * @default true
             * @constant
             */
            deleted: true;
            /** Document Id */
            document_id: string;
        };
        /**
         * DocumentList
         * @description A page of the stored documents, latest fetched first.
         */
        DocumentList: {
            /** Documents */
            documents: components["schemas"]["DocumentSummary"][];
            /**
             * Next Cursor
             * @description Give it as `cursor` to get the next page; null at the end.
             */
            next_cursor: string | null;
            /**
             * Total
             * @description Number of stored documents on all pages; null above 10,000: not counted.
             */
            total: number | null;
        };
        /**
         * DocumentSummary
         * @description A stored document without its text.
         */
        DocumentSummary: {
            /** Content Hash */
            content_hash: string;
            /** Document Id */
            document_id: string;
            /** Fetched At */
            fetched_at: string;
            /** Kind */
            kind: string;
            /** Published At */
            published_at: string | null;
            /** Title */
            title: string;
            /** Url */
            url: string | null;
            /**
             * Version Id
             * @description Names this very version; it stays readable after an update.
             */
            version_id: string;
        };
        /**
         * DocumentText
         * @description A stored document with characters `start` to `end` of its `total_chars`.
         */
        DocumentText: {
            /** Content Hash */
            content_hash: string;
            /** Document Id */
            document_id: string;
            /** End */
            end: number;
            /** Fetched At */
            fetched_at: string;
            /** Kind */
            kind: string;
            /** Published At */
            published_at: string | null;
            /** Start */
            start: number;
            /** Text */
            text: string;
            /** Title */
            title: string;
            /** Total Chars */
            total_chars: number;
            /** Url */
            url: string | null;
            /**
             * Version Id
             * @description Names this very version; it stays readable after an update.
             */
            version_id: string;
        };
        /**
         * DocumentVersion
         * @description A version of a document, read as `fetched_at` says for the first time.
         */
        DocumentVersion: {
            /** Content Hash */
            content_hash: string;
            /**
             * Current
             * @description Whether it is the version that search shows.
             */
            current: boolean;
            /** Document Id */
            document_id: string;
            /** Fetched At */
            fetched_at: string;
            /** Kind */
            kind: string;
            /** Published At */
            published_at: string | null;
            /** Title */
            title: string;
            /** Total Chars */
            total_chars: number;
            /** Url */
            url: string | null;
            /**
             * Version Id
             * @description Names this very version; it stays readable after an update.
             */
            version_id: string;
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
        /**
         * IngestRequest
         * @description A document to store.
         */
        IngestRequest: {
            /**
             * Fetched At
             * @description When it was read, ISO 8601; now if left out.
             */
            fetched_at?: string | null;
            /**
             * Kind
             * @description One lower-case word that sorts documents, such as 'page' or 'filing'.
             * @default page
             */
            kind: string;
            /**
             * Published At
             * @description When it was published, ISO 8601, if known.
             */
            published_at?: string | null;
            /**
             * Text
             * @description The whole text, plain or Markdown. Control characters are removed.
             */
            text: string;
            /**
             * Title
             * @description One line that names the document, its company and its period; its first line if left out.
             */
            title?: string | null;
            /**
             * Url
             * @description Where it was read. The same URL is the same document.
             */
            url?: string | null;
        };
        /**
         * IngestResult
         * @description How the document is stored now.
         */
        IngestResult: {
            /**
             * Chunks
             * @description Number of passages.
             */
            chunks: number;
            /**
             * Content Hash
             * @description 'sha256:' and the SHA-256 of the stored UTF-8 text.
             */
            content_hash: string;
            /** Document Id */
            document_id: string;
            /**
             * Status
             * @enum {string}
             */
            status: "created" | "unchanged" | "updated";
            /**
             * Version Id
             * @description Names this very version; it stays readable after an update.
             */
            version_id: string;
        };
        /**
         * Passage
         * @description A part of a stored document: `text` is exactly characters `start` to `end` of the document's text.
         */
        Passage: {
            /**
             * Chunk
             * @description Number of the passage in its document, from 0.
             */
            chunk: number;
            /**
             * Document Id
             * @description Give it to get_document to read around the passage.
             */
            document_id: string;
            /** End */
            end: number;
            /** Fetched At */
            fetched_at: string;
            /** Kind */
            kind: string;
            /** Published At */
            published_at: string | null;
            /**
             * Score
             * @description Similarity to the query: the mean of the passage's cosine and that of its page's opening; in mode text BM25. In mode hybrid the order weighs more than this.
             */
            score: number;
            /**
             * Section
             * @description Headings it stands under; last the head row of the table that it continues, if any.
             */
            section: string;
            /** Start */
            start: number;
            /** Text */
            text: string;
            /** Title */
            title: string;
            /** Url */
            url: string | null;
            /**
             * Version Id
             * @description Names this very version of the document; it stays readable after an update.
             */
            version_id: string;
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
         * SearchRequest
         * @description What to find, and among which documents.
         */
        SearchRequest: {
            /**
             * Kind
             * @description Only documents of this kind, for example 'page'.
             */
            kind?: string | null;
            /**
             * Limit
             * @description Most passages to return.
             * @default 5
             */
            limit: number;
            /**
             * Mode
             * @description hybrid: by meaning, words and years. vector: by meaning alone. text: by words alone (BM25).
             * @default hybrid
             * @enum {string}
             */
            mode: "hybrid" | "vector" | "text";
            /**
             * Published After
             * @description Only documents published from this ISO 8601 time on.
             */
            published_after?: string | null;
            /**
             * Published Before
             * @description Only documents published before this ISO 8601 time.
             */
            published_before?: string | null;
            /**
             * Query
             * @description What to find, as a question or in a few words.
             */
            query: string;
            /**
             * Url
             * @description Only the document stored under this URL.
             */
            url?: string | null;
        };
        /**
         * SearchResult
         * @description The passages nearest in meaning, best first. Empty when nothing is stored that matches the filters.
         */
        SearchResult: {
            /** Passages */
            passages: components["schemas"]["Passage"][];
            /** Query */
            query: string;
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
         * VersionList
         * @description All versions of a document, the current one first.
         */
        VersionList: {
            /** Document Id */
            document_id: string;
            /** Versions */
            versions: components["schemas"]["DocumentVersion"][];
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
    list_changes_changes_get: {
        parameters: {
            query: {
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
                /** @description No documents of this kind. */
                exclude_kind?: string | null;
                /** @description Only documents of this kind, for example 'page'. */
                kind?: string | null;
                /** @description Most changes to return. */
                limit?: number;
                /** @description ISO 8601 time: what was read then or later. */
                since: string;
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
                    "application/json": components["schemas"]["ChangeList"];
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
    list_documents_documents_get: {
        parameters: {
            query?: {
                /** @description `next_cursor` of the page before. */
                cursor?: string | null;
                /** @description No documents of this kind. */
                exclude_kind?: string | null;
                /** @description Only documents of this kind, for example 'page'. */
                kind?: string | null;
                /** @description Most documents to return. */
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
                    "application/json": components["schemas"]["DocumentList"];
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
    get_document_documents__document_id__get: {
        parameters: {
            query?: {
                /** @description Most characters to return. */
                max_chars?: number;
                /** @description First character to return. */
                start?: number;
            };
            header?: never;
            path: {
                /** @description Id of a document, as given by search or list_documents. */
                document_id: string;
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
                    "application/json": components["schemas"]["DocumentText"];
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
    delete_document_documents__document_id__delete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a document, as given by search or list_documents. */
                document_id: string;
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
                    "application/json": components["schemas"]["DeleteResult"];
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
    list_versions_documents__document_id__versions_get: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a document, as given by search or list_documents. */
                document_id: string;
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
                    "application/json": components["schemas"]["VersionList"];
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
    ingest_ingest_post: {
        parameters: {
            query?: never;
            header?: {
                "idempotency-key"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["IngestRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IngestResult"];
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
    search_search_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SearchRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SearchResult"];
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
