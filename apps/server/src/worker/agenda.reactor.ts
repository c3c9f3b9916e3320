import { Accounts } from '#billing/account';
import { BillAccounts, type BillingOrder } from '#billing/invoice';
import { announcementOf, isBilled, timerIn } from '#billing/timer';
import { accountStream } from '#contracts';
import {
  allEnded,
  AppendOutcomeUnknown,
  Clock,
  DomainError,
  EventLogUnavailable,
  isPassing,
  type AccountId,
  type InvoiceId,
  type SubscriptionId,
  type TenantId,
} from '#kernel';
import { isOutage } from '#postgres';
import { dueTimers, type DueTimer } from '#projections/agenda';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { Pools } from '../core/pools.js';
import { TimerClaims, type ClaimedTimer } from '../operational-state/timer-claims.js';
import { inSpan } from '../telemetry/spans.js';
import { ClockWatch } from './clock-watch.js';
import { Looking, reportUnlessOutage } from './looking.js';
import { timerEnvelope } from './timer-envelope.js';

const LOOK_MILLISECONDS = 500;
const TIMERS_AT_A_TIME = 500;
const TENANTS_AT_A_TIME = 64;
const COMMANDS_AT_A_TIME = 32;
const FAILURE = 'The agenda was interrupted; it tries again.';

/** A timer that is billed: of accounts alone. */
type BillTimer = ClaimedTimer & { readonly accountId: AccountId };

/** Fires what falls due: per owner one timer at a time, in the order in which they were due. */
@Injectable()
export class AgendaReactor {
  private readonly inProgress = new Map<TenantId, Promise<void>>();
  private readonly limit = pLimit(COMMANDS_AT_A_TIME);
  private wasBelieved = true;

  constructor(
    private readonly commands: CommandBus,
    private readonly billing: BillAccounts,
    private readonly accounts: Accounts,
    private readonly claims: TimerClaims,
    private readonly looking: Looking,
    private readonly pools: Pools,
    private readonly clock: Clock,
    private readonly watch: ClockWatch,
  ) {}

  async run(signal: AbortSignal, logger: Logger): Promise<void> {
    await this.looking.again(async () => (await this.isClockBelieved(logger)) && this.startDue(signal, logger), {
      signal,
      logger,
      milliseconds: LOOK_MILLISECONDS,
      sooner: () => this.inProgress.values(),
      failure: FAILURE,
    });
    await Promise.all(this.inProgress.values());
  }

  /** Told once, not at each look. */
  private async isClockBelieved(logger: Logger): Promise<boolean> {
    const believed = await this.watch.isBelieved();
    if (!believed && this.wasBelieved) {
      const { now, seenAt } = await this.watch.reading();
      logger.error(
        `The clock shows ${now}, and nothing was done since ${seenAt}: nothing falls due until somebody confirms that the clock is right (POST /v1/clock/confirm).`,
      );
    }
    this.wasBelieved = believed;
    return believed;
  }

  /**
   * Begins the turn of each tenant that has something due and whose last turn is over: nobody waits for what another has to bill.
   *
   * @returns whether it began any
   */
  private async startDue(signal: AbortSignal, logger: Logger): Promise<boolean> {
    if (this.inProgress.size >= TENANTS_AT_A_TIME) return false;
    const now = this.clock.now();
    const due = () => dueTimers(this.pools.projector, now, TIMERS_AT_A_TIME, [...this.inProgress.keys()]);
    const found = await this.looking.found(['accounts', 'agenda', 'tenants', 'test-clocks'], due, signal);
    if (!found) return false;
    const timers = await this.claims.claim(found.things);
    for (const [tenantId, own] of Map.groupBy(timers, (timer) => timer.tenantId)) {
      const turn = this.fire(tenantId, own, found.head, signal, logger)
        .catch((error: unknown) => reportUnlessOutage(error, logger, FAILURE))
        .finally(() => this.inProgress.delete(tenantId));
      this.inProgress.set(tenantId, turn);
    }
    return timers.length > 0;
  }

