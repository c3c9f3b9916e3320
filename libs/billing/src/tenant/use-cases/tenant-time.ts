import { Clock, type Instant, type TenantId } from '#kernel';
import { Injectable } from '@nestjs/common';
import { Tenants } from './tenants.js';
import { TestClocks } from '../../test-clock/use-cases/test-clocks.js';

/** What time it is where no account is asked about: a test tenant goes by its clock, as most of its accounts do. */
@Injectable()
export class TenantTime {
  constructor(
    private readonly tenants: Tenants,
    private readonly testClocks: TestClocks,
    private readonly clock: Clock,
  ) {}

  async now(tenantId: TenantId): Promise<Instant> {
    const { test } = await this.tenants.billingTerms(tenantId);
    return test === null ? this.clock.now() : this.testClocks.now(tenantId, test.clockId);
  }
}
