import { beforeAll, describe, expect, it } from '@jest/globals';
import { requestRebuild } from '#projection';
import { eventually } from '../services/eventually.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { bill, JANUARY, METER, openAccount, PLAN, subscribe, usd, withCatalog } from './samples.js';

const idsOf = ({ data }: Any): string[] => data.map(({ id }: Any) => id);

describe('accounts', () => {
  const stopping = new Stopping();
  let recount: TestRecount;
  let client: TestClient;
  let other: TestClient;
  let ada: Any;
  let grace: Any;
  let branch: Any;

  beforeAll(async () => {
    recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    other = await recount.manualTenant();
    ada = await openAccount(client, {
      name: 'Ada Lovelace Ltd',
      email: 'billing@ada.example',
      metadata: { tier: 'gold', region: 'eu' },
    });
    grace = await openAccount(client, {
      name: 'Grace Hopper Inc',
      email: 'g@hopper.example',
      metadata: { tier: 'gold' },
    });
    branch = await openAccount(client, {
      name: 'Ada Branch',
      currency: 'EUR',
      parentAccountId: ada.id,
      externalId: 'b',
    });
    await openAccount(other, { name: 'Ada Lovelace Ltd', email: 'billing@ada.example', metadata: { tier: 'gold' } });
  });

  const found = async (query: string): Promise<string[]> => idsOf(await client.read(`accounts?${query}`));

  it.each([
    ['name=ada', () => [branch.id, ada.id]],
    ['name=love%20ADA', () => [ada.id]],
    ['name=lovelace%20hopper', () => []],
    ['email=Billing@Ada.example', () => [ada.id]],
    ['email=billing@ada', () => []],
    ['name=ada&email=g@hopper.example', () => []],
    ['name=ada&currency=EUR', () => [branch.id]],
    ['metadata[tier]=gold', () => [grace.id, ada.id]],
    ['metadata[tier]=gold&metadata[region]=eu', () => [ada.id]],
    ['metadata[tier]=silver', () => []],
    ['parentAccountId=', () => []],
    ['externalId=b&status=open', () => [branch.id]],
    ['externalId=b&status=closed', () => []],
    ['test=true', () => []],
    ['openedAt[gte]=2000-01-01T00:00:00Z&test=false', () => [branch.id, grace.id, ada.id]],
    ['openedAt[lt]=2000-01-01T00:00:00Z', () => []],
    ['sort=openedAt', () => [ada.id, grace.id, branch.id]],
    ['sort=-openedAt', () => [branch.id, grace.id, ada.id]],
    ['sort=currency', () => [branch.id, ada.id, grace.id]],
  ])('are found by %s', async (query, expected) => {
    if (query === 'parentAccountId=') expect(await found(`parentAccountId=${ada.id}`)).toEqual([branch.id]);
    else expect(await found(query)).toEqual(expected());
  });

  it.each([
    ['sort=name', '/sort', 'invalid_in'],
    ['metadata=gold', '/metadata', 'invalid_metadata'],
    ['metadata[tier]=a&metadata[tier]=b', '/metadata', 'invalid_metadata'],
    ['metadata[__proto__]=x', '/metadata/__proto__', 'reserved_name'],
    ['colour[x]=y', '/colour[x]', 'unknown_field'],
    ['test=maybe', '/test', 'invalid_boolean'],
  ])('are not sought by %s', async (query, pointer, code) => {
    const { status, body } = await client.get(`accounts?${query}`);
    expect([status, body.errors[0]]).toMatchObject([400, { pointer, code }]);
  });

  it('that changed their name are found by the new one alone', async () => {
    const renamed = await openAccount(client, { name: 'Katherine Johnson', email: 'k@old.example' });
    await client.done('PATCH', `accounts/${renamed.id}`, { name: 'Katherine Goble', email: 'k@new.example' });
    expect(await found('name=johnson')).toEqual([]);
    expect(await found('email=k@old.example')).toEqual([]);
    expect(await found('name=kat%20goble&email=k@new.example')).toEqual([renamed.id]);
  });

  it('of erased people are found by nothing that was theirs, also after a rebuild', async () => {
    const person = await openAccount(client, {
      name: 'Mary Jackson',
      email: 'mary@nasa.example',
      metadata: { team: 'wind' },
    });
    expect(await found('name=jackson')).toEqual([person.id]);
    await client.create(`accounts/${person.id}/erase`);
    const rows = async (): Promise<number> => {
      const { rows: left } = await recount.database.owner.query(
        'SELECT 1 FROM read.account_search WHERE account_id = $1',
        [person.id],
      );
      return left.length;
    };
    for (const rebuilt of [false, true]) {
      if (rebuilt) await rebuild('account-search');
      expect(await found('name=jackson')).toEqual([]);
      expect(await found('email=mary@nasa.example')).toEqual([]);
      expect(await found('metadata[team]=wind')).toEqual([person.id]);
      expect(await found('name=love%20ada')).toEqual([ada.id]);
      expect(await rows()).toBe(0);
    }
  });

  const rebuild = async (name: string): Promise<void> => {
    await requestRebuild(recount.database.owner, name, true);
    const { rows } = await eventually(
      () => recount.database.owner.query('SELECT * FROM ops.rebuilds WHERE name = $1', [name]),
      ({ rows: [row] }) => ['completed', 'failed'].includes(row.status),
      'the end of a rebuild',
    );
    expect(rows).toEqual([expect.objectContaining({ status: 'completed', live_hash: rows[0].rebuilt_hash })]);
  };

  it('whose people were looked for are written down as read', async () => {
    await found('email=g@hopper.example');
    const { data } = await client.read(`audit/personal-data-reads?account=${grace.id}&limit=1`);
    expect(data).toEqual([expect.objectContaining({ operation: 'ListAccounts', accountId: grace.id })]);
  });
});

