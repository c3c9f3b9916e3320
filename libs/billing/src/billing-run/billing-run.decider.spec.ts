import { ACCOUNT, anId, at, givenFor, usd } from '#testing';
import { describe, expect, it } from '@jest/globals';
import { billingRunDecider, type BillingRunCommand } from './billing-run.decider.js';

const given = givenFor(billingRunDecider);

const runId = anId('run');
const started = { runId, billThrough: at('2026-02-01T00:00:00Z') };
const start: BillingRunCommand = { type: 'StartBillingRun', ...started };
const report: BillingRunCommand = {
  type: 'ReportAccountFailure',
  accountId: ACCOUNT,
  code: 'account_closed',
  detail: 'It is.',
};
const done = { accounts: { due: 2, billed: 1, failed: 1 }, invoices: 1, totals: [usd(5n)] };
const complete: BillingRunCommand = { type: 'CompleteBillingRun', ...done };

describe('a billing run', () => {
  it('is started once', () => {
    given().when(start).then({ type: 'BillingRunStarted', data: started });
    given()
      .after(start)
      .when({ ...start, billThrough: at('2026-03-01T00:00:00Z') })
      .thenNothing();
  });

  it('may name its accounts', () => {
    given()
      .when({ ...start, accounts: [ACCOUNT] })
      .then({ type: 'BillingRunStarted', data: { ...started, accounts: [ACCOUNT] } });
  });

  it('reports each account that failed, once', () => {
    given()
      .after(start)
      .when(report)
      .then({
        type: 'AccountBillingFailed',
        data: { runId, accountId: ACCOUNT, code: 'account_closed', detail: 'It is.' },
      });
    given()
      .after(start, report)
      .when({ ...report, code: 'internal_error' })
      .thenNothing();
  });

  it('is completed once, and says what it did', () => {
    given()
      .after(start)
      .when(complete)
      .then({ type: 'BillingRunCompleted', data: { runId, ...done } });
    given().after(start, complete).when(complete).thenNothing();
    given().after(start, complete).when(report).thenNothing();
  });

  it.each([report, complete])('has to be started for $type', (command) => {
    given().when(command).thenRefused('billing_run_not_found');
  });

  it('remembers when it was started, and what failed', () => {
    const { state } = given().after(start, report, complete);
    expect(state.startedAt).not.toBeNull();
    expect([...state.failures.keys()]).toEqual([ACCOUNT]);
    expect(state.completed).toEqual({ runId, ...done });
  });
});
