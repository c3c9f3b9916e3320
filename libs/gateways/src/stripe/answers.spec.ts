import { createServer, type RequestListener, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { money } from '#kernel';
import { StripeGateway } from './stripe-gateway.js';

/** Answers that the double does not give: of gateways that are newer, and of whoever stands on the way. */
describe('an answer', () => {
  let server: Server;
  let gateway: StripeGateway;
  afterEach(async () => {
    await gateway.dispose();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const answering = async (listener: RequestListener) => {
    server = createServer(listener).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const at = { host: '127.0.0.1', port, protocol: 'http' } as const;
    gateway = new StripeGateway({ apiKey: 'sk_test_1', webhookSecrets: [], answerMilliseconds: 200, ...at });
    return gateway.startAttempt({
      key: 'att_1',
      amount: money(5_00n, 'EUR'),
      customerRef: 'cus_1',
      methodRef: 'pm_1',
      presence: 'off_session',
      metadata: { installation: 'ins_1', tenant: 'tnt_1', account: 'acc_1', attempt: 'att_1' },
    });
  };

  const saying =
    (status: number, body: string): RequestListener =>
    (request, response) => {
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    };

  const intent = (more: object) =>
    JSON.stringify({
      id: 'pi_1',
      object: 'payment_intent',
      amount: 5_00,
      currency: 'eur',
      created: 1_800_000_000,
      customer: 'cus_1',
      payment_method: 'pm_1',
      last_payment_error: null,
      metadata: { recount_attempt: 'att_1', other: 'theirs' },
      ...more,
    });

  it.each([
    ['with a status of tomorrow', saying(200, intent({ status: 'on_the_moon' })), 'status_on_the_moon', 'look_up'],
    [
      'with money that is only held',
      saying(200, intent({ status: 'requires_capture' })),
      'status_requires_capture',
      'look_up',
    ],
    [
      'without a reason',
      saying(200, intent({ status: 'requires_payment_method' })),
      'status_requires_payment_method',
      'look_up',
    ],
    ['of a proxy', saying(502, '<html>Bad gateway</html>'), 'no_answer', 'repeat'],
    ['of a login', saying(200, '<html>Log in</html>'), 'no_answer', 'repeat'],
    ['of a gateway that is busy', saying(429, '{"error":{"type":"invalid_request_error"}}'), 'rate_limited', 'repeat'],
    ['of a gateway that is in trouble', saying(503, '{"error":{"type":"api_error"}}'), 'gateway_error', 'look_up'],
  ] as const)('%s is unknown', async (_, listener, code, resolve) => {
    await expect(answering(listener)).resolves.toMatchObject({ outcome: { status: 'unknown', code, resolve } });
  });

  it('that drips is not waited for', async () => {
    let dripping: NodeJS.Timeout | undefined;
    const drip: RequestListener = (request, response) => {
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' });
      dripping = setInterval(() => response.write(' '), 50);
    };
    await expect(answering(drip)).resolves.toMatchObject({
      outcome: { status: 'unknown', code: 'timeout', resolve: 'repeat' },
    });
    clearInterval(dripping);
  });

  it('has no metadata but ours', async () => {
    await expect(answering(saying(200, intent({ status: 'processing' })))).resolves.toMatchObject({
      reference: 'pi_1',
      outcome: { status: 'processing', expectedBy: null },
      metadata: { attempt: 'att_1' },
    });
  });
});
