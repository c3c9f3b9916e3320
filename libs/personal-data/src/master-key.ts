import { createCipheriv, createDecipheriv, hkdfSync, randomFillSync, type KeyObject } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const NONCES_AT_ONCE = 512;

/** Random bytes cost their call, not their number: they are drawn ahead. */
let nonces = Buffer.alloc(0);

const nonce = (): Buffer => {
  if (nonces.length === 0) nonces = randomFillSync(Buffer.alloc(NONCES_AT_ONCE * IV_BYTES));
  const drawn = nonces.subarray(0, IV_BYTES);
  nonces = nonces.subarray(IV_BYTES);
  return drawn;
};

/** AES-256-GCM with the tag at the end; `context` must be the same again to open it. */
export const sealBytes = (
  key: KeyObject,
  plain: Buffer,
  context: string,
): { readonly iv: Buffer; readonly sealed: Buffer } => {
  const iv = nonce();
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  return { iv, sealed: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
};

/** @throws Error if key, context or a single bit is not what it was. */
export const openBytes = (key: KeyObject, iv: Buffer, sealed: Buffer, context: string): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
};

/** Has a part in every key, so that a copy of database, log and key ring opens nothing. 32 bytes, kept outside of them. */
export class MasterKey {
  constructor(private readonly key: Buffer) {
    if (key.length !== 32) throw new RangeError('A master key has 32 bytes.');
  }

  /** A secret that is always the same for the same purpose and subject, and tells nothing of the key. */
  derive(purpose: string, subject: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, subject, purpose, 32));
  }
}
