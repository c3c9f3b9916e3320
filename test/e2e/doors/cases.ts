import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { eventually } from '../../services/eventually.js';
import type { Any } from '../../services/test-client.js';
import { FEBRUARY, PLAN, reading } from '../samples.js';
import type { DoorClient, Reply } from './door-client.js';

/** What a case finds: the same at every door, but for names of its own. */
export interface Setting {
  readonly door: DoorClient;
  /** In no other run of a case. */
  readonly unique: string;
  readonly account: Any;
  readonly subscription: Any;
  readonly reading: Any;
  /** A subscription of another tenant. */
  readonly foreign: Any;
}

export interface Case {
  readonly title: string;
  /** What is asked, one after the other. */
  readonly asks: (setting: Setting) => Promise<readonly Reply[]>;
  /** What the answers say, each in part. */
  readonly answers: readonly object[];
}

const one =
  (operation: string, payload: (setting: Setting) => object, headers: Readonly<Record<string, string>> = {}) =>
  async (setting: Setting): Promise<readonly Reply[]> => [await setting.door.ask(operation, payload(setting), headers)];

const refusal = (status: number, code: string, pointer?: string) => ({
  status,
  body: { code, ...(pointer === undefined ? {} : { errors: [expect.objectContaining({ pointer })] }) },
});

const planNamed = (key: string, change: object = {}) => ({ ...PLAN, key, ...change });
const DONE = { status: 'done' };
const ABSENT = 'sub_01j9zq6e4hf0fvwpn5t5jzq3cd';

