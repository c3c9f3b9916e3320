import { testClockStream, type TestClockFact } from '#contracts';
import { Clock, EventLog, notFound, type Instant, type TenantId, type TestClockId } from '#kernel';
import { DecidedStreams } from '#write-path';
import { Injectable } from '@nestjs/common';
import { testClockDecider, type TestClock, type TestClockCommand } from '../test-clock.decider.js';

@Injectable()
export class TestClocks extends DecidedStreams<TestClock, TestClockCommand, TestClockFact> {
  constructor(log: EventLog, clock: Clock) {
    super(testClockDecider, log, clock);
  }

  /** @throws DomainError `test_clock_not_found` */
  now(tenantId: TenantId, clockId: TestClockId): Promise<Instant> {
    return this.view(testClockStream(tenantId, clockId), ({ now }) => now ?? notFound('test_clock', clockId), 0);
  }
}