describe('invoices', () => {
  const stopping = new Stopping();
  let client: TestClient;
  /** Ten, of 1.00 to 10.00 dollars, and one of 500 yen; the last of the dollars has 60 days to be paid. */
  const invoices: Any[] = [];
  let yen: Any;

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    for (let amount = 1; amount <= 10; amount++) invoices.push(await invoiceOf('USD', `${amount}.00`, amount));
    yen = await invoiceOf('JPY', '500', 90);
    await client.create(`invoices/${invoices[2].id}/payments`, { amount: usd('3.00') });
  });

  const invoiceOf = async (currency: string, amount: string, netTermsDays: number): Promise<Any> => {
    const plan = `${currency.toLowerCase()}-${amount}`;
    const charge = { ...PLAN.charges[0], price: { model: 'flat', amount } };
    await client.create('plans', { ...PLAN, key: plan, currency, charges: [charge] });
    const { id } = await openAccount(client, { currency, netTermsDays });
    await subscribe(client, id, { plan, startAt: JANUARY.start });
    await bill(client, JANUARY.start, { accounts: [id] });
    return eventually(
      async () => (await client.read(`invoices?accountId=${id}`)).data[0],
      ({ number }) => number !== null,
      'a number',
    );
  };

  const amounts = async (query: string): Promise<string[]> =>
    (await client.read(`invoices?${query}&limit=200`)).data.map(({ total }: Any) => total.amount);

  it('are found by number, currency and amount', async () => {
    expect(await amounts(`number=${invoices[4].number}`)).toEqual(['5.00']);
    expect(await amounts('number=INV-999999')).toEqual([]);
    expect(await amounts('currency=JPY')).toEqual(['500']);
    expect(await amounts('total[gte]=9')).toEqual(['500', '10.00', '9.00']);
    expect(await amounts('total[gte]=9.01&total[lte]=10')).toEqual(['10.00']);
    expect(await amounts('total[lte]=1.00')).toEqual(['1.00']);
    expect(await amounts('status=paid')).toEqual(['3.00']);
  });

  it('are found by the days on which they are issued and due', async () => {
    const { issueDate, dueOn } = invoices[0];
    expect(await amounts(`issueDate[gte]=${issueDate}&issueDate[lte]=${issueDate}&total[lte]=1`)).toEqual(['1.00']);
    expect(await amounts(`issueDate[lte]=2000-01-01`)).toEqual([]);
    expect(await amounts(`dueOn[lte]=${dueOn}`)).toEqual(['1.00']);
    expect(await amounts(`dueOn[gte]=${invoices[8].dueOn}&dueOn[lte]=${invoices[9].dueOn}`)).toEqual(['10.00', '9.00']);
    expect(await amounts('overdue=false&currency=JPY')).toEqual(['500']);
    expect(await amounts('overdue=true')).toEqual([]);
  });

  const UPWARDS = [...Array.from({ length: 10 }, (_, index) => `${index + 1}.00`), '500'];

  it.each(['total', 'dueOn', 'number', 'createdAt'])('are sorted by %s, up and down', async (field) => {
    expect(await amounts(`sort=${field}`)).toEqual(UPWARDS);
    expect(await amounts(`sort=-${field}`)).toEqual([...UPWARDS].reverse());
  });

  it.each(['total', '-total', 'issueDate', '-issueDate', 'dueOn', '-number', 'createdAt'])(
    'are read page by page by %s, there and back, each once',
    async (sort) => {
      const whole = idsOf(await client.read(`invoices?sort=${sort}&limit=200`));
      const forwards: string[] = [];
      let cursor = '';
      let last: Any;
      do {
        last = await client.read(`invoices?sort=${sort}&limit=3${cursor}`);
        forwards.push(...idsOf(last));
        cursor = `&after=${last.page.next}`;
      } while (last.page.next !== null);
      expect(forwards).toEqual(whole);
      const backwards: string[] = [];
      for (let page = last; page.page.previous !== null;) {
        page = await client.read(`invoices?sort=${sort}&limit=3&before=${page.page.previous}`);
        backwards.unshift(...idsOf(page));
      }
      expect([...backwards, ...idsOf(last)]).toEqual(whole);
    },
  );

  it('stay in their place while others are paid and come', async () => {
    const first = await client.read('invoices?sort=total&limit=3&status=open,paid');
    await client.create(`invoices/${first.data[0].id}/payments`, { amount: usd('1.00') });
    const next = await client.read(`invoices?sort=total&limit=3&status=open,paid&after=${first.page.next}`);
    expect(next.data.map(({ total }: Any) => total.amount)).toEqual(['4.00', '5.00', '6.00']);
    expect(yen.total).toEqual({ amount: '500', currency: 'JPY' });
  });

  it('take a cursor only in the order that gave it', async () => {
    const { page } = await client.read('invoices?sort=total&limit=2');
    const made = Buffer.from(JSON.stringify(['total', '1; DROP', '5'])).toString('base64url');
    for (const query of [
      `after=${page.next}`,
      `sort=-total&after=${page.next}`,
      `sort=total&after=${made}`,
      'sort=total&after=NQ',
    ]) {
      const { status, body } = await client.get(`invoices?${query}`);
      expect([query, status, body.code]).toEqual([query, 400, 'invalid_cursor']);
    }
  });

  it.each([
    ['sort=colour', '/sort', 'invalid_in'],
    ['total[gte]=1e3', '/total[gte]', 'invalid_decimal'],
    ['dueOn[lte]=tomorrow', '/dueOn[lte]', 'invalid_date'],
    ['overdue=1', '/overdue', 'invalid_boolean'],
    ['currency=ABC', '/currency', 'unknown_currency'],
  ])('are not sought by %s', async (query, pointer, code) => {
    const { status, body } = await client.get(`invoices?${query}`);
    expect([status, body.errors[0]]).toMatchObject([400, { pointer, code }]);
  });
});

