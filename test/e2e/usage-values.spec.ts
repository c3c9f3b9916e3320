import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, invoicesOf, JANUARY, METER, openAccount, subscribe, usd, withCatalog } from './samples.js';

describe('what a meter counts of each reading', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
  });

  /** A meter with an event name of its own, and an account that pays for it by the unit. */
  const sold = async (meter: object, price: object): Promise<{ account: Any; event: string; key: string }> => {
    const key = randomUUID();
    await client.create('meters', { key, name: key, eventName: key, aggregation: 'sum', ...meter });
    const charge = { key: 'usage', name: 'Usage', kind: 'usage', timing: 'in_arrears', meter: key, price };
    const interval = { unit: 'month', count: 1 };
    await client.create('plans', { key, name: key, currency: 'USD', interval, charges: [charge] });
    const account = await openAccount(client);
    await subscribe(client, account.id, { plan: key });
    return { account, event: key, key };
  };
  const record = async ({ account, event }: { account: Any; event: string }, rows: readonly object[]): Promise<Any> => {
    const events = rows.map((properties, index) => ({
      id: randomUUID(),
      event,
      accountId: account.id,
      at: `2025-01-${String(10 + index)}T12:00:00Z`,
      properties,
    }));
    return (await client.create('usage', { events })).results;
  };
  const billed = async (account: Any): Promise<Any> => {
    await recount.caughtUp();
    const [invoice] = await invoicesOf(client, await bill(client, JANUARY.end, { accounts: [account.id] }));
    return invoice;
  };
  const perUnit = (unitAmount: string, more: object = {}) => ({ model: 'per_unit', unitAmount, ...more });

  it('is sold by begun six seconds: calls of 61 and 5 seconds are twelve of them, 0.72', async () => {
    const conversion = { divideBy: '6' };
    const calls = await sold(
      { valueProperty: 'n', roundEach: { mode: 'up', step: '6' } },
      perUnit('0.06', { conversion }),
    );
    await record(calls, [{ n: 61 }, { n: 5 }]);
    const report = await client.read(
      `accounts/${calls.account.id}/usage?meter=${calls.key}&from=${JANUARY.start}&to=${JANUARY.end}&window=day`,
    );
    expect(report.total).toBe('72');
    expect(report.data.map(({ quantity }: Any) => quantity)).toEqual(['66', '6']);
    const invoice = await billed(calls.account);
    expect(invoice).toMatchObject({ total: usd('0.72') });
    expect(invoice.lines[0]).toMatchObject({ quantity: '72' });
  });

  it('is at least so much: 30/6 makes 36 and 30 of 31 and 5', async () => {
    const calls = await sold(
      { valueProperty: 'n', roundEach: { mode: 'up', step: '6', least: '30' } },
      perUnit('0.01'),
    );
    await record(calls, [{ n: 31 }, { n: 5 }]);
    expect(await billed(calls.account)).toMatchObject({ total: usd('0.66') });
  });

  it('is put together of several properties', async () => {
    const tokens = await sold({ valueExpression: 'input − cached' }, perUnit('0.01'));
    const results = await record(tokens, [
      { input: 374, cached: 100 },
      { input: 5 },
      { input: '10', cached: 'some' },
      { input: 1, cached: 2 },
    ]);
    expect(results.map(({ code, status }: Any) => code ?? status)).toEqual([
      'accepted',
      'accepted',
      'invalid_decimal',
      'negative_value',
    ]);
    await recount.caughtUp();
    expect((await client.read(`usage/unbilled?accountId=${tokens.account.id}`)).data).toMatchObject([
      { properties: { input: '5' } },
    ]);
    expect(await billed(tokens.account)).toMatchObject({ total: usd('2.74') });
    const { charges } = await client.read(`plans/${tokens.key}`);
    expect(charges).toHaveLength(1);
    expect(await client.read(`meters/${tokens.key}`)).toMatchObject({
      valueProperty: null,
      valueExpression: 'input − cached',
      allowNegative: false,
    });
  });

  it('counts what came before the meter, also by an expression', async () => {
    const event = randomUUID();
    const account = await openAccount(client);
    await record({ account, event }, [
      { gigabytes: '1.5', hours: '4' },
      { gigabytes: '2', hours: '0.25' },
    ]);
    const key = randomUUID();
    await client.create('meters', {
      key,
      name: key,
      eventName: event,
      aggregation: 'sum',
      valueExpression: 'gigabytes × hours',
    });
    const at = `from=${JANUARY.start}&to=${JANUARY.end}`;
    expect((await client.read(`accounts/${account.id}/usage?meter=${key}&${at}`)).total).toBe('6.5');
  });

  describe('below zero', () => {
    it('is refused in its row, and by an amendment, unless the meter allows it', async () => {
      const strict = await sold({ valueProperty: 'n' }, perUnit('1'));
      const results = await record(strict, [{ n: 5 }, { n: -8 }]);
      expect(results).toMatchObject([{ status: 'accepted' }, { status: 'rejected', code: 'negative_value' }]);
      await recount.caughtUp();
      const amended = await client.post(`usage/${results[0].id}/amend`, { properties: { n: -1 }, reason: 'x' });
      expect(amended).toMatchObject({
        status: 422,
        body: { code: 'negative_value', errors: [{ pointer: '/properties/n' }] },
      });
      expect(await billed(strict.account)).toMatchObject({ total: usd('5.00') });
    });

    it('is billed below zero where the meter allows it', async () => {
      const free = await sold({ valueProperty: 'n', allowNegative: true }, perUnit('1'));
      expect(await record(free, [{ n: 5 }, { n: -8 }])).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
      const invoice = await billed(free.account);
      expect(invoice.lines[0]).toMatchObject({ quantity: '-3', amount: usd('-3.00') });
      expect(invoice.total).toEqual(usd('-3.00'));
    });

    it('is not counted of what was there before the meter, and listed', async () => {
      const event = randomUUID();
      const account = await openAccount(client);
      await record({ account, event }, [{ n: 5 }, { n: -8 }]);
      await client.create('meters', { ...METER, key: event, eventName: event, valueProperty: 'n' });
      const charge = {
        key: 'usage',
        name: 'U',
        kind: 'usage',
        timing: 'in_arrears',
        meter: event,
        price: perUnit('1'),
      };
      await client.create('plans', {
        key: event,
        name: event,
        currency: 'USD',
        interval: { unit: 'month', count: 1 },
        charges: [charge],
      });
      await subscribe(client, account.id, { plan: event });
      expect(await billed(account)).toMatchObject({ total: usd('5.00') });
      expect((await client.read(`usage/unbilled?accountId=${account.id}`)).data).toMatchObject([
        { properties: { n: '-8' } },
      ]);
    });

    it('has the same price for each unit', async () => {
      const key = randomUUID();
      await client.create('meters', { ...METER, key, allowNegative: true });
      const plan = (price: object) => ({
        key: randomUUID(),
        name: 'Plan',
        currency: 'USD',
        interval: { unit: 'month', count: 1 },
        charges: [{ key: 'u', name: 'U', kind: 'usage', timing: 'in_arrears', meter: key, price }],
      });
      const tiers = [{ upTo: null, unitAmount: '1' }];
      expect(await client.post('plans', plan({ model: 'graduated', tiers }))).toMatchObject({
        status: 422,
        body: { code: 'negative_not_allowed', errors: [{ pointer: '/charges/0/price/model' }] },
      });
      expect(await client.post('plans', plan(perUnit('1', { conversion: { freeUnits: '5' } })))).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/charges/0/price/conversion/freeUnits', code: 'negative_not_allowed' }] },
      });
    });
  });

  it.each([
    [{ valueExpression: 'a +' }, '/valueExpression', 'invalid_expression'],
    [{ valueProperty: 'n', valueExpression: 'n' }, '/valueExpression', 'value_expression_not_allowed'],
    [{ valueProperty: 'n', roundEach: { mode: 'up', step: '0' } }, '/roundEach/step', 'invalid_decimal'],
    [{ aggregation: 'count', roundEach: { mode: 'up', step: '1' } }, '/roundEach', 'round_each_not_allowed'],
  ])('%j is no meter', async (fields, pointer, code) => {
    const refused = await client.post('meters', {
      key: randomUUID(),
      name: 'x',
      eventName: 'x',
      aggregation: 'sum',
      ...fields,
    });
    expect(refused).toMatchObject({ status: 422, body: { code, errors: [{ pointer, code }] } });
  });

  it('is the same when the books are counted again', async () => {
    const { id } = await client.create('audit/verifications');
    const found = await eventually(
      () => client.read(`audit/verifications/${id}`),
      ({ status }) => status !== 'running',
      'the end of a verification',
    );
    expect(found).toMatchObject({ status: 'completed', differences: [] });
  });
});
