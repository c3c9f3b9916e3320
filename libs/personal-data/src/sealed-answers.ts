import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { TenantId } from '#kernel';
import { LRUCache } from 'lru-cache';
import { openBytes, sealBytes } from './master-key.js';
import type { MasterKey } from './master-key.js';
import type { PersonalKeys } from './personal-keys.js';

const IV_BYTES = 12;
const TENANTS_MAX = 10_000;

/** Whose answer it is, and the keys of the personal data that it tells: each has a part in sealing it. */
export interface AnswerSubject {
  readonly tenantId: TenantId;
  readonly key: string;
  readonly keyIds: readonly string[];
}

/** Answers that are kept for a while tell of people: they go with the keys of any of them. */
export class SealedAnswers {
  /** Made once: to make a key of bytes costs more than to use it. */
  private readonly tenants = new LRUCache<TenantId, KeyObject>({ max: TENANTS_MAX });

  constructor(
    private readonly keys: PersonalKeys,
    private readonly master: MasterKey,
  ) {}

  /** Null if one of those whom it tells of was erased meanwhile: then it is not to be kept. */
  seal(subject: AnswerSubject, text: string): Buffer | null {
    const key = this.keyOf(subject);
    if (!key) return null;
    const { iv, sealed } = sealBytes(key, Buffer.from(text), subject.key);
    return Buffer.concat([iv, sealed]);
  }

  /** Null once one of those whom it tells of was erased. @throws Error if it was sealed for another, or is not what it was */
  open(subject: AnswerSubject, sealed: Buffer): string | null {
    const key = this.keyOf(subject);
    return key && openBytes(key, sealed.subarray(0, IV_BYTES), sealed.subarray(IV_BYTES), subject.key).toString();
  }

  /** One key per answer: of the tenant, and of all whom it tells of. */
  private keyOf({ tenantId, key, keyIds }: AnswerSubject): Buffer | null {
    const hmac = createHmac('sha256', this.keyOfTenant(tenantId)).update(`${key.length} ${key}`);
    for (const keyId of keyIds) {
      const part = this.keys.find(tenantId, keyId);
      if (!part) return null;
      hmac.update(part);
    }
    return hmac.digest();
  }

  private keyOfTenant(tenantId: TenantId): KeyObject {
    let key = this.tenants.get(tenantId);
    if (!key) this.tenants.set(tenantId, (key = createSecretKey(this.master.derive('saved-answer', tenantId))));
    return key;
  }
}
