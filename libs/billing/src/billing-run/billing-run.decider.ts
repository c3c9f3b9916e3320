import type { Fact, BillingRunFact } from '#contracts';
import { notFound, type AccountId, type Decider, type Instant } from '#kernel';

export type BillingRunCommand =
  | ({ readonly type: 'StartBillingRun' } & Fact<'BillingRunStarted'>['data'])
  | {
      readonly type: 'ReportAccountFailure';
      readonly accountId: AccountId;
      readonly code: string;
      readonly detail: string;
    }
  | ({ readonly type: 'CompleteBillingRun' } & Pick<
      Fact<'BillingRunCompleted'>['data'],
      'accounts' | 'invoices' | 'totals'
    >);

export interface BillingRun {
  started: Fact<'BillingRunStarted'>['data'] | null;
  startedAt: Instant | null;
  readonly failures: Map<AccountId, { readonly code: string; readonly detail: string }>;
  completed: Fact<'BillingRunCompleted'>['data'] | null;
}

export const billingRunDecider: Decider<BillingRun, BillingRunCommand, BillingRunFact> = {
  initialState: () => ({ started: null, startedAt: null, failures: new Map(), completed: null }),

  decide(command, run) {
    if (command.type === 'StartBillingRun') {
      const { type: _, ...started } = command;
      return run.started ? [] : [{ type: 'BillingRunStarted', data: started }];
    }
    const { runId } = run.started ?? notFound('billing_run', '');
    if (run.completed) return [];
    switch (command.type) {
      case 'ReportAccountFailure': {
        const { accountId, code, detail } = command;
        return run.failures.has(accountId)
          ? []
          : [{ type: 'AccountBillingFailed', data: { runId, accountId, code, detail } }];
      }
      case 'CompleteBillingRun': {
        const { accounts, invoices, totals } = command;
        return [{ type: 'BillingRunCompleted', data: { runId, accounts, invoices, totals } }];
      }
    }
  },

  evolve(run, { type, data }, { recordedAt }) {
    switch (type) {
      case 'BillingRunStarted':
        run.started = data;
        run.startedAt = recordedAt;
        return;
      case 'AccountBillingFailed':
        run.failures.set(data.accountId, { code: data.code, detail: data.detail });
        return;
      case 'BillingRunCompleted':
        run.completed = data;
        return;
    }
  },
};
