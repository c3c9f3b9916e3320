import { accountStream } from '#contracts';
import {
  Clock,
  localDateOf,
  type AccountId,
  type Instant,
  type LocalDate,
  type TenantId,
  type TestClockId,
} from '#kernel';
import type { Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import { Accounts } from './accounts.js';
import { issuerOf, Tenants } from '../../tenant/use-cases/tenants.js';
import { TestClocks } from '../../test-clock/use-cases/test-clocks.js';

/** When a command counts: the moment, and the day in the zone of the books. */
export interface BookingTime {
  readonly now: Instant;
  readonly timeZone: string;
  readonly bookedOn: LocalDate;
}

/** What time it is for an account: most live by the clock on the wall, some by a test clock. */
@Injectable()
export class AccountTime {
  constructor(
    private readonly accounts: Accounts,
    private readonly testClocks: TestClocks,
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /** The business time of a command: what a timer asks for is done as of when it was due. */
  async of({ tenantId, dueAt }: Envelope, accountId: AccountId): Promise<Instant> {
    return dueAt ?? this.now(tenantId, accountId);
  }

  /** The same, for what is booked. */
  async booking(envelope: Envelope, accountId: AccountId): Promise<BookingTime> {
    const { timeZone } = await this.books(envelope.tenantId, accountId);
    const now = await this.of(envelope, accountId);
    return { now, timeZone, bookedOn: localDateOf(now, timeZone) };
  }

  /** Those of the legal entity that sells to it. */
  private async books(tenantId: TenantId, accountId: AccountId): Promise<{ readonly timeZone: string }> {
    const terms = await this.tenants.billingTerms(tenantId);
    const entityId = await this.accounts.view(accountStream(tenantId, accountId), ({ profile }) => profile?.entityId);
    return entityId === undefined ? terms : issuerOf(terms, entityId);
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
