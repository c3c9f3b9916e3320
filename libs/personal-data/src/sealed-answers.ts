import { createHmac, createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { TenantId } from '#kernel';
import { LRUCache } from 'lru-cache';
import { openBytes, sealBytes } from './master-key.js';
import type { MasterKey } from './master-key.js';
import type { PersonalKeys } from './personal-keys.js';

const SALT_BYTES = 16;
const IV_BYTES = 12;
const TENANTS_MAX = 10_000;
const KEYS_MAX = 10_000;

/** Far fewer than make two of their nonces likely to be the same. */
const ANSWERS_OF_A_SALT = 2 ** 24;

/** Whose answer it is, and the keys of the personal data that it tells: each has a part in sealing it. */
export interface AnswerSubject {
  readonly tenantId: TenantId;
  readonly key: string;
  readonly keyIds: readonly string[];
}

/**
 * Answers that are kept for a while tell of people: they go with the keys of any of them. What seals an answer follows from the tenant, a
 * salt that is kept with it, and whom it tells of; those that tell of nobody share what follows from their salt.
 */
export class SealedAnswers {
  private readonly tenants = new LRUCache<TenantId, KeyObject>({ max: TENANTS_MAX });
  private readonly ofNobody = new LRUCache<string, KeyObject>({ max: KEYS_MAX });
  private salt = randomBytes(SALT_BYTES);
  private left = ANSWERS_OF_A_SALT;

  constructor(
    private readonly keys: PersonalKeys,
    private readonly master: MasterKey,
  ) {}

  /** Null if one of those whom it tells of was erased meanwhile: then it is not to be kept. */
  seal(subject: AnswerSubject, text: string): Buffer | null {
    const salt = this.nextSalt();
    const key = this.keyOf(subject, salt);
    if (!key) return null;
    const { iv, sealed } = sealBytes(key, Buffer.from(text), subject.key);
    return Buffer.concat([salt, iv, sealed]);
  }

  /** Null once one of those whom it tells of was erased. @throws Error if it was sealed for another, or is not what it was */
  open(subject: AnswerSubject, kept: Buffer): string | null {
    const key = this.keyOf(subject, kept.subarray(0, SALT_BYTES));
    const [iv, sealed] = [kept.subarray(SALT_BYTES, SALT_BYTES + IV_BYTES), kept.subarray(SALT_BYTES + IV_BYTES)];
    return key && openBytes(key, iv, sealed, subject.key).toString();
  }

  private nextSalt(): Buffer {
    if (this.left === 0) {
      this.salt = randomBytes(SALT_BYTES);
      this.left = ANSWERS_OF_A_SALT;
    }
    this.left -= 1;
    return this.salt;
  }

  private keyOf({ tenantId, keyIds }: AnswerSubject, salt: Buffer): KeyObject | null {
    if (keyIds.length > 0) return this.derived(tenantId, salt, keyIds);
    const name = `${tenantId} ${salt.toString('base64')}`;
    let key: KeyObject | null | undefined = this.ofNobody.get(name);
    if (!key) this.ofNobody.set(name, (key = this.derived(tenantId, salt, keyIds)!));
    return key;
  }

  private derived(tenantId: TenantId, salt: Buffer, keyIds: readonly string[]): KeyObject | null {
    const hmac = createHmac('sha256', this.keyOfTenant(tenantId)).update(salt);
    for (const keyId of keyIds) {
      const part = this.keys.find(tenantId, keyId);
      if (!part) return null;
      hmac.update(part.export());
    }
    return createSecretKey(hmac.digest());
  }

  private keyOfTenant(tenantId: TenantId): KeyObject {
    let key = this.tenants.get(tenantId);
    if (!key) this.tenants.set(tenantId, (key = createSecretKey(this.master.derive('saved-answer', tenantId))));
    return key;
  }
}
