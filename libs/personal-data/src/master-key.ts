import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM with the tag at the end; `context` must be the same again to open it. */
export const sealBytes = (
  key: Buffer,
  plain: Buffer,
  context: string,
): { readonly iv: Buffer; readonly sealed: Buffer } => {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  return { iv, sealed: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
};

/** @throws Error if key, context or a single bit is not what it was. */
export const openBytes = (key: Buffer, iv: Buffer, sealed: Buffer, context: string): Buffer => {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(context));
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
};

/** Wraps the data keys, so that a copy of the database opens nothing. 32 bytes, kept outside database and log. */
export class MasterKey {
  constructor(private readonly key: Buffer) {
    if (key.length !== 32) throw new RangeError('A master key has 32 bytes.');
  }

  /** A secret that is always the same for the same purpose and subject, and tells nothing of the key. */
  derive(purpose: string, subject: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, subject, purpose, 32));
  }

  wrap(dataKey: Buffer, keyId: string): Buffer {
    return sealedWith(this.key, dataKey, keyId);
  }

  unwrap(wrapped: Buffer, keyId: string): Buffer {
    return openedWith(this.key, wrapped, keyId);
  }

  /** A text under a key of its own: so many may be sealed for one purpose as there are subjects. */
  sealText(purpose: string, subject: string, text: string): Buffer {
    return sealedWith(this.derive(purpose, subject), Buffer.from(text), subject);
  }

  /** @throws Error if it was sealed for another purpose or subject, or is not what it was. */
  openText(purpose: string, subject: string, sealed: Buffer): string {
    return openedWith(this.derive(purpose, subject), sealed, subject).toString();
  }
}

/** With its initialization vector in front. */
const sealedWith = (key: Buffer, plain: Buffer, context: string): Buffer => {
  const { iv, sealed } = sealBytes(key, plain, context);
  return Buffer.concat([iv, sealed]);
};

const openedWith = (key: Buffer, sealed: Buffer, context: string): Buffer =>
  openBytes(key, sealed.subarray(0, IV_BYTES), sealed.subarray(IV_BYTES), context);
