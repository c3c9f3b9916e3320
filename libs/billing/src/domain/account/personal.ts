/** Personal data on its way through log, tables and messages: AES-256-GCM, opened at the door alone. Binary parts in base64. */
export interface Personal {
  readonly keyId: string;
  readonly iv: string;
  /** The authentication tag stands at its end. */
  readonly ciphertext: string;
}
