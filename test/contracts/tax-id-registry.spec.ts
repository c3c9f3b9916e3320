import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ViesTaxIdRegistry } from '../../apps/server/src/taxes/vies-tax-id-registry.js';
import { ForkedService } from '../services/forked-service.js';

let vies: ForkedService;
beforeAll(async () => {
  vies = await ForkedService.start('vies-process');
});
afterAll(() => vies.stop());

const registry = (): ViesTaxIdRegistry => new ViesTaxIdRegistry({ url: vies.url, answerMilliseconds: 500 });
/** What it was asked last: it says so in another way than it answers, and perhaps later. */
const lastAsked = async (): Promise<unknown> => {
  await vies.behaves('well');
  return JSON.parse(vies.asked.at(-1)!.body);
};
const eu = (value: string) => ({ type: 'eu_vat', value }) as const;

describe('the register of VAT ids of the EU', () => {
  it('says which are valid and which are not, and under which number it was asked', async () => {
    expect(await registry().check(eu('FR 40 303265045'))).toEqual({ result: 'valid' });
    expect(await registry().check(eu('FR40303265045'), eu('DE136695976'))).toEqual({
      result: 'valid',
      consultation: 'WAPIAAAAY1234567',
    });
    expect(await lastAsked()).toEqual({
      countryCode: 'FR',
      vatNumber: '40303265045',
      requesterMemberStateCode: 'DE',
      requesterNumber: '136695976',
    });
    expect(await registry().check(eu('FR99999999999'))).toEqual({ result: 'invalid' });
    await registry().check(eu('GR094259216'));
    expect(await lastAsked()).toMatchObject({ countryCode: 'EL', vatNumber: '094259216' });
  });

  it.each([
    'MS_UNAVAILABLE',
    'MS_MAX_CONCURRENT_REQ',
    'GLOBAL_MAX_CONCURRENT_REQ',
    'TIMEOUT',
    'INVALID_INPUT',
    'silent',
    'nonsense',
    'away',
  ])('leaves it unknown where it does not say: %s', async (behaviour) => {
    await vies.behaves(behaviour);
    expect(await registry().check(eu('FR40303265045'))).toEqual({ result: 'unknown' });
    await vies.behaves('well');
  });

  it('leaves it unknown where it is not there', async () => {
    const nowhere = new ViesTaxIdRegistry({ url: 'http://127.0.0.1:1/' });
    expect(await nowhere.check(eu('FR40303265045'))).toEqual({ result: 'unknown' });
  });

  it('hangs up on an answer that goes on, and holds none of it', async () => {
    const answering = Promise.withResolvers<ServerResponse>();
    const talkative = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      // More than what lies on the way between two processes.
      response.end(' '.repeat(64 * 1024 * 1024) + JSON.stringify({ valid: true }));
      answering.resolve(response);
    }).listen(0, '127.0.0.1');
    await once(talkative, 'listening');
    const url = `http://127.0.0.1:${(talkative.address() as AddressInfo).port}/`;
    try {
      const asked = new ViesTaxIdRegistry({ url }).check(eu('FR40303265045'));
      const response = await answering.promise;
      const closed = once(response, 'close');
      expect(await asked).toEqual({ result: 'unknown' });
      await closed;
      expect(response.writableFinished).toBe(false);
    } finally {
      talkative.close();
    }
  });

  it('is asked two things at a time', async () => {
    const open = new Set<ServerResponse>();
    let most = 0;
    const slow = createServer((request, response) => {
      if (request.method === 'GET') return void response.end();
      open.add(response);
      most = Math.max(most, open.size);
      return undefined;
    }).listen(0, '127.0.0.1');
    await once(slow, 'listening');
    const url = `http://127.0.0.1:${(slow.address() as AddressInfo).port}/`;
    try {
      const asked = new ViesTaxIdRegistry({ url });
      let left = 6;
      const all = Promise.all(
        Array.from({ length: left }, () => asked.check(eu('FR40303265045')).finally(() => (left -= 1))),
      );
      while (left > 0) {
        // What is on its way comes before somebody else’s question is answered.
        for (let time = 0; time < 3; time++) await (await fetch(url)).text();
        for (const response of open) response.end(JSON.stringify({ valid: true }));
        open.clear();
      }
      expect(await all).toEqual(Array.from({ length: 6 }, () => ({ result: 'valid' })));
      expect(most).toBe(2);
    } finally {
      slow.closeAllConnections();
      slow.close();
    }
  });

  it.each(['away', 'GLOBAL_MAX_CONCURRENT_REQ'])('is not asked again at once where it is %s', async (behaviour) => {
    const resting = registry();
    await vies.behaves(behaviour);
    expect(await resting.check(eu('FR40303265045'))).toEqual({ result: 'unknown' });
    await vies.behaves('well');
    const before = vies.asked.length;
    expect(await resting.check(eu('FR40303265045'))).toEqual({ result: 'unknown' });
    expect(vies.asked.length).toBe(before);
    expect(await registry().check(eu('FR40303265045'))).toEqual({ result: 'valid' });
  });

  it('is asked again at once where a member state is away', async () => {
    const patient = registry();
    await vies.behaves('MS_UNAVAILABLE');
    expect(await patient.check(eu('FR40303265045'))).toEqual({ result: 'unknown' });
    await vies.behaves('well');
    expect(await patient.check(eu('FR40303265045'))).toEqual({ result: 'valid' });
  });

  it('knows VAT ids of the EU alone', () => {
    expect(registry().knows(eu('XI123456789'))).toBe(true);
    expect(registry().knows(eu('1'))).toBe(false);
    expect(registry().knows({ type: 'gb_vat', value: 'GB193054661' })).toBe(false);
  });
});
