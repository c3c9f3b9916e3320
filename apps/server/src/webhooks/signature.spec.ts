import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { secretText, signatureOf } from './signature.js';

describe('a signature', () => {
  const [old, current, other] = [randomBytes(32), randomBytes(32), randomBytes(32)] as const;
  const body = JSON.stringify({ type: 'invoice.finalized', data: { name: 'Zürich — 東京' } });
  const timestamp = Math.floor(Date.now() / 1_000);
  const headers = (secrets: readonly Buffer[]) => ({
    'webhook-id': 'msg.with-dots_1',
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf('msg.with-dots_1', timestamp, body, secrets),
  });
  const verified = (secret: Buffer, secrets: readonly Buffer[], text = body): unknown =>
    new Webhook(secretText(secret)).verify(text, headers(secrets));

  it('is accepted by the library of Standard Webhooks', () => {
    expect(verified(current, [current])).toEqual(JSON.parse(body));
  });

  it('is accepted with either secret while one takes the place of the other, and with no third', () => {
    for (const secret of [old, current]) expect(verified(secret, [current, old])).toEqual(JSON.parse(body));
    expect(() => verified(other, [current, old])).toThrow('No matching signature');
  });

  it('is of this body alone', () => {
    expect(() => verified(current, [current], body.replace('invoice', 'payment'))).toThrow('No matching signature');
  });
});