/** What every door has to do alike. */
export const CASES: readonly Case[] = [
  {
    title: 'a command creates what a query then reads',
    asks: async ({ door, unique }) => {
      const created = await door.ask('CreatePlan', planNamed(unique), { 'idempotency-key': randomUUID() });
      const position = { 'recount-consistent-with': created.body.log.position };
      return [created, await door.ask('GetPlan', { key: unique }, position)];
    },
    answers: [
      { ...DONE, etag: true, body: { key: '<unique>', version: '1', log: { position: '<position>' } } },
      { ...DONE, position: true, body: { key: '<unique>', charges: PLAN.charges.map(({ key }) => ({ key })) } },
    ],
  },
  {
    title: 'an external id with every character that a path could trip over names a subscription',
    asks: async ({ door, unique, account }) => {
      const externalId = `${unique} a/b?c#d%2e:ü`;
      const payload = { accountId: account.id, plan: 'pro', startAt: FEBRUARY.start, externalId };
      const created = await door.ask('CreateSubscription', payload);
      const position = { 'recount-consistent-with': created.body.log.position };
      const id = `external:${externalId}`;
      const [found, canceled] = [
        await door.ask('GetSubscription', { id }, position),
        await door.ask('CancelSubscription', { id, at: 'now', credit: 'none' }),
      ];
      return [created, found, canceled];
    },
    answers: [DONE, { ...DONE, body: { status: 'active' } }, { ...DONE, body: { status: 'ended' } }],
  },
  {
    title: 'a discount of a subscription that runs is previewed, agreed and taken back',
    asks: async ({ door, account }) => {
      const created = await door.ask('CreateSubscription', {
        accountId: account.id,
        plan: 'pro',
        startAt: FEBRUARY.start,
      });
      const change = { id: created.body.id, at: '2025-02-15T00:00:00Z' };
      const overrides = { fee: { discountBasisPoints: 2_000 } };
      return [
        await door.ask('ChangePlan', { ...change, overrides, dryRun: true }),
        await door.ask('ChangePlan', { ...change, overrides }),
        await door.ask('ChangePlan', { ...change, at: '2025-02-22T00:00:00Z', overrides: { fee: null } }),
        await door.ask('ChangePlan', { ...change, overrides: { seats: null } }),
        await door.ask('ChangePlan', { ...change, overrides: { fee: { tiers: [{ tier: 1, unitAmount: '1' }] } } }),
        await door.ask('ChangePlan', { ...change, overrides: { fee: { discountBasisPoints: 10_001 } } }),
      ];
    },
    answers: [
      { ...DONE, body: { overrides: { fee: { discountBasisPoints: '2000' } } } },
      { ...DONE, body: { overrides: { fee: { discountBasisPoints: '2000' } } } },
      { ...DONE, body: { status: 'active' } },
      refusal(422, 'charge_not_found', '/overrides/seats'),
      refusal(422, 'tier_not_found', '/overrides/fee/tiers/0/tier'),
      refusal(400, 'invalid_request', '/overrides/fee/discountBasisPoints'),
    ],
  },
  {
    title: 'what is noted about a subscription is set, found and removed',
    asks: async ({ door, account, unique }) => {
      const created = await door.ask('CreateSubscription', {
        accountId: account.id,
        plan: 'pro',
        startAt: FEBRUARY.start,
        metadata: { order: unique, owner: 'ops' },
      });
      const { id } = created.body;
      const changed = await door.ask('ChangeSubscription', { id, metadata: { owner: null, tier: 'gold', note: '' } });
      const position = { 'recount-consistent-with': changed.body.log.position };
      const found = await door.ask('ListSubscriptions', { metadata: { order: unique, tier: 'gold' } }, position);
      expect(found.body.data).toHaveLength(1);
      return [created, changed, found, await door.ask('ListSubscriptions', { metadata: { owner: unique } })];
    },
    answers: [
      { ...DONE, body: { metadata: { order: '<unique>', owner: 'ops' } } },
      { ...DONE, body: { metadata: { order: '<unique>', tier: 'gold' } } },
      { ...DONE, body: { data: [{ metadata: { order: '<unique>', tier: 'gold' } }] } },
      DONE,
    ],
  },
  {
    title: 'every field that is wrong is named',
    asks: one('CreatePlan', ({ unique }) => ({ ...planNamed(unique), currency: 'XXQ', name: undefined })),
    answers: [
      {
        status: 400,
        body: {
          code: 'invalid_request',
          errors: expect.arrayContaining([
            expect.objectContaining({ pointer: '/currency', code: 'unknown_currency' }),
            expect.objectContaining({ pointer: '/name', code: 'required' }),
          ]),
        },
      },
    ],
  },
  {
    title: 'a rule that is broken deep inside is named with its place',
    asks: one('CreatePlan', ({ unique }) =>
      planNamed(unique, {
        charges: [
          PLAN.charges[0],
          {
            ...PLAN.charges[1],
            price: {
              model: 'graduated',
              tiers: [
                { upTo: '10', unitAmount: '1' },
                { upTo: '5', unitAmount: '1' },
                { upTo: null, unitAmount: '1' },
              ],
            },
          },
        ],
      }),
    ),
    answers: [{ status: 422, body: { code: 'invalid_tiers' } }],
  },
  {
    title: 'a field that nobody knows is refused',
    asks: one('CreatePlan', ({ unique }) => ({ ...planNamed(unique), 999: 'colour' })),
    answers: [refusal(400, 'invalid_request', '/999')],
  },
  {
    title: 'a field that nobody knows is refused in a query',
    asks: one('GetPlan', () => ({ key: 'pro', 999: 'colour' })),
    answers: [refusal(400, 'invalid_request', '/999')],
  },
  {
    title: 'a text that no store could hold is refused',
    asks: one('CreatePlan', ({ unique }) => planNamed(unique, { name: 'a\0b' })),
    answers: [refusal(400, 'invalid_request', '/name')],
  },
  {
    title: 'what is not there is not found',
    asks: async ({ door }) => [
      await door.ask('GetPlan', { key: 'none' }),
      await door.ask('ArchivePlan', { key: 'none' }),
      await door.ask('ActivateSubscription', { id: 'external:none' }),
      await door.ask('GetUsage', { id: 'none' }),
      await door.ask('GetBillingRun', { id: 'nonsense' }),
    ],
    answers: [
      refusal(404, 'plan_not_found'),
      refusal(404, 'plan_not_found'),
      refusal(404, 'subscription_not_found'),
      refusal(404, 'reading_not_found'),
      refusal(404, 'billing_run_not_found'),
    ],
  },
  {
    title: 'what another tenant has is not found either, in the same words',
    asks: async ({ door, foreign }) => {
      const replies: Reply[] = [];
      for (const operation of ['GetSubscription', 'ActivateSubscription', 'CancelSubscription']) {
        const more = operation === 'CancelSubscription' ? { at: 'now' } : {};
        for (const id of [foreign.id, ABSENT]) {
          const { body, ...reply } = await door.ask(operation, { id, ...more });
          replies.push({ ...reply, body: { ...body, detail: String(body.detail).replace(id, '<asked>') } });
        }
      }
      return replies;
    },
    answers: Array.from({ length: 6 }, () => ({
      status: 404,
      body: { code: 'subscription_not_found', detail: 'There is no subscription “<asked>”.' },
    })),
  },
  {
    title: 'nobody gets in without a key, or with one that is unknown',
    asks: async ({ door, unique }) => [
      await door.withKey('').ask('CreatePlan', planNamed(unique)),
      await door.withKey('').ask('ListPlans', {}),
      await door.withKey('rk_unknown').ask('CreatePlan', planNamed(unique)),
      await door.withKey('rk_unknown').ask('GetPlan', { key: 'pro' }),
    ],
    answers: Array.from({ length: 4 }, () => refusal(401, 'unauthenticated')),
  },
  {
    title: 'the same key and request get the first answer again',
    asks: async ({ door, unique, account }) => {
      const headers = { 'idempotency-key': `key ${unique}` };
      const payload = { accountId: account.id, plan: 'pro', startAt: FEBRUARY.start, activation: 'manual' };
      const first = await door.ask('CreateSubscription', payload, headers);
      const again = await door.ask('CreateSubscription', payload, headers);
      expect(again.body).toEqual(first.body);
      return [first, again];
    },
    answers: [
      { ...DONE, replayed: 'false' },
      { ...DONE, replayed: 'true', etag: true },
    ],
  },
  {
    title: 'a refusal is an answer that comes again, too',
    asks: async ({ door, unique }) => {
      const ask = () => door.ask('ArchivePlan', { key: 'none' }, { 'idempotency-key': `refused ${unique}` });
      return [await ask(), await ask()];
    },
    answers: [
      { ...refusal(404, 'plan_not_found'), replayed: 'false' },
      { ...refusal(404, 'plan_not_found'), replayed: 'true' },
    ],
  },
  {
    title: 'a key that came with another request is refused',
    asks: async ({ door, unique }) => {
      const headers = { 'idempotency-key': `reused ${unique}` };
      return [
        await door.ask('CreatePlan', planNamed(unique), headers),
        await door.ask('CreatePlan', planNamed(unique, { name: 'Another' }), headers),
        await door.ask('ArchivePlan', { key: unique }, headers),
      ];
    },
    answers: [DONE, refusal(422, 'idempotency_key_reused'), refusal(422, 'idempotency_key_reused')],
  },
  {
    title: 'a key has 1 to 255 printable characters',
    asks: one('ArchivePlan', () => ({ key: 'pro' }), { 'idempotency-key': 'x'.repeat(256) }),
    answers: [refusal(400, 'invalid_request', '/headers/idempotency-key')],
  },
  {
    title: 'what exists already is a conflict',
    asks: one('CreatePlan', () => planNamed('pro', { name: 'Other' })),
    answers: [refusal(409, 'plan_already_exists')],
  },
  {
    title: 'a revision that is not the one asked for is refused',
    asks: async ({ door, subscription }) => [
      await door.ask('CancelSubscription', { id: subscription.id, at: 'now' }, { 'if-match': '"999"' }),
      await door.ask('CancelSubscription', { id: subscription.id, at: 'now' }, { 'if-match': '999' }),
    ],
    answers: [refusal(412, 'revision_mismatch'), refusal(400, 'invalid_request', '/headers/if-match')],
  },
  {
    title: 'a dry run answers what would happen and changes nothing',
    asks: async ({ door, account }) => {
      const asked = { billThrough: '2025-04-01T00:00:00Z', accounts: [account.id], dryRun: true };
      const run = await door.ask('RunBilling', asked);
      return [run, await door.ask('GetBillingRun', { id: run.body.id }), await door.ask('RunBilling', asked)];
    },
    answers: [
      { ...DONE, body: { status: 'completed', preview: [expect.objectContaining({ accountId: '<acc>' })] } },
      refusal(404, 'billing_run_not_found'),
      DONE,
    ],
  },
  {
    title: 'a billing run starts, is listed and is told of',
    asks: async ({ door, account }) => {
      const asked = { billThrough: '2024-01-01T00:00:00Z', accounts: [account.id] };
      const { headers, status, body } = await door.ask('RunBilling', asked);
      const consistent = { 'recount-consistent-with': body.log.position };
      const listed = await door.ask('ListBillingRuns', { limit: 200 }, consistent);
      expect(listed.body.data.map(({ id }: Any) => id)).toContain(body.id);
      const ended = await eventually(
        () => door.ask('GetBillingRun', { id: body.id }),
        (run) => run.body.status !== 'running',
      );
      return [{ headers, status, body }, ended];
    },
    answers: [
      { ...DONE, body: { status: 'running', billThrough: '<instant>' } },
      { ...DONE, body: { id: '<run>', status: 'completed', billThrough: '<instant>' } },
    ],
  },
  {
    title: 'a list is read page by page, each once',
    asks: async ({ door }) => {
      const first = await door.ask('ListPlans', { limit: 2 });
      const second = await door.ask('ListPlans', { limit: 2, after: first.body.page.next });
      const back = await door.ask('ListPlans', { limit: 2, before: second.body.page.previous });
      const keys = ({ body }: Reply): string[] => body.data.map(({ key }: Any) => key);
      expect(keys(back)).toEqual(keys(first));
      expect(new Set([...keys(first), ...keys(second)]).size).toBe(4);
      // Which plans they are depends on what other cases made meanwhile.
      return [first, second, back].map(({ body, ...reply }) => ({ ...reply, body: { count: body.data.length } }));
    },
    answers: Array.from({ length: 3 }, () => ({ ...DONE, body: { count: '2' } })),
  },
  {
    title: 'a list takes its filters',
    asks: async ({ door, account }) => {
      const { body, ...reply } = await door.ask('ListSubscriptions', {
        accountId: account.id,
        status: ['active'],
        plan: 'pro',
        limit: 200,
      });
      expect(body.data.every(({ status }: Any) => status === 'active')).toBe(true);
      return [
        { ...reply, body: { found: body.data.length > 0 } },
        await door.ask('ListSubscriptions', { status: ['active', 'asleep'] }),
        await door.ask('ListSubscriptions', { accountId: 'external:none', limit: 1 }),
      ];
    },
    answers: [{ ...DONE, body: { found: true } }, refusal(400, 'invalid_request', '/status'), DONE],
  },
  {
    title: 'a page is neither too large nor behind a cursor that nobody gave',
    asks: async ({ door }) => [
      await door.ask('ListPlans', { limit: 201 }),
      await door.ask('ListPlans', { after: 'nonsense' }),
    ],
    answers: [refusal(400, 'invalid_request', '/limit'), refusal(400, 'invalid_cursor')],
  },
  {
    title: 'of the past is read what stood then, and nothing by a word that means no moment',
    asks: async ({ door, subscription }) => [
      await door.ask('GetSubscription', { id: subscription.id, effectiveAt: '2024-12-01T00:00:00Z' }),
      await door.ask('GetSubscription', { id: subscription.id, asOf: 'yesterday' }),
    ],
    answers: [refusal(404, 'subscription_not_found'), refusal(400, 'invalid_as_of')],
  },
  {
    title: 'readings are accepted, known again, and refused one by one',
    asks: async ({ door, unique, account }) => {
      const own = reading(account.id, 5, '2025-01-20T00:00:00Z', { id: unique, properties: { tokens: '5' } });
      const stray = reading('external:none', 5, '2025-01-20T00:00:00Z', { id: 'stray', properties: { tokens: '5' } });
      const recorded = await door.ask('RecordUsage', { events: [own, own, stray] });
      const position = { 'recount-consistent-with': recorded.body.log.position };
      return [recorded, await door.ask('GetUsage', { id: unique, accountId: account.id }, position)];
    },
    answers: [
      {
        ...DONE,
        body: {
          results: [
            { id: '<unique>', status: 'accepted' },
            { id: '<unique>', status: 'duplicate' },
            { id: 'stray', status: 'rejected', code: 'account_not_found' },
          ],
        },
      },
      { ...DONE, body: { id: '<unique>', status: 'recorded', properties: { tokens: '5' } } },
    ],
  },
  {
    title: 'readings have their bounds',
    asks: async ({ door }) => [
      await door.ask('RecordUsage', {
        events: Array.from({ length: 1_001 }, () => ({ id: 'x', event: 'y', accountId: 'z' })),
      }),
      await door.ask('RecordUsage', { events: [{ id: 'x'.repeat(256), event: 'y', accountId: 'z' }] }),
    ],
    answers: [
      refusal(400, 'invalid_request', '/events'),
      {
        ...DONE,
        body: { results: [{ status: 'rejected', code: 'invalid_max_length', errors: [{ pointer: '/events/0/id' }] }] },
      },
    ],
  },
  {
    title: 'what is wrong with a reading is told of that reading',
    asks: async ({ door, unique, account }) => {
      const own = reading(account.id, 5, '2025-01-20T00:00:00Z', { id: unique, properties: { tokens: '5' } });
      const { event: _, ...nameless } = own;
      return [
        await door.ask('RecordUsage', {
          events: [
            { ...own, at: '2026-09-09 00:00:00' },
            nameless,
            { ...own, at: '2026-02-30T00:00:00Z' },
            own,
            { ...own, properties: { tokens: '7' } },
            { ...own, properties: { tokens: '5.0' } },
            { ...own, id: `${unique}-long`, properties: { tokens: 'x'.repeat(1_025) } },
          ],
        }),
      ];
    },
    answers: [
      {
        ...DONE,
        body: {
          results: [
            { id: '<unique>', status: 'rejected', code: 'invalid_instant', errors: [{ pointer: '/events/0/at' }] },
            { id: '<unique>', status: 'rejected', code: 'required', errors: [{ pointer: '/events/1/event' }] },
            { id: '<unique>', status: 'rejected', code: 'invalid_instant', errors: [{ pointer: '/events/2/at' }] },
            { id: '<unique>', status: 'accepted' },
            { id: '<unique>', status: 'rejected', code: 'reading_differs' },
            { id: '<unique>', status: 'duplicate' },
            {
              id: '<unique>-long',
              status: 'rejected',
              code: 'invalid_max_length',
              errors: [{ pointer: '/events/6/properties/tokens' }],
            },
          ],
        },
      },
    ],
  },
  {
    title: 'what may be taken away is changed, kept and taken away',
    asks: async ({ door, unique }) => {
      const billingAddress = { line1: '1 Analytical Way', city: 'London', country: 'GB' };
      const opened = await door.ask('OpenAccount', {
        externalId: unique,
        name: 'Ada',
        currency: 'USD',
        email: 'ada@example.com',
        billingAddress,
        metadata: { tier: 'gold', region: 'eu' },
      });
      const { id } = opened.body;
      const change = { email: null, taxId: 'GB123', metadata: { tier: null, note: '' } };
      const changed = await door.ask('ChangeAccount', { id, ...change });
      const bare = await door.ask('ChangeAccount', { id, externalId: null, billingAddress: null, taxExempt: true });
      const position = { 'recount-consistent-with': bare.body.log.position };
      return [opened, changed, bare, await door.ask('GetAccount', { id }, position)];
    },
    answers: [
      { ...DONE, body: { externalId: '<unique>', email: 'ada@example.com', metadata: { tier: 'gold', region: 'eu' } } },
      { ...DONE, body: { taxId: 'GB123', billingAddress: { city: 'London' }, metadata: { region: 'eu' } } },
      { ...DONE, body: { taxId: 'GB123', taxExempt: true } },
      { ...DONE, body: { id: '<acc>', taxExempt: true, netTermsDays: '30' } },
    ],
  },
  {
    title: 'a value of several kinds stays of its kind',
    asks: async ({ door, unique }) => {
      const filters = [
        { property: 'model', operator: 'in', value: ['large', 'small'] },
        { property: 'region', operator: 'eq', value: 'eu' },
        { property: 'cached', operator: 'exists', value: false },
      ];
      const meter = {
        key: unique,
        name: 'M',
        eventName: 'e',
        aggregation: 'count',
        rounding: { mode: 'up', digits: 0 },
      };
      const defined = await door.ask('DefineMeter', { ...meter, filters });
      expect(defined.body.filters).toEqual(filters.map((filter) => expect.objectContaining(filter)));
      const wrong = await door.ask('DefineMeter', { ...meter, filters: [{ ...filters[2], value: 'no' }] });
      return [defined, wrong];
    },
    answers: [{ ...DONE, body: { key: '<unique>' } }, refusal(422, 'invalid_filter')],
  },
  {
    title: 'a reading is amended and retracted',
    asks: async ({ door, unique, account }) => {
      const own = reading(account.id, 5, '2025-01-20T00:00:00Z', { id: unique, properties: { tokens: '5' } });
      const recorded = await door.ask('RecordUsage', { events: [own] });
      const named = { id: unique, accountId: account.id, reason: 'counted twice' };
      const position = { 'recount-consistent-with': recorded.body.log.position };
      await door.ask('GetUsage', { id: unique, accountId: account.id }, position);
      return [
        await door.ask('AmendUsage', { ...named, properties: { tokens: '7', model: 'large' } }),
        await door.ask('AmendUsage', { ...named, properties: {} }),
        await door.ask('RetractUsage', named),
      ];
    },
    answers: [
      { ...DONE, body: { id: '<unique>', status: 'amended' } },
      { ...DONE, body: { id: '<unique>', status: 'amended' } },
      { ...DONE, body: { id: '<unique>', status: 'retracted' } },
    ],
  },
  {
    title: 'a list takes bounds',
    asks: async ({ door, unique }) => [
      await door.ask('ListAccounts', { openedAt: { gte: '2020-01-01T00:00:00Z', lt: '2020-02-01T00:00:00Z' } }),
      await door.ask('ListInvoices', { number: unique, total: { gte: '1.00' }, issueDate: { lte: '2025-01-01' } }),
      await door.ask('ListInvoices', { createdAt: { gte: 'yesterday' } }),
    ],
    answers: [DONE, DONE, refusal(400, 'invalid_request', '/createdAt[gte]')],
  },
  {
    title: 'a query waits for a position, and takes no nonsense for one',
    asks: one('ListPlans', () => ({}), { 'recount-consistent-with': 'soon' }),
    answers: [refusal(400, 'invalid_request', '/headers/recount-consistent-with')],
  },
  {
    title: 'an answer says which request it is of',
    asks: async ({ door, unique }) => {
      const reply = await door.ask('GetPlan', { key: 'pro' }, { 'x-request-id': unique });
      expect(reply.headers['x-request-id']).toBe(unique);
      return [reply];
    },
    answers: [{ ...DONE, body: { key: 'pro' } }],
  },
];
