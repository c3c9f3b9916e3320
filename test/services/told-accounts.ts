import { Accounts, type Account, type AccountCommand } from '#billing/account';
import { accountStream, USAGE_SHARDS_DEFAULT, usageStream, type AccountReadings, type Reading } from '#contracts';
import type { AccountId, TenantId } from '#kernel';
import { ACCOUNT, anEnvelope, at, ENTITY, FixedClock, InMemoryEventLog, sealed, TENANT } from '#testing';
import { propose } from '#write-path';

export interface Whose {
  readonly tenantId?: TenantId;
  readonly accountId?: AccountId;
}

/** A log in which commands of accounts have been carried out, as the product does, without the product. */
export class ToldAccounts {
  readonly log = new InMemoryEventLog();
  readonly clock = new FixedClock(at('2026-01-01T00:00:00Z'));
  private readonly accounts = new Accounts(this.log, this.clock);
  private commands = 0;

  /** Answers the position of what happened. */
  async tell(command: AccountCommand | ((account: Account) => AccountCommand), whose: Whose = {}): Promise<bigint> {
    const { tenantId = TENANT, accountId = ACCOUNT } = whose;
    const stream = accountStream(tenantId, accountId);
    const known = await this.accounts.view(stream, (account) => account, 0);
    const asked = typeof command === 'function' ? command(known) : command;
    const { position } = await this.accounts.execute(stream, this.envelope({ tenantId, accountId }), asked, () => null);
    return position;
  }

  open(whose: Whose = {}, currency = 'USD', timeZone = 'UTC'): Promise<bigint> {
    const { accountId = ACCOUNT } = whose;
    const profile = { personal: sealed(), currency, timeZone, netTermsDays: 30, taxStatus: 'taxable' } as const;
    const account = { accountId, entityId: ENTITY, metadata: {}, now: this.clock.now() };
    return this.tell({ type: 'OpenAccount', ...profile, ...account }, whose);
  }

  record(readings: readonly Reading[], { tenantId = TENANT, accountId = ACCOUNT }: Whose = {}): Promise<void> {
    return this.recordTogether([{ accountId, readings }], tenantId);
  }

  /** In one event: the accounts are of one usage stream. */
  async recordTogether(accounts: readonly AccountReadings[], tenantId: TenantId = TENANT): Promise<void> {
    const [{ accountId }] = accounts as [AccountReadings];
    const stream = usageStream(tenantId, accountId, USAGE_SHARDS_DEFAULT);
    const fact = { type: 'UsageRecorded', data: { accounts, source: 'api' } } as const;
    const envelope = this.envelope(accounts.length === 1 ? { tenantId, accountId } : { tenantId });
    const proposals = propose([fact], stream, envelope, this.clock.now());
    await this.log.append(
      stream,
      proposals.map(({ event }) => event),
      'any',
    );
  }

  /** So that moments read as stories: on this day, that happened. */
  on(instant: string): this {
    this.clock.set(at(instant));
    return this;
  }

  private envelope(whose: Whose & { readonly tenantId: TenantId }) {
    this.commands += 1;
    return { ...anEnvelope(this.commands), ...whose };
  }
}
