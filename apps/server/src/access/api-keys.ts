import { USAGE_SHARDS_DEFAULT, type Fact } from '#contracts';
import { hash } from 'node:crypto';
import type { TenantMode } from '#billing/tenant';
import { derivedId, type ApiKeyId, type TenantId } from '#kernel';
import { MasterKey } from '#personal-data';
import { Injectable } from '@nestjs/common';

export interface NewApiKey {
  /** The key as its owner keeps it. */
  readonly secret: string;
  readonly key: Fact<'ApiKeyIssued'>['data'];
}

/** A key says at a glance whether what it opens is real. Keys of live tenants are as they always were: who has one keeps it. */
const PREFIXES: Readonly<Record<TenantMode, string>> = { live: 'rk_', test: 'rk_test_' };

/**
 * API keys follow from the master key and their id: a repeated request gets the same key again, and none is stored.
 */
@Injectable()
export class ApiKeys {
  constructor(private readonly master: MasterKey) {}

  make(mode: TenantMode, keyId: ApiKeyId, terms: Omit<Fact<'ApiKeyIssued'>['data'], 'keyId' | 'hash'>): NewApiKey {
    const { secret, hash: digest } = this.secretOf(mode, keyId);
    return { secret, key: { keyId, ...terms, hash: digest } };
  }

  secretOf(mode: TenantMode, keyId: ApiKeyId): { readonly secret: string; readonly hash: string } {
    const secret = `${PREFIXES[mode]}${this.master.derive('api-key', keyId).toString('base64url')}`;
    return { secret, hash: hash('sha256', secret) };
  }
}

/** Everything that a new tenant begins with. */
export const tenantCreation = (
  mode: TenantMode,
  tenantId: TenantId,
  name: string,
  timeZone: string,
  firstKey: NewApiKey['key'],
) =>
  ({
    type: 'CreateTenant',
    tenantId,
    name,
    ...(mode === 'test' ? { test: { clockId: derivedId('clk', tenantId, 'default') } } : {}),
    entityId: derivedId('ent', tenantId, 'default'),
    seriesId: derivedId('ser', tenantId, 'invoices'),
    timeZone,
    firstKey,
    usageShards: USAGE_SHARDS_DEFAULT,
  }) as const;
