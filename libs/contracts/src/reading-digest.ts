import { sha256Hex } from '#kernel';

/** The first 64 bits of the SHA-256 of a reading as stored. Sets of readings are compared by the exclusive or of theirs. */
export const readingDigest = (reading: object): bigint =>
  BigInt(`0x${sha256Hex(JSON.stringify(reading)).slice(0, 16)}`);

/** 16 hex digits, whatever the sign that a 64-bit column gave it. */
export const digestHex = (digest: bigint): string => BigInt.asUintN(64, digest).toString(16).padStart(16, '0');
