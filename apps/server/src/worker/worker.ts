import { setTimeout as sleep } from 'node:timers/promises';
import { allEnded, EventLogUnavailable } from '#kernel';
import { isOutage, shareOut, type Held } from '#postgres';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { Logger } from 'pino';
import { PublishEventsReactor } from '../publishing/publish-events.reactor.js';
import { Pools } from '../core/pools.js';
import { ReadModelTables } from '../projecting/read-model-tables.js';
import { AgendaReactor } from './agenda.reactor.js';
import { BankReactor } from './bank.reactor.js';
import { BillingRunReactor } from './billing-run.reactor.js';
import { ErasureReactor } from './erasure.reactor.js';
import { MailReactor } from '../mail/mail-reactor.js';
import { ReportTaxesReactor } from '../taxes/report-taxes.reactor.js';
import { SendOnNumberReactor } from '../mail/send-on-number.reactor.js';
import { Housekeeping } from './housekeeping.js';
import { LateBillingReactor } from './late-billing.reactor.js';
import { NumberingReactors } from './numbering.reactors.js';
import { RevenueReactor } from './revenue.reactor.js';
import { DisabledEndpointsReactor } from '../webhooks/disabled-endpoints.reactor.js';
import { QueueWebhooksReactor } from '../webhooks/queue-webhooks.reactor.js';
import { ReplayWebhooksReactor } from '../webhooks/replay-webhooks.reactor.js';
import { SendWebhooksReactor } from '../webhooks/send-webhooks.reactor.js';
import { UsageLookReactor } from './usage-look.reactor.js';

const RETRY_MILLISECONDS = 1_000;

/** Runs until the signal aborts, or fails; either way nothing of it goes on afterwards. */
interface WorkerPart {
  run(signal: AbortSignal, logger: Logger): Promise<void>;
}

/**
 * Everything that acts by itself, shared out among the worker processes: each part is one process's at a time. Of billing runs, every process
 * claims its pages.
 */
@Injectable()
export class Worker implements OnModuleDestroy {
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;

  constructor(
    private readonly numbering: NumberingReactors,
    private readonly agenda: AgendaReactor,
    private readonly lateBillings: LateBillingReactor,
    private readonly runs: BillingRunReactor,
    private readonly erasures: ErasureReactor,
    private readonly publishing: PublishEventsReactor,
    private readonly housekeeping: Housekeeping,
    private readonly mail: MailReactor,
    private readonly sendOnNumber: SendOnNumberReactor,
    private readonly revenue: RevenueReactor,
    private readonly queueWebhooks: QueueWebhooksReactor,
    private readonly sendWebhooks: SendWebhooksReactor,
    private readonly replayWebhooks: ReplayWebhooksReactor,
    private readonly disabledEndpoints: DisabledEndpointsReactor,
    private readonly taxReports: ReportTaxesReactor,
    private readonly bank: BankReactor,
    private readonly usageLooks: UsageLookReactor,
    private readonly tables: ReadModelTables,
    private readonly pools: Pools,
    private readonly pino: PinoLogger,
  ) {}

  start(): void {
    this.running = this.runForever();
  }

  /** Before the projector: what is being billed waits for its read models. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private parts(logger: Logger): ReadonlyMap<string, Held> {
    const parts: Readonly<Record<string, WorkerPart>> = {
      numbering: this.numbering,
      agenda: this.agenda,
      publishing: this.publishing,
      'late billings': this.lateBillings,
      erasures: this.erasures,
      housekeeping: this.housekeeping,
      mail: this.mail,
      'mail on number': this.sendOnNumber,
      revenue: this.revenue,
      'webhook queue': this.queueWebhooks,
      webhooks: this.sendWebhooks,
      'webhook replays': this.replayWebhooks,
      'disabled webhooks': this.disabledEndpoints,
      'tax reports': this.taxReports,
      bank: this.bank,
      'usage for recharges': this.usageLooks,
    };
    return new Map(Object.entries(parts).map(([name, part]) => [name, (signal) => part.run(signal, logger)]));
  }

  private async work(signal: AbortSignal, logger: Logger): Promise<void> {
    const interrupted = new AbortController();
    const shared = shareOut(this.pools.owner, 'recount-worker', this.parts(logger), signal);
    await allEnded([
      shared.finally(() => interrupted.abort()),
      this.runs.run(AbortSignal.any([signal, interrupted.signal]), logger),
    ]);
  }

  private async runForever(): Promise<void> {
    const { signal } = this.stopping;
    const { logger } = this.pino;
    while (!signal.aborted) {
      try {
        await this.tables.awaited();
        if (signal.aborted) return;
        await this.work(signal, logger);
      } catch (error) {
        if (signal.aborted) return;
        if (!isOutage(error) && !(error instanceof EventLogUnavailable))
          logger.error({ err: error }, 'The worker was interrupted; it starts again.');
        await sleep(RETRY_MILLISECONDS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
