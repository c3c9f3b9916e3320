import { accountStream } from '#contracts';
import { Clock, type AccountId, type Instant, type TenantId, type TestClockId } from '#kernel';
import type { Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import { Accounts } from './accounts.js';
import { TestClocks } from '../../test-clock/use-cases/test-clocks.js';

/** What time it is for an account: most live by the clock on the wall, some by a test clock. */
@Injectable()
export class AccountTime {
  constructor(
    private readonly accounts: Accounts,
    private readonly testClocks: TestClocks,
    private readonly clock: Clock,
  ) {}

  /** The business time of a command: what a timer asks for is done as of when it was due. */
  async of({ tenantId, dueAt }: Envelope, accountId: AccountId): Promise<Instant> {
    return dueAt ?? this.now(tenantId, accountId);
  }

  async now(tenantId: TenantId, accountId: AccountId): Promise<Instant> {
    const stream = accountStream(tenantId, accountId);
    return this.by(tenantId, await this.accounts.view(stream, ({ profile }) => profile));
  }

  /** By the clock that an account, or one that is to be opened, names. */
  async by(tenantId: TenantId, profile: { readonly testClockId?: TestClockId } | null): Promise<Instant> {
    const clockId = profile?.testClockId;
    return clockId === undefined ? this.clock.now() : this.testClocks.now(tenantId, clockId);
  }
}
