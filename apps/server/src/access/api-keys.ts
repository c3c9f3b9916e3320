import { hash } from 'node:crypto';
import type { ApiKeyIssued } from '#billing';
import { derivedId, type ApiKeyId, type TenantId } from '#kernel';
import { MasterKey } from '#personal-data';
import { Injectable } from '@nestjs/common';

export interface NewApiKey {
  /** The key as its owner keeps it. */
  readonly secret: string;
  readonly key: ApiKeyIssued['data'];
}

/**
 * API keys follow from the master key and their id: a repeated request gets the same key again, and none is stored.
 */
@Injectable()
export class ApiKeys {
  constructor(private readonly master: MasterKey) {}

  make(keyId: ApiKeyId, terms: Omit<ApiKeyIssued['data'], 'keyId' | 'hash'>): NewApiKey {
    const secret = `rk_${this.master.derive('api-key', keyId).toString('base64url')}`;
    return { secret, key: { keyId, ...terms, hash: hash('sha256', secret) } };
  }
}

/** Everything that a new tenant begins with. */
export const tenantCreation = (tenantId: TenantId, name: string, timeZone: string, firstKey: NewApiKey['key']) =>
  ({
    type: 'CreateTenant',
    tenantId,
    name,
    entityId: derivedId('ent', tenantId, 'default'),
    seriesId: derivedId('ser', tenantId, 'invoices'),
    timeZone,
    firstKey,
  }) as const;
