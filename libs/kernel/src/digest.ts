import { hash } from 'node:crypto';

/** SHA-256 of the UTF-8 bytes, in hex. A function of its argument alone, so that deciders may use it. */
export const sha256Hex = (text: string): string => hash('sha256', text, 'hex');

const SCRATCH = new Uint8Array(4_096);
const UTF_8 = new TextEncoder();

/** SHA-1 of the bytes and the UTF-8 bytes behind them, in hex. */
export const sha1Hex = (bytes: Uint8Array, text: string): string => {
  // A character has three bytes at most.
  const fits = bytes.length + text.length * 3 <= SCRATCH.length;
  const whole = fits ? SCRATCH : new Uint8Array(bytes.length + text.length * 3);
  whole.set(bytes);
  const { written } = UTF_8.encodeInto(text, whole.subarray(bytes.length));
  return hash('sha1', whole.subarray(0, bytes.length + written), 'hex');
};

/** 16 hex digits, whatever the sign that a 64-bit column gave it. */
export const hex64 = (digest: bigint): string => BigInt.asUintN(64, digest).toString(16).padStart(16, '0');
