import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessSettings } from '../../apps/server/src/access/access-settings.js';
import { eventually } from '../services/eventually.js';
import { printFigures } from '../services/figures.js';
import { isForInstallation, routes, type Route } from '../services/routes.js';
import { TokenIssuer } from '../services/signed-tokens.js';
import { MailServer } from '../services/mail-server.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestNats } from '../services/test-nats.js';
import { TestRecount } from '../services/test-recount.js';
import { bankFile } from './bank-files.js';
import type { DoorClient, Reply } from './doors/door-client.js';
import { GrpcDoorClient } from './doors/grpc-client.js';
import { NatsDoorClient } from './doors/nats-client.js';
import { RestDoorClient } from './doors/rest-client.js';
import { transcript } from './doors/transcript.js';
import { billedAccount, METER, PLAN, usd, withCatalog } from './samples.js';

/** What stands for a thing in a path: the owner's, and one of the same form that nobody has. */
interface Named {
  readonly own: string;
  readonly absent: string;
}

const { key: _, ...NEXT_VERSION } = PLAN;

/** A request whose answer would be 200 for the owner: what is refused is refused for the id. */
const BODIES: Readonly<Record<string, object>> = {
  ImportBankStatement: {
    content: Buffer.from(bankFile({ iban: 'DE89370400440532013000' }, [{ amount: '1.00', text: 'x' }])).toString(
      'base64',
    ),
  },
  MatchBankEntry: { accountId: 'acc_00000000000000000000000000' },
  PublishPlanVersion: NEXT_VERSION,
  ChangeAccount: { name: 'Stolen' },
  CancelSubscription: { at: 'now' },
  ChangeSubscription: { metadata: { owner: 'thief' } },
  ChangePlan: { at: 'now', quantities: { fee: '2' } },
  ReceivePayment: { amount: usd('1.00') },
  ReceiveAccountPayment: { amount: usd('1.00') },
  AddDraftLine: { description: 'Stolen', unitAmount: '1.00', reason: 'stolen' },
  ChangeDraftLine: { amount: usd('1.00'), reason: 'stolen' },
  IssueCreditNote: { kind: 'cancellation', reason: 'stolen' },
  AddTaxExemption: { jurisdiction: 'CH', number: 'stolen' },
  ApplyAccountDiscount: { name: 'Stolen', percent: '100', duration: 'forever' },
  DiscountDraft: { name: 'Stolen', percent: '100', reason: 'stolen' },
  ApplyDiscount: { name: 'Stolen', percent: '100', duration: 'forever' },
  OpenWallet: { name: 'Stolen' },
  GrantCredit: { kind: 'promotional', amount: usd('1.00') },
  SetRecurringGrant: { kind: 'promotional', amount: usd('1.00'), interval: { unit: 'month', count: 1 } },
  SetWalletRecharge: { below: usd('1.00'), to: usd('2.00') },
  AddInvoiceItem: { description: 'Stolen', unitAmount: '1.00' },
  SubmitTransfers: { debit: 'cash', credit: 'wallet', amount: usd('1.00') },
  AdvanceTestClock: { to: '2026-02-01T00:00:00Z' },
  AmendUsage: { properties: { tokens: 2 }, reason: 'stolen' },
  RetractUsage: { reason: 'stolen' },
  ChangeWebhookEndpoint: { format: 'thin' },
  StartWebhookReplay: { from: '0' },
  RunJobNow: { reason: 'stolen' },
  SkipJob: { reason: 'stolen' },
  SendInvoice: { to: ['thief@example.com'] },
  SendCreditNote: { to: ['thief@example.com'] },
  SuspendTenant: { reason: 'stolen' },
  GetAccountUsage: { meter: 'tokens', from: '2025-01-01T00:00:00Z', to: '2025-02-01T00:00:00Z' },
};

const YEAR = { from: '2025-01-01', to: '2026-01-01' };

/** What a list or report has to be asked with. */
const QUERIES: Readonly<Record<string, object>> = {
  ReportMrr: YEAR,
  ReportMrrMovements: YEAR,
  ReportTopConsumers: { ...YEAR, meter: 'tokens' },
};

/** What they answer is another thing the next time. */
const MOVING = new Set(['ListPersonalDataReads', 'ListProjections']);

/** No door takes them for an id or a key of anything. */
const MALFORMED = ['x', "' OR 1=1 --", '../../etc/passwd', 'a'.repeat(300)];

