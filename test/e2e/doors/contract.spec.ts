import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Stopping } from '../../services/stopping.js';
import { TestNats } from '../../services/test-nats.js';
import { TestRecount } from '../../services/test-recount.js';
import { FEBRUARY, METER, openAccount, PLAN, reading, recordUsage, subscribe, withCatalog } from '../samples.js';
import { CASES, type Setting } from './cases.js';
import type { Reply } from './door-client.js';
import { DOORS, ThreeDoors } from './three-doors.js';
import { transcript } from './transcript.js';

describe('the same command at three doors', () => {
  const stopping = new Stopping();
  let doors: ThreeDoors;
  let found: Omit<Setting, 'door' | 'unique'>;
  let passed = 0;
  let crossings = 0;

  beforeAll(async () => {
    const nats = await stopping.use(TestNats.start());
    const recount = await stopping.use(TestRecount.start({ natsUrl: nats.url, grpc: true }));
    const client = await recount.manualTenant();
    const other = await recount.manualTenant();
    await withCatalog(client);
    await withCatalog(other);
    for (let index = 0; index < 4; index++) await client.create('plans', { ...PLAN, key: `plan-${index}` });
    const account = await openAccount(client);
    const subscription = await subscribe(client, account.id);
    const foreign = await subscribe(other, (await openAccount(other)).id);
    const known = reading(account.id, 100, '2025-01-05T00:00:00Z');
    await recordUsage(client, [known]);
    await recount.caughtUp();
    found = { account, subscription, foreign, reading: known };
    doors = await stopping.use(ThreeDoors.open(recount, nats, client.key));
  });

  afterAll(() => {
    process.stdout.write(
      `doors: ${CASES.length} cases × ${DOORS.length} doors, ${passed} alike; ${crossings} keys repeated across doors\n`,
    );
  });

  it.each(CASES)('$title', async ({ asks, answers }) => {
    const told: unknown[] = [];
    for (const name of DOORS) {
      const unique = randomUUID();
      const replies = await asks({ ...found, door: doors.at(name), unique });
      const said = transcript(replies, unique);
      expect([name, said]).toMatchObject([name, answers]);
      expect([name, said]).toEqual([name, told[0] ?? said]);
      told.push(said);
      passed += 1;
    }
  });

  it.each(DOORS)(
    'begun by %s, a command is answered again at the others by its key, and refused with another body',
    async (first) => {
      const commands: readonly (readonly [operation: string, payload: object, change: object])[] = [
        ['CreatePlan', { ...EVERY_FORM, key: randomUUID() }, { name: 'Another' }],
        [
          'CreateSubscription',
          { accountId: found.account.id, plan: 'pro', startAt: '2025-02-01T00:00:00Z', quantities: { fee: '2' } },
          { planVersion: 1 },
        ],
        [
          'OpenAccount',
          { externalId: randomUUID(), name: 'Ada', currency: 'USD', metadata: { tier: 'gold' } },
          { name: 'Eve' },
        ],
        [
          'DefineMeter',
          { ...METER, key: randomUUID(), filters: FILTERS, groupBy: ['model'] },
          { filters: [FILTERS[0]] },
        ],
        ['PublishPlanVersion', { ...EVERY_FORM, key: 'plan-1', name: first }, { name: 'Another' }],
        ['ArchivePlan', { key: 'plan-3' }, { key: 'plan-2' }],
        [
          'ChangePlan',
          {
            id: found.subscription.id,
            at: FEBRUARY.start,
            overrides: { fee: { discountBasisPoints: 1_000 + DOORS.indexOf(first) }, tokens: null },
          },
          { overrides: { fee: null } },
        ],
        ['ActivateSubscription', { id: found.subscription.id }, { at: '2025-01-01T00:00:00Z' }],
        ['RunBilling', { billThrough: '2024-01-01T00:00:00Z' }, { billThrough: '2024-02-01T00:00:00Z' }],
      ];
      for (const [operation, payload, change] of commands) {
        const headers = { 'idempotency-key': randomUUID() };
        const begun = await doors.at(first).ask(operation, payload, headers);
        expect([operation, begun.status < 300, begun.body]).toEqual([operation, true, begun.body]);
        for (const name of DOORS) {
          const again = await doors.at(name).ask(operation, payload, headers);
          expect([name, again.headers['idempotency-replayed']]).toEqual([name, 'true']);
          expect(transcript([again], '?')).toEqual(transcript([{ ...begun, headers: again.headers }], '?'));
          expect(idIn(again)).toBe(idIn(begun));
          const changed = await doors.at(name).ask(operation, { ...payload, ...change }, headers);
          expect([name, changed.body.code]).toEqual([name, 'idempotency_key_reused']);
          crossings += 1;
        }
      }
    },
  );
});

/** Values of every kind. */
const FILTERS = [
  { property: 'model', operator: 'in', value: ['large', 'small'] },
  { property: 'cached', operator: 'exists', value: false },
];

const idIn = ({ body }: Reply): unknown => body.id ?? body.key;

/** Everything that JSON and Protobuf write differently: no charges, absent ends, nested prices, empty maps. */
const EVERY_FORM = {
  ...PLAN,
  trialDays: undefined,
  charges: [
    ...PLAN.charges,
    {
      key: 'commitment',
      name: 'Commitment',
      kind: 'usage',
      timing: 'in_arrears',
      meter: 'tokens',
      price: {
        model: 'committed',
        committedUnits: '10',
        amount: '5',
        overage: {
          model: 'volume',
          tiers: [
            { upTo: '10', unitAmount: '1', flatAmount: '0' },
            { upTo: null, unitAmount: '2' },
          ],
        },
      },
    },
    {
      key: 'matrix',
      name: 'Matrix',
      kind: 'usage',
      timing: 'in_arrears',
      meter: 'tokens',
      price: { model: 'matrix', dimensions: ['model'], cells: [{ match: {}, unitAmount: '1' }], minimum: '0' },
    },
  ],
};
