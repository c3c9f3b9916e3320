import { hash } from 'node:crypto';

/** Of a reading as stored: 64 bits of its SHA-256. Sets of readings are compared by the exclusive or of their digests. */
export const readingDigest = (reading: object): bigint =>
  BigInt(`0x${hash('sha256', JSON.stringify(reading)).slice(0, 16)}`);
