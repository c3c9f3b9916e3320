import { createHmac } from 'node:crypto';

/**
 * `webhook-signature` of Standard Webhooks: one signature for each secret that counts, with blanks between.
 *
 * @param timestamp whole seconds since 1970
 */
export const signatureOf = (id: string, timestamp: number, body: string, secrets: readonly Buffer[]): string =>
  secrets
    .map((secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`)
    .join(' ');

/** As its owner keeps it. */
export const secretText = (secret: Buffer): string => `whsec_${secret.toString('base64')}`;
