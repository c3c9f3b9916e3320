import { setTimeout as sleep } from 'node:timers/promises';
import { EventLog, type TenantId, type TestClockId } from '#kernel';
import { ProjectionStatuses } from '#projection';
import { isAdvancing } from '#projections/agenda';
import { Injectable } from '@nestjs/common';
import { Pools } from '../core/pools.js';

const LOOK_MILLISECONDS = 50;
const PATIENCE_MILLISECONDS = 25_000;

/** Whether everything that a test clock let fall due is done. */
@Injectable()
export class TestClockProgress {
  constructor(
    private readonly log: EventLog,
    private readonly statuses: ProjectionStatuses,
    private readonly pools: Pools,
  ) {}

  isAdvancing(tenantId: TenantId, clockId: TestClockId): Promise<boolean> {
    return isAdvancing(this.pools.projector, tenantId, clockId);
  }

  /** Waits until the agenda has nothing left to do, a while. Tells how far the log had come by then. */
  async settled(
    tenantId: TenantId,
    clockId: TestClockId,
  ): Promise<{ readonly ready: boolean; readonly position: bigint }> {
    const deadline = performance.now() + PATIENCE_MILLISECONDS;
    let quiet = false;
    for (;;) {
      // A timer that was fired may have led to others, which the agenda knows once it has come to here.
      const position = await this.log.head();
      await this.statuses.waitFor(['accounts', 'agenda', 'tenants', 'test-clocks'], position, PATIENCE_MILLISECONDS);
      const wasQuiet = quiet;
      quiet = !(await this.isAdvancing(tenantId, clockId));
      if (quiet && wasQuiet) return { ready: true, position };
      if (performance.now() > deadline) return { ready: false, position };
      if (!quiet) await sleep(LOOK_MILLISECONDS);
    }
  }
}
