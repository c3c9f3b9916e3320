import { testClockStream } from '#contracts';
import type { Instant, TestClockId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { TestClock } from '../../domain/test-clock/test-clock.decider.js';
import { TestClocks } from '../test-clocks.js';

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
  constructor(private readonly testClocks: TestClocks) {}

  execute({ envelope, clockId, to }: AdvanceTestClock): Promise<Executed<TestClockRecord>> {
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