/** Headers that say when and how often, not what. */
const PASSING = new Set([
  'date',
  'x-request-id',
  'content-length',
  'ratelimit-remaining',
  'ratelimit-reset',
  'recount-position',
  'connection',
  'keep-alive',
]);

const GUARDED = routes().filter(({ isPublic, streams }) => !isPublic && !streams);
const NAMING = GUARDED.filter(({ path }) => path.includes(':'));

const nameOf = ({ operation }: Route): string => operation!.name;

/** The thing itself is found, and what is asked for within it is not. */
const WITHIN = [
  'bank_entry_not_found',
  'upcoming_invoice_not_found',
  'change_not_found',
  'discount_not_found',
  'invoice_item_not_found',
  'invoice_line_not_found',
  'tax_exemption_not_found',
  'wallet_grant_not_found',
];

/** Everything that an answer says, with the id that was asked for taken out. */
const told = ({ status, headers, body }: Reply, id: string): string => {
  const lasting = Object.entries(headers).filter(([name]) => !PASSING.has(name));
  const text = JSON.stringify({ status, headers: Object.fromEntries(lasting.sort()), body });
  if (id === '') return text;
  // What is named by an external id has an id that follows from it and from the tenant of who asks.
  const derived = id.startsWith('external:') ? /\b(?:acc|sub)_[0-9a-z]{26}/g : id;
  return text.replaceAll(id, '…').replaceAll(derived, '…').replaceAll(encodeURIComponent(id), '…');
};

