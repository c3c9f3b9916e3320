import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 of the UTF-8 bytes, in hex. Pure JavaScript, so that deciders may use it. */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

/** 16 hex digits, whatever the sign that a 64-bit column gave it. */
export const hex64 = (digest: bigint): string => BigInt.asUintN(64, digest).toString(16).padStart(16, '0');
