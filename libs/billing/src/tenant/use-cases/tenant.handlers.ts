import { tenantStream, testClockStream, type BillingPolicy, type TenantSettings, type UsageShards } from '#contracts';
import { Clock, plusDuration, type ApiKeyId, type Instant, type TenantId, type TestClockId } from '#kernel';
import { subcommand, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { ApiKeyCommand, TenantCommand } from '../tenant.commands.js';
import type { TenantSettingsChange } from '../tenant-settings.js';
import type { KnownApiKey } from '../api-keys.js';
import { settingsOf } from '../tenant.decider.js';
import type { Tenant } from '../tenant.js';
import type { ApiKeyScope, TenantMode } from '../tenant.commands.js';
import { Tenants } from './tenants.js';
import { TestClocks } from '../../test-clock/use-cases/test-clocks.js';

export interface ApiKeyRecord {
  readonly keyId: ApiKeyId;
  readonly name: string;
  readonly scopes: readonly ApiKeyScope[];
  readonly expiresAt: Instant | null;
  /** Null: as many as the installation allows. */
  readonly requestsPerHour: number | null;
  /** Null where no key asked for it. */
  readonly issuedBy: ApiKeyId | null;
  readonly replaces: ApiKeyId | null;
  readonly replacedBy: ApiKeyId | null;
  readonly revoked: boolean;
}

export interface TenantRecord {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly mode: TenantMode;
  /** Of a test tenant: the clock that it goes by. */
  readonly testClockId: TestClockId | null;
  /** How many streams its usage is spread over. */
  readonly usageShards: UsageShards;
  readonly suspended: boolean;
}

type ApiKeyChange =
  | Omit<Extract<ApiKeyCommand, { type: 'IssueApiKey' }>, 'now'>
  | (Omit<Extract<ApiKeyCommand, { type: 'RotateApiKey' }>, 'now' | 'until'> & { readonly overlapSeconds: number })
  | Extract<ApiKeyCommand, { type: 'RevokeApiKey' }>;

export class CreateTenant extends Command<Executed<TenantRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly creation: Extract<TenantCommand, { type: 'CreateTenant' }>,
    /** What the clock of a test tenant shows at first; now unless named. */
    readonly startAt?: Instant,
  ) {
    super();
  }
}

export class SetBillingPolicy extends Command<Executed<BillingPolicy>> {
  constructor(
    readonly envelope: Envelope,
    readonly change: Partial<BillingPolicy>,
  ) {
    super();
  }
}

export class ChangeTenantSettings extends Command<Executed<TenantSettings>> {
  constructor(
    readonly envelope: Envelope,
    readonly change: TenantSettingsChange,
  ) {
    super();
  }
}

export class ChangeApiKeys extends Command<Executed<ApiKeyRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly change: ApiKeyChange,
  ) {
    super();
  }
}

/** Suspends a tenant or takes it back; the envelope is of that tenant, whoever asks. */
export class ChangeTenantStanding extends Command<Executed<TenantRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly change: Extract<TenantCommand, { type: 'SuspendTenant' | 'ReinstateTenant' }>,
  ) {
    super();
  }
}

@CommandHandler(CreateTenant)
export class CreateTenantHandler implements ICommandHandler<CreateTenant> {
  constructor(
    private readonly tenants: Tenants,
    private readonly testClocks: TestClocks,
    private readonly clock: Clock,
  ) {}

  async execute({ envelope, creation, startAt }: CreateTenant): Promise<Executed<TenantRecord>> {
    // The clock first: a tenant never goes by one that is not there.
    if (creation.test) await this.startClock(envelope, creation.tenantId, creation.test.clockId, startAt);
    return this.tenants.execute(tenantStream(creation.tenantId), envelope, creation, ({ state }) => recordOf(state));
  }

  private startClock(
    envelope: Envelope,
    tenantId: TenantId,
    clockId: TestClockId,
    startAt: Instant = this.clock.now(),
  ): Promise<unknown> {
    return this.testClocks.execute(
      testClockStream(tenantId, clockId),
      subcommand(envelope, 'test-clock'),
      { type: 'StartTestClock', clockId, name: 'Tenant', startAt },
      () => null,
    );
  }
}

@CommandHandler(SetBillingPolicy)
export class SetBillingPolicyHandler implements ICommandHandler<SetBillingPolicy> {
  constructor(private readonly tenants: Tenants) {}

  execute({ envelope, change }: SetBillingPolicy): Promise<Executed<BillingPolicy>> {
    const stream = tenantStream(envelope.tenantId);
    return this.tenants.execute(
      stream,
      envelope,
      { type: 'SetBillingPolicy', change },
      ({ state: { policy } }) => policy,
    );
  }
}

@CommandHandler(ChangeTenantSettings)
export class ChangeTenantSettingsHandler implements ICommandHandler<ChangeTenantSettings> {
  constructor(private readonly tenants: Tenants) {}

  execute({ envelope, change }: ChangeTenantSettings): Promise<Executed<TenantSettings>> {
    const stream = tenantStream(envelope.tenantId);
    const command = { type: 'ChangeTenantSettings', change } as const;
    return this.tenants.execute(stream, envelope, command, ({ state }) => settingsOf(state));
  }
}

@CommandHandler(ChangeTenantStanding)
export class ChangeTenantStandingHandler implements ICommandHandler<ChangeTenantStanding> {
  constructor(private readonly tenants: Tenants) {}

  execute({ envelope, change }: ChangeTenantStanding): Promise<Executed<TenantRecord>> {
    const stream = tenantStream(envelope.tenantId);
    return this.tenants.execute(stream, envelope, change, ({ state }) => recordOf(state));
  }
}

@CommandHandler(ChangeApiKeys)
export class ChangeApiKeysHandler implements ICommandHandler<ChangeApiKeys> {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  execute({ envelope, change }: ChangeApiKeys): Promise<Executed<ApiKeyRecord>> {
    const keyId = changedKey(change);
    const command = commandAt(change, this.clock.now());
    return this.tenants.execute(tenantStream(envelope.tenantId), envelope, command, ({ state }) =>
      apiKeyRecord(state.apiKeys.get(keyId)!),
    );
  }
}

const changedKey = (change: ApiKeyChange): ApiKeyId => {
  switch (change.type) {
    case 'IssueApiKey':
      return change.key.keyId;
    case 'RotateApiKey':
      return change.successor.keyId;
    case 'RevokeApiKey':
      return change.keyId;
  }
};

const commandAt = (change: ApiKeyChange, now: Instant): ApiKeyCommand => {
  if (change.type === 'RevokeApiKey') return change;
  if (change.type === 'IssueApiKey') return { ...change, now };
  const { overlapSeconds, ...rotation } = change;
  return { ...rotation, now, until: plusDuration(now, { seconds: overlapSeconds }) };
};

const apiKeyRecord = (key: KnownApiKey): ApiKeyRecord => ({
  keyId: key.keyId,
  name: key.name,
  scopes: key.scopes,
  expiresAt: key.expiresAt ?? null,
  requestsPerHour: key.requestsPerHour ?? null,
  issuedBy: key.issuedBy ?? null,
  replaces: key.replaces?.keyId ?? null,
  replacedBy: key.replacedBy,
  revoked: key.revoked,
});

const recordOf = ({ tenantId, name, test, usageShards, suspended }: Tenant): TenantRecord => ({
  tenantId: tenantId!,
  name,
  mode: test === null ? 'live' : 'test',
  testClockId: test?.clockId ?? null,
  usageShards: usageShards!,
  suspended,
});