describe('the other lists', () => {
  const stopping = new Stopping();
  let client: TestClient;
  let account: Any;
  const payments: string[] = [];
  const subscriptions: string[] = [];

  beforeAll(async () => {
    const recount = await stopping.use(TestRecount.start());
    client = await recount.manualTenant();
    await withCatalog(client);
    account = await openAccount(client);
    const received = [
      ['5.00', '2025-03-01'],
      ['10.00', '2025-01-01'],
      ['5.00', '2025-02-01'],
      ['3.00', '2025-02-01'],
    ] as const;
    for (const [amount, receivedOn] of received) {
      const body = { amount: usd(amount), receivedOn, allocate: 'none' };
      payments.push((await client.create(`accounts/${account.id}/payments`, body)).id);
    }
    for (const amount of ['2.00', '1.00', '2.00'])
      await client.create(`accounts/${account.id}/credit-refunds`, { amount: usd(amount) });
    for (const startAt of ['2025-03-01T00:00:00Z', JANUARY.start, '2025-03-01T00:00:00Z'])
      subscriptions.push((await subscribe(client, account.id, { startAt })).id);
    await client.create(`subscriptions/${subscriptions[0]}/cancel`, { at: '2025-05-01T00:00:00Z' });
    await client.create(`subscriptions/${subscriptions[2]}/cancel`, { at: '2025-04-01T00:00:00Z' });
    for (const key of ['b', 'a', 'C']) {
      await client.create('meters', { ...METER, key });
      await client.create('plans', { ...PLAN, key });
      await client.create('api-keys', { name: key });
    }
    for (const through of ['2025-03-01T00:00:00Z', '2025-02-01T00:00:00Z', '2025-03-01T00:00:00Z'])
      await bill(client, through, { accounts: [account.id] });
    await recount.caughtUp();
  });

  const nameOf = ({ id, key }: Any): string => id ?? key;
  const named = async (path: string): Promise<string[]> => (await client.read(path)).data.map(nameOf);
  const pick = (all: string[], ...places: number[]): string[] => places.map((place) => all[place]!);

  it.each([
    ['amount', [3, 0, 2, 1]],
    ['-amount', [1, 2, 0, 3]],
    ['receivedOn', [1, 2, 3, 0]],
    ['-receivedOn', [0, 3, 2, 1]],
    ['createdAt', [0, 1, 2, 3]],
  ])('have payments by %s', async (sort, places) => {
    expect(await named(`payments?sort=${sort}`)).toEqual(pick(payments, ...places));
  });

  it.each([
    ['startAt', [1, 0, 2]],
    ['-startAt', [2, 0, 1]],
    ['endsAt', [2, 0, 1]],
    ['-endsAt', [1, 0, 2]],
    ['createdAt', [0, 1, 2]],
  ])('have subscriptions by %s', async (sort, places) => {
    expect(await named(`subscriptions?sort=${sort}`)).toEqual(pick(subscriptions, ...places));
  });

  it('have keys and names by their characters', async () => {
    expect(await named('meters?sort=key')).toEqual(['C', 'a', 'b', 'tokens']);
    expect(await named('plans?sort=-key')).toEqual(['pro', 'b', 'a', 'C']);
    const { data } = await client.read('api-keys?sort=name');
    expect(data.map(({ name }: Any) => name).filter((name: string) => name.length === 1)).toEqual(['C', 'a', 'b']);
  });

  it.each([
    ...['amount', '-amount', 'receivedOn', '-receivedOn', '-createdAt'].map((sort) => `payments?sort=${sort}`),
    ...['startAt', '-endsAt', 'endsAt', 'nextBillAt', '-nextBillAt'].map((sort) => `subscriptions?sort=${sort}`),
    ...['amount', '-amount', 'issuedOn', '-createdAt'].map((sort) => `refunds?sort=${sort}`),
    ...['billThrough', '-billThrough', 'startedAt'].map((sort) => `billing-runs?sort=${sort}`),
    ...['meters?sort=-key', 'plans?sort=key', 'api-keys?sort=issuedAt', 'api-keys?sort=-expiresAt'],
  ])('are read one by one from %s, there and back, each once', async (path) => {
    const whole = await named(`${path}&limit=200`);
    expect(whole.length).toBeGreaterThanOrEqual(3);
    const forwards: string[] = [];
    let page: Any = { page: { next: '' } };
    while (page.page.next !== null) {
      page = await client.read(`${path}&limit=1${page.page.next === '' ? '' : `&after=${page.page.next}`}`);
      forwards.push(...page.data.map(nameOf));
    }
    expect(forwards).toEqual(whole);
    const backwards: string[] = [];
    while (page.page.previous !== null) {
      page = await client.read(`${path}&limit=1&before=${page.page.previous}`);
      backwards.unshift(...page.data.map(nameOf));
    }
    expect(backwards).toEqual(whole.slice(0, -1));
    const turned = path.includes('=-') ? path.replace('=-', '=') : path.replace('sort=', 'sort=-');
    expect(await named(`${turned}&limit=200`)).toEqual([...whole].reverse());
  });

  it('have transfers by day and by amount', async () => {
    const { data } = await client.read(`accounts/${account.id}/transfers?sort=amount&limit=200`);
    const amounts = data.map(({ amount }: Any) => Number(amount.amount));
    expect(amounts).toEqual([...amounts].sort((left, right) => left - right));
    expect(new Set(amounts).size).toBeLessThan(amounts.length);
    const days = (await client.read(`accounts/${account.id}/transfers?sort=-bookedOn&limit=200`)).data;
    expect(days.map(({ bookedOn }: Any) => bookedOn)).toEqual(
      data
        .map(({ bookedOn }: Any) => bookedOn)
        .sort()
        .reverse(),
    );
  });

  it.each(['payments?sort=account', 'subscriptions?sort=plan', 'refunds?sort=reason', 'meters?sort=name'])(
    'are not sorted by %s',
    async (path) => {
      const { status, body } = await client.get(path);
      expect([status, body.errors[0]]).toMatchObject([400, { pointer: '/sort', code: 'invalid_in' }]);
    },
  );

  it('take a cursor only in the order that gave it, and none that was made up', async () => {
    const { page } = await client.read('subscriptions?sort=endsAt&limit=1');
    const made = Buffer.from(JSON.stringify(['endsAt', 'now()', '5'])).toString('base64url');
    for (const query of [`sort=startAt&after=${page.next}`, `after=${page.next}`, `sort=endsAt&after=${made}`]) {
      const { status, body } = await client.get(`subscriptions?${query}`);
      expect([query, status, body.code]).toEqual([query, 400, 'invalid_cursor']);
    }
  });
});
