import { tenantStream } from '#contracts';
import { type ApiKeyId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { BillingPolicy } from '../../domain/tenant/billing-policy.js';
import type { TenantCommand } from '../../domain/tenant/tenant.commands.js';
import type { ApiKeyIssued } from '../../domain/tenant/tenant.events.js';
import { Tenants } from '../tenants.js';

export type ApiKeyRecord = Omit<ApiKeyIssued['data'], 'hash'> & { readonly revoked: boolean };

export class CreateTenant extends Command<Executed<{ readonly name: string }>> {
  constructor(
    readonly envelope: Envelope,
    readonly creation: Extract<TenantCommand, { type: 'CreateTenant' }>,
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

export class ChangeApiKeys extends Command<Executed<ApiKeyRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly change: Extract<TenantCommand, { type: 'IssueApiKey' | 'RevokeApiKey' }>,
  ) {
    super();
  }
}

@CommandHandler(CreateTenant)
export class CreateTenantHandler implements ICommandHandler<CreateTenant> {
  constructor(private readonly tenants: Tenants) {}

  execute({ envelope, creation }: CreateTenant): Promise<Executed<{ readonly name: string }>> {
    return this.tenants.execute(tenantStream(creation.tenantId), envelope, creation, ({ state: { name } }) => ({
      name,
    }));
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

@CommandHandler(ChangeApiKeys)
export class ChangeApiKeysHandler implements ICommandHandler<ChangeApiKeys> {
  constructor(private readonly tenants: Tenants) {}

  execute({ envelope, change }: ChangeApiKeys): Promise<Executed<ApiKeyRecord>> {
    const keyId: ApiKeyId = change.type === 'IssueApiKey' ? change.key.keyId : change.keyId;
    return this.tenants.execute(tenantStream(envelope.tenantId), envelope, change, ({ state }) => {
      const { hash: _, ...key } = state.apiKeys.get(keyId)!;
      return key;
    });
  }
}
