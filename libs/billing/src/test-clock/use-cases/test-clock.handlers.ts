import { testClockStream } from '#contracts';
import { EventLog, type Instant, type TestClockId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { TestClock } from '../test-clock.decider.js';
import { LateBillings } from '../../invoice/use-cases/late-billings.js';
import { AccountDirectory } from '../../account/ports/account-directory.js';
import { ReadModels } from '../../billing-run/ports/read-models.js';
import { TestClocks } from './test-clocks.js';

const PATIENCE_MILLISECONDS = 30_000;

export interface TestClockRecord {
  readonly clockId: TestClockId;
  readonly name: string | null;
  readonly startedFrom: Instant;
  readonly now: Instant;
}

export class StartTestClock extends Command<Executed<TestClockRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly startAt: Instant,
    readonly name?: string,
  ) {
    super();
  }
}

/** Sets the time. What falls due by it, the agenda does. */
export class AdvanceTestClock extends Command<Executed<TestClockRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly clockId: TestClockId,
    readonly to: Instant,
  ) {
    super();
  }
}

@CommandHandler(StartTestClock)
export class StartTestClockHandler implements ICommandHandler<StartTestClock> {
  constructor(private readonly testClocks: TestClocks) {}

  execute({ envelope, startAt, name }: StartTestClock): Promise<Executed<TestClockRecord>> {
    const clockId = createdId('clk', envelope);
    return this.testClocks.execute(
      testClockStream(envelope.tenantId, clockId),
      envelope,
      { type: 'StartTestClock', clockId, startAt, ...(name === undefined ? {} : { name }) },
      ({ state }) => testClockRecord(clockId, state),
    );
  }
}

@CommandHandler(AdvanceTestClock)
export class AdvanceTestClockHandler implements ICommandHandler<AdvanceTestClock> {
  constructor(
    private readonly testClocks: TestClocks,
    private readonly directory: AccountDirectory,
    private readonly lateBillings: LateBillings,
    private readonly readModels: ReadModels,
    private readonly log: EventLog,
  ) {}

  /** What came late by now falls due by the time that it came at, not by the one that the clock is set to. */
  async execute({ envelope, clockId, to }: AdvanceTestClock): Promise<Executed<TestClockRecord>> {
    const { tenantId } = envelope;
    await this.readModels.waitFor(['usage', 'agenda', 'accounts'], await this.log.head(), PATIENCE_MILLISECONDS);
    await this.lateBillings.schedule(tenantId, await this.directory.late(tenantId, clockId));
    return this.testClocks.execute(
      testClockStream(envelope.tenantId, clockId),
      envelope,
      { type: 'AdvanceTestClock', clockId, to },
      ({ state }) => testClockRecord(clockId, state),
    );
  }
}

const testClockRecord = (clockId: TestClockId, { name, startedFrom, now }: TestClock): TestClockRecord => ({
  clockId,
  name,
  startedFrom: startedFrom!,
  now: now!,
});