  private async fire(
    tenantId: TenantId,
    timers: readonly ClaimedTimer[],
    head: bigint,
    signal: AbortSignal,
    logger: Logger,
  ): Promise<void> {
    for (const timer of timers) warnOfRepeats(timer, logger);
    const [bills, others] = partition(timers, isBill);
    const settled = others.map((timer) =>
      this.limit(async () => {
        // Another process may have taken over: what was claimed is fired when its lease is over.
        if (!signal.aborted) await this.settle(timer, logger, () => this.announce(timer).then(() => false));
      }),
    );
    // Its turn is over when all of it is, whatever failed.
    await allEnded([this.bill(tenantId, bills, head, logger), ...settled]);
  }

  private async bill(tenantId: TenantId, timers: readonly BillTimer[], head: bigint, logger: Logger): Promise<void> {
    if (timers.length === 0) return;
    const orders = await allEnded(timers.map((timer) => this.orderOf(timer)));
    const results = await inSpan('bill due accounts', {}, () => this.billing.bill(tenantId, orders, head));
    const byAccount = new Map(results.map((result) => [result.accountId, result]));
    await allEnded(
      timers.map((timer) =>
        this.settle(timer, logger, () => {
          const { failure, goesOn = false } = byAccount.get(timer.accountId)!;
          return failure
            ? Promise.reject(new DomainError(failure.code, failure.detail, failure.kind))
            : Promise.resolve(goesOn);
        }),
      ),
    );
  }

  private async orderOf(timer: BillTimer): Promise<BillingOrder> {
    const { tenantId, accountId, key, dueAt, generation } = timer;
    const { kind, subject } = timerIn(key);
    const order = { envelope: timerEnvelope(timer), accountId, cause: `${key}:${generation}`, at: dueAt };
    if (kind === 'bill') {
      return { ...order, billThrough: dueAt, timer: { subscriptionId: subject as SubscriptionId, generation } };
    }
    // The grace period is over: the draft takes in late usage, but nothing that fell due since.
    const billThrough = await this.accounts.view(
      accountStream(tenantId, accountId),
      ({ invoices }) => invoices.get(subject as InvoiceId)?.billThrough ?? dueAt,
    );
    return { ...order, billThrough, graceOver: true };
  }

  private async announce(timer: DueTimer): Promise<void> {
    const { owner, key, dueAt } = timer;
    await this.commands.execute(announcementOf(key, { envelope: timerEnvelope(timer), owner, dueAt }));
  }

  /** A timer that fails is tried again later, ever more rarely; others of the owner go on. */
  private async settle(timer: DueTimer, logger: Logger, fire: () => Promise<boolean>): Promise<void> {
    try {
      await this.claims.done(timer, await fire());
    } catch (error) {
      if (isOutage(error) || error instanceof EventLogUnavailable || error instanceof AppendOutcomeUnknown) throw error;
      const { code, message } =
        error instanceof DomainError ? error : { code: 'internal_error', message: String(error) };
      const known = error instanceof DomainError;
      logger[known ? 'warn' : 'error'](
        { timer: timer.key, owner: timer.owner, accountId: timer.accountId, code, ...(known ? {} : { err: error }) },
        'A timer was refused; it is tried again later.',
      );
      await this.claims.failed(timer, `${code}: ${message}`, !isPassing(error));
    }
  }
}

const warnOfRepeats = ({ tenantId, owner, accountId, key, dueAt, repeats }: ClaimedTimer, logger: Logger): void => {
  if (repeats === 0) return;
  logger.warn(
    { timer: key, tenantId, owner, accountId, dueAt, repeats },
    'A timer left the same thing due when it fired; it is fired again, ever more rarely.',
  );
};

const isBill = (timer: ClaimedTimer): timer is BillTimer =>
  timer.accountId !== null && isBilled(timerIn(timer.key).kind);

const partition = <Thing, Part extends Thing>(
  things: readonly Thing[],
  test: (thing: Thing) => thing is Part,
): [Part[], Thing[]] => [things.filter(test), things.filter((thing) => !test(thing))];
