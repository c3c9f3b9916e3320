import { setTimeout as sleep } from 'node:timers/promises';
import { EventLogUnavailable } from '#kernel';
import { isOutage, whileHolding } from '#postgres';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { PinoLogger } from 'nestjs-pino';
import type { Logger } from 'pino';
import { PublishEventsReactor } from '../publishing/publish-events.reactor.js';
import { Pools } from '../core/pools.js';
import { ReadModelTables } from '../projecting/read-model-tables.js';
import { AgendaReactor } from './agenda.reactor.js';
import { BillingRunReactor } from './billing-run.reactor.js';
import { ErasureReactor } from './erasure.reactor.js';
import { Housekeeping } from './housekeeping.js';
import { LateBillingReactor } from './late-billing.reactor.js';
import { NumberingReactors } from './numbering.reactors.js';

const RETRY_MILLISECONDS = 1_000;

/** Runs until the signal aborts, or fails; either way nothing of it goes on afterwards. */
interface WorkerPart {
  run(signal: AbortSignal, logger: Logger): Promise<void>;
}

/** Everything that acts by itself. Of several worker processes, one works and the others stand by for its lock. */
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

  private get parts(): readonly WorkerPart[] {
    return [
      this.numbering,
      this.agenda,
      this.lateBillings,
      this.runs,
      this.erasures,
      this.publishing,
      this.housekeeping,
    ];
  }

  private async runForever(): Promise<void> {
    const { signal } = this.stopping;
    const { logger } = this.pino;
    while (!signal.aborted) {
      try {
        await this.tables.awaited();
        if (signal.aborted) return;
        const parts = this.parts.map((part) => (held: AbortSignal) => part.run(held, logger));
        await whileHolding(this.pools.owner, 'recount-worker', signal, ...parts);
      } catch (error) {
        if (signal.aborted) return;
        if (!isOutage(error) && !(error instanceof EventLogUnavailable))
          logger.error({ err: error }, 'The worker was interrupted; it starts again.');
        await sleep(RETRY_MILLISECONDS, undefined, { signal }).catch(() => undefined);
      }
    }
  }
}
