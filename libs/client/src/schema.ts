/** Generated from docs/openapi.json by `npm run docs`. */
export interface paths {
    "/v1/meters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists meters, newest first. */
        get: operations["listMeters"];
        put?: never;
        /**
         * Defines what is counted.
         * @description It also counts what was recorded before.
         */
        post: operations["defineMeter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/meters/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One meter. */
        get: operations["getMeter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/meters/{key}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keeps new plan versions from using a meter. */
        post: operations["archiveMeter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists plans by their latest versions, newest first. */
        get: operations["listPlans"];
        put?: never;
        /** Publishes version 1 of a plan. */
        post: operations["createPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{key}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publishes the next version; subscriptions stay on theirs. */
        post: operations["publishPlanVersion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{key}/archive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Keeps new subscriptions from using a plan. */
        post: operations["archivePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The latest version of a plan. */
        get: operations["getPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans/{key}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version of a plan. */
        get: operations["getPlanVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/settings/billing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the tenant bills. */
        get: operations["getBillingSettings"];
        /** Changes how the tenant bills. */
        put: operations["changeBillingSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What your tenant is called, and what its new accounts and invoices begin with. */
        get: operations["getTenantSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes what your tenant is called, and what its new accounts and invoices begin with. */
        patch: operations["changeTenantSettings"];
        trace?: never;
    };
    "/v1/accounts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists accounts, newest first.
         * @description They are found by name, e-mail address and metadata, too.
         */
        get: operations["listAccounts"];
        put?: never;
        /** Opens an account. */
        post: operations["openAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One account, as of now or of any moment. */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes external id, contact, address, terms, tax status, time zone, metadata, or whom it belongs to. */
        patch: operations["changeAccount"];
        trace?: never;
    };
    "/v1/accounts/{id}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Closes an account that has neither running subscriptions nor open invoices, nor anything left to bill. */
        post: operations["closeAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Erases the person: personal data is null from now on, at any time asked for, while books and invoices stay whole. */
        post: operations["eraseAccount"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the log knew of an account: now, at an instant, at a position or at a revision. */
        get: operations["getAccountState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-clocks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists test clocks, newest first. */
        get: operations["listTestClocks"];
        put?: never;
        /**
         * Starts a clock that is set by hand.
         * @description Test accounts that are opened on it live by it, whatever the time is.
         */
        post: operations["startTestClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-clocks/{id}/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets time pass.
         * @description Answers when what fell due by then is done, in its order; or, after a while, that it goes on.
         */
        post: operations["advanceTestClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/test-clocks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a test clock shows. */
        get: operations["getTestClock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a meter counted, whole or by windows and properties. */
        get: operations["getAccountUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/book": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The account's double-entry ledger, as of now or of any moment. */
        get: operations["getBook"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/transfers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the account's transfers, newest first. */
        get: operations["listTransfers"];
        put?: never;
        /** Moves or reserves an amount in the account's book, alone or with transfers that stand or fall with it. */
        post: operations["submitTransfers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers/{id}/post": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Posts a pending transfer, whole or in part; the rest is given back. */
        post: operations["postPendingTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/transfers/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives back what a pending transfer reserved. */
        post: operations["voidPendingTransfer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists subscriptions, newest first.
         * @description They are found by metadata, too.
         */
        get: operations["listSubscriptions"];
        put?: never;
        /** Gives an account a plan. */
        post: operations["createSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One subscription, as of now or of any moment. */
        get: operations["getSubscription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Changes what is noted about it: metadata. */
        patch: operations["changeSubscription"];
        trace?: never;
    };
    "/v1/subscriptions/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begins what waited for it. */
        post: operations["activateSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sets its end. */
        post: operations["cancelSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{id}/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What counts only later: plans, units, pauses, and the end. */
        get: operations["listScheduledChanges"];
        put?: never;
        /**
         * Another plan, version, number of units or agreed price: now, in the past, or from a later moment on.
         * @description A dry run previews what it would bill.
         */
        post: operations["changePlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Nothing is served, nor billed, until it is resumed. */
        post: operations["pauseSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{id}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a pause. */
        post: operations["resumeSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{id}/uncancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes back an end that has not come. */
        post: operations["uncancelSubscription"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{id}/changes/{changeId}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes back a change that does not count yet. */
        post: operations["withdrawScheduledChange"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subscriptions/{id}/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What all usage charges of a subscription counted, by billing period or by windows, with what is billed of it and will be. */
        get: operations["listSubscriptionUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Records 1 to 1,000 usage events; each stands alone, and is told what is wrong with it.
         * @description One event may be sent bare. CloudEvents
         *     are taken as well (structured, binary, in batches), and streams of lines of any length (`application/x-ndjson`).
         */
        post: operations["recordUsage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/unbilled": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists readings that no charge of any subscription takes. */
        get: operations["listUnbilledUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One reading. */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/{id}/amend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replaces what a reading says.
         * @description The next invoice carries the difference, also of a period that is billed.
         */
        post: operations["amendUsage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/usage/{id}/retract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a reading back: it never happened.
         * @description The next invoice carries the difference, also of a period that is billed.
         */
        post: operations["retractUsage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists runs, newest first. */
        get: operations["listBillingRuns"];
        put?: never;
        /**
         * Bills everything due up to an instant.
         * @description Answers at once; the run goes on by itself, also over a restart.
         */
        post: operations["runBilling"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far a run is, or what it came to. */
        get: operations["getBillingRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/billing-runs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tells how far a run is each time that it has come further, as server-sent events, until it is over. */
        get: operations["followBillingRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists invoices without their lines, newest first. */
        get: operations["listInvoices"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One invoice with its lines, as of now or of any moment. */
        get: operations["getInvoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/finalize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issues a draft as it stands. */
        post: operations["finalizeInvoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/void": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes an invoice back: what it booked is reversed, what it billed is due again, unless `billAgain` is false. */
        post: operations["voidInvoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/mark-uncollectible": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gives up what is owed: it becomes an expense. */
        post: operations["markInvoiceUncollectible"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enters a payment by hand.
         * @description What goes beyond the amount due becomes customer credit, and settles other open invoices.
         */
        post: operations["receivePayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/lines": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds a line to a draft by hand. */
        post: operations["addDraftLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/invoices/{id}/lines/{lineId}/change": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings a line of a draft to another amount, by a line beside it; to nothing where it is dropped. */
        post: operations["changeDraftLine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/invoice-items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists what waits for an invoice, in the order in which it was added. */
        get: operations["listInvoiceItems"];
        put?: never;
        /** Charges or credits something once, apart from any subscription: by the next invoice, or by one of its own that is issued at once. */
        post: operations["addInvoiceItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/invoice-items/{itemId}/remove": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes back what no invoice bills. */
        post: operations["removeInvoiceItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/upcoming-invoice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The next invoice of an account, as it would be issued by what is known now.
         * @description Its id is not kept.
         */
        get: operations["getUpcomingInvoice"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists payments, newest first. */
        get: operations["listPayments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One payment. */
        get: operations["getPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/reverse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes back a payment that was entered wrongly or came back: what it settled, also by credit, is owed again. */
        post: operations["reversePayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payments/{id}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pays a payment back, whole or in part: out of customer credit, its own first. */
        post: operations["refundPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/payments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Enters a payment by hand: for invoices that it names, or for what is open, the oldest due first.
         * @description The rest is customer credit.
         */
        post: operations["receiveAccountPayment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/credit-refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Pays customer credit out, whole or in part. */
        post: operations["refundCredit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/accounts/{id}/credit-applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Brings customer credit to open invoices, also credit that waits: to those that are named, or to the oldest due first. */
        post: operations["applyCredit"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists refunds, newest first. */
        get: operations["listRefunds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/refunds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One refund. */
        get: operations["getRefund"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/mrr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Monthly recurring revenue and how it moved, per currency. */
        get: operations["reportMrr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/mrr/movements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the movements of recurring revenue are made of: which subscription of whom, from which plan to which, by whom and why. */
        get: operations["reportMrrMovements"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/ar-aging": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is owed, by days past due, per currency, account and invoice; and the credit that no invoice has used, apart from it. */
        get: operations["reportArAging"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Both sides of every ledger account of the tenant, per currency. */
        get: operations["reportTrialBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/top-consumers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which accounts, subscriptions or values of a group used most of a meter within a time, the most first. */
        get: operations["reportTopConsumers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists every change of state, newest first: who asked for it, by which command, why, and what it changed, before and after. */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/personal-data-reads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Lists who was told personal data of whom, newest first.
         * @description Kept for 400 days.
         */
        get: operations["listPersonalDataReads"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tells public events as server-sent events: from a position of the log, and then as they happen. */
        get: operations["subscribeEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/events/republish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Publishes the events of all tenants after a position to NATS again: what JetStream lost, or what a consumer wants to see anew. */
        post: operations["republishEvents"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Compares replayed accounts with read models, books with invoices, and usage lines with the log. */
        post: operations["startVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit/verifications/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far it is, and what it found. */
        get: operations["getVerification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/clock/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Says that the clock is right, though it is far ahead of when a worker was last at work: what fell due meanwhile is done now. */
        post: operations["confirmClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where every projection stands. */
        get: operations["listProjections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projections/{name}/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Builds a projection anew beside the served one, and puts it in its place.
         * @description Reads never stop.
         */
        post: operations["rebuildProjection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projections/{name}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Stops a projection where it is. */
        post: operations["pauseProjection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/projections/{name}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lets a paused projection go on, or a failed one try again. */
        post: operations["resumeProjection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists keys, newest first; never the keys themselves. */
        get: operations["listApiKeys"];
        put?: never;
        /** Issues a key of this tenant. */
        post: operations["issueApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Issues a successor with the same name, scopes and limit.
         * @description The former key opens doors beside it for a while, then no more.
         */
        post: operations["rotateApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes a key out of use, alone or with every key that goes back to it. */
        post: operations["revokeApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lists the tenants of this installation, newest first. */
        get: operations["listTenants"];
        put?: never;
        /** Creates another tenant of this installation, with a first key of its own; a test tenant goes by a clock that is set by hand. */
        post: operations["createTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A tenant of this installation. */
        get: operations["getTenant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Issues a key of another tenant, which has lost all of its own or needs a wider limit. */
        post: operations["issueTenantApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Suspends a tenant.
         * @description Within seconds its credentials open nothing, and nothing of it falls due until it is reinstated.
         */
        post: operations["suspendTenant"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/tenants/{id}/reinstate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes a suspended tenant back.
         * @description What fell due meanwhile is done now.
         */
        post: operations["reinstateTenant"];
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
        /** The process is alive. */
        get: operations["healthAlive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything that requests need answers.
         * @description What else is away or late makes it `degraded`: requests are served all the same.
         */
        get: operations["healthReady"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where things are. */
        get: operations["welcomeWelcome"];
        put?: never;
        post?: never;
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
        ReadingRoundingDto: {
            /**
             * @example up
             * @enum {string}
             */
            mode: "half_up" | "up" | "down";
            /**
             * @description Above the least value, readings count in whole steps of this.
             * @example 6
             */
            step: string;
            /**
             * @description What each reading counts at least.
             * @example 30
             */
            least?: string;
        };
        MeterFilterDto: {
            /** @example eu */
            value: string | boolean | string[];
            /** @example region */
            property: string;
            /**
             * @example eq
             * @enum {string}
             */
            operator: "exists" | "eq" | "ne" | "in" | "not_in" | "gt" | "gte" | "lt" | "lte";
        };
        QuantityRoundingDto: {
            /**
             * @example up
             * @enum {string}
             */
            mode: "half_up" | "up" | "down";
            /**
             * @description Digits after the point; below zero rounds to tens, hundreds, …
             * @example 0
             */
            digits: number;
        };
        DefineMeterDto: {
            /** @example input_tokens */
            key: string;
            /** @example Input tokens */
            name: string;
            /**
             * @description The usage events that it listens to.
             * @example llm_request
             */
            eventName: string;
            /**
             * @example sum
             * @enum {string}
             */
            aggregation: "max" | "count" | "sum" | "unique_count" | "latest" | "weighted_sum";
            /**
             * @description The property that is added up, compared or told apart.
             * @example context_tokens
             */
            valueProperty?: string;
            /** @description Instead of one property: several put together by + - * / and parentheses, such as `context_tokens - cached_tokens`. */
            valueExpression?: string;
            /** @description How each reading is rounded before it is counted: calls by begun minutes, begun six seconds, … */
            roundEach?: components["schemas"]["ReadingRoundingDto"];
            /**
             * @description Whether readings, and what they come to, may be below zero: then that is billed as it is.
             * @example false
             */
            allowNegative?: boolean;
            filters?: components["schemas"]["MeterFilterDto"][];
            /**
             * @description Properties by which usage may be broken down.
             * @example [
             *       "model"
             *     ]
             */
            groupBy?: string[];
            /**
             * @description Of a maximum: the largest value of each hour, day, … counts, and a period is their sum.
             * @enum {string}
             */
            bucket?: "month" | "day" | "hour" | "minute" | "week";
            rounding?: components["schemas"]["QuantityRoundingDto"];
            /**
             * @description What was measured lasts until another reading changes it: it is carried into the next period.
             * @example false
             */
            recurring?: boolean;
        };
        MeterResource: {
            /** @example input_tokens */
            key: string;
            /** @example Input tokens */
            name: string;
            /** @example llm_request */
            eventName: string;
            /**
             * @example sum
             * @enum {string}
             */
            aggregation: "max" | "count" | "sum" | "unique_count" | "latest" | "weighted_sum";
            /** @example context_tokens */
            valueProperty: string | null;
            valueExpression: string | null;
            roundEach: components["schemas"]["ReadingRoundingDto"] | null;
            /** @example false */
            allowNegative: boolean;
            filters: components["schemas"]["MeterFilterDto"][];
            /**
             * @example [
             *       "model"
             *     ]
             */
            groupBy: string[];
            recurring: boolean;
            /** @enum {string|null} */
            bucket: "month" | "day" | "hour" | "minute" | "week" | null;
            rounding: components["schemas"]["QuantityRoundingDto"] | null;
            archived: boolean;
        };
        UnitConversionDto: {
            multiplyBy?: string;
            /** @example 1000 */
            divideBy?: string;
            rounding?: components["schemas"]["QuantityRoundingDto"];
            /** @description Come off what was converted. */
            freeUnits?: string;
        };
        FlatPriceDto: {
            /**
             * @example flat
             * @enum {string}
             */
            model: "flat";
            /** @example 20.00 */
            amount: string;
            /** @description The least that one period costs. */
            minimum?: string;
            /** @description The most that one period costs. */
            maximum?: string;
            /**
             * @description How a line is rounded to minor units; `half_up` means half away from zero.
             * @example half_up
             * @enum {string}
             */
            rounding?: "half_up" | "half_even";
            /** @description What is measured turned into what is priced: multiplied, divided, rounded, less what is free. */
            conversion?: components["schemas"]["UnitConversionDto"];
        };
        PerUnitPriceDto: {
            /**
             * @example per_unit
             * @enum {string}
             */
            model: "per_unit";
            /** @example 0.000003 */
            unitAmount: string;
            /** @description The least that one period costs. */
            minimum?: string;
            /** @description The most that one period costs. */
            maximum?: string;
            /**
             * @description How a line is rounded to minor units; `half_up` means half away from zero.
             * @example half_up
             * @enum {string}
             */
            rounding?: "half_up" | "half_even";
            /** @description What is measured turned into what is priced: multiplied, divided, rounded, less what is free. */
            conversion?: components["schemas"]["UnitConversionDto"];
        };
        TierDto: {
            /**
             * @description Covers up to and including this; `null` in the last tier.
             * @example 200000
             */
            upTo: string | null;
            /** @example 0.000003 */
            unitAmount: string;
            /** @description Once, as soon as the tier is entered. */
            flatAmount?: string;
            /** @description Units are sold by whole blocks of this size, at `unitAmount` each: a begun one counts. */
            blockSize?: string;
        };
        GraduatedPriceDto: {
            /**
             * @example graduated
             * @enum {string}
             */
            model: "graduated";
            tiers: components["schemas"]["TierDto"][];
            /** @description Whether the first tier's flat amount is due although nothing was used. */
            flatFeeOnZero?: boolean;
            /** @description The least that one period costs. */
            minimum?: string;
            /** @description The most that one period costs. */
            maximum?: string;
            /**
             * @description How a line is rounded to minor units; `half_up` means half away from zero.
             * @example half_up
             * @enum {string}
             */
            rounding?: "half_up" | "half_even";
            /** @description What is measured turned into what is priced: multiplied, divided, rounded, less what is free. */
            conversion?: components["schemas"]["UnitConversionDto"];
        };
        VolumePriceDto: {
            /**
             * @example volume
             * @enum {string}
             */
            model: "volume";
            tiers: components["schemas"]["TierDto"][];
            /** @description Whether the first tier's flat amount is due although nothing was used. */
            flatFeeOnZero?: boolean;
            /** @description The least that one period costs. */
            minimum?: string;
            /** @description The most that one period costs. */
            maximum?: string;
            /**
             * @description How a line is rounded to minor units; `half_up` means half away from zero.
             * @example half_up
             * @enum {string}
             */
            rounding?: "half_up" | "half_even";
            /** @description What is measured turned into what is priced: multiplied, divided, rounded, less what is free. */
            conversion?: components["schemas"]["UnitConversionDto"];
        };
        PackagePriceDto: {
            /**
             * @example package
             * @enum {string}
             */
            model: "package";
            /**
             * @description Of one package.
             * @example 0.50
             */
            amount: string;
            /**
             * @description Units in a package; a begun one counts.
             * @example 100
             */
            size: string;
            /**
             * @description Come off first.
             * @example 100
             */
            freeUnits?: string;
            /** @description The least that one period costs. */
            minimum?: string;
            /** @description The most that one period costs. */
            maximum?: string;
            /**
             * @description How a line is rounded to minor units; `half_up` means half away from zero.
             * @example half_up
             * @enum {string}
             */
            rounding?: "half_up" | "half_even";
            /** @description What is measured turned into what is priced: multiplied, divided, rounded, less what is free. */
            conversion?: components["schemas"]["UnitConversionDto"];
        };
        PercentagePriceDto: {
            /**
             * @example percentage
             * @enum {string}
             */
            model: "percentage";
            /**
             * @description In percent of the quantity.
             * @example 2.9
             */
            rate: string;
            /**
             * @description For each reading.
             * @example 0.30
             */
            fixedAmount?: string;
            /** @description Of the quantity, this much is free. */
            freeUnits?: string;
            /** @description This many readings bear no fixed amount; where readings are priced one by one, they are free. */
            freeEvents?: string;
            /** @description The least that one reading costs. */
            eventMinimum?: string;
            /** @description The most that one reading costs. */
            eventMaximum?: string;
            /** @description The least that one period costs. */
            minimum?: string;
            /** @description The most that one period costs. */
            maximum?: string;
            /**
             * @description How a line is rounded to minor units; `half_up` means half away from zero.
             * @example half_up
             * @enum {string}
             */
            rounding?: "half_up" | "half_even";
            /** @description What is measured turned into what is priced: multiplied, divided, rounded, less what is free. */
            conversion?: components["schemas"]["UnitConversionDto"];
        };
        RateTierDto: {
            /**
             * @description Covers up to and including this; `null` in the last tier.
             * @example 10000
             */
            upTo: string | null;
            /**
             * @description In percent.
             * @example 1.5
             */
            rate: string;
            /** @description Once, as soon as the tier is entered. */
            flatAmount?: string;
        };
        GraduatedPercentagePriceDto: {
            /**
             * @example graduated_percentage
             * @enum {string}
             */
            model: "graduated_percentage";
            tiers: components["schemas"]["RateTierDto"][];
            /** @description Whether the first tier's flat amount is due although nothing was used. */
            flatFeeOnZero?: boolean;
            /** @description The least that one period costs. */
            minimum?: string;
            /** @description The most that one period costs. */
            maximum?: string;
            /**
             * @description How a line is rounded to minor units; `half_up` means half away from zero.
             * @example half_up
             * @enum {string}
             */
            rounding?: "half_up" | "half_even";
            /** @description What is measured turned into what is priced: multiplied, divided, rounded, less what is free. */
            conversion?: components["schemas"]["UnitConversionDto"];
        };
        CommittedPriceDto: {
            /** @description What is used beyond. */
            overage: components["schemas"]["FlatPriceDto"] | components["schemas"]["PerUnitPriceDto"] | components["schemas"]["GraduatedPriceDto"] | components["schemas"]["VolumePriceDto"] | components["schemas"]["PackagePriceDto"];
            /**
             * @example committed
             * @enum {string}
             */
            model: "committed";
            /** @example 1000 */
            committedUnits: string;
            /**
             * @description Due whether the units are used or not.
             * @example 100.00
             */
            amount: string;
            /** @description The least that one period costs. */
            minimum?: string;
            /** @description The most that one period costs. */
            maximum?: string;
            /**
             * @description How a line is rounded to minor units; `half_up` means half away from zero.
             * @example half_up
             * @enum {string}
             */
            rounding?: "half_up" | "half_even";
            /** @description What is measured turned into what is priced: multiplied, divided, rounded, less what is free. */
            conversion?: components["schemas"]["UnitConversionDto"];
        };
        MatrixCellDto: {
            /**
             * @description Property values that a reading has to have; none fit every reading.
             * @example {
             *       "model": "large",
             *       "region": "eu"
             *     }
             */
            match: {
                [key: string]: string;
            };
            /** @example 0.000012 */
            unitAmount: string;
        };
        MatrixPriceDto: {
            /**
             * @example matrix
             * @enum {string}
             */
            model: "matrix";
            /**
             * @description The properties that the price depends on.
             * @example [
             *       "model",
             *       "region"
             *     ]
             */
            dimensions: string[];
            /** @description The first cell that fits counts. What no cell fits is free. */
            cells: components["schemas"]["MatrixCellDto"][];
            /** @description The least that one period costs. */
            minimum?: string;
            /** @description The most that one period costs. */
            maximum?: string;
            /**
             * @description How a line is rounded to minor units; `half_up` means half away from zero.
             * @example half_up
             * @enum {string}
             */
            rounding?: "half_up" | "half_even";
            /** @description What is measured turned into what is priced: multiplied, divided, rounded, less what is free. */
            conversion?: components["schemas"]["UnitConversionDto"];
        };
        CurrencyOptionDto: {
            price: components["schemas"]["FlatPriceDto"] | components["schemas"]["PerUnitPriceDto"] | components["schemas"]["GraduatedPriceDto"] | components["schemas"]["VolumePriceDto"] | components["schemas"]["PackagePriceDto"] | components["schemas"]["PercentagePriceDto"] | components["schemas"]["GraduatedPercentagePriceDto"] | components["schemas"]["CommittedPriceDto"] | components["schemas"]["MatrixPriceDto"];
        };
        IntervalDto: {
            /**
             * @example month
             * @enum {string}
             */
            unit: "month" | "day" | "week" | "year";
            /** @example 1 */
            count: number;
        };
        ChargeDto: {
            price: components["schemas"]["FlatPriceDto"] | components["schemas"]["PerUnitPriceDto"] | components["schemas"]["GraduatedPriceDto"] | components["schemas"]["VolumePriceDto"] | components["schemas"]["PackagePriceDto"] | components["schemas"]["PercentagePriceDto"] | components["schemas"]["GraduatedPercentagePriceDto"] | components["schemas"]["CommittedPriceDto"] | components["schemas"]["MatrixPriceDto"];
            /**
             * @description The price for accounts in other currencies, by their codes: every charge of the plan names the same ones.
             * @example {
             *       "EUR": {
             *         "price": {
             *           "model": "per_unit",
             *           "unitAmount": "7.50"
             *         }
             *       }
             *     }
             */
            currencyOptions?: {
                [key: string]: components["schemas"]["CurrencyOptionDto"];
            };
            /** @example input_tokens */
            key: string;
            /**
             * @description What the invoice line says.
             * @example Input tokens
             */
            name: string;
            /**
             * @example usage
             * @enum {string}
             */
            kind: "recurring" | "usage" | "one_time";
            /**
             * @example in_arrears
             * @enum {string}
             */
            timing: "in_advance" | "in_arrears";
            /** @description When it differs from the plan's: a yearly fee with monthly usage. */
            interval?: components["schemas"]["IntervalDto"];
            /**
             * @description Of usage charges: over how long free units, tiers and limits last, where that is longer than an interval: a year's free units, billed by the
             *     month. A minimum is asked for when it is over.
             */
            allowanceInterval?: components["schemas"]["IntervalDto"];
            /**
             * @description Of usage charges: the key of the meter.
             * @example input_tokens
             */
            meter?: string;
            /**
             * @description How a part of a period is charged: by days (unless told), seconds, days of months that all have thirty, or whole.
             * @example day
             * @enum {string}
             */
            proration?: "day" | "none" | "second" | "fixed30";
        };
        PublishPlanDto: {
            /**
             * @example [
             *       {
             *         "key": "seats",
             *         "name": "Seats",
             *         "kind": "recurring",
             *         "timing": "in_advance",
             *         "price": {
             *           "model": "per_unit",
             *           "unitAmount": "8.00"
             *         },
             *         "proration": "day"
             *       },
             *       {
             *         "key": "input_tokens",
             *         "name": "Input tokens",
             *         "kind": "usage",
             *         "timing": "in_arrears",
             *         "meter": "input_tokens",
             *         "price": {
             *           "model": "graduated",
             *           "tiers": [
             *             {
             *               "upTo": "200000",
             *               "unitAmount": "0.000003"
             *             },
             *             {
             *               "upTo": null,
             *               "unitAmount": "0.000002"
             *             }
             *           ]
             *         },
             *         "proration": "none"
             *       }
             *     ]
             */
            charges: components["schemas"]["ChargeDto"][];
            /** @example llm-pro */
            key: string;
            /** @example LLM Pro */
            name: string;
            /** @example USD */
            currency: string;
            interval: components["schemas"]["IntervalDto"];
            /**
             * @description Local days for which its subscriptions are tried out.
             * @example 14
             */
            trialDays?: number;
            /** @description What the trial costs, in major units; free without. */
            trialPrice?: string;
            /** @description What it costs in the other currencies of its charges. */
            trialPrices?: {
                [key: string]: string;
            };
            /**
             * @description What becomes of an invoice on which every line is nothing, in place of the tenant's setting.
             * @example skip
             * @enum {string}
             */
            zeroInvoices?: "skip" | "issue";
        };
        PlanVersionDto: {
            /**
             * @example [
             *       {
             *         "key": "seats",
             *         "name": "Seats",
             *         "kind": "recurring",
             *         "timing": "in_advance",
             *         "price": {
             *           "model": "per_unit",
             *           "unitAmount": "8.00"
             *         },
             *         "proration": "day"
             *       },
             *       {
             *         "key": "input_tokens",
             *         "name": "Input tokens",
             *         "kind": "usage",
             *         "timing": "in_arrears",
             *         "meter": "input_tokens",
             *         "price": {
             *           "model": "graduated",
             *           "tiers": [
             *             {
             *               "upTo": "200000",
             *               "unitAmount": "0.000003"
             *             },
             *             {
             *               "upTo": null,
             *               "unitAmount": "0.000002"
             *             }
             *           ]
             *         },
             *         "proration": "none"
             *       }
             *     ]
             */
            charges: components["schemas"]["ChargeDto"][];
            /** @example LLM Pro */
            name: string;
            /** @example USD */
            currency: string;
            interval: components["schemas"]["IntervalDto"];
            /**
             * @description Local days for which its subscriptions are tried out.
             * @example 14
             */
            trialDays?: number;
            /** @description What the trial costs, in major units; free without. */
            trialPrice?: string;
            /** @description What it costs in the other currencies of its charges. */
            trialPrices?: {
                [key: string]: string;
            };
            /**
             * @description What becomes of an invoice on which every line is nothing, in place of the tenant's setting.
             * @example skip
             * @enum {string}
             */
            zeroInvoices?: "skip" | "issue";
        };
        PlanResource: {
            /**
             * @example [
             *       {
             *         "key": "seats",
             *         "name": "Seats",
             *         "kind": "recurring",
             *         "timing": "in_advance",
             *         "price": {
             *           "model": "per_unit",
             *           "unitAmount": "8.00"
             *         },
             *         "proration": "day"
             *       },
             *       {
             *         "key": "input_tokens",
             *         "name": "Input tokens",
             *         "kind": "usage",
             *         "timing": "in_arrears",
             *         "meter": "input_tokens",
             *         "price": {
             *           "model": "graduated",
             *           "tiers": [
             *             {
             *               "upTo": "200000",
             *               "unitAmount": "0.000003"
             *             },
             *             {
             *               "upTo": null,
             *               "unitAmount": "0.000002"
             *             }
             *           ]
             *         },
             *         "proration": "none"
             *       }
             *     ]
             */
            charges: components["schemas"]["ChargeDto"][];
            /** @example llm-pro */
            key: string;
            /** @example 1 */
            version: number;
            /** @example LLM Pro */
            name: string;
            /** @example USD */
            currency: string;
            interval: components["schemas"]["IntervalDto"];
            /**
             * @description 0 for none.
             * @example 14
             */
            trialDays: number;
            trialPrice: string | null;
            /**
             * @description By currency.
             * @example {
             *       "EUR": "4.50"
             *     }
             */
            trialPrices: {
                [key: string]: string;
            };
            /**
             * @description Null where the tenant's setting counts.
             * @example skip
             * @enum {string|null}
             */
            zeroInvoices: "skip" | "issue" | null;
            archived: boolean;
        };
        UsageWindowDto: {
            /**
             * @description How many days old a reading may be.
             * @example 400
             */
            pastDays: number;
            /**
             * @description How many hours ahead it may be.
             * @example 1
             */
            futureHours: number;
        };
        BillingSettingsResource: {
            /**
             * @example automatic
             * @enum {string}
             */
            billing: "automatic" | "manual";
            /**
             * @example auto
             * @enum {string}
             */
            finalize: "auto" | "grace";
            /** @example 0 */
            graceHours: number;
            /**
             * @example skip
             * @enum {string}
             */
            zeroInvoices: "skip" | "issue";
            usageWindow: components["schemas"]["UsageWindowDto"];
        };
        BillingSettingsDto: {
            /**
             * @description `automatic` bills when something falls due, `manual` only by billing runs.
             * @example automatic
             * @enum {string}
             */
            billing?: "automatic" | "manual";
            /**
             * @description `grace` keeps an invoice a draft for `graceHours`, then takes in late usage and issues it.
             * @example auto
             * @enum {string}
             */
            finalize?: "auto" | "grace";
            /** @example 0 */
            graceHours?: number;
            /**
             * @description `skip`: where every line of an invoice is nothing, none is made, and billing goes on.
             * @example skip
             * @enum {string}
             */
            zeroInvoices?: "skip" | "issue";
            usageWindow?: components["schemas"]["UsageWindowDto"];
        };
        InvoiceNumbersResource: {
            /** @example INV- */
            prefix: string;
            /** @example 6 */
            digits: number;
        };
        TenantSettingsResource: {
            /** @example tnt_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example Acme */
            name: string;
            /**
             * @description Who issues the invoices.
             * @example Acme GmbH
             */
            legalName: string | null;
            /** @example Europe/Berlin */
            timeZone: string;
            /** @example 30 */
            netTermsDays: number;
            invoiceNumbers: components["schemas"]["InvoiceNumbersResource"];
        };
        InvoiceNumbersDto: {
            /**
             * @description Letters, digits, `-`, `_`, `/`, `.`, `{year}` and `{month}` of the day of issue; it ends with neither of these nor a digit.
             * @example ACME-{year}-
             */
            prefix?: string;
            /**
             * @description How many digits the sequence has at the least.
             * @example 6
             */
            digits?: number;
        };
        TenantSettingsDto: {
            /** @example Acme */
            name?: string;
            /**
             * @description Who issues the invoices.
             * @example Acme GmbH
             */
            legalName?: string | null;
            /**
             * @description Of the books, and of new accounts that name no other.
             * @example Europe/Berlin
             */
            timeZone?: string;
            /**
             * @description Of new accounts that name no others.
             * @example 14
             */
            netTermsDays?: number;
            invoiceNumbers?: components["schemas"]["InvoiceNumbersDto"];
        };
        AddressDto: {
            /** @example 1 Analytical Way */
            line1?: string;
            /** @example Floor 2 */
            line2?: string;
            /** @example London */
            city?: string;
            /** @example Greater London */
            region?: string;
            /** @example N1 9GU */
            postalCode?: string;
            /**
             * @description ISO 3166-1 alpha-2.
             * @example GB
             */
            country?: string;
        };
        OpenAccountDto: {
            /**
             * @description Your own name for it, unique in your tenant; usable in every path as `external:<externalId>`.
             * @example cust-42
             */
            externalId?: string;
            /** @example Ada Lovelace Ltd */
            name: string;
            /**
             * Format: email
             * @example billing@ada.example
             */
            email?: string;
            /**
             * @description ISO 4217; the account's for good.
             * @example USD
             */
            currency: string;
            /**
             * @description IANA time zone in which its periods turn.
             * @example UTC
             */
            timeZone?: string;
            billingAddress?: components["schemas"]["AddressDto"];
            /** @example GB123456789 */
            taxId?: string;
            /** @example false */
            taxExempt?: boolean;
            /**
             * @description Days between issue and due.
             * @example 30
             */
            netTermsDays?: number;
            /** @description The account that this one belongs to. */
            parentAccountId?: string;
            /**
             * @description For trying things out: it is in no report, and its invoices have numbers of their own.
             * @example false
             */
            test?: boolean;
            /** @description The test clock that a test account, or one of a test tenant, lives by; without it, that of the test tenant. */
            testClockId?: string;
            /**
             * @description Yours, stored as it is and never erased: no personal data here.
             * @example {
             *       "tier": "gold"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        AccountResource: {
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example cust-42 */
            externalId: string | null;
            /**
             * @description Null once the person was erased.
             * @example Ada Lovelace Ltd
             */
            name: string | null;
            /** @example billing@ada.example */
            email: string | null;
            /**
             * @example {
             *       "line1": "1 Analytical Way",
             *       "city": "London",
             *       "postalCode": "N1 9GU",
             *       "country": "GB"
             *     }
             */
            billingAddress: components["schemas"]["AddressDto"] | null;
            /** @example GB123456789 */
            taxId: string | null;
            /** @example false */
            taxExempt: boolean;
            /** @example USD */
            currency: string;
            /** @example UTC */
            timeZone: string;
            /** @example 30 */
            netTermsDays: number;
            parentAccountId: string | null;
            /**
             * @description In no report.
             * @example false
             */
            test: boolean;
            /** @description The test clock that it lives by. */
            testClockId: string | null;
            /**
             * @example {
             *       "tier": "gold"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * @example open
             * @enum {string}
             */
            status: "closed" | "open";
            /** @example 2026-01-31T09:30:00Z */
            openedAt: string;
            /** @description When its personal data was erased: all of it is null since, whatever time is asked for. */
            erasedAt: string | null;
        };
        ChangeAccountDto: {
            /**
             * @description Another name of your own for it; the old one is free, and names it no more.
             * @example cust-42
             */
            externalId?: string | null;
            /** @example Ada Lovelace plc */
            name?: string;
            /**
             * Format: email
             * @example accounts@ada.example
             */
            email?: string | null;
            billingAddress?: components["schemas"]["AddressDto"] | null;
            /** @example GB123456789 */
            taxId?: string | null;
            /** @example true */
            taxExempt?: boolean;
            /** @example 14 */
            netTermsDays?: number;
            /**
             * @description Subscriptions that are created later turn in it; those that run keep theirs.
             * @example Europe/Berlin
             */
            timeZone?: string;
            /** @description The account that this one belongs to, for lists and reports: each is billed by itself. Not one that belongs to this. */
            parentAccountId?: string | null;
            /**
             * @description Texts to set beside those that are there; `null` removes one, or all.
             * @example {
             *       "tier": "silver",
             *       "region": null
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            } | null;
        };
        CloseAccountDto: {
            /** @example moved to a competitor */
            reason?: string;
        };
        EraseAccountDto: {
            /**
             * @description Also erases what issued invoices say of the person; refused until ten years after the last one.
             * @example false
             */
            documents?: boolean;
            /**
             * @description Kept in the log for ever: say nothing of the person here.
             * @example asked for by the person, ticket 4711
             */
            reason?: string;
        };
        TierOverrideDto: {
            /**
             * @description Counted from 1.
             * @example 1
             */
            tier: number;
            /** @example 0.000002 */
            unitAmount?: string;
            flatAmount?: string;
        };
        PriceOverrideDto: {
            price?: components["schemas"]["FlatPriceDto"] | components["schemas"]["PerUnitPriceDto"] | components["schemas"]["GraduatedPriceDto"] | components["schemas"]["VolumePriceDto"] | components["schemas"]["PackagePriceDto"] | components["schemas"]["PercentagePriceDto"] | components["schemas"]["GraduatedPercentagePriceDto"] | components["schemas"]["CommittedPriceDto"] | components["schemas"]["MatrixPriceDto"];
            /** @description Tiers with other amounts; what is not named stays. */
            tiers?: components["schemas"]["TierOverrideDto"][];
            /** @description The least that one period costs. */
            minimum?: string;
            /** @description The most that one period costs. */
            maximum?: string;
            /** @enum {string} */
            rounding?: "half_up" | "half_even";
            /**
             * @description Taken off before any limit, in hundredths of a percent: 1,250 are 12.5 %.
             * @example 1000
             */
            discountBasisPoints?: number;
        };
        AnchorDto: {
            /**
             * @description The day of the month on which periods turn; short months use their last day.
             * @example 1
             */
            day?: number;
            /**
             * @example subscription
             * @enum {string}
             */
            align?: "account" | "subscription" | "calendar";
        };
        SubscriptionResource: {
            /**
             * @description What was agreed apart from the plan, by charge.
             * @example {
             *       "seats": {
             *         "discountBasisPoints": 1000
             *       }
             *     }
             */
            overrides: {
                [key: string]: components["schemas"]["PriceOverrideDto"];
            };
            /** @example sub_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example sub-42 */
            externalId: string | null;
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /** @example llm-pro */
            plan: string;
            /** @example 1 */
            planVersion: number;
            /**
             * @example active
             * @enum {string}
             */
            status: "pending" | "active" | "canceled" | "ended" | "paused" | "trialing";
            /** @example 2026-01-01T00:00:00Z */
            startAt: string;
            /** @example 2026-01-01T00:00:00Z */
            activatedAt: string | null;
            /** @description Where it begins with a trial. */
            trialEndsAt: string | null;
            /** @description Its end, once that is known. */
            endsAt: string | null;
            anchor: components["schemas"]["AnchorDto"];
            /** @example UTC */
            timeZone: string;
            /**
             * @example automatic
             * @enum {string}
             */
            activation: "automatic" | "manual";
            /**
             * @example {
             *       "seats": "5"
             *     }
             */
            quantities: {
                [key: string]: string;
            };
            /**
             * @example {
             *       "tier": "gold"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * @description When the earliest thing that is not billed yet falls due.
             * @example 2026-02-01T00:00:00Z
             */
            nextBillAt: string | null;
        };
        PeriodResource: {
            /** @example 2026-01-01T00:00:00Z */
            start: string;
            /**
             * @description Not included.
             * @example 2026-02-01T00:00:00Z
             */
            end: string;
        };
        MoneyDto: {
            /** @example 24.55 */
            amount: string;
            /** @example USD */
            currency: string;
        };
        ProrationResource: {
            /** @example day */
            basis: string;
            /** @example 17 */
            numerator: number;
            /** @example 31 */
            denominator: number;
        };
        OtherPartsResource: {
            /** @example 480 */
            numerator: string;
            /** @example 31 */
            denominator: string;
        };
        RatingStepResource: {
            /** @example 1 */
            tier?: number;
            /** @example 200000 */
            quantity?: string;
            /**
             * @description What the quantity was before it was converted.
             * @example 7400
             */
            convertedFrom?: string;
            /**
             * @description The units that chose the tier, where those priced were held for a part of the period.
             * @example 300
             */
            held?: string;
            /** @example 0.000003 */
            unitAmount?: string;
            /**
             * @description In percent of the quantity.
             * @example 2.9
             */
            rate?: string;
            /** @description Once, for the whole or for entering a tier. */
            flat?: string;
            /**
             * @description Property values of the readings that the quantity is of.
             * @example {
             *       "model": "large"
             *     }
             */
            group?: {
                [key: string]: string;
            };
            /**
             * @description Which limit of the price was reached.
             * @enum {string}
             */
            limit?: "minimum" | "maximum";
            /**
             * @description What was taken off, in basis points.
             * @example 1000
             */
            discount?: number;
            /** @example 0.6 */
            amount: string;
        };
        InvoiceLineResource: {
            /** @example lin_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /**
             * @example usage
             * @enum {string}
             */
            kind: "recurring" | "usage" | "one_time" | "late_usage" | "correction" | "one_off";
            /**
             * @description All but items.
             * @example input_tokens
             */
            charge?: string;
            /** @example Input tokens */
            description: string;
            period: components["schemas"]["PeriodResource"];
            /** @example 561229 */
            quantity: string;
            /**
             * @description Where one price holds for the whole quantity.
             * @example 0.5
             */
            unitAmount?: string;
            amount: components["schemas"]["MoneyDto"];
            taxAmount: components["schemas"]["MoneyDto"];
            /**
             * @description All but items.
             * @example sub_01j9zq6e4hf0fvwpn5t5jzq3cd
             */
            subscriptionId?: string;
            /**
             * @description Of an item.
             * @example itm_01j9zq6e4hf0fvwpn5t5jzq3cd
             */
            invoiceItemId?: string;
            /**
             * @description Of an item.
             * @example {
             *       "order": "4711"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * @description Why somebody added it to the draft.
             * @example agreed by phone
             */
            reason?: string;
            /**
             * @description The line that it brings to another amount.
             * @example lin_01j9zq6e4hf0fvwpn5t5jzq3cd
             */
            adjusts?: string;
            /** @description The part of a whole period that is charged. */
            proration?: components["schemas"]["ProrationResource"];
            /** @description Of usage: its part of what the price says of the period, where other terms have the rest. */
            part?: components["schemas"]["ProrationResource"];
            /** @description Stretches within the period that are not billed by it: a pause, or other terms. */
            gaps?: components["schemas"]["PeriodResource"][];
            /** @description What all else that is billed of the period comes to, exact, in major units: the parts of a period are rounded as one. */
            otherParts?: components["schemas"]["OtherPartsResource"];
            /** @description What was agreed of the price apart from the plan. */
            override?: components["schemas"]["PriceOverrideDto"];
            /**
             * @description Of usage: the last revision of the account's usage stream that was counted.
             * @example 484
             */
            cut?: number;
            /** @description How the whole quantity is priced, in major units, before proration and rounding. */
            steps: components["schemas"]["RatingStepResource"][];
            /** @description What lines before this one bill for the same charge and period. */
            billedBefore: components["schemas"]["MoneyDto"];
            /**
             * @description Those lines.
             * @example []
             */
            priorLines: string[];
        };
        InvoiceResource: {
            lines: components["schemas"]["InvoiceLineResource"][];
            /** @example inv_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /**
             * @description Assigned a moment after finalization, without gaps.
             * @example INV-000042
             */
            number: string | null;
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /** @example run_01j9zq6e4hf0fvwpn5t5jzq3cd */
            billingRunId: string | null;
            /**
             * @example open
             * @enum {string}
             */
            status: "open" | "paid" | "void" | "draft" | "uncollectible";
            /** @example USD */
            currency: string;
            period: components["schemas"]["PeriodResource"];
            /** @example 2026-02-01 */
            issueDate: string | null;
            /** @example 2026-03-03 */
            dueOn: string | null;
            overdue: boolean;
            subtotal: components["schemas"]["MoneyDto"];
            taxTotal: components["schemas"]["MoneyDto"];
            total: components["schemas"]["MoneyDto"];
            amountPaid: components["schemas"]["MoneyDto"];
            /** @description Customer credit applied to it. */
            amountCredited: components["schemas"]["MoneyDto"];
            amountDue: components["schemas"]["MoneyDto"];
        };
        PaymentAllocationResource: {
            /** @example inv_01j9zq6e4hf0fvwpn5t5jzq3cd */
            invoiceId: string;
            amount: components["schemas"]["MoneyDto"];
        };
        PaymentResource: {
            /** @example pay_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            amount: components["schemas"]["MoneyDto"];
            /** @example bank_transfer */
            method: string;
            /** @example RF18 5390 0754 7034 */
            reference: string | null;
            /** @example 2026-02-03 */
            receivedOn: string;
            /**
             * @example received
             * @enum {string}
             */
            status: "received" | "reversed";
            reversedOn: string | null;
            /** @description What of it was paid back. */
            amountRefunded: components["schemas"]["MoneyDto"];
            /** @description What it settled; the rest became customer credit. */
            allocations: components["schemas"]["PaymentAllocationResource"][];
        };
        LedgerAccountResource: {
            /**
             * @example receivable
             * @enum {string}
             */
            code: "receivable" | "cash" | "deferred_revenue" | "customer_credit" | "wallet" | "tax_payable" | "revenue" | "bad_debt" | "promotion_expense";
            /**
             * @example asset
             * @enum {string}
             */
            type: "revenue" | "asset" | "liability" | "expense";
            /**
             * @description The side on which it grows.
             * @example debit
             * @enum {string}
             */
            normalSide: "credit" | "debit";
            debitsPosted: components["schemas"]["MoneyDto"];
            creditsPosted: components["schemas"]["MoneyDto"];
            /** @description Reserved by pending transfers, not moved yet. */
            debitsPending: components["schemas"]["MoneyDto"];
            creditsPending: components["schemas"]["MoneyDto"];
            /** @description Positive on the normal side. */
            balance: components["schemas"]["MoneyDto"];
        };
        AccountStateResource: {
            /**
             * @description Revision of the account that this is the state at.
             * @example 7
             */
            revision: number;
            /**
             * @description Position of that revision in the log.
             * @example 4711
             */
            position: string;
            /**
             * @description When the log learned of it.
             * @example 2026-02-03T09:30:00Z
             */
            recordedAt: string;
            account: components["schemas"]["AccountResource"];
            subscriptions: components["schemas"]["SubscriptionResource"][];
            invoices: components["schemas"]["InvoiceResource"][];
            payments: components["schemas"]["PaymentResource"][];
            ledgerAccounts: components["schemas"]["LedgerAccountResource"][];
        };
        StartTestClockDto: {
            /** @example A year in the life */
            name?: string;
            /**
             * @description What the clock shows at first.
             * @example 2026-01-01T00:00:00Z
             */
            startAt: string;
        };
        AdvanceTestClockDto: {
            /**
             * @description Not before what the clock shows, and at most two years after it.
             * @example 2026-02-01T00:00:00Z
             */
            to: string;
        };
        TestClockResource: {
            /** @example clk_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example A year in the life */
            name: string | null;
            /** @example 2026-01-01T00:00:00Z */
            startedFrom: string;
            /**
             * @description Whether it is what the tenant goes by, and each account that names no other.
             * @example false
             */
            default: boolean;
            /**
             * @description What it shows.
             * @example 2026-02-01T00:00:00Z
             */
            now: string;
            /**
             * @description Whether something that fell due by then is still to be done.
             * @example ready
             * @enum {string}
             */
            status: "ready" | "advancing";
        };
        UsageWindowResource: {
            /** @example 2026-01-01T00:00:00Z */
            start: string;
            /** @example 2026-02-01T00:00:00Z */
            end: string;
            /** @example 561229 */
            quantity: string;
            /**
             * @description Readings that were counted.
             * @example 485
             */
            count: number;
            /**
             * @example {
             *       "model": "large"
             *     }
             */
            group: {
                [key: string]: unknown;
            };
        };
        UsageReportResource: {
            /** @example input_tokens */
            meter: string;
            /** @description Windows without readings are left out. */
            data: components["schemas"]["UsageWindowResource"][];
            /**
             * @description Measured over the whole stretch anew, never a sum of windows or groups.
             * @example 561229
             */
            total: string;
        };
        BookResource: {
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            ledgerAccounts: components["schemas"]["LedgerAccountResource"][];
        };
        LinkedTransferDto: {
            /** @description Your own choice of a `tfr_…` id: the same one again is the same transfer, or a conflict. */
            id?: string;
            /**
             * @example cash
             * @enum {string}
             */
            debit: "receivable" | "cash" | "deferred_revenue" | "customer_credit" | "wallet" | "tax_payable" | "revenue" | "bad_debt" | "promotion_expense";
            /**
             * @example wallet
             * @enum {string}
             */
            credit: "receivable" | "cash" | "deferred_revenue" | "customer_credit" | "wallet" | "tax_payable" | "revenue" | "bad_debt" | "promotion_expense";
            /** @description With a balancing flag, the most that may move. */
            amount: components["schemas"]["MoneyDto"];
            /**
             * @example [
             *       "pending"
             *     ]
             */
            flags?: ("pending" | "linked" | "post_pending" | "void_pending" | "balancing_debit" | "balancing_credit" | "closing_debit" | "closing_credit")[];
            /**
             * @description How long a pending transfer waits; for ever unless named.
             * @example 3600
             */
            timeoutSeconds?: number;
        };
        TransferDto: {
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
            /**
             * @description Transfers that follow this one and stand or fall with it.
             * @example []
             */
            linked?: components["schemas"]["LinkedTransferDto"][];
            /** @description Your own choice of a `tfr_…` id: the same one again is the same transfer, or a conflict. */
            id?: string;
            /**
             * @example cash
             * @enum {string}
             */
            debit: "receivable" | "cash" | "deferred_revenue" | "customer_credit" | "wallet" | "tax_payable" | "revenue" | "bad_debt" | "promotion_expense";
            /**
             * @example wallet
             * @enum {string}
             */
            credit: "receivable" | "cash" | "deferred_revenue" | "customer_credit" | "wallet" | "tax_payable" | "revenue" | "bad_debt" | "promotion_expense";
            /** @description With a balancing flag, the most that may move. */
            amount: components["schemas"]["MoneyDto"];
            /**
             * @example [
             *       "pending"
             *     ]
             */
            flags?: ("pending" | "linked" | "post_pending" | "void_pending" | "balancing_debit" | "balancing_credit" | "closing_debit" | "closing_credit")[];
            /**
             * @description How long a pending transfer waits; for ever unless named.
             * @example 3600
             */
            timeoutSeconds?: number;
        };
        PostTransferDto: {
            /** @description All of it unless named; the rest is given back. */
            amount?: components["schemas"]["MoneyDto"];
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
        };
        VoidTransferDto: {
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
        };
        CreateSubscriptionDto: {
            /**
             * @description Prices and discounts that were agreed apart from the plan, by charge.
             * @example {
             *       "seats": {
             *         "discountBasisPoints": 1000
             *       }
             *     }
             */
            overrides?: {
                [key: string]: components["schemas"]["PriceOverrideDto"];
            };
            /**
             * @description `acc_…` or `external:<externalId>`.
             * @example external:cust-42
             */
            accountId: string;
            /** @example llm-pro */
            plan: string;
            /**
             * @description The latest unless named.
             * @example 1
             */
            planVersion?: number;
            /**
             * @description Your own name for it, unique in your tenant.
             * @example sub-42
             */
            externalId?: string;
            /**
             * @description Now unless named. What lies in the past is billed by the next billing run.
             * @example 2026-01-01T00:00:00Z
             */
            startAt?: string;
            anchor?: components["schemas"]["AnchorDto"];
            /**
             * @description `manual` waits for `/activate`.
             * @example automatic
             * @enum {string}
             */
            activation?: "automatic" | "manual";
            /**
             * @description Units per recurring charge.
             * @example {
             *       "seats": "5"
             *     }
             */
            quantities?: {
                [key: string]: string;
            };
            /**
             * @description Local days for which it is tried out, in place of the plan's; 0 for none.
             * @example 14
             */
            trialDays?: number;
            /** @description What the trial costs, in place of the plan's; free without. */
            trialPrice?: string;
            /**
             * @description Another system has billed it up to here: what was over, or paid in advance, by then is not billed again.
             * @example 2026-02-01T00:00:00Z
             */
            billedThrough?: string;
            /**
             * @description Yours, stored as it is and never erased: no personal data here.
             * @example {
             *       "opportunity": "006-42"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
        };
        ChangeSubscriptionDto: {
            /**
             * @description Texts to set beside those that are there; `null` removes one, or all.
             * @example {
             *       "opportunity": "006-43",
             *       "owner": null
             *     }
             */
            metadata?: {
                [key: string]: unknown;
            } | null;
        };
        ActivateSubscriptionDto: {
            /**
             * @description Now, or its start if that lies ahead, unless named.
             * @example 2026-01-01T00:00:00Z
             */
            at?: string;
        };
        CancelSubscriptionDto: {
            /** @description Comes back in place of `credit`, at an end that is not ahead, by an invoice of its own. */
            creditAmount?: components["schemas"]["MoneyDto"];
            /**
             * @description `now`, `period_end` or an instant, which may be in the past.
             * @example period_end
             */
            at: string;
            /**
             * @description What comes back: the unused part of what was billed in advance, nothing, or all that was sold of the period that the end falls into,
             *     one-time charges of a first period among it.
             * @example prorated
             * @enum {string}
             */
            credit?: "none" | "prorated" | "full";
            /**
             * @description `false`: what falls due with the end or later, such as usage, is never billed.
             * @example true
             */
            finalBill?: boolean;
            /** @example too expensive */
            reason?: string;
        };
        ChangePlanDto: {
            /**
             * @description Prices and discounts of the charges that are named, in place of what was agreed of them; null takes it back. Others stay.
             * @example {
             *       "seats": {
             *         "discountBasisPoints": 1000
             *       }
             *     }
             */
            overrides?: {
                [key: string]: components["schemas"]["PriceOverrideDto"] | null;
            };
            /**
             * @description Another plan, or the latest version of the same.
             * @example llm-pro
             */
            plan?: string;
            /** @description The latest, where only the plan is named. */
            planVersion?: number;
            /**
             * @description Units of the charges that are named; those of others stay.
             * @example {
             *       "seats": "8"
             *     }
             */
            quantities?: {
                [key: string]: string;
            };
            /**
             * @description `now`, `period_end` or an instant, which may be in the past.
             * @example now
             */
            at: string;
            /**
             * @description How what recurs goes over: `prorated` or `now` (by time, billed at once), `next_invoice` (by time, with the next regular invoice),
             *     `none` (with its next period; usage at once), `full_difference` (the period is sold whole on the new terms).
             * @example prorated
             * @enum {string}
             */
            proration?: "none" | "prorated" | "now" | "full_difference" | "next_invoice";
            /**
             * @description `restart`: a new period begins with the change, and the next ones turn on its day.
             * @example keep
             * @enum {string}
             */
            billingCycle?: "restart" | "keep";
            /**
             * @description `restart`: free units, tiers and limits of usage begin anew with the change.
             * @example continue
             * @enum {string}
             */
            allowances?: "restart" | "continue";
            /** @description Answers what would be given back and charged, and writes nothing. */
            dryRun?: boolean;
        };
        PauseSubscriptionDto: {
            /**
             * @description Now, unless named; `period_end` or an instant, which may be in the past.
             * @example now
             */
            at?: string;
            /**
             * @description It resumes by itself then.
             * @example 2027-01-01T00:00:00Z
             */
            until?: string;
            /**
             * @description What happens to the part of what was billed in advance that is paused.
             * @example prorated
             * @enum {string}
             */
            credit?: "none" | "prorated";
        };
        ResumeSubscriptionDto: {
            /**
             * @description Now, unless named; `period_end` or an instant, which may be in the past.
             * @example now
             */
            at?: string;
        };
        ScheduledChangeResource: {
            /**
             * @description What is agreed apart from the plan by then, by charge.
             * @example {
             *       "seats": {
             *         "discountBasisPoints": 1000
             *       }
             *     }
             */
            overrides: {
                [key: string]: components["schemas"]["PriceOverrideDto"];
            } | null;
            /** @example 0190d5c8-3f0e-5d7a-9a51-0f2f6a1d7c11 */
            id: string;
            /**
             * @example plan
             * @enum {string}
             */
            kind: "pause" | "resume" | "quantity" | "plan" | "cancel";
            /** @example 2027-01-01T00:00:00Z */
            effectiveFrom: string;
            /**
             * @description Of another plan.
             * @example llm-pro
             */
            plan: string | null;
            /** @example 1 */
            planVersion: number | null;
            /**
             * @description Units by then.
             * @example {
             *       "seats": "8"
             *     }
             */
            quantities: {
                [key: string]: string;
            } | null;
            /** @description Of a pause that ends by itself. */
            until: string | null;
            /**
             * @description Of what was billed in advance.
             * @example prorated
             * @enum {string|null}
             */
            proration: "none" | "prorated" | "full" | "full_difference" | null;
            /** @example 2026-12-11T09:30:00Z */
            recordedAt: string;
        };
        ViolationResource: {
            /**
             * @description JSON pointer to it; headers are under `/headers`.
             * @example /currency
             */
            pointer: string;
            /** @example unknown_currency */
            code: string;
            /** @example This is an ISO 4217 currency code. */
            message: string;
        };
        UsageResultResource: {
            /**
             * @description As it was sent; null where there is none that could be read.
             * @example req-1
             */
            id: string | null;
            /**
             * @description `accepted` is durable; a `duplicate` says what the first one with its id says.
             * @example accepted
             * @enum {string}
             */
            status: "accepted" | "duplicate" | "rejected";
            /**
             * @description Why it was rejected.
             * @example account_not_found
             */
            code?: string;
            /** @example There is no such account. */
            message?: string;
            /**
             * @description Where in the request it is wrong, of one that is no usage event.
             * @example [
             *       {
             *         "pointer": "/events/1/at",
             *         "code": "invalid_instant",
             *         "message": "“2026-02-30T00:00:00Z” is not a moment that exists."
             *       }
             *     ]
             */
            errors?: components["schemas"]["ViolationResource"][];
            /** @description The id of the reading, where it is not the one that was sent: of a CloudEvent, its source and id. */
            readingId?: string;
            /** @description Of a stream, counted from 1. */
            line?: number;
        };
        UsageCountsResource: {
            /** @example 1 */
            accepted: number;
            /** @example 0 */
            duplicates: number;
            /** @example 1 */
            rejected: number;
        };
        UsagePositionResource: {
            /** @example 4711 */
            position: string;
        };
        UsageRecordingResource: {
            /**
             * @description In the order of the events; of a stream of lines, the first 1,000 that were rejected.
             * @example [
             *       {
             *         "id": "req-1",
             *         "status": "accepted"
             *       },
             *       {
             *         "id": "req-2",
             *         "status": "rejected",
             *         "code": "account_not_found",
             *         "message": "There is no such account."
             *       }
             *     ]
             */
            results: components["schemas"]["UsageResultResource"][];
            counts: components["schemas"]["UsageCountsResource"];
            log: components["schemas"]["UsagePositionResource"];
        };
        ReadingResource: {
            /** @example req-1 */
            id: string;
            /** @example llm_request */
            event: string;
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /** @example 2026-01-15T10:30:00Z */
            at: string;
            /**
             * @example {
             *       "context_tokens": "374"
             *     }
             */
            properties: {
                [key: string]: string;
            };
            subscriptionId: string | null;
            /** @example 2026-01-15T10:30:01Z */
            recordedAt: string;
            /**
             * @description What was retracted counts no more.
             * @example recorded
             * @enum {string}
             */
            status: "recorded" | "retracted" | "amended";
            /** @description Why it was amended or retracted. */
            reason: string | null;
        };
        AmendReadingDto: {
            /**
             * @description All that the reading says now. Numbers keep all their digits; what is null is as if it were not there.
             * @example {
             *       "context_tokens": "512"
             *     }
             */
            properties: {
                [key: string]: string | number | boolean | null;
            };
            /**
             * @description Kept with the correction.
             * @example The gateway counted the prompt twice.
             */
            reason: string;
        };
        RetractReadingDto: {
            /**
             * @description Kept with the correction.
             * @example A load test.
             */
            reason: string;
        };
        StartBillingRunDto: {
            /**
             * @description Everything due up to this instant is billed.
             * @example 2026-02-01T00:00:00Z
             */
            billThrough: string;
            /**
             * @description Only these accounts: `acc_…` or `external:<externalId>`.
             * @example [
             *       "external:cust-42"
             *     ]
             */
            accounts?: string[];
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
        };
        RunFailureResource: {
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /** @example account_closed */
            code: string;
            /** @example The account is closed. */
            detail: string;
        };
        RunAccountsResource: {
            /**
             * @description That had something to bill.
             * @example 40
             */
            due: number;
            /** @example 40 */
            billed: number;
            /** @example 0 */
            failed: number;
        };
        BillingRunResource: {
            failures: components["schemas"]["RunFailureResource"][];
            /** @description Of a dry run: the invoices that the run would make. Their ids are not kept. */
            preview?: components["schemas"]["InvoiceResource"][];
            /** @example run_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /**
             * @example completed
             * @enum {string}
             */
            status: "running" | "completed";
            /** @example 2026-02-01T00:00:00Z */
            billThrough: string;
            /** @example 2026-02-01T00:05:00Z */
            startedAt: string;
            /** @example 2026-02-01T00:05:02Z */
            completedAt: string | null;
            accounts: components["schemas"]["RunAccountsResource"];
            /** @example 40 */
            invoices: number;
            /** @description One per currency. */
            totals: components["schemas"]["MoneyDto"][];
        };
        DryRunDto: {
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
        };
        VoidInvoiceDto: {
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
            /**
             * @description Whether what it billed is due again; `false` gives that up for good.
             * @example true
             */
            billAgain?: boolean;
            /** @example wrong address */
            reason?: string;
        };
        ReasonDto: {
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
            /** @example wrong address */
            reason?: string;
        };
        ReceivePaymentDto: {
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
            amount: components["schemas"]["MoneyDto"];
            /**
             * @description Your word for how it came in; not the name of a ledger account other than `cash`.
             * @example bank_transfer
             */
            method?: string;
            /**
             * @description What the bank statement says.
             * @example RF18 5390 0754 7034
             */
            reference?: string;
            /**
             * @description Today unless named; not ahead of today, nor more than ten years back.
             * @example 2026-02-03
             */
            receivedOn?: string;
        };
        AddDraftLineDto: {
            /** @description For the whole, instead of `unitAmount`; below zero to give something back. */
            amount?: components["schemas"]["MoneyDto"];
            /**
             * @description Why: it stands on the line.
             * @example agreed by phone
             */
            reason: string;
            /**
             * @description What the invoice says.
             * @example Setup
             */
            description: string;
            /**
             * @description With `unitAmount`: how many; 1 unless named.
             * @example 3
             */
            quantity?: string;
            /**
             * @description For each, in major units of the account's currency, rounded once for all; below zero to give something back.
             * @example 50.00
             */
            unitAmount?: string;
            /**
             * @description Yours, stored as it is and never erased: no personal data here.
             * @example {
             *       "order": "4711"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
        };
        ChangeDraftLineDto: {
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
            /** @description What the line is to come to, tax apart; nothing at all drops it. */
            amount: components["schemas"]["MoneyDto"];
            /**
             * @description Why: it stands on the line that does it.
             * @example agreed by phone
             */
            reason: string;
        };
        AddInvoiceItemDto: {
            /** @description For the whole, instead of `unitAmount`; below zero to give something back. */
            amount?: components["schemas"]["MoneyDto"];
            /**
             * @description The next invoice of the account, whenever that is, or one of its own that is issued at once.
             * @example next_invoice
             * @enum {string}
             */
            on?: "next_invoice" | "own_invoice";
            /**
             * @description What the invoice says.
             * @example Setup
             */
            description: string;
            /**
             * @description With `unitAmount`: how many; 1 unless named.
             * @example 3
             */
            quantity?: string;
            /**
             * @description For each, in major units of the account's currency, rounded once for all; below zero to give something back.
             * @example 50.00
             */
            unitAmount?: string;
            /**
             * @description Yours, stored as it is and never erased: no personal data here.
             * @example {
             *       "order": "4711"
             *     }
             */
            metadata?: {
                [key: string]: string;
            };
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
        };
        InvoiceItemResource: {
            /** @example itm_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example Setup */
            description: string;
            /** @example 3 */
            quantity: string;
            /**
             * @description Where the price was named for each.
             * @example 50.00
             */
            unitAmount?: string;
            amount: components["schemas"]["MoneyDto"];
            /**
             * @example next_invoice
             * @enum {string}
             */
            on: "next_invoice" | "own_invoice";
            /**
             * @example {
             *       "order": "4711"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /** @example 2026-01-15T09:00:00Z */
            addedAt: string;
            /** @description That bills it; null while it waits for one. */
            invoiceId: string | null;
        };
        RefundPaymentDto: {
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
            /** @example wrong address */
            reason?: string;
            /**
             * @description Beyond the credit that is there: what the payment settled is owed again.
             * @example false
             */
            reopenInvoices?: boolean;
            /** @description All that is there unless named. */
            amount?: components["schemas"]["MoneyDto"];
        };
        AllocationDto: {
            /** @example inv_01j9zq6e4hf0fvwpn5t5jzq3cd */
            invoiceId: string;
            /** @description All that it is owed, as far as the money reaches, unless named. */
            amount?: components["schemas"]["MoneyDto"];
        };
        ReceiveAccountPaymentDto: {
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
            amount: components["schemas"]["MoneyDto"];
            /**
             * @description Your word for how it came in; not the name of a ledger account other than `cash`.
             * @example bank_transfer
             */
            method?: string;
            /**
             * @description What the bank statement says.
             * @example RF18 5390 0754 7034
             */
            reference?: string;
            /**
             * @description Today unless named; not ahead of today, nor more than ten years back.
             * @example 2026-02-03
             */
            receivedOn?: string;
            /** @description The invoices that it is for. */
            allocations?: components["schemas"]["AllocationDto"][];
            /**
             * @description What the money does that no allocation names: it settles open invoices, the oldest due first, or it waits as credit for the next one.
             * @example oldest_due
             * @enum {string}
             */
            allocate?: "none" | "oldest_due";
        };
        RefundCreditDto: {
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
            /** @example wrong address */
            reason?: string;
            /** @description All that is there unless named. */
            amount?: components["schemas"]["MoneyDto"];
        };
        ApplyCreditDto: {
            /**
             * @description Answers what would happen, and writes nothing.
             * @example false
             */
            dryRun?: boolean;
            /** @description Open invoices, the oldest due first, unless some are named. */
            allocations?: components["schemas"]["AllocationDto"][];
        };
        RefundResource: {
            /** @example rfd_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /**
             * @description The payment that it pays back; none where it pays out credit.
             * @example pay_01j9zq6e4hf0fvwpn5t5jzq3cd
             */
            paymentId: string | null;
            amount: components["schemas"]["MoneyDto"];
            /** @description How much of it came out of customer credit; for the rest, invoices are owed again. */
            fromCredit: components["schemas"]["MoneyDto"];
            /** @example closes the account */
            reason: string | null;
            /** @example 2026-02-10 */
            issuedOn: string;
        };
        MrrMovementsResource: {
            /**
             * @example {
             *       "amount": "800.00",
             *       "currency": "USD"
             *     }
             */
            new: components["schemas"]["MoneyDto"];
            /**
             * @example {
             *       "amount": "50.00",
             *       "currency": "USD"
             *     }
             */
            expansion: components["schemas"]["MoneyDto"];
            /**
             * @description Below zero, as churn is.
             * @example {
             *       "amount": "-20.00",
             *       "currency": "USD"
             *     }
             */
            contraction: components["schemas"]["MoneyDto"];
            /**
             * @example {
             *       "amount": "-30.00",
             *       "currency": "USD"
             *     }
             */
            churn: components["schemas"]["MoneyDto"];
            /**
             * @example {
             *       "amount": "0.00",
             *       "currency": "USD"
             *     }
             */
            reactivation: components["schemas"]["MoneyDto"];
        };
        MrrPointResource: {
            /**
             * @description Beginning of the interval that the movements are of.
             * @example 2026-01-01T00:00:00Z
             */
            at: string;
            /**
             * @description What recurs at the interval's end.
             * @example {
             *       "amount": "800.00",
             *       "currency": "USD"
             *     }
             */
            mrr: components["schemas"]["MoneyDto"];
            /**
             * @description Twelve times that.
             * @example {
             *       "amount": "9600.00",
             *       "currency": "USD"
             *     }
             */
            arr: components["schemas"]["MoneyDto"];
            movements: components["schemas"]["MrrMovementsResource"];
        };
        MrrCurrencyResource: {
            /** @example USD */
            currency: string;
            points: components["schemas"]["MrrPointResource"][];
        };
        MovementActorResource: {
            /** @example api_key */
            type: string;
            /** @example key_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
        };
        MrrMovementResource: {
            /**
             * @description When it counts.
             * @example 2026-01-15T00:00:00Z
             */
            at: string;
            /**
             * @description What it is for the account, together with what else counts at that moment.
             * @example expansion
             * @enum {string}
             */
            kind: "new" | "expansion" | "contraction" | "churn" | "reactivation";
            /**
             * @example {
             *       "amount": "50.00",
             *       "currency": "USD"
             *     }
             */
            amount: components["schemas"]["MoneyDto"];
            /**
             * @description Before it was rounded.
             * @example 50
             */
            exactAmount: string;
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /**
             * @description Null once the person was erased.
             * @example Ada Lovelace Ltd
             */
            accountName: string | null;
            /** @example sub_01j9zq6e4hf0fvwpn5t5jzq3cd */
            subscriptionId: string;
            /**
             * @description Null where it begins.
             * @example starter
             */
            planBefore: string | null;
            /**
             * @description Null where it ends.
             * @example team
             */
            planAfter: string | null;
            /**
             * @description The fact that it follows from.
             * @example SubscriptionPlanChanged
             */
            cause: string;
            /**
             * @description The operation that was asked for; null where something fell due.
             * @example ChangePlan
             */
            command: string | null;
            actor: components["schemas"]["MovementActorResource"];
            /**
             * @description What was said of why.
             * @example asked by mail
             */
            reason: string | null;
            /** @example 2026-01-14T09:30:00Z */
            recordedAt: string;
        };
        AgingBucketsResource: {
            current: components["schemas"]["MoneyDto"];
            days1to30: components["schemas"]["MoneyDto"];
            days31to60: components["schemas"]["MoneyDto"];
            days61to90: components["schemas"]["MoneyDto"];
            over90: components["schemas"]["MoneyDto"];
        };
        AgedInvoiceResource: {
            /** @example inv_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example INV-000042 */
            number: string | null;
            /** @example 2026-03-03 */
            dueOn: string;
            /**
             * @description Below nought while it is not due.
             * @example 12
             */
            daysPastDue: number;
            /**
             * @example days1to30
             * @enum {string}
             */
            bucket: "current" | "days1to30" | "days31to60" | "days61to90" | "over90";
            /** @description What is still owed of it. */
            amountDue: components["schemas"]["MoneyDto"];
        };
        AgedAccountResource: {
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /**
             * @description Null once the person was erased.
             * @example Ada Lovelace Ltd
             */
            name: string | null;
            buckets: components["schemas"]["AgingBucketsResource"];
            total: components["schemas"]["MoneyDto"];
            /** @description What the customer has to its credit and no invoice has used. It is not taken off the total. */
            unappliedCredit: components["schemas"]["MoneyDto"];
            /** @description What the buckets are of, the oldest first. */
            invoices: components["schemas"]["AgedInvoiceResource"][];
        };
        ArAgingResource: {
            /** @example USD */
            currency: string;
            buckets: components["schemas"]["AgingBucketsResource"];
            total: components["schemas"]["MoneyDto"];
            unappliedCredit: components["schemas"]["MoneyDto"];
            accounts: components["schemas"]["AgedAccountResource"][];
        };
        TrialBalanceResource: {
            /** @example USD */
            currency: string;
            ledgerAccounts: components["schemas"]["LedgerAccountResource"][];
            totalDebits: components["schemas"]["MoneyDto"];
            totalCredits: components["schemas"]["MoneyDto"];
            /**
             * @description Whether the two are equal, as they always are.
             * @example true
             */
            balanced: boolean;
        };
        TopConsumerResource: {
            /**
             * @description Counted from 1.
             * @example 1
             */
            rank: number;
            /**
             * @description Null of groups.
             * @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd
             */
            accountId: string | null;
            /**
             * @description Null of groups, and once the person was erased.
             * @example Ada Lovelace Ltd
             */
            accountName: string | null;
            /**
             * @description Of subscriptions; null for readings that none took.
             * @example sub_01j9zq6e4hf0fvwpn5t5jzq3cd
             */
            subscriptionId: string | null;
            /**
             * @description Of groups, their values.
             * @example {
             *       "model": "large"
             *     }
             */
            group: {
                [key: string]: unknown;
            };
            /** @example 561229 */
            quantity: string;
            /**
             * @description Readings that were counted.
             * @example 485
             */
            count: number;
        };
        RepublishEventsDto: {
            /**
             * @description After this position of the log; "0" for all there are.
             * @example 4711
             */
            from: string;
        };
        RepublicationResource: {
            /**
             * @description What comes after it is published again.
             * @example 4711
             */
            from: string;
            /**
             * @description What was published before, up to here; what came later is published for the first time.
             * @example 9922
             */
            through: string;
        };
        StartVerificationDto: {
            /**
             * @description One account; all of the tenant's unless named.
             * @example external:cust-42
             */
            accountId?: string;
        };
        DifferingEventResource: {
            /** @example account-acme_01j9zq6e4hf0fvwpn5t5jzq3cd */
            stream: string;
            /** @example 7 */
            revision: number;
        };
        DifferenceResource: {
            /**
             * @description What the log says.
             * @example paid
             */
            expected: string | number | boolean | Record<string, never> | null;
            /**
             * @description What was found.
             * @example open
             */
            found: string | number | boolean | Record<string, never> | null;
            /**
             * @description Null where a stream of the log differs that belongs to no account.
             * @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd
             */
            accountId: string | null;
            /**
             * @description What was compared; `log` where an event itself is not what was appended.
             * @example invoices
             */
            subject: string;
            /**
             * @description JSON pointer to what differs; in the `log` one of `chain`, `revision`, `id`.
             * @example /inv_01j9…/invoice/status
             */
            field: string;
            /** @description The first event at which the two part, where that can be told. */
            event?: components["schemas"]["DifferingEventResource"];
        };
        VerificationResource: {
            /** @example ver_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            accountId: string | null;
            /**
             * @example completed
             * @enum {string}
             */
            status: "running" | "completed" | "failed";
            /** @example 40 */
            accounts: number;
            /** @example 40 */
            accountsChecked: number;
            /** @example [] */
            differences: components["schemas"]["DifferenceResource"][];
            failure: string | null;
        };
        ClockResource: {
            /**
             * @description What the clock shows.
             * @example 2026-01-31T00:00:00Z
             */
            now: string;
            /**
             * @description When it was last seen.
             * @example 2026-01-31T00:00:00Z
             */
            seenAt: string;
        };
        RebuildHashesResource: {
            /** @example 9f86d081884c7d65 */
            live: string;
            /** @example 9f86d081884c7d65 */
            rebuilt: string;
        };
        RebuildResource: {
            /**
             * @example running
             * @enum {string}
             */
            status: "running" | "completed" | "failed" | "requested";
            /**
             * @description From 0 to 1.
             * @example 0.42
             */
            progress: number;
            /** @example 36000 */
            eventsPerSecond: number;
            /**
             * @description Events read so far.
             * @example 84000
             */
            events: string;
            /**
             * @description Seconds to go, by the pace so far.
             * @example 12
             */
            eta: number | null;
            failure: string | null;
            /** @description If a comparison was asked for: the hashes of the tables before and after, taken at the same event. */
            hashes: components["schemas"]["RebuildHashesResource"] | null;
        };
        ProjectionResource: {
            /** @example invoices */
            name: string;
            /** @example 1 */
            version: number;
            /**
             * @description Everything up to here is considered.
             * @example 4711
             */
            position: string;
            /**
             * @description How far the log is ahead, in its own units.
             * @example 0
             */
            lag: string;
            /**
             * @example running
             * @enum {string}
             */
            status: "paused" | "running" | "failed";
            /** @description The event that it stopped at. */
            failure: string | null;
            /** @description The latest rebuild, if there was one. */
            rebuild: components["schemas"]["RebuildResource"] | null;
        };
        RebuildDto: {
            /**
             * @description Hashes the tables before and after, taken at the same event.
             * @example true
             */
            compare?: boolean;
        };
        IssueApiKeyDto: {
            /**
             * @description What it is for.
             * @example billing worker
             */
            name: string;
            /**
             * @description Roles and permissions, none beyond your own; without them, `billing_admin`.
             * @example [
             *       "usage.write",
             *       "usage.read"
             *     ]
             */
            scopes?: string[];
            /**
             * @description It opens nothing from then on, and never outlives the key that issues it; without it, it lasts as long as that one.
             * @example 2099-12-31T00:00:00Z
             */
            expiresAt?: string;
            /**
             * @description Without it, as many as the key that issues it; more than your own takes `tenants.write`.
             * @example 1000
             */
            requestsPerHour?: number;
        };
        RotateApiKeyDto: {
            /**
             * @description How long the former key opens doors beside its successor; a day unless named, 30 days at the most.
             * @example 86400
             */
            overlapSeconds?: number;
            /**
             * @description When the successor ends; as its former unless named.
             * @example 2099-12-31T00:00:00Z
             */
            expiresAt?: string;
        };
        CreateTenantDto: {
            /** @example Acme Inc */
            name: string;
            /**
             * @description `test`: one to try things in. All its accounts live by test clocks, its reports go by its own. For good.
             * @example live
             * @enum {string}
             */
            mode?: "live" | "test";
            /**
             * @description What the clock of a test tenant shows at first; now unless named.
             * @example 2026-01-01T00:00:00Z
             */
            startAt?: string;
            /**
             * @description The zone of its books.
             * @example UTC
             */
            timeZone?: string;
            /**
             * @description What its first key may send, and so all others at the most; without it, what the installation allows a key.
             * @example 1000
             */
            requestsPerHour?: number;
        };
        TenantResource: {
            /** @example tnt_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example Acme Inc */
            name: string;
            /**
             * @example live
             * @enum {string}
             */
            mode: "live" | "test";
            /** @description Of a test tenant: the clock that it goes by, and each account that names no other. */
            testClockId: string | null;
            /**
             * @description While it is suspended, its credentials open nothing, and nothing of it falls due.
             * @enum {string}
             */
            status: "active" | "suspended";
        };
        SuspendTenantDto: {
            /**
             * @description Stands in the log.
             * @example Has not paid since March.
             */
            reason: string;
        };
        ReinstateTenantDto: {
            /**
             * @description Stands in the log.
             * @example Has paid.
             */
            reason?: string;
        };
        HealthResource: {
            /**
             * @example ok
             * @enum {string}
             */
            status: "ok";
            /**
             * @description The release of the tz database that days and periods go by.
             * @example 2026c
             */
            timeZones: string;
        };
        PartHealthResource: {
            /**
             * @example up
             * @enum {string}
             */
            status: "up" | "down";
            /** @description Why it is down. */
            message?: string;
            /**
             * @description How far it is behind the end of the log.
             * @example 0
             */
            lagPositions?: string;
            /**
             * @description How old the first event is that it has not considered.
             * @example 0
             */
            lagSeconds?: number;
        };
        ReadinessResource: {
            /**
             * @description What is up.
             * @example {
             *       "postgres": {
             *         "status": "up"
             *       },
             *       "projection:invoices": {
             *         "status": "up",
             *         "lagPositions": "0",
             *         "lagSeconds": 0
             *       }
             *     }
             */
            info: {
                [key: string]: components["schemas"]["PartHealthResource"];
            };
            /**
             * @description What is not.
             * @example {}
             */
            error: {
                [key: string]: components["schemas"]["PartHealthResource"];
            };
            /**
             * @description Both.
             * @example {
             *       "postgres": {
             *         "status": "up"
             *       },
             *       "projection:invoices": {
             *         "status": "up",
             *         "lagPositions": "0",
             *         "lagSeconds": 0
             *       }
             *     }
             */
            details: {
                [key: string]: components["schemas"]["PartHealthResource"];
            };
            /**
             * @description Degraded: requests are served, though a part is away or late.
             * @example ok
             * @enum {string}
             */
            status: "ok" | "degraded";
        };
        WelcomeResource: {
            /**
             * @example Recount
             * @enum {string}
             */
            product: "Recount";
            /** @example 0.1.0 */
            version: string;
            /**
             * @description Under it is every operation; it takes a key.
             * @example /v1
             */
            api: string;
            /**
             * @description For people.
             * @example /docs
             */
            documentation: string;
            /**
             * @description For programs.
             * @example /openapi.json
             */
            openapi: string;
            /** @example /health */
            health: string;
            /** @example /health/ready */
            readiness: string;
            /**
             * @description For Prometheus.
             * @example /metrics
             */
            metrics: string;
        };
        LogResource: {
            /** @example 4711 */
            position: string;
            /**
             * @description Revision of the stream that the command changed; −1 after a dry run that would begin it.
             * @example 7
             */
            revision: number;
        };
        PageCursors: {
            /**
             * @description Hand it back as `after`.
             * @example NDcxMQ
             */
            next: string | null;
            /** @description Hand it back as `before`. */
            previous: string | null;
        };
        ProblemResource: {
            /** @example urn:recount:problem:invalid_request */
            type: string;
            /** @example Bad Request */
            title: string;
            /** @example 400 */
            status: number;
            /**
             * @description Stable: programs tell problems apart by it.
             * @example invalid_request
             */
            code: string;
            /**
             * @description For people; it may change.
             * @example This is an ISO 4217 currency code.
             */
            detail: string;
            /**
             * @description The path that was asked.
             * @example /v1/accounts
             */
            instance?: string;
            errors?: components["schemas"]["ViolationResource"][];
        };
        TransferCauseResource: {
            /**
             * @example invoice
             * @enum {string}
             */
            type: "transfer" | "invoice" | "payment" | "refund";
            /** @example inv_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
        };
        TransferResource: {
            /** @example tfr_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /**
             * @description What the fact is: a pending transfer stays in the list when it is posted, voided or expired.
             * @example posted
             * @enum {string}
             */
            kind: "pending" | "post_pending" | "void_pending" | "posted" | "expired";
            /**
             * @example receivable
             * @enum {string}
             */
            debit: "receivable" | "cash" | "deferred_revenue" | "customer_credit" | "wallet" | "tax_payable" | "revenue" | "bad_debt" | "promotion_expense";
            /**
             * @example revenue
             * @enum {string}
             */
            credit: "receivable" | "cash" | "deferred_revenue" | "customer_credit" | "wallet" | "tax_payable" | "revenue" | "bad_debt" | "promotion_expense";
            amount: components["schemas"]["MoneyDto"];
            /** @example 2026-02-01 */
            bookedOn: string;
            cause: components["schemas"]["TransferCauseResource"];
            /**
             * @description The posting rule that booked it; `requested` if somebody asked for it.
             * @example invoice_finalized
             */
            rule: string;
            /** @example [] */
            flags: ("pending" | "linked" | "post_pending" | "void_pending" | "balancing_debit" | "balancing_credit" | "closing_debit" | "closing_credit")[];
            /** @description The pending transfer that it posts or voids. */
            pendingId: string | null;
            /** @description Of a pending transfer that does not wait for ever. */
            expiresAt: string | null;
            /** @example 2026-02-01T00:00:03Z */
            recordedAt: string;
            /**
             * @description Revision of the account at which it was posted.
             * @example 7
             */
            revision: number;
        };
        SubmittedTransferResource: {
            /** @example tfr_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /**
             * @description What the fact is: a pending transfer stays in the list when it is posted, voided or expired.
             * @example posted
             * @enum {string}
             */
            kind: "pending" | "post_pending" | "void_pending" | "posted" | "expired";
            /**
             * @example receivable
             * @enum {string}
             */
            debit: "receivable" | "cash" | "deferred_revenue" | "customer_credit" | "wallet" | "tax_payable" | "revenue" | "bad_debt" | "promotion_expense";
            /**
             * @example revenue
             * @enum {string}
             */
            credit: "receivable" | "cash" | "deferred_revenue" | "customer_credit" | "wallet" | "tax_payable" | "revenue" | "bad_debt" | "promotion_expense";
            amount: components["schemas"]["MoneyDto"];
            /** @example 2026-02-01 */
            bookedOn: string;
            cause: components["schemas"]["TransferCauseResource"];
            /**
             * @description The posting rule that booked it; `requested` if somebody asked for it.
             * @example invoice_finalized
             */
            rule: string;
            /** @example [] */
            flags: ("pending" | "linked" | "post_pending" | "void_pending" | "balancing_debit" | "balancing_credit" | "closing_debit" | "closing_credit")[];
            /** @description The pending transfer that it posts or voids. */
            pendingId: string | null;
            /** @description Of a pending transfer that does not wait for ever. */
            expiresAt: string | null;
            /** @example 2026-02-01T00:00:03Z */
            recordedAt: string;
            /**
             * @description Revision of the account at which it was posted.
             * @example 7
             */
            revision: number;
            /**
             * @description Those that were linked to it, in order.
             * @example []
             */
            linked: components["schemas"]["TransferResource"][];
        };
        ChangePreviewResource: {
            lines: components["schemas"]["InvoiceLineResource"][];
            total: components["schemas"]["MoneyDto"];
        };
        ChangedSubscriptionResource: {
            /**
             * @description What was agreed apart from the plan, by charge.
             * @example {
             *       "seats": {
             *         "discountBasisPoints": 1000
             *       }
             *     }
             */
            overrides: {
                [key: string]: components["schemas"]["PriceOverrideDto"];
            };
            /** @example sub_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example sub-42 */
            externalId: string | null;
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /** @example llm-pro */
            plan: string;
            /** @example 1 */
            planVersion: number;
            /**
             * @example active
             * @enum {string}
             */
            status: "pending" | "active" | "canceled" | "ended" | "paused" | "trialing";
            /** @example 2026-01-01T00:00:00Z */
            startAt: string;
            /** @example 2026-01-01T00:00:00Z */
            activatedAt: string | null;
            /** @description Where it begins with a trial. */
            trialEndsAt: string | null;
            /** @description Its end, once that is known. */
            endsAt: string | null;
            anchor: components["schemas"]["AnchorDto"];
            /** @example UTC */
            timeZone: string;
            /**
             * @example automatic
             * @enum {string}
             */
            activation: "automatic" | "manual";
            /**
             * @example {
             *       "seats": "5"
             *     }
             */
            quantities: {
                [key: string]: string;
            };
            /**
             * @example {
             *       "tier": "gold"
             *     }
             */
            metadata: {
                [key: string]: string;
            };
            /**
             * @description When the earliest thing that is not billed yet falls due.
             * @example 2026-02-01T00:00:00Z
             */
            nextBillAt: string | null;
            /** @description Of a dry run. */
            preview?: components["schemas"]["ChangePreviewResource"];
        };
        SubscriptionUsageResource: {
            /** @example tokens */
            charge: string;
            /** @example input_tokens */
            meter: string;
            /** @example llm-pro */
            plan: string;
            /** @example 1 */
            planVersion: number;
            /** @example 2026-01-01T00:00:00Z */
            start: string;
            /** @example 2026-02-01T00:00:00Z */
            end: string;
            /**
             * @description What the meter counts by now, as billing measures it.
             * @example 561229
             */
            quantity: string;
            /**
             * @description Readings that were counted.
             * @example 485
             */
            count: number;
            /**
             * @description How much of it invoices have billed.
             * @example 561000
             */
            quantityBilled: string | null;
            /**
             * @description What invoices have billed for it, before discounts of whole invoices and tax.
             * @example {
             *       "amount": "56.10",
             *       "currency": "USD"
             *     }
             */
            billed: components["schemas"]["MoneyDto"] | null;
            /**
             * @description What more would be billed by what is known now; null where nothing more ever is.
             * @example {
             *       "amount": "0.02",
             *       "currency": "USD"
             *     }
             */
            upcoming: components["schemas"]["MoneyDto"] | null;
        };
        CorrectionResource: {
            /** @example req-1 */
            id: string;
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /**
             * @example amended
             * @enum {string}
             */
            status: "retracted" | "amended";
        };
        BillingRunSummaryResource: {
            /** @example run_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /**
             * @example completed
             * @enum {string}
             */
            status: "running" | "completed";
            /** @example 2026-02-01T00:00:00Z */
            billThrough: string;
            /** @example 2026-02-01T00:05:00Z */
            startedAt: string;
            /** @example 2026-02-01T00:05:02Z */
            completedAt: string | null;
            accounts: components["schemas"]["RunAccountsResource"];
            /** @example 40 */
            invoices: number;
            /** @description One per currency. */
            totals: components["schemas"]["MoneyDto"][];
        };
        InvoiceSummaryResource: {
            /** @example inv_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /**
             * @description Assigned a moment after finalization, without gaps.
             * @example INV-000042
             */
            number: string | null;
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /** @example run_01j9zq6e4hf0fvwpn5t5jzq3cd */
            billingRunId: string | null;
            /**
             * @example open
             * @enum {string}
             */
            status: "open" | "paid" | "void" | "draft" | "uncollectible";
            /** @example USD */
            currency: string;
            period: components["schemas"]["PeriodResource"];
            /** @example 2026-02-01 */
            issueDate: string | null;
            /** @example 2026-03-03 */
            dueOn: string | null;
            overdue: boolean;
            subtotal: components["schemas"]["MoneyDto"];
            taxTotal: components["schemas"]["MoneyDto"];
            total: components["schemas"]["MoneyDto"];
            amountPaid: components["schemas"]["MoneyDto"];
            /** @description Customer credit applied to it. */
            amountCredited: components["schemas"]["MoneyDto"];
            amountDue: components["schemas"]["MoneyDto"];
        };
        RemovedInvoiceItemResource: {
            /** @example itm_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /**
             * @example removed
             * @enum {string}
             */
            status: "removed";
        };
        CreditApplicationResource: {
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /** @description What the credit settled now. */
            allocations: components["schemas"]["PaymentAllocationResource"][];
            /** @description What is left of it. */
            creditLeft: components["schemas"]["MoneyDto"];
        };
        ActorResource: {
            /** @example api_key */
            type: string;
            /** @example key_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /**
             * @description What it was allowed as; null where nothing had to be allowed.
             * @example billing_admin
             */
            role: string | null;
            /**
             * @description Of an API key of the tenant.
             * @example billing job
             */
            name: string | null;
        };
        AuditChangeResource: {
            /** @example netTermsDays */
            field: string;
            /**
             * @description Null where nothing was stated of it before.
             * @example 30
             */
            before: string | null;
            /** @example 14 */
            after: string | null;
        };
        AuditEntryResource: {
            /**
             * @description Position in the log.
             * @example 4711
             */
            position: string;
            /** @example 2026-01-31T09:30:00Z */
            recordedAt: string;
            /**
             * @description When it counts in business: an instant or a date.
             * @example 2026-01-31T09:30:00Z
             */
            effectiveAt: string;
            /**
             * @description What happened, as `docs/events.md` lists it.
             * @example PaymentTermsChanged
             */
            type: string;
            /** @example account-acme_01j9zq6e4hf0fvwpn5t5jzq3cd */
            stream: string;
            /** @example 7 */
            revision: number;
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string | null;
            /**
             * @description The operation that was asked for; null where something fell due.
             * @example ChangeAccount
             */
            command: string | null;
            /** @example 5f0f7a52-6a0e-5d5e-8d5f-3d3cf6a9f7a1 */
            commandId: string;
            actor: components["schemas"]["ActorResource"];
            /** @example 7d8f0c6e-1b1c-4c0e-9a55-3f0a8f3c2b11 */
            requestId: string;
            /**
             * @description What `X-Reason` said.
             * @example ticket 4711
             */
            reason: string | null;
            /**
             * @description What it is about, by the fields that name it.
             * @example {
             *       "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd"
             *     }
             */
            subjects: {
                [key: string]: string;
            };
            /**
             * @description The fields that it states.
             * @example [
             *       "netTermsDays",
             *       "from"
             *     ]
             */
            fields: string[];
            /** @description What it changed, as far as values are short. What is personal is told with `personal=true` alone, as long as the person is not erased. */
            changes: components["schemas"]["AuditChangeResource"][];
        };
        PersonalDataReadResource: {
            /** @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd */
            accountId: string;
            /**
             * @description What told it.
             * @example GetAccount
             */
            operation: string;
            actor: components["schemas"]["ActorResource"];
            /** @example 7d8f0c6e-1b1c-4c0e-9a55-3f0a8f3c2b11 */
            requestId: string;
            /** @example 2026-01-31T09:30:00Z */
            readAt: string;
        };
        PublicEventResource: {
            /**
             * @description Of the event, for ever: the same one has the same id by every door.
             * @example 0198c6f0-6f0e-5a54-9d5e-3c1f6a3b2d10
             */
            id: string;
            /**
             * @example invoice.paid
             * @enum {string}
             */
            type: "account.opened" | "account.contact_changed" | "account.payment_terms_changed" | "account.tax_status_changed" | "account.closed" | "account.personal_data_erased" | "billing_run.started" | "billing_run.account_failed" | "billing_run.completed" | "meter.defined" | "meter.archived" | "plan.published" | "plan.archived" | "invoice.drafted" | "invoice.finalized" | "invoice.numbered" | "invoice.paid" | "invoice.overdue" | "invoice.voided" | "invoice.marked_uncollectible" | "payment.received" | "payment.allocated" | "payment.reversed" | "customer_credit.added" | "customer_credit.applied" | "subscription.created" | "subscription.activated" | "subscription.canceled" | "subscription.ended" | "tenant.created" | "billing_policy.set" | "tenant.suspended" | "tenant.reinstated" | "transfer.posted" | "transfer.pended" | "transfer.pending_posted" | "transfer.pending_voided" | "transfer.pending_expired" | "usage.recorded" | "usage.amended" | "usage.retracted" | "subscription.trial_started" | "subscription.trial_ended" | "subscription.plan_changed" | "subscription.quantity_changed" | "subscription.paused" | "subscription.resumed" | "subscription.change_withdrawn" | "test_clock.started" | "test_clock.advanced" | "account.time_zone_changed" | "account.parent_changed" | "account.metadata_changed" | "invoice.reopened" | "customer_credit.unapplied" | "refund.issued" | "invoice_item.added" | "invoice_item.removed" | "account.external_id_changed" | "subscription.metadata_changed" | "tenant.settings_changed";
            /**
             * @description Of what `data` tells.
             * @example 1
             */
            version: number;
            /** @example tnt_01j9zq6e4hf0fvwpn5t5jzq3cd */
            tenantId: string;
            /**
             * @description The account that it is about, if it is about one.
             * @example acc_01j9zq6e4hf0fvwpn5t5jzq3cd
             */
            accountId?: string;
            /**
             * @description When it counts in business: an instant or a local date.
             * @example 2026-02-10
             */
            effectiveAt: string;
            /**
             * @description When the log learned it.
             * @example 2026-02-10T09:30:00Z
             */
            recordedAt: string;
            /**
             * @description Its place in the log of this installation, to go on from.
             * @example 4711
             */
            position: string;
            /**
             * @example {
             *       "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
             *       "paidOn": "2026-02-10"
             *     }
             */
            data: {
                [key: string]: unknown;
            };
        };
        IssuedApiKeyResource: {
            /**
             * @description Shown this once; only its hash is kept.
             * @example rk_kXJ3…
             */
            secret: string;
            /** @example key_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example billing worker */
            name: string;
            /**
             * @description Roles and permissions.
             * @example [
             *       "billing_admin"
             *     ]
             */
            scopes: string[];
            /** @example 2099-12-31T00:00:00Z */
            expiresAt: string | null;
            /**
             * @description Null: as many as the installation allows.
             * @example 1000
             */
            requestsPerHour: number | null;
            /** @description The key that issued it; null where a token, the operator or another tenant did. */
            issuedBy: string | null;
            /** @description The key whose place it takes. */
            replaces: string | null;
            /** @description Its successor, beside which it opens doors until `expiresAt`. */
            replacedBy: string | null;
            revoked: boolean;
        };
        ApiKeyResource: {
            /** @example key_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example billing worker */
            name: string;
            /**
             * @description Roles and permissions.
             * @example [
             *       "billing_admin"
             *     ]
             */
            scopes: string[];
            /** @example 2099-12-31T00:00:00Z */
            expiresAt: string | null;
            /**
             * @description Null: as many as the installation allows.
             * @example 1000
             */
            requestsPerHour: number | null;
            /** @description The key that issued it; null where a token, the operator or another tenant did. */
            issuedBy: string | null;
            /** @description The key whose place it takes. */
            replaces: string | null;
            /** @description Its successor, beside which it opens doors until `expiresAt`. */
            replacedBy: string | null;
            revoked: boolean;
        };
        CreatedTenantResource: {
            /** @example tnt_01j9zq6e4hf0fvwpn5t5jzq3cd */
            id: string;
            /** @example Acme Inc */
            name: string;
            /**
             * @example live
             * @enum {string}
             */
            mode: "live" | "test";
            /** @description Of a test tenant: the clock that it goes by, and each account that names no other. */
            testClockId: string | null;
            /**
             * @description While it is suspended, its credentials open nothing, and nothing of it falls due.
             * @enum {string}
             */
            status: "active" | "suspended";
            /**
             * @description Its first key, shown this once; `rk_test_…` if it is a test tenant.
             * @example rk_kXJ3…
             */
            apiKey: string;
        };
    };
    responses: {
        /** @description Conflict: `account_already_exists`, `idempotency_in_progress` */
        "account_already_exists.idempotency_in_progress": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `account_closed`, `idempotency_key_reused` */
        "account_closed.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `account_closed`, `too_much_metadata`, `idempotency_key_reused` */
        "account_closed.too_much_metadata.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `account_not_found` */
        account_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `account_not_found`, `billing_run_not_found` */
        "account_not_found.billing_run_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `account_not_found`, `invoice_item_not_found` */
        "account_not_found.invoice_item_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `account_not_found`, `invoice_not_found` */
        "account_not_found.invoice_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `account_not_found`, `meter_not_found` */
        "account_not_found.meter_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `account_not_found`, `payment_not_found` */
        "account_not_found.payment_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `account_not_found`, `plan_not_found` */
        "account_not_found.plan_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `account_not_found`, `test_clock_not_found` */
        "account_not_found.test_clock_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `account_not_found`, `upcoming_invoice_not_found` */
        "account_not_found.upcoming_invoice_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `api_key_not_found` */
        api_key_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `billing_run_not_found` */
        billing_run_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `documents_retained`, `idempotency_key_reused` */
        "documents_retained.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `expiry_in_past`, `too_many_api_keys`, `idempotency_key_reused` */
        "expiry_in_past.too_many_api_keys.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Conflict: `external_id_taken` */
        external_id_taken: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Forbidden: `forbidden`, `tenant_suspended` */
        "forbidden.tenant_suspended": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `grace_hours_required`, `idempotency_key_reused` */
        "grace_hours_required.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `group_not_found` */
        group_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Conflict: `idempotency_in_progress` */
        idempotency_in_progress: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `idempotency_key_reused` */
        idempotency_key_reused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Bad Request: `invalid_as_of`, `invalid_request`, `header_repeated` */
        "invalid_as_of.invalid_request.header_repeated": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Bad Request: `invalid_cursor`, `invalid_request`, `header_repeated` */
        "invalid_cursor.invalid_request.header_repeated": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `invalid_invoice_prefix`, `idempotency_key_reused` */
        "invalid_invoice_prefix.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Bad Request: `invalid_request`, `header_repeated` */
        "invalid_request.header_repeated": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `invoice_item_invoiced`, `account_closed`, `idempotency_key_reused` */
        "invoice_item_invoiced.account_closed.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `invoice_not_found` */
        invoice_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `invoice_not_found`, `invoice_line_not_found` */
        "invoice_not_found.invoice_line_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `invoice_not_open`, `idempotency_key_reused` */
        "invoice_not_open.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Conflict: `meter_already_exists`, `idempotency_in_progress` */
        "meter_already_exists.idempotency_in_progress": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `meter_not_found` */
        meter_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `meter_not_found`, `account_not_found` */
        "meter_not_found.account_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Acceptable: `not_acceptable` */
        not_acceptable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `nothing_published`, `idempotency_key_reused` */
        "nothing_published.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `own_tenant`, `idempotency_key_reused` */
        "own_tenant.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Payload Too Large: `payload_too_large` */
        payload_too_large: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `payment_not_found` */
        payment_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Conflict: `plan_already_exists`, `idempotency_in_progress` */
        "plan_already_exists.idempotency_in_progress": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `plan_not_found` */
        plan_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Bad Request: `position_beyond_head`, `invalid_request`, `header_repeated` */
        "position_beyond_head.invalid_request.header_repeated": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `preview_too_large` */
        preview_too_large: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `preview_too_large`, `idempotency_key_reused` */
        "preview_too_large.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `projection_not_found` */
        projection_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Too Many Requests: `rate_limited`, `too_many_failed_credentials` */
        "rate_limited.too_many_failed_credentials": {
            headers: {
                /** @description Seconds. */
                "Retry-After"?: string;
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Gateway Timeout: `read_model_behind` */
        read_model_behind: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Conflict: `reading_ambiguous` */
        reading_ambiguous: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Conflict: `reading_ambiguous`, `idempotency_in_progress` */
        "reading_ambiguous.idempotency_in_progress": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `reading_not_found`, `account_not_found` */
        "reading_not_found.account_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `refund_not_found` */
        refund_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Precondition Failed: `revision_mismatch` */
        revision_mismatch: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Conflict: `subscription_already_exists`, `external_id_taken`, `idempotency_in_progress` */
        "subscription_already_exists.external_id_taken.idempotency_in_progress": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `subscription_canceled`, `account_closed`, `idempotency_key_reused` */
        "subscription_canceled.account_closed.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `subscription_not_found` */
        subscription_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `subscription_not_found`, `change_not_found` */
        "subscription_not_found.change_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `subscription_not_found`, `plan_not_found` */
        "subscription_not_found.plan_not_found": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `tenant_not_found` */
        tenant_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `test_account_required`, `idempotency_key_reused` */
        "test_account_required.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `test_clock_backwards`, `test_clock_too_far`, `idempotency_key_reused` */
        "test_clock_backwards.test_clock_too_far.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `test_clock_not_found` */
        test_clock_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unprocessable Entity: `test_tenant_required`, `idempotency_key_reused` */
        "test_tenant_required.idempotency_key_reused": {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Too Many Requests: `too_many_streams`, `rate_limited`, `too_many_failed_credentials` */
        "too_many_streams.rate_limited.too_many_failed_credentials": {
            headers: {
                /** @description Seconds. */
                "Retry-After"?: string;
                "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `transfer_not_found` */
        transfer_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unauthorized: `unauthenticated` */
        unauthenticated: {
            headers: {
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Service Unavailable: `unavailable` */
        unavailable: {
            headers: {
                /** @description Seconds. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Service Unavailable: `unavailable`, `outcome_unknown` */
        "unavailable.outcome_unknown": {
            headers: {
                /** @description Seconds. */
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Unsupported Media Type: `unsupported_media_type` */
        unsupported_media_type: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
        /** @description Not Found: `verification_not_found` */
        verification_not_found: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["ProblemResource"];
            };
        };
    };
    parameters: {
        /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
        "Idempotency-Key": string;
        /** @description Carries the command out at this revision alone. */
        "If-Match": string;
        /** @description Why: goes into the metadata of the events. */
        "X-Reason": string;
        /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
        "Recount-Consistent-With": string;
    };
    requestBodies: never;
    headers: {
        /** @description The `X-Request-Id` of the request, or one of its own. */
        "X-Request-Id": string;
        /** @description Revision of the stream that the answer is true of: hand it back as `If-Match`. */
        ETag: string;
        /** @description How much of the log the answer knows; not told where `asOf` was asked for. */
        "Recount-Position": string;
        /** @description This is the first answer to the same request, come again. */
        "Idempotency-Replayed": "true";
        /** @description How many requests an hour these credentials may send. */
        "RateLimit-Limit": string;
        /** @description How many of them are left until the reset. */
        "RateLimit-Remaining": string;
        /** @description In how many seconds they are counted anew. */
        "RateLimit-Reset": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listMeters: {
        parameters: {
            query?: {
                /** @description A field, with `-` downwards; the newest first unless named. */
                sort?: string;
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists meters, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "key": "input_tokens",
                     *           "name": "Input tokens",
                     *           "eventName": "llm_request",
                     *           "aggregation": "sum",
                     *           "valueProperty": "context_tokens",
                     *           "valueExpression": null,
                     *           "roundEach": null,
                     *           "allowNegative": false,
                     *           "filters": [
                     *             {
                     *               "value": "eu",
                     *               "property": "region",
                     *               "operator": "eq"
                     *             }
                     *           ],
                     *           "groupBy": [
                     *             "model"
                     *           ],
                     *           "recurring": false,
                     *           "bucket": "month",
                     *           "rounding": null,
                     *           "archived": false
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["MeterResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    defineMeter: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "key": "input_tokens",
                 *       "name": "Input tokens",
                 *       "eventName": "llm_request",
                 *       "aggregation": "sum",
                 *       "valueProperty": "context_tokens",
                 *       "roundEach": {
                 *         "mode": "up",
                 *         "step": "6",
                 *         "least": "30"
                 *       },
                 *       "allowNegative": false,
                 *       "filters": [
                 *         {
                 *           "value": "eu",
                 *           "property": "region",
                 *           "operator": "eq"
                 *         }
                 *       ],
                 *       "groupBy": [
                 *         "model"
                 *       ],
                 *       "rounding": {
                 *         "mode": "up",
                 *         "digits": 0
                 *       },
                 *       "recurring": false
                 *     }
                 */
                "application/json": components["schemas"]["DefineMeterDto"];
            };
        };
        responses: {
            /** @description Defines what is counted. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "key": "input_tokens",
                     *       "name": "Input tokens",
                     *       "eventName": "llm_request",
                     *       "aggregation": "sum",
                     *       "valueProperty": "context_tokens",
                     *       "valueExpression": null,
                     *       "roundEach": null,
                     *       "allowNegative": false,
                     *       "filters": [
                     *         {
                     *           "value": "eu",
                     *           "property": "region",
                     *           "operator": "eq"
                     *         }
                     *       ],
                     *       "groupBy": [
                     *         "model"
                     *       ],
                     *       "recurring": false,
                     *       "bucket": "month",
                     *       "rounding": null,
                     *       "archived": false,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MeterResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["meter_already_exists.idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `value_property_required`, `value_expression_not_allowed`, `invalid_expression`, `round_each_not_allowed`, `invalid_decimal`, `negative_not_allowed`, `invalid_filter`, `bucket_not_allowed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    getMeter: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description Key of the meter. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One meter. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "key": "input_tokens",
                     *       "name": "Input tokens",
                     *       "eventName": "llm_request",
                     *       "aggregation": "sum",
                     *       "valueProperty": "context_tokens",
                     *       "valueExpression": null,
                     *       "roundEach": null,
                     *       "allowNegative": false,
                     *       "filters": [
                     *         {
                     *           "value": "eu",
                     *           "property": "region",
                     *           "operator": "eq"
                     *         }
                     *       ],
                     *       "groupBy": [
                     *         "model"
                     *       ],
                     *       "recurring": false,
                     *       "bucket": "month",
                     *       "rounding": null,
                     *       "archived": false
                     *     }
                     */
                    "application/json": components["schemas"]["MeterResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["meter_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    archiveMeter: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description Key of the meter. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keeps new plan versions from using a meter. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "key": "input_tokens",
                     *       "name": "Input tokens",
                     *       "eventName": "llm_request",
                     *       "aggregation": "sum",
                     *       "valueProperty": "context_tokens",
                     *       "valueExpression": null,
                     *       "roundEach": null,
                     *       "allowNegative": false,
                     *       "filters": [
                     *         {
                     *           "value": "eu",
                     *           "property": "region",
                     *           "operator": "eq"
                     *         }
                     *       ],
                     *       "groupBy": [
                     *         "model"
                     *       ],
                     *       "recurring": false,
                     *       "bucket": "month",
                     *       "rounding": null,
                     *       "archived": false,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["MeterResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["meter_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    listPlans: {
        parameters: {
            query?: {
                /** @description A field, with `-` downwards; the newest first unless named. */
                sort?: string;
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists plans by their latest versions, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "charges": [
                     *             {
                     *               "key": "seats",
                     *               "name": "Seats",
                     *               "kind": "recurring",
                     *               "timing": "in_advance",
                     *               "price": {
                     *                 "model": "per_unit",
                     *                 "unitAmount": "8.00"
                     *               },
                     *               "proration": "day"
                     *             },
                     *             {
                     *               "key": "input_tokens",
                     *               "name": "Input tokens",
                     *               "kind": "usage",
                     *               "timing": "in_arrears",
                     *               "meter": "input_tokens",
                     *               "price": {
                     *                 "model": "graduated",
                     *                 "tiers": [
                     *                   {
                     *                     "upTo": "200000",
                     *                     "unitAmount": "0.000003"
                     *                   },
                     *                   {
                     *                     "upTo": null,
                     *                     "unitAmount": "0.000002"
                     *                   }
                     *                 ]
                     *               },
                     *               "proration": "none"
                     *             }
                     *           ],
                     *           "key": "llm-pro",
                     *           "version": 1,
                     *           "name": "LLM Pro",
                     *           "currency": "USD",
                     *           "interval": {
                     *             "unit": "month",
                     *             "count": 1
                     *           },
                     *           "trialDays": 14,
                     *           "trialPrice": null,
                     *           "trialPrices": {
                     *             "EUR": "4.50"
                     *           },
                     *           "zeroInvoices": "skip",
                     *           "archived": false
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["PlanResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    createPlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "charges": [
                 *         {
                 *           "key": "seats",
                 *           "name": "Seats",
                 *           "kind": "recurring",
                 *           "timing": "in_advance",
                 *           "price": {
                 *             "model": "per_unit",
                 *             "unitAmount": "8.00"
                 *           },
                 *           "proration": "day"
                 *         },
                 *         {
                 *           "key": "input_tokens",
                 *           "name": "Input tokens",
                 *           "kind": "usage",
                 *           "timing": "in_arrears",
                 *           "meter": "input_tokens",
                 *           "price": {
                 *             "model": "graduated",
                 *             "tiers": [
                 *               {
                 *                 "upTo": "200000",
                 *                 "unitAmount": "0.000003"
                 *               },
                 *               {
                 *                 "upTo": null,
                 *                 "unitAmount": "0.000002"
                 *               }
                 *             ]
                 *           },
                 *           "proration": "none"
                 *         }
                 *       ],
                 *       "key": "llm-pro",
                 *       "name": "LLM Pro",
                 *       "currency": "USD",
                 *       "interval": {
                 *         "unit": "month",
                 *         "count": 1
                 *       },
                 *       "trialDays": 14,
                 *       "trialPrices": {},
                 *       "zeroInvoices": "skip"
                 *     }
                 */
                "application/json": components["schemas"]["PublishPlanDto"];
            };
        };
        responses: {
            /** @description Publishes version 1 of a plan. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "charges": [
                     *         {
                     *           "key": "seats",
                     *           "name": "Seats",
                     *           "kind": "recurring",
                     *           "timing": "in_advance",
                     *           "price": {
                     *             "model": "per_unit",
                     *             "unitAmount": "8.00"
                     *           },
                     *           "proration": "day"
                     *         },
                     *         {
                     *           "key": "input_tokens",
                     *           "name": "Input tokens",
                     *           "kind": "usage",
                     *           "timing": "in_arrears",
                     *           "meter": "input_tokens",
                     *           "price": {
                     *             "model": "graduated",
                     *             "tiers": [
                     *               {
                     *                 "upTo": "200000",
                     *                 "unitAmount": "0.000003"
                     *               },
                     *               {
                     *                 "upTo": null,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ]
                     *           },
                     *           "proration": "none"
                     *         }
                     *       ],
                     *       "key": "llm-pro",
                     *       "version": 1,
                     *       "name": "LLM Pro",
                     *       "currency": "USD",
                     *       "interval": {
                     *         "unit": "month",
                     *         "count": 1
                     *       },
                     *       "trialDays": 14,
                     *       "trialPrice": null,
                     *       "trialPrices": {
                     *         "EUR": "4.50"
                     *       },
                     *       "zeroInvoices": "skip",
                     *       "archived": false,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PlanResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["plan_already_exists.idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `unknown_currency`, `price_missing`, `currency_repeated`, `too_many_currencies`, `duplicate_charge_key`, `negative_not_allowed`, `meter_required`, `meter_not_allowed`, `meter_not_found`, `usage_in_advance`, `interval_not_allowed`, `invalid_tiers`, `invalid_package_size`, `invalid_matrix`, `division_by_zero`, `usage_price`, `negative`, `maximum_below_minimum`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    publishPlanVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description Key of the plan. */
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "charges": [
                 *         {
                 *           "key": "seats",
                 *           "name": "Seats",
                 *           "kind": "recurring",
                 *           "timing": "in_advance",
                 *           "price": {
                 *             "model": "per_unit",
                 *             "unitAmount": "8.00"
                 *           },
                 *           "proration": "day"
                 *         },
                 *         {
                 *           "key": "input_tokens",
                 *           "name": "Input tokens",
                 *           "kind": "usage",
                 *           "timing": "in_arrears",
                 *           "meter": "input_tokens",
                 *           "price": {
                 *             "model": "graduated",
                 *             "tiers": [
                 *               {
                 *                 "upTo": "200000",
                 *                 "unitAmount": "0.000003"
                 *               },
                 *               {
                 *                 "upTo": null,
                 *                 "unitAmount": "0.000002"
                 *               }
                 *             ]
                 *           },
                 *           "proration": "none"
                 *         }
                 *       ],
                 *       "name": "LLM Pro",
                 *       "currency": "USD",
                 *       "interval": {
                 *         "unit": "month",
                 *         "count": 1
                 *       },
                 *       "trialDays": 14,
                 *       "trialPrices": {},
                 *       "zeroInvoices": "skip"
                 *     }
                 */
                "application/json": components["schemas"]["PlanVersionDto"];
            };
        };
        responses: {
            /** @description Publishes the next version; subscriptions stay on theirs. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "charges": [
                     *         {
                     *           "key": "seats",
                     *           "name": "Seats",
                     *           "kind": "recurring",
                     *           "timing": "in_advance",
                     *           "price": {
                     *             "model": "per_unit",
                     *             "unitAmount": "8.00"
                     *           },
                     *           "proration": "day"
                     *         },
                     *         {
                     *           "key": "input_tokens",
                     *           "name": "Input tokens",
                     *           "kind": "usage",
                     *           "timing": "in_arrears",
                     *           "meter": "input_tokens",
                     *           "price": {
                     *             "model": "graduated",
                     *             "tiers": [
                     *               {
                     *                 "upTo": "200000",
                     *                 "unitAmount": "0.000003"
                     *               },
                     *               {
                     *                 "upTo": null,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ]
                     *           },
                     *           "proration": "none"
                     *         }
                     *       ],
                     *       "key": "llm-pro",
                     *       "version": 1,
                     *       "name": "LLM Pro",
                     *       "currency": "USD",
                     *       "interval": {
                     *         "unit": "month",
                     *         "count": 1
                     *       },
                     *       "trialDays": 14,
                     *       "trialPrice": null,
                     *       "trialPrices": {
                     *         "EUR": "4.50"
                     *       },
                     *       "zeroInvoices": "skip",
                     *       "archived": false,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PlanResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["plan_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `plan_archived`, `plan_currency_changed`, `unknown_currency`, `price_missing`, `currency_repeated`, `too_many_currencies`, `duplicate_charge_key`, `negative_not_allowed`, `meter_required`, `meter_not_allowed`, `meter_not_found`, `usage_in_advance`, `interval_not_allowed`, `invalid_tiers`, `invalid_package_size`, `invalid_matrix`, `division_by_zero`, `usage_price`, `negative`, `maximum_below_minimum`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    archivePlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description Key of the plan. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Keeps new subscriptions from using a plan. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "charges": [
                     *         {
                     *           "key": "seats",
                     *           "name": "Seats",
                     *           "kind": "recurring",
                     *           "timing": "in_advance",
                     *           "price": {
                     *             "model": "per_unit",
                     *             "unitAmount": "8.00"
                     *           },
                     *           "proration": "day"
                     *         },
                     *         {
                     *           "key": "input_tokens",
                     *           "name": "Input tokens",
                     *           "kind": "usage",
                     *           "timing": "in_arrears",
                     *           "meter": "input_tokens",
                     *           "price": {
                     *             "model": "graduated",
                     *             "tiers": [
                     *               {
                     *                 "upTo": "200000",
                     *                 "unitAmount": "0.000003"
                     *               },
                     *               {
                     *                 "upTo": null,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ]
                     *           },
                     *           "proration": "none"
                     *         }
                     *       ],
                     *       "key": "llm-pro",
                     *       "version": 1,
                     *       "name": "LLM Pro",
                     *       "currency": "USD",
                     *       "interval": {
                     *         "unit": "month",
                     *         "count": 1
                     *       },
                     *       "trialDays": 14,
                     *       "trialPrice": null,
                     *       "trialPrices": {
                     *         "EUR": "4.50"
                     *       },
                     *       "zeroInvoices": "skip",
                     *       "archived": false,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PlanResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["plan_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    getPlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description Key of the plan. */
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest version of a plan. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "charges": [
                     *         {
                     *           "key": "seats",
                     *           "name": "Seats",
                     *           "kind": "recurring",
                     *           "timing": "in_advance",
                     *           "price": {
                     *             "model": "per_unit",
                     *             "unitAmount": "8.00"
                     *           },
                     *           "proration": "day"
                     *         },
                     *         {
                     *           "key": "input_tokens",
                     *           "name": "Input tokens",
                     *           "kind": "usage",
                     *           "timing": "in_arrears",
                     *           "meter": "input_tokens",
                     *           "price": {
                     *             "model": "graduated",
                     *             "tiers": [
                     *               {
                     *                 "upTo": "200000",
                     *                 "unitAmount": "0.000003"
                     *               },
                     *               {
                     *                 "upTo": null,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ]
                     *           },
                     *           "proration": "none"
                     *         }
                     *       ],
                     *       "key": "llm-pro",
                     *       "version": 1,
                     *       "name": "LLM Pro",
                     *       "currency": "USD",
                     *       "interval": {
                     *         "unit": "month",
                     *         "count": 1
                     *       },
                     *       "trialDays": 14,
                     *       "trialPrice": null,
                     *       "trialPrices": {
                     *         "EUR": "4.50"
                     *       },
                     *       "zeroInvoices": "skip",
                     *       "archived": false
                     *     }
                     */
                    "application/json": components["schemas"]["PlanResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["plan_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    getPlanVersion: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description Key of the plan. */
                key: string;
                /** @description Counted from 1. */
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One version of a plan. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "charges": [
                     *         {
                     *           "key": "seats",
                     *           "name": "Seats",
                     *           "kind": "recurring",
                     *           "timing": "in_advance",
                     *           "price": {
                     *             "model": "per_unit",
                     *             "unitAmount": "8.00"
                     *           },
                     *           "proration": "day"
                     *         },
                     *         {
                     *           "key": "input_tokens",
                     *           "name": "Input tokens",
                     *           "kind": "usage",
                     *           "timing": "in_arrears",
                     *           "meter": "input_tokens",
                     *           "price": {
                     *             "model": "graduated",
                     *             "tiers": [
                     *               {
                     *                 "upTo": "200000",
                     *                 "unitAmount": "0.000003"
                     *               },
                     *               {
                     *                 "upTo": null,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ]
                     *           },
                     *           "proration": "none"
                     *         }
                     *       ],
                     *       "key": "llm-pro",
                     *       "version": 1,
                     *       "name": "LLM Pro",
                     *       "currency": "USD",
                     *       "interval": {
                     *         "unit": "month",
                     *         "count": 1
                     *       },
                     *       "trialDays": 14,
                     *       "trialPrice": null,
                     *       "trialPrices": {
                     *         "EUR": "4.50"
                     *       },
                     *       "zeroInvoices": "skip",
                     *       "archived": false
                     *     }
                     */
                    "application/json": components["schemas"]["PlanResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["plan_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    getBillingSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How the tenant bills. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "billing": "automatic",
                     *       "finalize": "auto",
                     *       "graceHours": 0,
                     *       "zeroInvoices": "skip",
                     *       "usageWindow": {
                     *         "pastDays": 400,
                     *         "futureHours": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["BillingSettingsResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    changeBillingSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "billing": "automatic",
                 *       "finalize": "auto",
                 *       "graceHours": 0,
                 *       "zeroInvoices": "skip",
                 *       "usageWindow": {
                 *         "pastDays": 400,
                 *         "futureHours": 1
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["BillingSettingsDto"];
            };
        };
        responses: {
            /** @description Changes how the tenant bills. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "billing": "automatic",
                     *       "finalize": "auto",
                     *       "graceHours": 0,
                     *       "zeroInvoices": "skip",
                     *       "usageWindow": {
                     *         "pastDays": 400,
                     *         "futureHours": 1
                     *       },
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["BillingSettingsResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["grace_hours_required.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    getTenantSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What your tenant is called, and what its new accounts and invoices begin with. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tnt_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "Acme",
                     *       "legalName": "Acme GmbH",
                     *       "timeZone": "Europe/Berlin",
                     *       "netTermsDays": 30,
                     *       "invoiceNumbers": {
                     *         "prefix": "INV-",
                     *         "digits": 6
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["TenantSettingsResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    changeTenantSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "name": "Acme",
                 *       "legalName": "Acme GmbH",
                 *       "timeZone": "Europe/Berlin",
                 *       "netTermsDays": 14,
                 *       "invoiceNumbers": {
                 *         "prefix": "ACME-{year}-",
                 *         "digits": 6
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["TenantSettingsDto"];
            };
        };
        responses: {
            /** @description Changes what your tenant is called, and what its new accounts and invoices begin with. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tnt_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "Acme",
                     *       "legalName": "Acme GmbH",
                     *       "timeZone": "Europe/Berlin",
                     *       "netTermsDays": 30,
                     *       "invoiceNumbers": {
                     *         "prefix": "INV-",
                     *         "digits": 6
                     *       },
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["TenantSettingsResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invalid_invoice_prefix.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                status?: string[];
                externalId?: string;
                /** @description Words that the name has, each by its beginning; case and accents do not matter. */
                name?: string;
                /** @description The whole address; case does not matter. */
                email?: string;
                /** @description Texts that the account has, as in `metadata[tier]=gold`. */
                metadata?: {
                    [key: string]: string;
                };
                currency?: string;
                /** @description Those that belong to this account. */
                parentAccountId?: string;
                test?: boolean;
                "openedAt[gte]"?: string;
                "openedAt[lt]"?: string;
                /** @description A field, with `-` downwards; the newest first unless named. Names are sealed, and sort by nothing. */
                sort?: string;
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists accounts, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "externalId": "cust-42",
                     *           "name": "Ada Lovelace Ltd",
                     *           "email": "billing@ada.example",
                     *           "billingAddress": {
                     *             "line1": "1 Analytical Way",
                     *             "city": "London",
                     *             "postalCode": "N1 9GU",
                     *             "country": "GB"
                     *           },
                     *           "taxId": "GB123456789",
                     *           "taxExempt": false,
                     *           "currency": "USD",
                     *           "timeZone": "UTC",
                     *           "netTermsDays": 30,
                     *           "parentAccountId": null,
                     *           "test": false,
                     *           "testClockId": null,
                     *           "metadata": {
                     *             "tier": "gold"
                     *           },
                     *           "status": "open",
                     *           "openedAt": "2026-01-31T09:30:00Z",
                     *           "erasedAt": null
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AccountResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    openAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "externalId": "cust-42",
                 *       "name": "Ada Lovelace Ltd",
                 *       "email": "billing@ada.example",
                 *       "currency": "USD",
                 *       "timeZone": "UTC",
                 *       "billingAddress": {
                 *         "line1": "1 Analytical Way",
                 *         "line2": "Floor 2",
                 *         "city": "London",
                 *         "region": "Greater London",
                 *         "postalCode": "N1 9GU",
                 *         "country": "GB"
                 *       },
                 *       "taxId": "GB123456789",
                 *       "taxExempt": false,
                 *       "netTermsDays": 30,
                 *       "test": false,
                 *       "metadata": {
                 *         "tier": "gold"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["OpenAccountDto"];
            };
        };
        responses: {
            /** @description Opens an account. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "cust-42",
                     *       "name": "Ada Lovelace Ltd",
                     *       "email": "billing@ada.example",
                     *       "billingAddress": {
                     *         "line1": "1 Analytical Way",
                     *         "city": "London",
                     *         "postalCode": "N1 9GU",
                     *         "country": "GB"
                     *       },
                     *       "taxId": "GB123456789",
                     *       "taxExempt": false,
                     *       "currency": "USD",
                     *       "timeZone": "UTC",
                     *       "netTermsDays": 30,
                     *       "parentAccountId": null,
                     *       "test": false,
                     *       "testClockId": null,
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "status": "open",
                     *       "openedAt": "2026-01-31T09:30:00Z",
                     *       "erasedAt": null,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AccountResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found.test_clock_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["account_already_exists.idempotency_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["test_account_required.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    getAccount: {
        parameters: {
            query?: {
                /** @description Recorded time: an instant, `position:<n>` or, of one account, `revision:<n>`. */
                asOf?: string;
                /** @description Business time. */
                effectiveAt?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One account, as of now or of any moment. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "cust-42",
                     *       "name": "Ada Lovelace Ltd",
                     *       "email": "billing@ada.example",
                     *       "billingAddress": {
                     *         "line1": "1 Analytical Way",
                     *         "city": "London",
                     *         "postalCode": "N1 9GU",
                     *         "country": "GB"
                     *       },
                     *       "taxId": "GB123456789",
                     *       "taxExempt": false,
                     *       "currency": "USD",
                     *       "timeZone": "UTC",
                     *       "netTermsDays": 30,
                     *       "parentAccountId": null,
                     *       "test": false,
                     *       "testClockId": null,
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "status": "open",
                     *       "openedAt": "2026-01-31T09:30:00Z",
                     *       "erasedAt": null
                     *     }
                     */
                    "application/json": components["schemas"]["AccountResource"];
                };
            };
            400: components["responses"]["invalid_as_of.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    changeAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "externalId": "cust-42",
                 *       "name": "Ada Lovelace plc",
                 *       "email": "accounts@ada.example",
                 *       "billingAddress": null,
                 *       "taxId": "GB123456789",
                 *       "taxExempt": true,
                 *       "netTermsDays": 14,
                 *       "timeZone": "Europe/Berlin",
                 *       "parentAccountId": null,
                 *       "metadata": {
                 *         "tier": "silver",
                 *         "region": null
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ChangeAccountDto"];
            };
        };
        responses: {
            /** @description Changes external id, contact, address, terms, tax status, time zone, metadata, or whom it belongs to. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "cust-42",
                     *       "name": "Ada Lovelace Ltd",
                     *       "email": "billing@ada.example",
                     *       "billingAddress": {
                     *         "line1": "1 Analytical Way",
                     *         "city": "London",
                     *         "postalCode": "N1 9GU",
                     *         "country": "GB"
                     *       },
                     *       "taxId": "GB123456789",
                     *       "taxExempt": false,
                     *       "currency": "USD",
                     *       "timeZone": "UTC",
                     *       "netTermsDays": 30,
                     *       "parentAccountId": null,
                     *       "test": false,
                     *       "testClockId": null,
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "status": "open",
                     *       "openedAt": "2026-01-31T09:30:00Z",
                     *       "erasedAt": null,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AccountResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["external_id_taken"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `account_closed`, `personal_data_erased`, `account_parent_cycle`, `too_much_metadata`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    closeAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "moved to a competitor"
                 *     }
                 */
                "application/json": components["schemas"]["CloseAccountDto"];
            };
        };
        responses: {
            /** @description Closes an account that has neither running subscriptions nor open invoices, nor anything left to bill. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "cust-42",
                     *       "name": "Ada Lovelace Ltd",
                     *       "email": "billing@ada.example",
                     *       "billingAddress": {
                     *         "line1": "1 Analytical Way",
                     *         "city": "London",
                     *         "postalCode": "N1 9GU",
                     *         "country": "GB"
                     *       },
                     *       "taxId": "GB123456789",
                     *       "taxExempt": false,
                     *       "currency": "USD",
                     *       "timeZone": "UTC",
                     *       "netTermsDays": 30,
                     *       "parentAccountId": null,
                     *       "test": false,
                     *       "testClockId": null,
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "status": "open",
                     *       "openedAt": "2026-01-31T09:30:00Z",
                     *       "erasedAt": null,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AccountResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `account_has_subscriptions`, `account_has_open_invoices`, `account_has_unbilled_charges`, `account_book_not_even`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    eraseAccount: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "documents": false,
                 *       "reason": "asked for by the person, ticket 4711"
                 *     }
                 */
                "application/json": components["schemas"]["EraseAccountDto"];
            };
        };
        responses: {
            /** @description Erases the person: personal data is null from now on, at any time asked for, while books and invoices stay whole. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "cust-42",
                     *       "name": "Ada Lovelace Ltd",
                     *       "email": "billing@ada.example",
                     *       "billingAddress": {
                     *         "line1": "1 Analytical Way",
                     *         "city": "London",
                     *         "postalCode": "N1 9GU",
                     *         "country": "GB"
                     *       },
                     *       "taxId": "GB123456789",
                     *       "taxExempt": false,
                     *       "currency": "USD",
                     *       "timeZone": "UTC",
                     *       "netTermsDays": 30,
                     *       "parentAccountId": null,
                     *       "test": false,
                     *       "testClockId": null,
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "status": "open",
                     *       "openedAt": "2026-01-31T09:30:00Z",
                     *       "erasedAt": null,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["AccountResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["documents_retained.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    getAccountState: {
        parameters: {
            query?: {
                /** @description Recorded time: an instant, `position:<n>` or, of one account, `revision:<n>`. */
                asOf?: string;
                /** @description Business time. */
                effectiveAt?: string;
            };
            header?: never;
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the log knew of an account: now, at an instant, at a position or at a revision. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "revision": 7,
                     *       "position": "4711",
                     *       "recordedAt": "2026-02-03T09:30:00Z",
                     *       "account": {
                     *         "id": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *         "externalId": "cust-42",
                     *         "name": "Ada Lovelace Ltd",
                     *         "email": "billing@ada.example",
                     *         "billingAddress": {
                     *           "line1": "1 Analytical Way",
                     *           "city": "London",
                     *           "postalCode": "N1 9GU",
                     *           "country": "GB"
                     *         },
                     *         "taxId": "GB123456789",
                     *         "taxExempt": false,
                     *         "currency": "USD",
                     *         "timeZone": "UTC",
                     *         "netTermsDays": 30,
                     *         "parentAccountId": null,
                     *         "test": false,
                     *         "testClockId": null,
                     *         "metadata": {
                     *           "tier": "gold"
                     *         },
                     *         "status": "open",
                     *         "openedAt": "2026-01-31T09:30:00Z",
                     *         "erasedAt": null
                     *       },
                     *       "subscriptions": [
                     *         {
                     *           "overrides": {
                     *             "seats": {
                     *               "discountBasisPoints": 1000
                     *             }
                     *           },
                     *           "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "externalId": "sub-42",
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "plan": "llm-pro",
                     *           "planVersion": 1,
                     *           "status": "active",
                     *           "startAt": "2026-01-01T00:00:00Z",
                     *           "activatedAt": "2026-01-01T00:00:00Z",
                     *           "trialEndsAt": null,
                     *           "endsAt": null,
                     *           "anchor": {
                     *             "day": 1,
                     *             "align": "subscription"
                     *           },
                     *           "timeZone": "UTC",
                     *           "activation": "automatic",
                     *           "quantities": {
                     *             "seats": "5"
                     *           },
                     *           "metadata": {
                     *             "tier": "gold"
                     *           },
                     *           "nextBillAt": "2026-02-01T00:00:00Z"
                     *         }
                     *       ],
                     *       "invoices": [
                     *         {
                     *           "lines": [
                     *             {
                     *               "id": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "kind": "usage",
                     *               "charge": "input_tokens",
                     *               "description": "Input tokens",
                     *               "period": {
                     *                 "start": "2026-01-01T00:00:00Z",
                     *                 "end": "2026-02-01T00:00:00Z"
                     *               },
                     *               "quantity": "561229",
                     *               "unitAmount": "0.5",
                     *               "amount": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "taxAmount": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "invoiceItemId": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "metadata": {
                     *                 "order": "4711"
                     *               },
                     *               "reason": "agreed by phone",
                     *               "adjusts": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "proration": {
                     *                 "basis": "day",
                     *                 "numerator": 17,
                     *                 "denominator": 31
                     *               },
                     *               "part": {
                     *                 "basis": "day",
                     *                 "numerator": 17,
                     *                 "denominator": 31
                     *               },
                     *               "gaps": [
                     *                 {
                     *                   "start": "2026-01-01T00:00:00Z",
                     *                   "end": "2026-02-01T00:00:00Z"
                     *                 }
                     *               ],
                     *               "otherParts": {
                     *                 "numerator": "480",
                     *                 "denominator": "31"
                     *               },
                     *               "override": {
                     *                 "price": {
                     *                   "model": "flat",
                     *                   "amount": "20.00",
                     *                   "rounding": "half_up",
                     *                   "conversion": {
                     *                     "divideBy": "1000",
                     *                     "rounding": {
                     *                       "mode": "up",
                     *                       "digits": 0
                     *                     }
                     *                   }
                     *                 },
                     *                 "tiers": [
                     *                   {
                     *                     "tier": 1,
                     *                     "unitAmount": "0.000002"
                     *                   }
                     *                 ],
                     *                 "discountBasisPoints": 1000
                     *               },
                     *               "cut": 484,
                     *               "steps": [
                     *                 {
                     *                   "tier": 1,
                     *                   "quantity": "200000",
                     *                   "convertedFrom": "7400",
                     *                   "held": "300",
                     *                   "unitAmount": "0.000003",
                     *                   "rate": "2.9",
                     *                   "group": {
                     *                     "model": "large"
                     *                   },
                     *                   "discount": 1000,
                     *                   "amount": "0.6"
                     *                 }
                     *               ],
                     *               "billedBefore": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "priorLines": []
                     *             }
                     *           ],
                     *           "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "number": "INV-000042",
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "billingRunId": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "status": "open",
                     *           "currency": "USD",
                     *           "period": {
                     *             "start": "2026-01-01T00:00:00Z",
                     *             "end": "2026-02-01T00:00:00Z"
                     *           },
                     *           "issueDate": "2026-02-01",
                     *           "dueOn": "2026-03-03",
                     *           "overdue": false,
                     *           "subtotal": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "taxTotal": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "total": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountPaid": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountCredited": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountDue": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "payments": [
                     *         {
                     *           "id": "pay_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "method": "bank_transfer",
                     *           "reference": "RF18 5390 0754 7034",
                     *           "receivedOn": "2026-02-03",
                     *           "status": "received",
                     *           "reversedOn": null,
                     *           "amountRefunded": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "allocations": [
                     *             {
                     *               "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "amount": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               }
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "ledgerAccounts": [
                     *         {
                     *           "code": "receivable",
                     *           "type": "asset",
                     *           "normalSide": "debit",
                     *           "debitsPosted": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "creditsPosted": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "debitsPending": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "creditsPending": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "balance": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["AccountStateResource"];
                };
            };
            400: components["responses"]["invalid_as_of.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    listTestClocks: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists test clocks, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "clk_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "name": "A year in the life",
                     *           "startedFrom": "2026-01-01T00:00:00Z",
                     *           "default": false,
                     *           "now": "2026-02-01T00:00:00Z",
                     *           "status": "ready"
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TestClockResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    startTestClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "A year in the life",
                 *       "startAt": "2026-01-01T00:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["StartTestClockDto"];
            };
        };
        responses: {
            /** @description Starts a clock that is set by hand. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "clk_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "A year in the life",
                     *       "startedFrom": "2026-01-01T00:00:00Z",
                     *       "default": false,
                     *       "now": "2026-02-01T00:00:00Z",
                     *       "status": "ready",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["TestClockResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    advanceTestClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `clk_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "to": "2026-02-01T00:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["AdvanceTestClockDto"];
            };
        };
        responses: {
            /** @description Lets time pass. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "clk_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "A year in the life",
                     *       "startedFrom": "2026-01-01T00:00:00Z",
                     *       "default": false,
                     *       "now": "2026-02-01T00:00:00Z",
                     *       "status": "ready",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["TestClockResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["test_clock_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["test_clock_backwards.test_clock_too_far.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    getTestClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `clk_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a test clock shows. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "clk_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "A year in the life",
                     *       "startedFrom": "2026-01-01T00:00:00Z",
                     *       "default": false,
                     *       "now": "2026-02-01T00:00:00Z",
                     *       "status": "ready"
                     *     }
                     */
                    "application/json": components["schemas"]["TestClockResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["test_clock_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    getAccountUsage: {
        parameters: {
            query: {
                /** @description Key of the meter. */
                meter: string;
                from: string;
                /** @description Not included. */
                to: string;
                /** @description Windows turn in the account's time zone. */
                window?: "month" | "day" | "hour";
                /** @description Properties that the meter may be broken down by. */
                groupBy?: string[];
                /** @description Recorded time: an instant or `position:<n>`. */
                asOf?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What a meter counted, whole or by windows and properties. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "meter": "input_tokens",
                     *       "data": [
                     *         {
                     *           "start": "2026-01-01T00:00:00Z",
                     *           "end": "2026-02-01T00:00:00Z",
                     *           "quantity": "561229",
                     *           "count": 485,
                     *           "group": {
                     *             "model": "large"
                     *           }
                     *         }
                     *       ],
                     *       "total": "561229"
                     *     }
                     */
                    "application/json": components["schemas"]["UsageReportResource"];
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `invalid_as_of`, `too_many_points`, `invalid_request`, `header_repeated` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found.meter_not_found"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["group_not_found"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    getBook: {
        parameters: {
            query?: {
                /** @description Recorded time: an instant, `position:<n>` or, of one account, `revision:<n>`. */
                asOf?: string;
                /** @description Business time. */
                effectiveAt?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account's double-entry ledger, as of now or of any moment. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "ledgerAccounts": [
                     *         {
                     *           "code": "receivable",
                     *           "type": "asset",
                     *           "normalSide": "debit",
                     *           "debitsPosted": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "creditsPosted": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "debitsPending": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "creditsPending": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "balance": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BookResource"];
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_as_of.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    listTransfers: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
                /** @description A field, with `-` downwards; the newest first unless named. */
                sort?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists the account's transfers, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "tfr_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "kind": "posted",
                     *           "debit": "receivable",
                     *           "credit": "revenue",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "bookedOn": "2026-02-01",
                     *           "cause": {
                     *             "type": "invoice",
                     *             "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd"
                     *           },
                     *           "rule": "invoice_finalized",
                     *           "flags": [],
                     *           "pendingId": null,
                     *           "expiresAt": null,
                     *           "recordedAt": "2026-02-01T00:00:03Z",
                     *           "revision": 7
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TransferResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    submitTransfers: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false,
                 *       "linked": [],
                 *       "debit": "cash",
                 *       "credit": "wallet",
                 *       "amount": {
                 *         "amount": "24.55",
                 *         "currency": "USD"
                 *       },
                 *       "flags": [
                 *         "pending"
                 *       ],
                 *       "timeoutSeconds": 3600
                 *     }
                 */
                "application/json": components["schemas"]["TransferDto"];
            };
        };
        responses: {
            /** @description Moves or reserves an amount in the account's book, alone or with transfers that stand or fall with it. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tfr_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "kind": "posted",
                     *       "debit": "receivable",
                     *       "credit": "revenue",
                     *       "amount": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "bookedOn": "2026-02-01",
                     *       "cause": {
                     *         "type": "invoice",
                     *         "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd"
                     *       },
                     *       "rule": "invoice_finalized",
                     *       "flags": [],
                     *       "pendingId": null,
                     *       "expiresAt": null,
                     *       "recordedAt": "2026-02-01T00:00:03Z",
                     *       "revision": 7,
                     *       "linked": [],
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SubmittedTransferResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            /** @description Conflict: `exists_with_different_flags`, `exists_with_different_timeout`, `exists_with_different_debit_account_id`, `exists_with_different_credit_account_id`, `exists_with_different_amount`, `idempotency_in_progress` */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `account_closed`, `currency_mismatch`, `invalid_amount`, `amount_not_positive`, `transfer_id_reserved`, `receivable_reserved`, `accounts_must_be_different`, `timeout_reserved_for_pending_transfer`, `closing_transfer_must_be_pending`, `debit_account_already_closed`, `credit_account_already_closed`, `exceeds_credits`, `linked_event_chain_open`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    postPendingTransfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `tfr_…` of a pending transfer */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "amount": {
                 *         "amount": "24.55",
                 *         "currency": "USD"
                 *       },
                 *       "dryRun": false
                 *     }
                 */
                "application/json": components["schemas"]["PostTransferDto"];
            };
        };
        responses: {
            /** @description Posts a pending transfer, whole or in part; the rest is given back. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tfr_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "kind": "posted",
                     *       "debit": "receivable",
                     *       "credit": "revenue",
                     *       "amount": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "bookedOn": "2026-02-01",
                     *       "cause": {
                     *         "type": "invoice",
                     *         "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd"
                     *       },
                     *       "rule": "invoice_finalized",
                     *       "flags": [],
                     *       "pendingId": null,
                     *       "expiresAt": null,
                     *       "recordedAt": "2026-02-01T00:00:03Z",
                     *       "revision": 7,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["TransferResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["transfer_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `account_closed`, `currency_mismatch`, `pending_transfer_already_posted`, `pending_transfer_already_voided`, `pending_transfer_expired`, `receivable_reserved`, `invalid_amount`, `amount_not_positive`, `exceeds_pending_transfer_amount`, `debit_account_already_closed`, `credit_account_already_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    voidPendingTransfer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `tfr_…` of a pending transfer */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false
                 *     }
                 */
                "application/json": components["schemas"]["VoidTransferDto"];
            };
        };
        responses: {
            /** @description Gives back what a pending transfer reserved. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tfr_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "kind": "posted",
                     *       "debit": "receivable",
                     *       "credit": "revenue",
                     *       "amount": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "bookedOn": "2026-02-01",
                     *       "cause": {
                     *         "type": "invoice",
                     *         "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd"
                     *       },
                     *       "rule": "invoice_finalized",
                     *       "flags": [],
                     *       "pendingId": null,
                     *       "expiresAt": null,
                     *       "recordedAt": "2026-02-01T00:00:03Z",
                     *       "revision": 7,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["TransferResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["transfer_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `account_closed`, `currency_mismatch`, `pending_transfer_already_posted`, `pending_transfer_already_voided`, `pending_transfer_expired`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    listSubscriptions: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
                accountId?: string;
                plan?: string;
                status?: string[];
                /** @description Texts that the subscription has, as in `metadata[tier]=gold`. */
                metadata?: {
                    [key: string]: string;
                };
                /** @description A field, with `-` downwards; the newest first unless named. What has no end, or nothing to be billed, comes last upwards. */
                sort?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists subscriptions, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "overrides": {
                     *             "seats": {
                     *               "discountBasisPoints": 1000
                     *             }
                     *           },
                     *           "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "externalId": "sub-42",
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "plan": "llm-pro",
                     *           "planVersion": 1,
                     *           "status": "active",
                     *           "startAt": "2026-01-01T00:00:00Z",
                     *           "activatedAt": "2026-01-01T00:00:00Z",
                     *           "trialEndsAt": null,
                     *           "endsAt": null,
                     *           "anchor": {
                     *             "day": 1,
                     *             "align": "subscription"
                     *           },
                     *           "timeZone": "UTC",
                     *           "activation": "automatic",
                     *           "quantities": {
                     *             "seats": "5"
                     *           },
                     *           "metadata": {
                     *             "tier": "gold"
                     *           },
                     *           "nextBillAt": "2026-02-01T00:00:00Z"
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["SubscriptionResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    createSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overrides": {
                 *         "seats": {
                 *           "discountBasisPoints": 1000
                 *         }
                 *       },
                 *       "accountId": "external:cust-42",
                 *       "plan": "llm-pro",
                 *       "planVersion": 1,
                 *       "externalId": "sub-42",
                 *       "startAt": "2026-01-01T00:00:00Z",
                 *       "anchor": {
                 *         "day": 1,
                 *         "align": "subscription"
                 *       },
                 *       "activation": "automatic",
                 *       "quantities": {
                 *         "seats": "5"
                 *       },
                 *       "trialDays": 14,
                 *       "billedThrough": "2026-02-01T00:00:00Z",
                 *       "metadata": {
                 *         "opportunity": "006-42"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["CreateSubscriptionDto"];
            };
        };
        responses: {
            /** @description Gives an account a plan. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "overrides": {
                     *         "seats": {
                     *           "discountBasisPoints": 1000
                     *         }
                     *       },
                     *       "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "sub-42",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "plan": "llm-pro",
                     *       "planVersion": 1,
                     *       "status": "active",
                     *       "startAt": "2026-01-01T00:00:00Z",
                     *       "activatedAt": "2026-01-01T00:00:00Z",
                     *       "trialEndsAt": null,
                     *       "endsAt": null,
                     *       "anchor": {
                     *         "day": 1,
                     *         "align": "subscription"
                     *       },
                     *       "timeZone": "UTC",
                     *       "activation": "automatic",
                     *       "quantities": {
                     *         "seats": "5"
                     *       },
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "nextBillAt": "2026-02-01T00:00:00Z",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found.plan_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["subscription_already_exists.external_id_taken.idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `plan_archived`, `currency_mismatch`, `charge_not_found`, `invalid_decimal`, `invalid_tiers`, `invalid_package_size`, `invalid_matrix`, `division_by_zero`, `usage_price`, `negative`, `maximum_below_minimum`, `tier_not_found`, `invalid_basis_points`, `duplicate_charge_key`, `too_many_subscriptions`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    getSubscription: {
        parameters: {
            query?: {
                /** @description Recorded time: an instant, `position:<n>` or, of one account, `revision:<n>`. */
                asOf?: string;
                /** @description Business time. */
                effectiveAt?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `sub_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One subscription, as of now or of any moment. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "overrides": {
                     *         "seats": {
                     *           "discountBasisPoints": 1000
                     *         }
                     *       },
                     *       "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "sub-42",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "plan": "llm-pro",
                     *       "planVersion": 1,
                     *       "status": "active",
                     *       "startAt": "2026-01-01T00:00:00Z",
                     *       "activatedAt": "2026-01-01T00:00:00Z",
                     *       "trialEndsAt": null,
                     *       "endsAt": null,
                     *       "anchor": {
                     *         "day": 1,
                     *         "align": "subscription"
                     *       },
                     *       "timeZone": "UTC",
                     *       "activation": "automatic",
                     *       "quantities": {
                     *         "seats": "5"
                     *       },
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "nextBillAt": "2026-02-01T00:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResource"];
                };
            };
            400: components["responses"]["invalid_as_of.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["subscription_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    changeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `sub_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "metadata": {
                 *         "opportunity": "006-43",
                 *         "owner": null
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["ChangeSubscriptionDto"];
            };
        };
        responses: {
            /** @description Changes what is noted about it: metadata. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "overrides": {
                     *         "seats": {
                     *           "discountBasisPoints": 1000
                     *         }
                     *       },
                     *       "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "sub-42",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "plan": "llm-pro",
                     *       "planVersion": 1,
                     *       "status": "active",
                     *       "startAt": "2026-01-01T00:00:00Z",
                     *       "activatedAt": "2026-01-01T00:00:00Z",
                     *       "trialEndsAt": null,
                     *       "endsAt": null,
                     *       "anchor": {
                     *         "day": 1,
                     *         "align": "subscription"
                     *       },
                     *       "timeZone": "UTC",
                     *       "activation": "automatic",
                     *       "quantities": {
                     *         "seats": "5"
                     *       },
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "nextBillAt": "2026-02-01T00:00:00Z",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["subscription_not_found"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["account_closed.too_much_metadata.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    activateSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `sub_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "at": "2026-01-01T00:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["ActivateSubscriptionDto"];
            };
        };
        responses: {
            /** @description Begins what waited for it. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "overrides": {
                     *         "seats": {
                     *           "discountBasisPoints": 1000
                     *         }
                     *       },
                     *       "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "sub-42",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "plan": "llm-pro",
                     *       "planVersion": 1,
                     *       "status": "active",
                     *       "startAt": "2026-01-01T00:00:00Z",
                     *       "activatedAt": "2026-01-01T00:00:00Z",
                     *       "trialEndsAt": null,
                     *       "endsAt": null,
                     *       "anchor": {
                     *         "day": 1,
                     *         "align": "subscription"
                     *       },
                     *       "timeZone": "UTC",
                     *       "activation": "automatic",
                     *       "quantities": {
                     *         "seats": "5"
                     *       },
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "nextBillAt": "2026-02-01T00:00:00Z",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["subscription_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["subscription_canceled.account_closed.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    cancelSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `sub_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "at": "period_end",
                 *       "credit": "prorated",
                 *       "finalBill": true,
                 *       "reason": "too expensive"
                 *     }
                 */
                "application/json": components["schemas"]["CancelSubscriptionDto"];
            };
        };
        responses: {
            /** @description Sets its end. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "overrides": {
                     *         "seats": {
                     *           "discountBasisPoints": 1000
                     *         }
                     *       },
                     *       "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "sub-42",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "plan": "llm-pro",
                     *       "planVersion": 1,
                     *       "status": "active",
                     *       "startAt": "2026-01-01T00:00:00Z",
                     *       "activatedAt": "2026-01-01T00:00:00Z",
                     *       "trialEndsAt": null,
                     *       "endsAt": null,
                     *       "anchor": {
                     *         "day": 1,
                     *         "align": "subscription"
                     *       },
                     *       "timeZone": "UTC",
                     *       "activation": "automatic",
                     *       "quantities": {
                     *         "seats": "5"
                     *       },
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "nextBillAt": "2026-02-01T00:00:00Z",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["subscription_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `subscription_already_canceled`, `end_before_start`, `credit_amount_ahead`, `credit_named_twice`, `amount_not_positive`, `currency_mismatch`, `invalid_amount`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    listScheduledChanges: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `sub_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What counts only later: plans, units, pauses, and the end. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "overrides": {
                     *           "seats": {
                     *             "discountBasisPoints": 1000
                     *           }
                     *         },
                     *         "id": "0190d5c8-3f0e-5d7a-9a51-0f2f6a1d7c11",
                     *         "kind": "plan",
                     *         "effectiveFrom": "2027-01-01T00:00:00Z",
                     *         "plan": "llm-pro",
                     *         "planVersion": 1,
                     *         "quantities": {
                     *           "seats": "8"
                     *         },
                     *         "until": null,
                     *         "proration": "prorated",
                     *         "recordedAt": "2026-12-11T09:30:00Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ScheduledChangeResource"][];
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["subscription_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    changePlan: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `sub_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "overrides": {
                 *         "seats": {
                 *           "discountBasisPoints": 1000
                 *         }
                 *       },
                 *       "plan": "llm-pro",
                 *       "quantities": {
                 *         "seats": "8"
                 *       },
                 *       "at": "now",
                 *       "proration": "prorated",
                 *       "billingCycle": "keep",
                 *       "allowances": "continue",
                 *       "dryRun": false
                 *     }
                 */
                "application/json": components["schemas"]["ChangePlanDto"];
            };
        };
        responses: {
            /** @description Another plan, version, number of units or agreed price: now, in the past, or from a later moment on. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "overrides": {
                     *         "seats": {
                     *           "discountBasisPoints": 1000
                     *         }
                     *       },
                     *       "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "sub-42",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "plan": "llm-pro",
                     *       "planVersion": 1,
                     *       "status": "active",
                     *       "startAt": "2026-01-01T00:00:00Z",
                     *       "activatedAt": "2026-01-01T00:00:00Z",
                     *       "trialEndsAt": null,
                     *       "endsAt": null,
                     *       "anchor": {
                     *         "day": 1,
                     *         "align": "subscription"
                     *       },
                     *       "timeZone": "UTC",
                     *       "activation": "automatic",
                     *       "quantities": {
                     *         "seats": "5"
                     *       },
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "nextBillAt": "2026-02-01T00:00:00Z",
                     *       "preview": {
                     *         "lines": [
                     *           {
                     *             "id": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *             "kind": "usage",
                     *             "charge": "input_tokens",
                     *             "description": "Input tokens",
                     *             "period": {
                     *               "start": "2026-01-01T00:00:00Z",
                     *               "end": "2026-02-01T00:00:00Z"
                     *             },
                     *             "quantity": "561229",
                     *             "unitAmount": "0.5",
                     *             "amount": {
                     *               "amount": "24.55",
                     *               "currency": "USD"
                     *             },
                     *             "taxAmount": {
                     *               "amount": "24.55",
                     *               "currency": "USD"
                     *             },
                     *             "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *             "invoiceItemId": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *             "metadata": {
                     *               "order": "4711"
                     *             },
                     *             "reason": "agreed by phone",
                     *             "adjusts": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *             "proration": {
                     *               "basis": "day",
                     *               "numerator": 17,
                     *               "denominator": 31
                     *             },
                     *             "part": {
                     *               "basis": "day",
                     *               "numerator": 17,
                     *               "denominator": 31
                     *             },
                     *             "gaps": [
                     *               {
                     *                 "start": "2026-01-01T00:00:00Z",
                     *                 "end": "2026-02-01T00:00:00Z"
                     *               }
                     *             ],
                     *             "otherParts": {
                     *               "numerator": "480",
                     *               "denominator": "31"
                     *             },
                     *             "override": {
                     *               "price": {
                     *                 "model": "flat",
                     *                 "amount": "20.00",
                     *                 "rounding": "half_up",
                     *                 "conversion": {
                     *                   "divideBy": "1000",
                     *                   "rounding": {
                     *                     "mode": "up",
                     *                     "digits": 0
                     *                   }
                     *                 }
                     *               },
                     *               "tiers": [
                     *                 {
                     *                   "tier": 1,
                     *                   "unitAmount": "0.000002"
                     *                 }
                     *               ],
                     *               "discountBasisPoints": 1000
                     *             },
                     *             "cut": 484,
                     *             "steps": [
                     *               {
                     *                 "tier": 1,
                     *                 "quantity": "200000",
                     *                 "convertedFrom": "7400",
                     *                 "held": "300",
                     *                 "unitAmount": "0.000003",
                     *                 "rate": "2.9",
                     *                 "group": {
                     *                   "model": "large"
                     *                 },
                     *                 "discount": 1000,
                     *                 "amount": "0.6"
                     *               }
                     *             ],
                     *             "billedBefore": {
                     *               "amount": "24.55",
                     *               "currency": "USD"
                     *             },
                     *             "priorLines": []
                     *           }
                     *         ],
                     *         "total": {
                     *           "amount": "24.55",
                     *           "currency": "USD"
                     *         }
                     *       },
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ChangedSubscriptionResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["subscription_not_found.plan_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `subscription_not_active`, `subscription_canceled`, `change_before_start`, `later_change_exists`, `plan_archived`, `currency_mismatch`, `charge_not_found`, `invalid_decimal`, `tier_not_found`, `invalid_tiers`, `invalid_package_size`, `invalid_matrix`, `division_by_zero`, `usage_price`, `negative`, `maximum_below_minimum`, `invalid_basis_points`, `nothing_changes`, `proration_required`, `full_difference_ahead`, `preview_too_large`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    pauseSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `sub_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "at": "now",
                 *       "until": "2027-01-01T00:00:00Z",
                 *       "credit": "prorated"
                 *     }
                 */
                "application/json": components["schemas"]["PauseSubscriptionDto"];
            };
        };
        responses: {
            /** @description Nothing is served, nor billed, until it is resumed. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "overrides": {
                     *         "seats": {
                     *           "discountBasisPoints": 1000
                     *         }
                     *       },
                     *       "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "sub-42",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "plan": "llm-pro",
                     *       "planVersion": 1,
                     *       "status": "active",
                     *       "startAt": "2026-01-01T00:00:00Z",
                     *       "activatedAt": "2026-01-01T00:00:00Z",
                     *       "trialEndsAt": null,
                     *       "endsAt": null,
                     *       "anchor": {
                     *         "day": 1,
                     *         "align": "subscription"
                     *       },
                     *       "timeZone": "UTC",
                     *       "activation": "automatic",
                     *       "quantities": {
                     *         "seats": "5"
                     *       },
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "nextBillAt": "2026-02-01T00:00:00Z",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["subscription_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `subscription_not_active`, `subscription_canceled`, `subscription_already_paused`, `change_before_start`, `until_before_pause`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    resumeSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `sub_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "at": "now"
                 *     }
                 */
                "application/json": components["schemas"]["ResumeSubscriptionDto"];
            };
        };
        responses: {
            /** @description Ends a pause. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "overrides": {
                     *         "seats": {
                     *           "discountBasisPoints": 1000
                     *         }
                     *       },
                     *       "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "sub-42",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "plan": "llm-pro",
                     *       "planVersion": 1,
                     *       "status": "active",
                     *       "startAt": "2026-01-01T00:00:00Z",
                     *       "activatedAt": "2026-01-01T00:00:00Z",
                     *       "trialEndsAt": null,
                     *       "endsAt": null,
                     *       "anchor": {
                     *         "day": 1,
                     *         "align": "subscription"
                     *       },
                     *       "timeZone": "UTC",
                     *       "activation": "automatic",
                     *       "quantities": {
                     *         "seats": "5"
                     *       },
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "nextBillAt": "2026-02-01T00:00:00Z",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["subscription_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `subscription_not_active`, `subscription_canceled`, `subscription_not_paused`, `change_before_start`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    uncancelSubscription: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `sub_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Takes back an end that has not come. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "overrides": {
                     *         "seats": {
                     *           "discountBasisPoints": 1000
                     *         }
                     *       },
                     *       "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "sub-42",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "plan": "llm-pro",
                     *       "planVersion": 1,
                     *       "status": "active",
                     *       "startAt": "2026-01-01T00:00:00Z",
                     *       "activatedAt": "2026-01-01T00:00:00Z",
                     *       "trialEndsAt": null,
                     *       "endsAt": null,
                     *       "anchor": {
                     *         "day": 1,
                     *         "align": "subscription"
                     *       },
                     *       "timeZone": "UTC",
                     *       "activation": "automatic",
                     *       "quantities": {
                     *         "seats": "5"
                     *       },
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "nextBillAt": "2026-02-01T00:00:00Z",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["subscription_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            /** @description Unprocessable Entity: `subscription_not_canceled`, `subscription_ended`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    withdrawScheduledChange: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `sub_…` or `external:<externalId>` */
                id: string;
                /** @description Id of the change. */
                changeId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Takes back a change that does not count yet. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "overrides": {
                     *         "seats": {
                     *           "discountBasisPoints": 1000
                     *         }
                     *       },
                     *       "id": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "externalId": "sub-42",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "plan": "llm-pro",
                     *       "planVersion": 1,
                     *       "status": "active",
                     *       "startAt": "2026-01-01T00:00:00Z",
                     *       "activatedAt": "2026-01-01T00:00:00Z",
                     *       "trialEndsAt": null,
                     *       "endsAt": null,
                     *       "anchor": {
                     *         "day": 1,
                     *         "align": "subscription"
                     *       },
                     *       "timeZone": "UTC",
                     *       "activation": "automatic",
                     *       "quantities": {
                     *         "seats": "5"
                     *       },
                     *       "metadata": {
                     *         "tier": "gold"
                     *       },
                     *       "nextBillAt": "2026-02-01T00:00:00Z",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SubscriptionResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["subscription_not_found.change_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            /** @description Unprocessable Entity: `change_already_effective`, `later_change_exists`, `subscription_ended`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    listSubscriptionUsage: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
                /** @description Periods that are over by then are left out. */
                from?: string;
                /** @description Not included; now, unless named. */
                to?: string;
                /** @description Key of a charge. */
                charge?: string;
                /** @description Key of a meter. */
                meter?: string;
                /** @description Billing periods, unless named; windows turn in the subscription's time zone, and have no amounts. */
                window?: "month" | "day" | "hour";
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `sub_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What all usage charges of a subscription counted, by billing period or by windows, with what is billed of it and will be. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "charge": "tokens",
                     *           "meter": "input_tokens",
                     *           "plan": "llm-pro",
                     *           "planVersion": 1,
                     *           "start": "2026-01-01T00:00:00Z",
                     *           "end": "2026-02-01T00:00:00Z",
                     *           "quantity": "561229",
                     *           "count": 485,
                     *           "quantityBilled": "561000",
                     *           "billed": {
                     *             "amount": "56.10",
                     *             "currency": "USD"
                     *           },
                     *           "upcoming": {
                     *             "amount": "0.02",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["SubscriptionUsageResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `invalid_cursor`, `too_many_points`, `invalid_request`, `header_repeated` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["subscription_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    recordUsage: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "events": [
                 *         {
                 *           "id": "req-1",
                 *           "event": "llm_request",
                 *           "accountId": "external:cust-42",
                 *           "at": "2026-01-15T10:30:00Z",
                 *           "properties": {
                 *             "context_tokens": 374,
                 *             "model": "large"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    events: {
                        /** @description Unique per account; the first one with an id counts. */
                        id: string;
                        /** @description What happened; meters listen to this name. */
                        event: string;
                        /** @description `acc_…` or `external:<externalId>` */
                        accountId: string;
                        /** @description RFC 3339; now unless told. */
                        at?: string;
                        /** @description Numbers keep all their digits. What is null is as if it were not there. */
                        properties?: {
                            [key: string]: string | number | boolean | null;
                        };
                        subscriptionId?: string;
                    }[];
                };
            };
        };
        responses: {
            /** @description Records 1 to 1,000 usage events; each stands alone, and is told what is wrong with it. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "id": "req-1",
                     *           "status": "accepted"
                     *         },
                     *         {
                     *           "id": "req-2",
                     *           "status": "rejected",
                     *           "code": "account_not_found",
                     *           "message": "There is no such account."
                     *         }
                     *       ],
                     *       "counts": {
                     *         "accepted": 1,
                     *         "duplicates": 0,
                     *         "rejected": 1
                     *       },
                     *       "log": {
                     *         "position": "4711"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["UsageRecordingResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    listUnbilledUsage: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
                accountId?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists readings that no charge of any subscription takes. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "req-1",
                     *           "event": "llm_request",
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "at": "2026-01-15T10:30:00Z",
                     *           "properties": {
                     *             "context_tokens": "374"
                     *           },
                     *           "subscriptionId": null,
                     *           "recordedAt": "2026-01-15T10:30:01Z",
                     *           "status": "recorded",
                     *           "reason": null
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ReadingResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    getUsage: {
        parameters: {
            query?: {
                /** @description Ids are unique per account. */
                accountId?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description The id that you gave the event. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One reading. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "req-1",
                     *       "event": "llm_request",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "at": "2026-01-15T10:30:00Z",
                     *       "properties": {
                     *         "context_tokens": "374"
                     *       },
                     *       "subscriptionId": null,
                     *       "recordedAt": "2026-01-15T10:30:01Z",
                     *       "status": "recorded",
                     *       "reason": null
                     *     }
                     */
                    "application/json": components["schemas"]["ReadingResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["reading_not_found.account_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["reading_ambiguous"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    amendUsage: {
        parameters: {
            query?: {
                /** @description Ids are unique per account. */
                accountId?: string;
            };
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description The id that you gave the event. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "properties": {
                 *         "context_tokens": "512"
                 *       },
                 *       "reason": "The gateway counted the prompt twice."
                 *     }
                 */
                "application/json": components["schemas"]["AmendReadingDto"];
            };
        };
        responses: {
            /** @description Replaces what a reading says. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "req-1",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "amended",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CorrectionResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["reading_not_found.account_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["reading_ambiguous.idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `reading_retracted`, `account_closed`, `invalid_decimal`, `value_not_computable`, `negative_value`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    retractUsage: {
        parameters: {
            query?: {
                /** @description Ids are unique per account. */
                accountId?: string;
            };
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description The id that you gave the event. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "A load test."
                 *     }
                 */
                "application/json": components["schemas"]["RetractReadingDto"];
            };
        };
        responses: {
            /** @description Takes a reading back: it never happened. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "req-1",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "amended",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CorrectionResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["reading_not_found.account_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["reading_ambiguous.idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["account_closed.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    listBillingRuns: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
                /** @description A field, with `-` downwards; the newest first unless named. */
                sort?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists runs, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "status": "completed",
                     *           "billThrough": "2026-02-01T00:00:00Z",
                     *           "startedAt": "2026-02-01T00:05:00Z",
                     *           "completedAt": "2026-02-01T00:05:02Z",
                     *           "accounts": {
                     *             "due": 40,
                     *             "billed": 40,
                     *             "failed": 0
                     *           },
                     *           "invoices": 40,
                     *           "totals": [
                     *             {
                     *               "amount": "24.55",
                     *               "currency": "USD"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["BillingRunSummaryResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    runBilling: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "billThrough": "2026-02-01T00:00:00Z",
                 *       "accounts": [
                 *         "external:cust-42"
                 *       ],
                 *       "dryRun": false
                 *     }
                 */
                "application/json": components["schemas"]["StartBillingRunDto"];
            };
        };
        responses: {
            /** @description Bills everything due up to an instant. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "failures": [
                     *         {
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "code": "account_closed",
                     *           "detail": "The account is closed."
                     *         }
                     *       ],
                     *       "preview": [
                     *         {
                     *           "lines": [
                     *             {
                     *               "id": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "kind": "usage",
                     *               "charge": "input_tokens",
                     *               "description": "Input tokens",
                     *               "period": {
                     *                 "start": "2026-01-01T00:00:00Z",
                     *                 "end": "2026-02-01T00:00:00Z"
                     *               },
                     *               "quantity": "561229",
                     *               "unitAmount": "0.5",
                     *               "amount": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "taxAmount": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "invoiceItemId": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "metadata": {
                     *                 "order": "4711"
                     *               },
                     *               "reason": "agreed by phone",
                     *               "adjusts": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "proration": {
                     *                 "basis": "day",
                     *                 "numerator": 17,
                     *                 "denominator": 31
                     *               },
                     *               "part": {
                     *                 "basis": "day",
                     *                 "numerator": 17,
                     *                 "denominator": 31
                     *               },
                     *               "gaps": [
                     *                 {
                     *                   "start": "2026-01-01T00:00:00Z",
                     *                   "end": "2026-02-01T00:00:00Z"
                     *                 }
                     *               ],
                     *               "otherParts": {
                     *                 "numerator": "480",
                     *                 "denominator": "31"
                     *               },
                     *               "override": {
                     *                 "price": {
                     *                   "model": "flat",
                     *                   "amount": "20.00",
                     *                   "rounding": "half_up",
                     *                   "conversion": {
                     *                     "divideBy": "1000",
                     *                     "rounding": {
                     *                       "mode": "up",
                     *                       "digits": 0
                     *                     }
                     *                   }
                     *                 },
                     *                 "tiers": [
                     *                   {
                     *                     "tier": 1,
                     *                     "unitAmount": "0.000002"
                     *                   }
                     *                 ],
                     *                 "discountBasisPoints": 1000
                     *               },
                     *               "cut": 484,
                     *               "steps": [
                     *                 {
                     *                   "tier": 1,
                     *                   "quantity": "200000",
                     *                   "convertedFrom": "7400",
                     *                   "held": "300",
                     *                   "unitAmount": "0.000003",
                     *                   "rate": "2.9",
                     *                   "group": {
                     *                     "model": "large"
                     *                   },
                     *                   "discount": 1000,
                     *                   "amount": "0.6"
                     *                 }
                     *               ],
                     *               "billedBefore": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "priorLines": []
                     *             }
                     *           ],
                     *           "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "number": "INV-000042",
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "billingRunId": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "status": "open",
                     *           "currency": "USD",
                     *           "period": {
                     *             "start": "2026-01-01T00:00:00Z",
                     *             "end": "2026-02-01T00:00:00Z"
                     *           },
                     *           "issueDate": "2026-02-01",
                     *           "dueOn": "2026-03-03",
                     *           "overdue": false,
                     *           "subtotal": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "taxTotal": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "total": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountPaid": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountCredited": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountDue": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "id": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "completed",
                     *       "billThrough": "2026-02-01T00:00:00Z",
                     *       "startedAt": "2026-02-01T00:05:00Z",
                     *       "completedAt": "2026-02-01T00:05:02Z",
                     *       "accounts": {
                     *         "due": 40,
                     *         "billed": 40,
                     *         "failed": 0
                     *       },
                     *       "invoices": 40,
                     *       "totals": [
                     *         {
                     *           "amount": "24.55",
                     *           "currency": "USD"
                     *         }
                     *       ],
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["BillingRunResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["preview_too_large.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    getBillingRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `run_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far a run is, or what it came to. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "failures": [
                     *         {
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "code": "account_closed",
                     *           "detail": "The account is closed."
                     *         }
                     *       ],
                     *       "preview": [
                     *         {
                     *           "lines": [
                     *             {
                     *               "id": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "kind": "usage",
                     *               "charge": "input_tokens",
                     *               "description": "Input tokens",
                     *               "period": {
                     *                 "start": "2026-01-01T00:00:00Z",
                     *                 "end": "2026-02-01T00:00:00Z"
                     *               },
                     *               "quantity": "561229",
                     *               "unitAmount": "0.5",
                     *               "amount": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "taxAmount": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "invoiceItemId": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "metadata": {
                     *                 "order": "4711"
                     *               },
                     *               "reason": "agreed by phone",
                     *               "adjusts": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "proration": {
                     *                 "basis": "day",
                     *                 "numerator": 17,
                     *                 "denominator": 31
                     *               },
                     *               "part": {
                     *                 "basis": "day",
                     *                 "numerator": 17,
                     *                 "denominator": 31
                     *               },
                     *               "gaps": [
                     *                 {
                     *                   "start": "2026-01-01T00:00:00Z",
                     *                   "end": "2026-02-01T00:00:00Z"
                     *                 }
                     *               ],
                     *               "otherParts": {
                     *                 "numerator": "480",
                     *                 "denominator": "31"
                     *               },
                     *               "override": {
                     *                 "price": {
                     *                   "model": "flat",
                     *                   "amount": "20.00",
                     *                   "rounding": "half_up",
                     *                   "conversion": {
                     *                     "divideBy": "1000",
                     *                     "rounding": {
                     *                       "mode": "up",
                     *                       "digits": 0
                     *                     }
                     *                   }
                     *                 },
                     *                 "tiers": [
                     *                   {
                     *                     "tier": 1,
                     *                     "unitAmount": "0.000002"
                     *                   }
                     *                 ],
                     *                 "discountBasisPoints": 1000
                     *               },
                     *               "cut": 484,
                     *               "steps": [
                     *                 {
                     *                   "tier": 1,
                     *                   "quantity": "200000",
                     *                   "convertedFrom": "7400",
                     *                   "held": "300",
                     *                   "unitAmount": "0.000003",
                     *                   "rate": "2.9",
                     *                   "group": {
                     *                     "model": "large"
                     *                   },
                     *                   "discount": 1000,
                     *                   "amount": "0.6"
                     *                 }
                     *               ],
                     *               "billedBefore": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "priorLines": []
                     *             }
                     *           ],
                     *           "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "number": "INV-000042",
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "billingRunId": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "status": "open",
                     *           "currency": "USD",
                     *           "period": {
                     *             "start": "2026-01-01T00:00:00Z",
                     *             "end": "2026-02-01T00:00:00Z"
                     *           },
                     *           "issueDate": "2026-02-01",
                     *           "dueOn": "2026-03-03",
                     *           "overdue": false,
                     *           "subtotal": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "taxTotal": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "total": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountPaid": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountCredited": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountDue": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "id": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "completed",
                     *       "billThrough": "2026-02-01T00:00:00Z",
                     *       "startedAt": "2026-02-01T00:05:00Z",
                     *       "completedAt": "2026-02-01T00:05:02Z",
                     *       "accounts": {
                     *         "due": 40,
                     *         "billed": 40,
                     *         "failed": 0
                     *       },
                     *       "invoices": 40,
                     *       "totals": [
                     *         {
                     *           "amount": "24.55",
                     *           "currency": "USD"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["BillingRunResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["billing_run_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    followBillingRun: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `run_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tells how far a run is each time that it has come further, as server-sent events, until it is over. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 4711
                     *     data: {"failures":[{"accountId":"acc_01j9zq6e4hf0fvwpn5t5jzq3cd","code":"account_closed","detail":"The account is closed."}],"preview":[{"lines":[{"id":"lin_01j9zq6e4hf0fvwpn5t5jzq3cd","kind":"usage","charge":"input_tokens","description":"Input tokens","period":{"start":"2026-01-01T00:00:00Z","end":"2026-02-01T00:00:00Z"},"quantity":"561229","unitAmount":"0.5","amount":{"amount":"24.55","currency":"USD"},"taxAmount":{"amount":"24.55","currency":"USD"},"subscriptionId":"sub_01j9zq6e4hf0fvwpn5t5jzq3cd","invoiceItemId":"itm_01j9zq6e4hf0fvwpn5t5jzq3cd","metadata":{"order":"4711"},"reason":"agreed by phone","adjusts":"lin_01j9zq6e4hf0fvwpn5t5jzq3cd","proration":{"basis":"day","numerator":17,"denominator":31},"part":{"basis":"day","numerator":17,"denominator":31},"gaps":[{"start":"2026-01-01T00:00:00Z","end":"2026-02-01T00:00:00Z"}],"otherParts":{"numerator":"480","denominator":"31"},"override":{"price":{"model":"flat","amount":"20.00","rounding":"half_up","conversion":{"divideBy":"1000","rounding":{"mode":"up","digits":0}}},"tiers":[{"tier":1,"unitAmount":"0.000002"}],"discountBasisPoints":1000},"cut":484,"steps":[{"tier":1,"quantity":"200000","convertedFrom":"7400","held":"300","unitAmount":"0.000003","rate":"2.9","group":{"model":"large"},"discount":1000,"amount":"0.6"}],"billedBefore":{"amount":"24.55","currency":"USD"},"priorLines":[]}],"id":"inv_01j9zq6e4hf0fvwpn5t5jzq3cd","number":"INV-000042","accountId":"acc_01j9zq6e4hf0fvwpn5t5jzq3cd","billingRunId":"run_01j9zq6e4hf0fvwpn5t5jzq3cd","status":"open","currency":"USD","period":{"start":"2026-01-01T00:00:00Z","end":"2026-02-01T00:00:00Z"},"issueDate":"2026-02-01","dueOn":"2026-03-03","overdue":false,"subtotal":{"amount":"24.55","currency":"USD"},"taxTotal":{"amount":"24.55","currency":"USD"},"total":{"amount":"24.55","currency":"USD"},"amountPaid":{"amount":"24.55","currency":"USD"},"amountCredited":{"amount":"24.55","currency":"USD"},"amountDue":{"amount":"24.55","currency":"USD"}}],"id":"run_01j9zq6e4hf0fvwpn5t5jzq3cd","status":"completed","billThrough":"2026-02-01T00:00:00Z","startedAt":"2026-02-01T00:05:00Z","completedAt":"2026-02-01T00:05:02Z","accounts":{"due":40,"billed":40,"failed":0},"invoices":40,"totals":[{"amount":"24.55","currency":"USD"}]}
                     */
                    "text/event-stream": components["schemas"]["BillingRunResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["billing_run_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    listInvoices: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
                status?: string[];
                accountId?: string;
                billingRunId?: string;
                "createdAt[gte]"?: string;
                "createdAt[lt]"?: string;
                number?: string;
                currency?: string;
                /** @description Whether it was due and is not paid. */
                overdue?: boolean;
                /** @description Issued on this day or after. */
                "issueDate[gte]"?: string;
                /** @description Issued on this day or before. */
                "issueDate[lte]"?: string;
                /** @description Due on this day or after. */
                "dueOn[gte]"?: string;
                /** @description Due on this day or before. */
                "dueOn[lte]"?: string;
                /** @description In major units of the invoice's own currency. */
                "total[gte]"?: string;
                "total[lte]"?: string;
                /** @description A field, with `-` downwards; the newest first unless named. What is not issued or numbered yet comes last upwards. */
                sort?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists invoices without their lines, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "number": "INV-000042",
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "billingRunId": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "status": "open",
                     *           "currency": "USD",
                     *           "period": {
                     *             "start": "2026-01-01T00:00:00Z",
                     *             "end": "2026-02-01T00:00:00Z"
                     *           },
                     *           "issueDate": "2026-02-01",
                     *           "dueOn": "2026-03-03",
                     *           "overdue": false,
                     *           "subtotal": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "taxTotal": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "total": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountPaid": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountCredited": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "amountDue": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["InvoiceSummaryResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found.billing_run_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    getInvoice: {
        parameters: {
            query?: {
                /** @description Recorded time: an instant, `position:<n>` or, of one account, `revision:<n>`. */
                asOf?: string;
                /** @description Business time. */
                effectiveAt?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `inv_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One invoice with its lines, as of now or of any moment. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lines": [
                     *         {
                     *           "id": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "kind": "usage",
                     *           "charge": "input_tokens",
                     *           "description": "Input tokens",
                     *           "period": {
                     *             "start": "2026-01-01T00:00:00Z",
                     *             "end": "2026-02-01T00:00:00Z"
                     *           },
                     *           "quantity": "561229",
                     *           "unitAmount": "0.5",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "taxAmount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "invoiceItemId": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "metadata": {
                     *             "order": "4711"
                     *           },
                     *           "reason": "agreed by phone",
                     *           "adjusts": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "proration": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "part": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "gaps": [
                     *             {
                     *               "start": "2026-01-01T00:00:00Z",
                     *               "end": "2026-02-01T00:00:00Z"
                     *             }
                     *           ],
                     *           "otherParts": {
                     *             "numerator": "480",
                     *             "denominator": "31"
                     *           },
                     *           "override": {
                     *             "price": {
                     *               "model": "flat",
                     *               "amount": "20.00",
                     *               "rounding": "half_up",
                     *               "conversion": {
                     *                 "divideBy": "1000",
                     *                 "rounding": {
                     *                   "mode": "up",
                     *                   "digits": 0
                     *                 }
                     *               }
                     *             },
                     *             "tiers": [
                     *               {
                     *                 "tier": 1,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ],
                     *             "discountBasisPoints": 1000
                     *           },
                     *           "cut": 484,
                     *           "steps": [
                     *             {
                     *               "tier": 1,
                     *               "quantity": "200000",
                     *               "convertedFrom": "7400",
                     *               "held": "300",
                     *               "unitAmount": "0.000003",
                     *               "rate": "2.9",
                     *               "group": {
                     *                 "model": "large"
                     *               },
                     *               "discount": 1000,
                     *               "amount": "0.6"
                     *             }
                     *           ],
                     *           "billedBefore": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "priorLines": []
                     *         }
                     *       ],
                     *       "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "number": "INV-000042",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "billingRunId": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "open",
                     *       "currency": "USD",
                     *       "period": {
                     *         "start": "2026-01-01T00:00:00Z",
                     *         "end": "2026-02-01T00:00:00Z"
                     *       },
                     *       "issueDate": "2026-02-01",
                     *       "dueOn": "2026-03-03",
                     *       "overdue": false,
                     *       "subtotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "taxTotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "total": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountPaid": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountCredited": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountDue": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceResource"];
                };
            };
            400: components["responses"]["invalid_as_of.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["invoice_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    finalizeInvoice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `inv_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false
                 *     }
                 */
                "application/json": components["schemas"]["DryRunDto"];
            };
        };
        responses: {
            /** @description Issues a draft as it stands. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lines": [
                     *         {
                     *           "id": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "kind": "usage",
                     *           "charge": "input_tokens",
                     *           "description": "Input tokens",
                     *           "period": {
                     *             "start": "2026-01-01T00:00:00Z",
                     *             "end": "2026-02-01T00:00:00Z"
                     *           },
                     *           "quantity": "561229",
                     *           "unitAmount": "0.5",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "taxAmount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "invoiceItemId": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "metadata": {
                     *             "order": "4711"
                     *           },
                     *           "reason": "agreed by phone",
                     *           "adjusts": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "proration": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "part": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "gaps": [
                     *             {
                     *               "start": "2026-01-01T00:00:00Z",
                     *               "end": "2026-02-01T00:00:00Z"
                     *             }
                     *           ],
                     *           "otherParts": {
                     *             "numerator": "480",
                     *             "denominator": "31"
                     *           },
                     *           "override": {
                     *             "price": {
                     *               "model": "flat",
                     *               "amount": "20.00",
                     *               "rounding": "half_up",
                     *               "conversion": {
                     *                 "divideBy": "1000",
                     *                 "rounding": {
                     *                   "mode": "up",
                     *                   "digits": 0
                     *                 }
                     *               }
                     *             },
                     *             "tiers": [
                     *               {
                     *                 "tier": 1,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ],
                     *             "discountBasisPoints": 1000
                     *           },
                     *           "cut": 484,
                     *           "steps": [
                     *             {
                     *               "tier": 1,
                     *               "quantity": "200000",
                     *               "convertedFrom": "7400",
                     *               "held": "300",
                     *               "unitAmount": "0.000003",
                     *               "rate": "2.9",
                     *               "group": {
                     *                 "model": "large"
                     *               },
                     *               "discount": 1000,
                     *               "amount": "0.6"
                     *             }
                     *           ],
                     *           "billedBefore": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "priorLines": []
                     *         }
                     *       ],
                     *       "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "number": "INV-000042",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "billingRunId": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "open",
                     *       "currency": "USD",
                     *       "period": {
                     *         "start": "2026-01-01T00:00:00Z",
                     *         "end": "2026-02-01T00:00:00Z"
                     *       },
                     *       "issueDate": "2026-02-01",
                     *       "dueOn": "2026-03-03",
                     *       "overdue": false,
                     *       "subtotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "taxTotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "total": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountPaid": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountCredited": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountDue": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["invoice_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `invoice_already_finalized`, `invoice_draft_incomplete`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    voidInvoice: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `inv_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false,
                 *       "billAgain": true,
                 *       "reason": "wrong address"
                 *     }
                 */
                "application/json": components["schemas"]["VoidInvoiceDto"];
            };
        };
        responses: {
            /** @description Takes an invoice back: what it booked is reversed, what it billed is due again, unless `billAgain` is false. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lines": [
                     *         {
                     *           "id": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "kind": "usage",
                     *           "charge": "input_tokens",
                     *           "description": "Input tokens",
                     *           "period": {
                     *             "start": "2026-01-01T00:00:00Z",
                     *             "end": "2026-02-01T00:00:00Z"
                     *           },
                     *           "quantity": "561229",
                     *           "unitAmount": "0.5",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "taxAmount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "invoiceItemId": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "metadata": {
                     *             "order": "4711"
                     *           },
                     *           "reason": "agreed by phone",
                     *           "adjusts": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "proration": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "part": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "gaps": [
                     *             {
                     *               "start": "2026-01-01T00:00:00Z",
                     *               "end": "2026-02-01T00:00:00Z"
                     *             }
                     *           ],
                     *           "otherParts": {
                     *             "numerator": "480",
                     *             "denominator": "31"
                     *           },
                     *           "override": {
                     *             "price": {
                     *               "model": "flat",
                     *               "amount": "20.00",
                     *               "rounding": "half_up",
                     *               "conversion": {
                     *                 "divideBy": "1000",
                     *                 "rounding": {
                     *                   "mode": "up",
                     *                   "digits": 0
                     *                 }
                     *               }
                     *             },
                     *             "tiers": [
                     *               {
                     *                 "tier": 1,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ],
                     *             "discountBasisPoints": 1000
                     *           },
                     *           "cut": 484,
                     *           "steps": [
                     *             {
                     *               "tier": 1,
                     *               "quantity": "200000",
                     *               "convertedFrom": "7400",
                     *               "held": "300",
                     *               "unitAmount": "0.000003",
                     *               "rate": "2.9",
                     *               "group": {
                     *                 "model": "large"
                     *               },
                     *               "discount": 1000,
                     *               "amount": "0.6"
                     *             }
                     *           ],
                     *           "billedBefore": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "priorLines": []
                     *         }
                     *       ],
                     *       "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "number": "INV-000042",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "billingRunId": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "open",
                     *       "currency": "USD",
                     *       "period": {
                     *         "start": "2026-01-01T00:00:00Z",
                     *         "end": "2026-02-01T00:00:00Z"
                     *       },
                     *       "issueDate": "2026-02-01",
                     *       "dueOn": "2026-03-03",
                     *       "overdue": false,
                     *       "subtotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "taxTotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "total": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountPaid": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountCredited": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountDue": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["invoice_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `invoice_not_finalized`, `invoice_not_open`, `invoice_has_payments`, `customer_credit_already_paid_out`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    markInvoiceUncollectible: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `inv_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false,
                 *       "reason": "wrong address"
                 *     }
                 */
                "application/json": components["schemas"]["ReasonDto"];
            };
        };
        responses: {
            /** @description Gives up what is owed: it becomes an expense. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lines": [
                     *         {
                     *           "id": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "kind": "usage",
                     *           "charge": "input_tokens",
                     *           "description": "Input tokens",
                     *           "period": {
                     *             "start": "2026-01-01T00:00:00Z",
                     *             "end": "2026-02-01T00:00:00Z"
                     *           },
                     *           "quantity": "561229",
                     *           "unitAmount": "0.5",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "taxAmount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "invoiceItemId": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "metadata": {
                     *             "order": "4711"
                     *           },
                     *           "reason": "agreed by phone",
                     *           "adjusts": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "proration": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "part": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "gaps": [
                     *             {
                     *               "start": "2026-01-01T00:00:00Z",
                     *               "end": "2026-02-01T00:00:00Z"
                     *             }
                     *           ],
                     *           "otherParts": {
                     *             "numerator": "480",
                     *             "denominator": "31"
                     *           },
                     *           "override": {
                     *             "price": {
                     *               "model": "flat",
                     *               "amount": "20.00",
                     *               "rounding": "half_up",
                     *               "conversion": {
                     *                 "divideBy": "1000",
                     *                 "rounding": {
                     *                   "mode": "up",
                     *                   "digits": 0
                     *                 }
                     *               }
                     *             },
                     *             "tiers": [
                     *               {
                     *                 "tier": 1,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ],
                     *             "discountBasisPoints": 1000
                     *           },
                     *           "cut": 484,
                     *           "steps": [
                     *             {
                     *               "tier": 1,
                     *               "quantity": "200000",
                     *               "convertedFrom": "7400",
                     *               "held": "300",
                     *               "unitAmount": "0.000003",
                     *               "rate": "2.9",
                     *               "group": {
                     *                 "model": "large"
                     *               },
                     *               "discount": 1000,
                     *               "amount": "0.6"
                     *             }
                     *           ],
                     *           "billedBefore": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "priorLines": []
                     *         }
                     *       ],
                     *       "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "number": "INV-000042",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "billingRunId": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "open",
                     *       "currency": "USD",
                     *       "period": {
                     *         "start": "2026-01-01T00:00:00Z",
                     *         "end": "2026-02-01T00:00:00Z"
                     *       },
                     *       "issueDate": "2026-02-01",
                     *       "dueOn": "2026-03-03",
                     *       "overdue": false,
                     *       "subtotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "taxTotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "total": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountPaid": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountCredited": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountDue": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["invoice_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["invoice_not_open.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    receivePayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `inv_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false,
                 *       "amount": {
                 *         "amount": "24.55",
                 *         "currency": "USD"
                 *       },
                 *       "method": "bank_transfer",
                 *       "reference": "RF18 5390 0754 7034",
                 *       "receivedOn": "2026-02-03"
                 *     }
                 */
                "application/json": components["schemas"]["ReceivePaymentDto"];
            };
        };
        responses: {
            /** @description Enters a payment by hand. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "pay_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "amount": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "method": "bank_transfer",
                     *       "reference": "RF18 5390 0754 7034",
                     *       "receivedOn": "2026-02-03",
                     *       "status": "received",
                     *       "reversedOn": null,
                     *       "amountRefunded": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "allocations": [
                     *         {
                     *           "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["invoice_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `invoice_not_open`, `currency_mismatch`, `invalid_amount`, `amount_not_positive`, `method_reserved`, `date_in_future`, `date_too_long_ago`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    addDraftLine: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `inv_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "agreed by phone",
                 *       "description": "Setup",
                 *       "quantity": "3",
                 *       "unitAmount": "50.00",
                 *       "metadata": {
                 *         "order": "4711"
                 *       },
                 *       "dryRun": false
                 *     }
                 */
                "application/json": components["schemas"]["AddDraftLineDto"];
            };
        };
        responses: {
            /** @description Adds a line to a draft by hand. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lines": [
                     *         {
                     *           "id": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "kind": "usage",
                     *           "charge": "input_tokens",
                     *           "description": "Input tokens",
                     *           "period": {
                     *             "start": "2026-01-01T00:00:00Z",
                     *             "end": "2026-02-01T00:00:00Z"
                     *           },
                     *           "quantity": "561229",
                     *           "unitAmount": "0.5",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "taxAmount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "invoiceItemId": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "metadata": {
                     *             "order": "4711"
                     *           },
                     *           "reason": "agreed by phone",
                     *           "adjusts": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "proration": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "part": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "gaps": [
                     *             {
                     *               "start": "2026-01-01T00:00:00Z",
                     *               "end": "2026-02-01T00:00:00Z"
                     *             }
                     *           ],
                     *           "otherParts": {
                     *             "numerator": "480",
                     *             "denominator": "31"
                     *           },
                     *           "override": {
                     *             "price": {
                     *               "model": "flat",
                     *               "amount": "20.00",
                     *               "rounding": "half_up",
                     *               "conversion": {
                     *                 "divideBy": "1000",
                     *                 "rounding": {
                     *                   "mode": "up",
                     *                   "digits": 0
                     *                 }
                     *               }
                     *             },
                     *             "tiers": [
                     *               {
                     *                 "tier": 1,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ],
                     *             "discountBasisPoints": 1000
                     *           },
                     *           "cut": 484,
                     *           "steps": [
                     *             {
                     *               "tier": 1,
                     *               "quantity": "200000",
                     *               "convertedFrom": "7400",
                     *               "held": "300",
                     *               "unitAmount": "0.000003",
                     *               "rate": "2.9",
                     *               "group": {
                     *                 "model": "large"
                     *               },
                     *               "discount": 1000,
                     *               "amount": "0.6"
                     *             }
                     *           ],
                     *           "billedBefore": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "priorLines": []
                     *         }
                     *       ],
                     *       "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "number": "INV-000042",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "billingRunId": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "open",
                     *       "currency": "USD",
                     *       "period": {
                     *         "start": "2026-01-01T00:00:00Z",
                     *         "end": "2026-02-01T00:00:00Z"
                     *       },
                     *       "issueDate": "2026-02-01",
                     *       "dueOn": "2026-03-03",
                     *       "overdue": false,
                     *       "subtotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "taxTotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "total": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountPaid": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountCredited": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountDue": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["invoice_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `invalid_item_price`, `invoice_already_finalized`, `invoice_draft_incomplete`, `invoice_draft_too_large`, `currency_mismatch`, `invalid_amount`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    changeDraftLine: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `inv_…` */
                id: string;
                /** @description `lin_…` */
                lineId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false,
                 *       "amount": {
                 *         "amount": "24.55",
                 *         "currency": "USD"
                 *       },
                 *       "reason": "agreed by phone"
                 *     }
                 */
                "application/json": components["schemas"]["ChangeDraftLineDto"];
            };
        };
        responses: {
            /** @description Brings a line of a draft to another amount, by a line beside it; to nothing where it is dropped. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lines": [
                     *         {
                     *           "id": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "kind": "usage",
                     *           "charge": "input_tokens",
                     *           "description": "Input tokens",
                     *           "period": {
                     *             "start": "2026-01-01T00:00:00Z",
                     *             "end": "2026-02-01T00:00:00Z"
                     *           },
                     *           "quantity": "561229",
                     *           "unitAmount": "0.5",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "taxAmount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "invoiceItemId": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "metadata": {
                     *             "order": "4711"
                     *           },
                     *           "reason": "agreed by phone",
                     *           "adjusts": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "proration": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "part": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "gaps": [
                     *             {
                     *               "start": "2026-01-01T00:00:00Z",
                     *               "end": "2026-02-01T00:00:00Z"
                     *             }
                     *           ],
                     *           "otherParts": {
                     *             "numerator": "480",
                     *             "denominator": "31"
                     *           },
                     *           "override": {
                     *             "price": {
                     *               "model": "flat",
                     *               "amount": "20.00",
                     *               "rounding": "half_up",
                     *               "conversion": {
                     *                 "divideBy": "1000",
                     *                 "rounding": {
                     *                   "mode": "up",
                     *                   "digits": 0
                     *                 }
                     *               }
                     *             },
                     *             "tiers": [
                     *               {
                     *                 "tier": 1,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ],
                     *             "discountBasisPoints": 1000
                     *           },
                     *           "cut": 484,
                     *           "steps": [
                     *             {
                     *               "tier": 1,
                     *               "quantity": "200000",
                     *               "convertedFrom": "7400",
                     *               "held": "300",
                     *               "unitAmount": "0.000003",
                     *               "rate": "2.9",
                     *               "group": {
                     *                 "model": "large"
                     *               },
                     *               "discount": 1000,
                     *               "amount": "0.6"
                     *             }
                     *           ],
                     *           "billedBefore": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "priorLines": []
                     *         }
                     *       ],
                     *       "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "number": "INV-000042",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "billingRunId": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "open",
                     *       "currency": "USD",
                     *       "period": {
                     *         "start": "2026-01-01T00:00:00Z",
                     *         "end": "2026-02-01T00:00:00Z"
                     *       },
                     *       "issueDate": "2026-02-01",
                     *       "dueOn": "2026-03-03",
                     *       "overdue": false,
                     *       "subtotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "taxTotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "total": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountPaid": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountCredited": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountDue": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["invoice_not_found.invoice_line_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `invoice_line_adjusts`, `invoice_already_finalized`, `invoice_draft_incomplete`, `invoice_draft_too_large`, `currency_mismatch`, `invalid_amount`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    listInvoiceItems: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists what waits for an invoice, in the order in which it was added. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *         "description": "Setup",
                     *         "quantity": "3",
                     *         "unitAmount": "50.00",
                     *         "amount": {
                     *           "amount": "24.55",
                     *           "currency": "USD"
                     *         },
                     *         "on": "next_invoice",
                     *         "metadata": {
                     *           "order": "4711"
                     *         },
                     *         "addedAt": "2026-01-15T09:00:00Z",
                     *         "invoiceId": null
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["InvoiceItemResource"][];
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    addInvoiceItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "on": "next_invoice",
                 *       "description": "Setup",
                 *       "quantity": "3",
                 *       "unitAmount": "50.00",
                 *       "metadata": {
                 *         "order": "4711"
                 *       },
                 *       "dryRun": false
                 *     }
                 */
                "application/json": components["schemas"]["AddInvoiceItemDto"];
            };
        };
        responses: {
            /** @description Charges or credits something once, apart from any subscription: by the next invoice, or by one of its own that is issued at once. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "description": "Setup",
                     *       "quantity": "3",
                     *       "unitAmount": "50.00",
                     *       "amount": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "on": "next_invoice",
                     *       "metadata": {
                     *         "order": "4711"
                     *       },
                     *       "addedAt": "2026-01-15T09:00:00Z",
                     *       "invoiceId": null,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceItemResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `invalid_item_price`, `currency_mismatch`, `invalid_amount`, `too_many_invoice_items`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    removeInvoiceItem: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
                /** @description `itm_…` */
                itemId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Takes back what no invoice bills. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "removed",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RemovedInvoiceItemResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found.invoice_item_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            422: components["responses"]["invoice_item_invoiced.account_closed.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    getUpcomingInvoice: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The next invoice of an account, as it would be issued by what is known now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "lines": [
                     *         {
                     *           "id": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "kind": "usage",
                     *           "charge": "input_tokens",
                     *           "description": "Input tokens",
                     *           "period": {
                     *             "start": "2026-01-01T00:00:00Z",
                     *             "end": "2026-02-01T00:00:00Z"
                     *           },
                     *           "quantity": "561229",
                     *           "unitAmount": "0.5",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "taxAmount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "invoiceItemId": "itm_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "metadata": {
                     *             "order": "4711"
                     *           },
                     *           "reason": "agreed by phone",
                     *           "adjusts": "lin_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "proration": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "part": {
                     *             "basis": "day",
                     *             "numerator": 17,
                     *             "denominator": 31
                     *           },
                     *           "gaps": [
                     *             {
                     *               "start": "2026-01-01T00:00:00Z",
                     *               "end": "2026-02-01T00:00:00Z"
                     *             }
                     *           ],
                     *           "otherParts": {
                     *             "numerator": "480",
                     *             "denominator": "31"
                     *           },
                     *           "override": {
                     *             "price": {
                     *               "model": "flat",
                     *               "amount": "20.00",
                     *               "rounding": "half_up",
                     *               "conversion": {
                     *                 "divideBy": "1000",
                     *                 "rounding": {
                     *                   "mode": "up",
                     *                   "digits": 0
                     *                 }
                     *               }
                     *             },
                     *             "tiers": [
                     *               {
                     *                 "tier": 1,
                     *                 "unitAmount": "0.000002"
                     *               }
                     *             ],
                     *             "discountBasisPoints": 1000
                     *           },
                     *           "cut": 484,
                     *           "steps": [
                     *             {
                     *               "tier": 1,
                     *               "quantity": "200000",
                     *               "convertedFrom": "7400",
                     *               "held": "300",
                     *               "unitAmount": "0.000003",
                     *               "rate": "2.9",
                     *               "group": {
                     *                 "model": "large"
                     *               },
                     *               "discount": 1000,
                     *               "amount": "0.6"
                     *             }
                     *           ],
                     *           "billedBefore": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "priorLines": []
                     *         }
                     *       ],
                     *       "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "number": "INV-000042",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "billingRunId": "run_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "status": "open",
                     *       "currency": "USD",
                     *       "period": {
                     *         "start": "2026-01-01T00:00:00Z",
                     *         "end": "2026-02-01T00:00:00Z"
                     *       },
                     *       "issueDate": "2026-02-01",
                     *       "dueOn": "2026-03-03",
                     *       "overdue": false,
                     *       "subtotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "taxTotal": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "total": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountPaid": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountCredited": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "amountDue": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["InvoiceResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found.upcoming_invoice_not_found"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["preview_too_large"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    listPayments: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
                accountId?: string;
                /** @description A field, with `-` downwards; the newest first unless named. */
                sort?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists payments, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "pay_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "method": "bank_transfer",
                     *           "reference": "RF18 5390 0754 7034",
                     *           "receivedOn": "2026-02-03",
                     *           "status": "received",
                     *           "reversedOn": null,
                     *           "amountRefunded": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "allocations": [
                     *             {
                     *               "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *               "amount": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               }
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["PaymentResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    getPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `pay_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One payment. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "pay_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "amount": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "method": "bank_transfer",
                     *       "reference": "RF18 5390 0754 7034",
                     *       "receivedOn": "2026-02-03",
                     *       "status": "received",
                     *       "reversedOn": null,
                     *       "amountRefunded": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "allocations": [
                     *         {
                     *           "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["payment_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    reversePayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `pay_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false,
                 *       "reason": "wrong address"
                 *     }
                 */
                "application/json": components["schemas"]["ReasonDto"];
            };
        };
        responses: {
            /** @description Takes back a payment that was entered wrongly or came back: what it settled, also by credit, is owed again. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "pay_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "amount": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "method": "bank_transfer",
                     *       "reference": "RF18 5390 0754 7034",
                     *       "receivedOn": "2026-02-03",
                     *       "status": "received",
                     *       "reversedOn": null,
                     *       "amountRefunded": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "allocations": [
                     *         {
                     *           "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["payment_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    refundPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `pay_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false,
                 *       "reason": "wrong address",
                 *       "reopenInvoices": false,
                 *       "amount": {
                 *         "amount": "24.55",
                 *         "currency": "USD"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RefundPaymentDto"];
            };
        };
        responses: {
            /** @description Pays a payment back, whole or in part: out of customer credit, its own first. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rfd_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "paymentId": "pay_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "amount": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "fromCredit": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "reason": "closes the account",
                     *       "issuedOn": "2026-02-10",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RefundResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["payment_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `payment_reversed`, `payment_refunded`, `payment_settles_invoices`, `refund_exceeds_payment`, `customer_credit_already_paid_out`, `currency_mismatch`, `invalid_amount`, `amount_not_positive`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
            504: components["responses"]["read_model_behind"];
        };
    };
    receiveAccountPayment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false,
                 *       "amount": {
                 *         "amount": "24.55",
                 *         "currency": "USD"
                 *       },
                 *       "method": "bank_transfer",
                 *       "reference": "RF18 5390 0754 7034",
                 *       "receivedOn": "2026-02-03",
                 *       "allocations": [
                 *         {
                 *           "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                 *           "amount": {
                 *             "amount": "24.55",
                 *             "currency": "USD"
                 *           }
                 *         }
                 *       ],
                 *       "allocate": "oldest_due"
                 *     }
                 */
                "application/json": components["schemas"]["ReceiveAccountPaymentDto"];
            };
        };
        responses: {
            /** @description Enters a payment by hand: for invoices that it names, or for what is open, the oldest due first. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "pay_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "amount": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "method": "bank_transfer",
                     *       "reference": "RF18 5390 0754 7034",
                     *       "receivedOn": "2026-02-03",
                     *       "status": "received",
                     *       "reversedOn": null,
                     *       "amountRefunded": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "allocations": [
                     *         {
                     *           "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found.invoice_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `invoice_not_open`, `duplicate_allocation`, `allocation_exceeds_due`, `allocations_exceed_amount`, `currency_mismatch`, `invalid_amount`, `amount_not_positive`, `method_reserved`, `date_in_future`, `date_too_long_ago`, `account_closed`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    refundCredit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false,
                 *       "reason": "wrong address",
                 *       "amount": {
                 *         "amount": "24.55",
                 *         "currency": "USD"
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["RefundCreditDto"];
            };
        };
        responses: {
            /** @description Pays customer credit out, whole or in part. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rfd_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "paymentId": "pay_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "amount": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "fromCredit": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "reason": "closes the account",
                     *       "issuedOn": "2026-02-10",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RefundResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `no_customer_credit`, `exceeds_customer_credit`, `currency_mismatch`, `invalid_amount`, `amount_not_positive`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    applyCredit: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `acc_…` or `external:<externalId>` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "dryRun": false,
                 *       "allocations": [
                 *         {
                 *           "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                 *           "amount": {
                 *             "amount": "24.55",
                 *             "currency": "USD"
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ApplyCreditDto"];
            };
        };
        responses: {
            /** @description Brings customer credit to open invoices, also credit that waits: to those that are named, or to the oldest due first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "allocations": [
                     *         {
                     *           "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         }
                     *       ],
                     *       "creditLeft": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CreditApplicationResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found.invoice_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `invoice_not_open`, `duplicate_allocation`, `allocation_exceeds_due`, `allocations_exceed_amount`, `currency_mismatch`, `invalid_amount`, `amount_not_positive`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    listRefunds: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
                accountId?: string;
                paymentId?: string;
                /** @description A field, with `-` downwards; the newest first unless named. */
                sort?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists refunds, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "rfd_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "paymentId": "pay_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "amount": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "fromCredit": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "reason": "closes the account",
                     *           "issuedOn": "2026-02-10"
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["RefundResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found.payment_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    getRefund: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `rfd_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One refund. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "rfd_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "paymentId": "pay_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "amount": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "fromCredit": {
                     *         "amount": "24.55",
                     *         "currency": "USD"
                     *       },
                     *       "reason": "closes the account",
                     *       "issuedOn": "2026-02-10"
                     *     }
                     */
                    "application/json": components["schemas"]["RefundResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["refund_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    reportMrr: {
        parameters: {
            query: {
                from: string;
                /** @description Not included. */
                to: string;
                interval?: "month" | "day" | "week" | "year";
                /** @description Recorded time: an instant or `position:<n>`. */
                asOf?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Monthly recurring revenue and how it moved, per currency. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "currency": "USD",
                     *         "points": [
                     *           {
                     *             "at": "2026-01-01T00:00:00Z",
                     *             "mrr": {
                     *               "amount": "800.00",
                     *               "currency": "USD"
                     *             },
                     *             "arr": {
                     *               "amount": "9600.00",
                     *               "currency": "USD"
                     *             },
                     *             "movements": {
                     *               "new": {
                     *                 "amount": "800.00",
                     *                 "currency": "USD"
                     *               },
                     *               "expansion": {
                     *                 "amount": "50.00",
                     *                 "currency": "USD"
                     *               },
                     *               "contraction": {
                     *                 "amount": "-20.00",
                     *                 "currency": "USD"
                     *               },
                     *               "churn": {
                     *                 "amount": "-30.00",
                     *                 "currency": "USD"
                     *               },
                     *               "reactivation": {
                     *                 "amount": "0.00",
                     *                 "currency": "USD"
                     *               }
                     *             }
                     *           }
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["MrrCurrencyResource"][];
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `invalid_as_of`, `too_many_points`, `invalid_request`, `header_repeated` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    reportMrrMovements: {
        parameters: {
            query: {
                from: string;
                /** @description Not included. */
                to: string;
                kind?: string[];
                accountId?: string;
                currency?: string;
                /** @description Recorded time: an instant or `position:<n>`. */
                asOf?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the movements of recurring revenue are made of: which subscription of whom, from which plan to which, by whom and why. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "at": "2026-01-15T00:00:00Z",
                     *         "kind": "expansion",
                     *         "amount": {
                     *           "amount": "50.00",
                     *           "currency": "USD"
                     *         },
                     *         "exactAmount": "50",
                     *         "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *         "accountName": "Ada Lovelace Ltd",
                     *         "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *         "planBefore": "starter",
                     *         "planAfter": "team",
                     *         "cause": "SubscriptionPlanChanged",
                     *         "command": "ChangePlan",
                     *         "actor": {
                     *           "type": "api_key",
                     *           "id": "key_01j9zq6e4hf0fvwpn5t5jzq3cd"
                     *         },
                     *         "reason": "asked by mail",
                     *         "recordedAt": "2026-01-14T09:30:00Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["MrrMovementResource"][];
                    "text/csv": string;
                };
            };
            /** @description Bad Request: `invalid_as_of`, `too_many_movements`, `invalid_request`, `header_repeated` */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    reportArAging: {
        parameters: {
            query?: {
                /** @description A day in the zone of the books; today unless named, by the clock of a test tenant. */
                at?: string;
                /** @description Recorded time: an instant or `position:<n>`. */
                asOf?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is owed, by days past due, per currency, account and invoice; and the credit that no invoice has used, apart from it. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "currency": "USD",
                     *         "buckets": {
                     *           "current": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "days1to30": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "days31to60": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "days61to90": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           },
                     *           "over90": {
                     *             "amount": "24.55",
                     *             "currency": "USD"
                     *           }
                     *         },
                     *         "total": {
                     *           "amount": "24.55",
                     *           "currency": "USD"
                     *         },
                     *         "unappliedCredit": {
                     *           "amount": "24.55",
                     *           "currency": "USD"
                     *         },
                     *         "accounts": [
                     *           {
                     *             "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *             "name": "Ada Lovelace Ltd",
                     *             "buckets": {
                     *               "current": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "days1to30": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "days31to60": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "days61to90": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               },
                     *               "over90": {
                     *                 "amount": "24.55",
                     *                 "currency": "USD"
                     *               }
                     *             },
                     *             "total": {
                     *               "amount": "24.55",
                     *               "currency": "USD"
                     *             },
                     *             "unappliedCredit": {
                     *               "amount": "24.55",
                     *               "currency": "USD"
                     *             },
                     *             "invoices": [
                     *               {
                     *                 "id": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *                 "number": "INV-000042",
                     *                 "dueOn": "2026-03-03",
                     *                 "daysPastDue": 12,
                     *                 "bucket": "days1to30",
                     *                 "amountDue": {
                     *                   "amount": "24.55",
                     *                   "currency": "USD"
                     *                 }
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ArAgingResource"][];
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_as_of.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    reportTrialBalance: {
        parameters: {
            query?: {
                /** @description A day in the zone of the books; today unless named, by the clock of a test tenant. */
                at?: string;
                /** @description Recorded time: an instant or `position:<n>`. */
                asOf?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Both sides of every ledger account of the tenant, per currency. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "currency": "USD",
                     *         "ledgerAccounts": [
                     *           {
                     *             "code": "receivable",
                     *             "type": "asset",
                     *             "normalSide": "debit",
                     *             "debitsPosted": {
                     *               "amount": "24.55",
                     *               "currency": "USD"
                     *             },
                     *             "creditsPosted": {
                     *               "amount": "24.55",
                     *               "currency": "USD"
                     *             },
                     *             "debitsPending": {
                     *               "amount": "24.55",
                     *               "currency": "USD"
                     *             },
                     *             "creditsPending": {
                     *               "amount": "24.55",
                     *               "currency": "USD"
                     *             },
                     *             "balance": {
                     *               "amount": "24.55",
                     *               "currency": "USD"
                     *             }
                     *           }
                     *         ],
                     *         "totalDebits": {
                     *           "amount": "24.55",
                     *           "currency": "USD"
                     *         },
                     *         "totalCredits": {
                     *           "amount": "24.55",
                     *           "currency": "USD"
                     *         },
                     *         "balanced": true
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["TrialBalanceResource"][];
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_as_of.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    reportTopConsumers: {
        parameters: {
            query: {
                /** @description Key of the meter. */
                meter: string;
                from: string;
                /** @description Not included. */
                to: string;
                /** @description Who consumes: accounts, unless properties are named. */
                by?: "account" | "subscription" | "group";
                /** @description Properties whose values are consumers; the meter may be broken down by them. */
                groupBy?: string[];
                /** @description Of this account alone. */
                accountId?: string;
                /** @description How many at the most. */
                limit?: number;
                /** @description Recorded time: an instant or `position:<n>`. */
                asOf?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Which accounts, subscriptions or values of a group used most of a meter within a time, the most first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "rank": 1,
                     *         "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *         "accountName": "Ada Lovelace Ltd",
                     *         "subscriptionId": "sub_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *         "group": {
                     *           "model": "large"
                     *         },
                     *         "quantity": "561229",
                     *         "count": 485
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["TopConsumerResource"][];
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_as_of.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["meter_not_found.account_not_found"];
            406: components["responses"]["not_acceptable"];
            422: components["responses"]["group_not_found"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    listAuditLog: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
                account?: string;
                /** @description Ids of actors, or their types. */
                actor?: string[];
                /** @description Operations. */
                command?: string[];
                /** @description What happened. */
                type?: string[];
                requestId?: string;
                /** @description Recorded at or after. */
                from?: string;
                /** @description Recorded before. */
                to?: string;
                /** @description Whether `changes` tell what is sealed: it is written down as a read of personal data. */
                personal?: boolean;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists every change of state, newest first: who asked for it, by which command, why, and what it changed, before and after. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "position": "4711",
                     *           "recordedAt": "2026-01-31T09:30:00Z",
                     *           "effectiveAt": "2026-01-31T09:30:00Z",
                     *           "type": "PaymentTermsChanged",
                     *           "stream": "account-acme_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "revision": 7,
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "command": "ChangeAccount",
                     *           "commandId": "5f0f7a52-6a0e-5d5e-8d5f-3d3cf6a9f7a1",
                     *           "actor": {
                     *             "type": "api_key",
                     *             "id": "key_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *             "role": "billing_admin",
                     *             "name": "billing job"
                     *           },
                     *           "requestId": "7d8f0c6e-1b1c-4c0e-9a55-3f0a8f3c2b11",
                     *           "reason": "ticket 4711",
                     *           "subjects": {
                     *             "invoiceId": "inv_01j9zq6e4hf0fvwpn5t5jzq3cd"
                     *           },
                     *           "fields": [
                     *             "netTermsDays",
                     *             "from"
                     *           ],
                     *           "changes": [
                     *             {
                     *               "field": "netTermsDays",
                     *               "before": "30",
                     *               "after": "14"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["AuditEntryResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    listPersonalDataReads: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
                /** @description Of this account alone. */
                account?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists who was told personal data of whom, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "accountId": "acc_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "operation": "GetAccount",
                     *           "actor": {
                     *             "type": "api_key",
                     *             "id": "key_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *             "role": "billing_admin",
                     *             "name": "billing job"
                     *           },
                     *           "requestId": "7d8f0c6e-1b1c-4c0e-9a55-3f0a8f3c2b11",
                     *           "readAt": "2026-01-31T09:30:00Z"
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["PersonalDataReadResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    subscribeEvents: {
        parameters: {
            query?: {
                /** @description After this position of the log; `start` for all there are, `now` for those to come. */
                from?: string;
                /** @description Only these, by name or by thing. */
                types?: string[];
                /** @description Only what is about this account: `acc_…` or `external:<externalId>`. */
                account?: string;
            };
            header: {
                "last-event-id": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Tells public events as server-sent events: from a position of the log, and then as they happen. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id: 4711
                     *     data: {"id":"0198c6f0-6f0e-5a54-9d5e-3c1f6a3b2d10","type":"invoice.paid","version":1,"tenantId":"tnt_01j9zq6e4hf0fvwpn5t5jzq3cd","accountId":"acc_01j9zq6e4hf0fvwpn5t5jzq3cd","effectiveAt":"2026-02-10","recordedAt":"2026-02-10T09:30:00Z","position":"4711","data":{"invoiceId":"inv_01j9zq6e4hf0fvwpn5t5jzq3cd","paidOn":"2026-02-10"}}
                     */
                    "text/event-stream": components["schemas"]["PublicEventResource"];
                };
            };
            400: components["responses"]["position_beyond_head.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["too_many_streams.rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    republishEvents: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "4711"
                 *     }
                 */
                "application/json": components["schemas"]["RepublishEventsDto"];
            };
        };
        responses: {
            /** @description Publishes the events of all tenants after a position to NATS again: what JetStream lost, or what a consumer wants to see anew. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "4711",
                     *       "through": "9922"
                     *     }
                     */
                    "application/json": components["schemas"]["RepublicationResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["nothing_published.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    startVerification: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "accountId": "external:cust-42"
                 *     }
                 */
                "application/json": components["schemas"]["StartVerificationDto"];
            };
        };
        responses: {
            /** @description Compares replayed accounts with read models, books with invoices, and usage lines with the log. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ver_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "accountId": null,
                     *       "status": "completed",
                     *       "accounts": 40,
                     *       "accountsChecked": 40,
                     *       "differences": [],
                     *       "failure": null
                     *     }
                     */
                    "application/json": components["schemas"]["VerificationResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["account_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    getVerification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description `ver_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How far it is, and what it found. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "ver_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "accountId": null,
                     *       "status": "completed",
                     *       "accounts": 40,
                     *       "accountsChecked": 40,
                     *       "differences": [],
                     *       "failure": null
                     *     }
                     */
                    "application/json": components["schemas"]["VerificationResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["verification_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    confirmClock: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Says that the clock is right, though it is far ahead of when a worker was last at work: what fell due meanwhile is done now. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "now": "2026-01-31T00:00:00Z",
                     *       "seenAt": "2026-01-31T00:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ClockResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    listProjections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where every projection stands. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "name": "invoices",
                     *         "version": 1,
                     *         "position": "4711",
                     *         "lag": "0",
                     *         "status": "running",
                     *         "failure": null,
                     *         "rebuild": null
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ProjectionResource"][];
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    rebuildProjection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Name of the projection. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "compare": true
                 *     }
                 */
                "application/json": components["schemas"]["RebuildDto"];
            };
        };
        responses: {
            /** @description Builds a projection anew beside the served one, and puts it in its place. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "invoices",
                     *       "version": 1,
                     *       "position": "4711",
                     *       "lag": "0",
                     *       "status": "running",
                     *       "failure": null,
                     *       "rebuild": null
                     *     }
                     */
                    "application/json": components["schemas"]["ProjectionResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["projection_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    pauseProjection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Name of the projection. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Stops a projection where it is. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "invoices",
                     *       "version": 1,
                     *       "position": "4711",
                     *       "lag": "0",
                     *       "status": "running",
                     *       "failure": null,
                     *       "rebuild": null
                     *     }
                     */
                    "application/json": components["schemas"]["ProjectionResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["projection_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    resumeProjection: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
            };
            path: {
                /** @description Name of the projection. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lets a paused projection go on, or a failed one try again. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "invoices",
                     *       "version": 1,
                     *       "position": "4711",
                     *       "lag": "0",
                     *       "status": "running",
                     *       "failure": null,
                     *       "rebuild": null
                     *     }
                     */
                    "application/json": components["schemas"]["ProjectionResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["projection_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
                /** @description A field, with `-` downwards; the newest first unless named. */
                sort?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists keys, newest first; never the keys themselves. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "key_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "name": "billing worker",
                     *           "scopes": [
                     *             "billing_admin"
                     *           ],
                     *           "expiresAt": "2099-12-31T00:00:00Z",
                     *           "requestsPerHour": 1000,
                     *           "issuedBy": null,
                     *           "replaces": null,
                     *           "replacedBy": null,
                     *           "revoked": false
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["ApiKeyResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    issueApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "billing worker",
                 *       "scopes": [
                 *         "usage.write",
                 *         "usage.read"
                 *       ],
                 *       "expiresAt": "2099-12-31T00:00:00Z",
                 *       "requestsPerHour": 1000
                 *     }
                 */
                "application/json": components["schemas"]["IssueApiKeyDto"];
            };
        };
        responses: {
            /** @description Issues a key of this tenant. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "rk_kXJ3…",
                     *       "id": "key_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "billing worker",
                     *       "scopes": [
                     *         "billing_admin"
                     *       ],
                     *       "expiresAt": "2099-12-31T00:00:00Z",
                     *       "requestsPerHour": 1000,
                     *       "issuedBy": null,
                     *       "replaces": null,
                     *       "replacedBy": null,
                     *       "revoked": false,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["IssuedApiKeyResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["expiry_in_past.too_many_api_keys.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    rotateApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `key_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "overlapSeconds": 86400,
                 *       "expiresAt": "2099-12-31T00:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["RotateApiKeyDto"];
            };
        };
        responses: {
            /** @description Issues a successor with the same name, scopes and limit. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "rk_kXJ3…",
                     *       "id": "key_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "billing worker",
                     *       "scopes": [
                     *         "billing_admin"
                     *       ],
                     *       "expiresAt": "2099-12-31T00:00:00Z",
                     *       "requestsPerHour": 1000,
                     *       "issuedBy": null,
                     *       "replaces": null,
                     *       "replacedBy": null,
                     *       "revoked": false,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["IssuedApiKeyResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["api_key_not_found"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            /** @description Unprocessable Entity: `api_key_not_live`, `api_key_replaced`, `expiry_in_past`, `too_many_api_keys`, `idempotency_key_reused` */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResource"];
                };
            };
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    revokeApiKey: {
        parameters: {
            query?: {
                /** @description `true`: and every key that it issued, that these issued, and so on. */
                cascade?: string;
            };
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `key_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Takes a key out of use, alone or with every key that goes back to it. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "key_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "billing worker",
                     *       "scopes": [
                     *         "billing_admin"
                     *       ],
                     *       "expiresAt": "2099-12-31T00:00:00Z",
                     *       "requestsPerHour": 1000,
                     *       "issuedBy": null,
                     *       "replaces": null,
                     *       "replacedBy": null,
                     *       "revoked": false,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["ApiKeyResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["api_key_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    listTenants: {
        parameters: {
            query?: {
                /** @description How many at the most. */
                limit?: number;
                /** @description The `next` cursor of the page before. */
                after?: string;
                /** @description The `previous` cursor of the page behind. */
                before?: string;
            };
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lists the tenants of this installation, newest first. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "tnt_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *           "name": "Acme Inc",
                     *           "mode": "live",
                     *           "testClockId": null,
                     *           "status": "active"
                     *         }
                     *       ],
                     *       "page": {
                     *         "next": "NDcxMQ",
                     *         "previous": null
                     *       }
                     *     }
                     */
                    "application/json": {
                        data: components["schemas"]["TenantResource"][];
                        page: components["schemas"]["PageCursors"];
                    };
                    "text/csv": string;
                };
            };
            400: components["responses"]["invalid_cursor.invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    createTenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Acme Inc",
                 *       "mode": "live",
                 *       "startAt": "2026-01-01T00:00:00Z",
                 *       "timeZone": "UTC",
                 *       "requestsPerHour": 1000
                 *     }
                 */
                "application/json": components["schemas"]["CreateTenantDto"];
            };
        };
        responses: {
            /** @description Creates another tenant of this installation, with a first key of its own; a test tenant goes by a clock that is set by hand. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tnt_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "Acme Inc",
                     *       "mode": "live",
                     *       "testClockId": null,
                     *       "status": "active",
                     *       "apiKey": "rk_kXJ3…",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["CreatedTenantResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            406: components["responses"]["not_acceptable"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["test_tenant_required.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    getTenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `log.position` of an earlier answer: the query waits up to five seconds until it knows that position. */
                "Recount-Consistent-With"?: components["parameters"]["Recount-Consistent-With"];
            };
            path: {
                /** @description `tnt_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A tenant of this installation. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    "Recount-Position": components["headers"]["Recount-Position"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tnt_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "Acme Inc",
                     *       "mode": "live",
                     *       "testClockId": null,
                     *       "status": "active"
                     *     }
                     */
                    "application/json": components["schemas"]["TenantResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["tenant_not_found"];
            406: components["responses"]["not_acceptable"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable"];
            504: components["responses"]["read_model_behind"];
        };
    };
    issueTenantApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `tnt_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "billing worker",
                 *       "scopes": [
                 *         "usage.write",
                 *         "usage.read"
                 *       ],
                 *       "expiresAt": "2099-12-31T00:00:00Z",
                 *       "requestsPerHour": 1000
                 *     }
                 */
                "application/json": components["schemas"]["IssueApiKeyDto"];
            };
        };
        responses: {
            /** @description Issues a key of another tenant, which has lost all of its own or needs a wider limit. */
            201: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "secret": "rk_kXJ3…",
                     *       "id": "key_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "billing worker",
                     *       "scopes": [
                     *         "billing_admin"
                     *       ],
                     *       "expiresAt": "2099-12-31T00:00:00Z",
                     *       "requestsPerHour": 1000,
                     *       "issuedBy": null,
                     *       "replaces": null,
                     *       "replacedBy": null,
                     *       "revoked": false,
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["IssuedApiKeyResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["tenant_not_found"];
            406: components["responses"]["not_acceptable"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["expiry_in_past.too_many_api_keys.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    suspendTenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `tnt_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Has not paid since March."
                 *     }
                 */
                "application/json": components["schemas"]["SuspendTenantDto"];
            };
        };
        responses: {
            /** @description Suspends a tenant. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tnt_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "Acme Inc",
                     *       "mode": "live",
                     *       "testClockId": null,
                     *       "status": "active",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["TenantResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["tenant_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["own_tenant.idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    reinstateTenant: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of your choice, once per command: the same key and body get the first answer again, for at least seven days. */
                "Idempotency-Key"?: components["parameters"]["Idempotency-Key"];
                /** @description Carries the command out at this revision alone. */
                "If-Match"?: components["parameters"]["If-Match"];
                /** @description Why: goes into the metadata of the events. */
                "X-Reason"?: components["parameters"]["X-Reason"];
            };
            path: {
                /** @description `tnt_…` */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "reason": "Has paid."
                 *     }
                 */
                "application/json": components["schemas"]["ReinstateTenantDto"];
            };
        };
        responses: {
            /** @description Takes a suspended tenant back. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    ETag: components["headers"]["ETag"];
                    "Idempotency-Replayed": components["headers"]["Idempotency-Replayed"];
                    "RateLimit-Limit": components["headers"]["RateLimit-Limit"];
                    "RateLimit-Remaining": components["headers"]["RateLimit-Remaining"];
                    "RateLimit-Reset": components["headers"]["RateLimit-Reset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "tnt_01j9zq6e4hf0fvwpn5t5jzq3cd",
                     *       "name": "Acme Inc",
                     *       "mode": "live",
                     *       "testClockId": null,
                     *       "status": "active",
                     *       "log": {
                     *         "position": "4711",
                     *         "revision": 7
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["TenantResource"] & {
                        log: components["schemas"]["LogResource"];
                    };
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            401: components["responses"]["unauthenticated"];
            403: components["responses"]["forbidden.tenant_suspended"];
            404: components["responses"]["tenant_not_found"];
            406: components["responses"]["not_acceptable"];
            409: components["responses"]["idempotency_in_progress"];
            412: components["responses"]["revision_mismatch"];
            413: components["responses"]["payload_too_large"];
            415: components["responses"]["unsupported_media_type"];
            422: components["responses"]["idempotency_key_reused"];
            429: components["responses"]["rate_limited.too_many_failed_credentials"];
            503: components["responses"]["unavailable.outcome_unknown"];
        };
    };
    healthAlive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The process is alive. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "timeZones": "2026c"
                     *     }
                     */
                    "application/json": components["schemas"]["HealthResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            406: components["responses"]["not_acceptable"];
        };
    };
    healthReady: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything that requests need answers. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "info": {
                     *         "postgres": {
                     *           "status": "up"
                     *         },
                     *         "projection:invoices": {
                     *           "status": "up",
                     *           "lagPositions": "0",
                     *           "lagSeconds": 0
                     *         }
                     *       },
                     *       "error": {},
                     *       "details": {
                     *         "postgres": {
                     *           "status": "up"
                     *         },
                     *         "projection:invoices": {
                     *           "status": "up",
                     *           "lagPositions": "0",
                     *           "lagSeconds": 0
                     *         }
                     *       },
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["ReadinessResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            406: components["responses"]["not_acceptable"];
        };
    };
    welcomeWelcome: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where things are. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["X-Request-Id"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "product": "Recount",
                     *       "version": "0.1.0",
                     *       "api": "/v1",
                     *       "documentation": "/docs",
                     *       "openapi": "/openapi.json",
                     *       "health": "/health",
                     *       "readiness": "/health/ready",
                     *       "metrics": "/metrics"
                     *     }
                     */
                    "application/json": components["schemas"]["WelcomeResource"];
                };
            };
            400: components["responses"]["invalid_request.header_repeated"];
            406: components["responses"]["not_acceptable"];
        };
    };
}