describe('the walls between tenants', () => {
  const stopping = new Stopping();
  const issuer = new TokenIssuer();
  const figures: Record<string, number> = { leaks: 0, 'foreign told from absent': 0 };
  let recount: TestRecount;
  let nats: TestNats;
  let owner: TestClient;
  let ownerId: string;
  let references: Readonly<Record<string, readonly Named[]>>;
  let markers: readonly string[];
  let ownerToken: string;
  let others: Readonly<Record<string, string>>;
  let refused: Readonly<Record<string, string>>;

  const count = (figure: string, by = 1): void => {
    figures[figure] = (figures[figure] ?? 0) + by;
  };

  beforeAll(async () => {
    nats = await stopping.use(TestNats.start());
    const access = new AccessSettings(1_000_000_000, issuer.settings, 1_000_000);
    const mail = await stopping.use(MailServer.start());
    recount = await stopping.use(
      TestRecount.start({
        access,
        natsUrl: nats.url,
        grpc: true,
        mail: mail.settings,
        vies: { url: 'http://127.0.0.1:1/' },
      }),
    );
    const created = await recount.createTenant('Owner Ltd');
    owner = created.client;
    ownerId = created.tenantId;
    const other = await recount.createTenant('Other Ltd');
    for (const client of [owner, other.client]) await client.done('PUT', 'settings/billing', { billing: 'manual' });
    references = await everythingOf(owner);
    ownerToken = await issuer.tokenFor(ownerId);
    const test = await recount.client.create('tenants', { name: 'Test Ltd', mode: 'test' });
    others = {
      key: other.client.key,
      token: await issuer.tokenFor(other.tenantId),
      'key of a test tenant': test.apiKey,
      // What looks after the installation does not look out of a test tenant.
      'token of a test tenant': await issuer.tokenFor(test.id, 'super_admin'),
    };
    refused = { ...(await closedKeys(owner)), ...(await issuer.forged(ownerId)) };
  });

  afterAll(() => printFigures('tenancy matrix', figures));

  /** One of each thing that can be named. */
  const everythingOf = async (client: TestClient): Promise<typeof references> => {
    await withCatalog(client);
    await client.create('plans', { ...PLAN, key: 'zq-plan-1' });
    await client.create('meters', { ...METER, key: 'zq-meter-1' });
    const coupon = { code: 'ZQ-COUPON-1', name: 'Owner’s', percent: '20', duration: 'forever' };
    await client.create('coupons', coupon);
    const { account, invoice } = await billedAccount(client, { externalId: 'ada', email: 'ada@owner.example' });
    const subscription = await client.create('subscriptions', {
      accountId: account.id,
      plan: 'pro',
      externalId: 'ada-pro',
      activation: 'manual',
    });
    const payment = await client.create(`invoices/${invoice.id}/payments`, { amount: usd('5.00') });
    await client.create(`accounts/${account.id}/payments`, { amount: usd('5.00'), allocate: 'none' });
    const refund = await client.create(`accounts/${account.id}/credit-refunds`, { amount: usd('1.00') });
    const note = await client.create(`invoices/${invoice.id}/credit-notes`, { amount: usd('1.00'), reason: 'outage' });
    const [run] = (await client.read('billing-runs')).data;
    const key = await client.create('api-keys', { name: 'worker of the owner' });
    const verification = await client.create('audit/verifications', {});
    await client.create('usage', {
      id: 'zq-reading-1',
      event: 'llm_request',
      accountId: account.id,
      properties: { tokens: 1 },
    });
    const transfer = await client.create(`accounts/${account.id}/transfers`, {
      debit: 'cash',
      credit: 'wallet',
      amount: usd('1.00'),
      flags: ['pending'],
    });
    const webhook = await client.create('webhook-endpoints', { url: 'https://zq-owner.example/token' });
    const replay = await client.create(`webhook-endpoints/${webhook.id}/replays`, { from: '0' });
    const wallet = await client.create(`accounts/${account.id}/wallets`, { name: 'zq wallet' });
    const iban = 'DE89370400440532013000';
    const bank = await client.create('bank-accounts', { name: 'Main', currency: 'USD', iban });
    const file = bankFile({ iban }, [{ amount: '1.00', text: 'from the owner' }]);
    await client.create(`bank-accounts/${bank.id}/statements`, { content: Buffer.from(file).toString('base64') });
    const [entry] = (await client.read(`bank-accounts/${bank.id}/entries`)).data;
    const clock = await client.create('test-clocks', { startAt: '2026-01-01T00:00:00Z' });
    const entity = await client.create('legal-entities', { name: 'Owner Inc.', invoiceNumbers: { prefix: 'US-' } });
    const { data } = await eventually(
      () => client.read(`webhook-endpoints/${webhook.id}/deliveries`),
      ({ data: rows }: Any) => rows.length > 0,
    );
    const [webhookDelivery] = data;
    await recount.caughtUp();
    const [job] = (await client.read('jobs?state=scheduled')).data;
    const things: Record<string, Any> = {
      account,
      invoice,
      payment,
      refund,
      note,
      run,
      key,
      verification,
      transfer,
      subscription,
      clock,
      entity,
      wallet,
      webhook,
      replay,
      webhookDelivery,
      bank,
      entry,
    };
    markers = [
      ...Object.values(things).map(({ id }) => id as string),
      ...[
        'Ada Lovelace',
        'ada@owner.example',
        'Owner Ltd',
        'Owner Inc.',
        'worker of the owner',
        'Platform fee',
        'zq-owner',
      ],
    ];
    const named = (own: string, absent = other(own)): Named => ({ own, absent });
    return {
      'v1/accounts': [named(account.id), named('external:ada', 'external:adb')],
      'v1/subscriptions': [named(subscription.id), named('external:ada-pro', 'external:ada-prp')],
      'v1/invoices': [named(invoice.id)],
      'v1/payments': [named(payment.id)],
      'v1/refunds': [named(refund.id)],
      'v1/credit-notes': [named(note.id)],
      'v1/wallets': [named(wallet.id)],
      'v1/jobs': [named(job.id)],
      'v1/webhook-endpoints': [named(webhook.id)],
      'v1/webhook-deliveries': [named(webhookDelivery.id)],
      'v1/webhook-replays': [named(replay.id)],
      'v1/bank-accounts': [named(bank.id)],
      'v1/billing-runs': [named(run.id)],
      'v1/api-keys': [named(key.id)],
      'v1/audit/verifications': [named(verification.id)],
      'v1/transfers': [named(transfer.id)],
      'v1/legal-entities': [named(entity.id)],
      'v1/test-clocks': [named(clock.id)],
      'v1/usage': [named('zq-reading-1', 'zq-reading-2')],
      'v1/coupons': [named('ZQ-COUPON-1', 'ZQ-COUPON-2')],
      'v1/meters': [named('zq-meter-1', 'zq-meter-2')],
      'v1/plans': [named('zq-plan-1', 'zq-plan-2')],
      'v1/tenants': [named(ownerId)],
      'v1/projections': [named('mrr', 'mrs')],
      'v1/reactors': [named('send-invoices', 'send-invoice')],
    };
  };

  /** Of the same form, and nobody's. */
  const other = (id: string): string => {
    const last = id.at(-1)!;
    return `${id.slice(0, -1)}${last === '0' ? '1' : '0'}`;
  };

  /** Keys of the owner that open nothing. */
  const closedKeys = async (client: TestClient): Promise<Record<string, string>> => {
    const revoked = await client.create('api-keys', { name: 'revoked' });
    await client.create(`api-keys/${revoked.id}/revoke`);
    const expiresAt = new Date(Date.now() + 1_000).toISOString();
    const expired = await client.create('api-keys', { name: 'expired', expiresAt });
    await eventually(
      () => client.withKey(expired.secret).get('accounts'),
      ({ status }) => status === 401,
      'the end of a key',
    );
    return {
      'no credential': '',
      'unknown key': `${client.key.slice(0, -4)}AAAA`,
      'expired key': expired.secret,
      'revoked key': revoked.secret,
    };
  };

  const namedIn = ({ path }: Route): readonly Named[] => {
    const [, named] = Object.entries(references).find(([prefix]) => path.startsWith(`${prefix}/`)) ?? [];
    if (!named) throw new Error(`Say what names a thing of another tenant in ${path}.`);
    return named;
  };

  const payloadOf = (route: Route, id: string): object => ({
    ...Object.fromEntries([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => [name, name === 'version' ? '1' : id])),
    ...BODIES[nameOf(route)],
  });

  /** Nothing of the owner's may be in it, but what was asked for. */
  const leaks = ({ headers, body }: Reply, asked: string): readonly string[] => {
    const text = `${JSON.stringify(headers)} ${JSON.stringify(body)}`;
    return markers.filter((marker) => marker !== asked && text.includes(marker));
  };

  /** A token of an issuer signs nothing, and NATS takes no request that is not signed. */
  const othersAt = (door: string): readonly (readonly [kind: string, credential: string])[] =>
    Object.entries(others).filter(([kind]) => door !== 'NATS' || !kind.startsWith('token'));

  const refusedAt = (door: string): readonly (readonly [name: string, credential: string])[] =>
    Object.entries(refused).filter(([name]) => door !== 'NATS' || !name.includes('token') || name === 'expired token');

  const DOORS: readonly [string, () => Promise<DoorClient>][] = [
    ['REST', () => Promise.resolve(new RestDoorClient(recount.url, ''))],
    ['NATS', () => stopping.use(NatsDoorClient.connect(nats.url, ''))],
    ['gRPC', () => stopping.use(GrpcDoorClient.connect(recount.grpcAddress, ''))],
  ];

  describe.each(DOORS)('at the %s door', (door, connect) => {
    let client: DoorClient;

    beforeAll(async () => {
      client = await connect();
    });

    it('nobody comes in without a credential that holds, whatever they ask for', async () => {
      const requests = GUARDED.flatMap((route) =>
        (route.path.includes(':') ? [...namedIn(route).flatMap(({ own, absent }) => [own, absent]), 'x'] : ['']).map(
          (id) => ({ route, id }),
        ),
      );
      for (const [name, credential] of refusedAt(door)) {
        const asking = client.withKey(credential);
        const replies = await Promise.all(
          requests.map(async ({ route, id }) => {
            const reply = await asking.ask(nameOf(route), payloadOf(route, id));
            expect([name, nameOf(route), reply.status, leaks(reply, id)]).toEqual([name, nameOf(route), 401, []]);
            return reply;
          }),
        );
        const answers = new Set(
          replies.map(({ body: { instance: _, ...body }, ...reply }) => told({ ...reply, body }, '')),
        );
        expect([name, [...answers]]).toEqual([name, [expect.any(String)]]);
        count(`${door}: refused for the credential`, replies.length);
      }
    });

    const foreignIsAbsent = async (when: string): Promise<void> => {
      const before = await recount.store.lastPosition();
      for (const [kind, credential] of othersAt(door)) {
        const asking = client.withKey(credential);
        for (const route of NAMING) {
          for (const { own, absent } of namedIn(route)) {
            const [foreign, nobodys] = (await Promise.all(
              [own, absent].map((id) => asking.ask(nameOf(route), payloadOf(route, id))),
            )) as [Reply, Reply];
            expect([kind, nameOf(route), told(foreign, own)]).toEqual([kind, nameOf(route), told(nobodys, absent)]);
            const expected = isForInstallation(route)
              ? [403, 'forbidden']
              : [404, expect.stringMatching(/_not_found$/)];
            expect([nameOf(route), foreign.status, foreign.body.code]).toEqual([nameOf(route), ...expected]);
            expect(leaks(foreign, own)).toEqual([]);
            count(`${door}: foreign like absent, ${when}`);
          }
        }
      }
      expect(await recount.store.lastPosition()).toBe(before);
    };

    it('what another tenant has is not there', () => foreignIsAbsent('live'));

    it('what is no id is not there either', async () => {
      const before = await recount.store.lastPosition();
      const asking = client.withKey(others['key']!);
      for (const route of NAMING) {
        await Promise.all(
          MALFORMED.map(async (id) => {
            const reply = await asking.ask(nameOf(route), payloadOf(route, id));
            expect([nameOf(route), id, [400, 403, 404, 414].includes(reply.status)]).toEqual([nameOf(route), id, true]);
            expect(leaks(reply, id)).toEqual([]);
            count(`${door}: malformed, refused`);
          }),
        );
      }
      expect(await recount.store.lastPosition()).toBe(before);
    });

    it('lists and reports have nothing of another tenant', async () => {
      for (const [, credential] of othersAt(door)) {
        const asking = client.withKey(credential);
        for (const route of GUARDED.filter(({ method, path }) => method === 'GET' && !path.includes(':'))) {
          expect(leaks(await asking.ask(nameOf(route), QUERIES[nameOf(route)] ?? {}), '')).toEqual([]);
          count(`${door}: lists and reports without a leak`);
        }
      }
    });

    // Read models are the same behind every door.
    if (door !== 'REST') return;
    it('nor is it there after every read model was built anew', async () => {
      const projections = (await recount.client.read('projections')) as readonly { readonly name: string }[];
      for (const { name } of projections) await recount.client.create(`projections/${name}/rebuild`);
      await eventually(
        () => recount.client.read('projections'),
        (all: Any[]) => all.every(({ rebuild }) => rebuild.status === 'completed'),
        'the end of the rebuilds',
      );
      await foreignIsAbsent('rebuilt');
    });
  });

  it('let the owner read the same by every transport', async () => {
    const doors = await Promise.all(DOORS.map(async ([, connect]) => (await connect()).withKey(owner.key)));
    for (const route of GUARDED.filter(({ method, operation }) => method === 'GET' && !MOVING.has(operation!.name))) {
      const ids = route.path.includes(':') ? namedIn(route).map(({ own }) => own) : [''];
      for (const id of ids) {
        const payload = { ...payloadOf(route, id), ...QUERIES[nameOf(route)] };
        const [rest, ...others] = await Promise.all(doors.map((door) => door.ask(nameOf(route), payload)));
        const same = transcript([rest!], '?');
        for (const reply of others) expect([nameOf(route), transcript([reply], '?')]).toEqual([nameOf(route), same]);
        count('read alike by every transport');
      }
    }
  });

  it('let the owner in, by key and by token', async () => {
    // What changes things comes last: an archived plan or a closed account is still there. Whoever is erased has no name any more, but an id.
    const erasing = NAMING.filter((route) => ['EraseAccount', 'DeleteWebhookEndpoint'].includes(nameOf(route)));
    const reading = NAMING.filter(({ method }) => method === 'GET');
    const changing = NAMING.filter((route) => !reading.includes(route) && !erasing.includes(route));
    for (const [credential, routes] of [
      [ownerToken, [...reading, ...changing]],
      [owner.key, [...reading, ...changing, ...erasing]],
      [ownerToken, erasing],
    ] as const) {
      const asking = new RestDoorClient(recount.url, credential);
      for (const route of routes) {
        const named = namedIn(route).filter(({ own }) => !erasing.includes(route) || !own.startsWith('external:'));
        for (const { own } of named) {
          const { status, body } = await asking.ask(nameOf(route), payloadOf(route, own));
          const found = isForInstallation(route)
            ? status === 403
            : ![401, 403, 404].includes(status) || WITHIN.includes(body.code);
          expect([nameOf(route), status, body.code, found]).toEqual([nameOf(route), status, body.code, true]);
          count('REST: own, found');
        }
      }
    }
  });
});
