import { EventLog } from '#kernel';
import { at, FixedClock } from '#testing';
import { pino } from 'pino';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SendOnNumberReactor } from '../../apps/server/src/mail/send-on-number.reactor.js';
import { EffectRows } from '../../apps/server/src/effects/effect-rows.js';
import { eventually } from '../services/eventually.js';
import { MailServer } from '../services/mail-server.js';
import { Stopping } from '../services/stopping.js';
import type { Any, TestClient } from '../services/test-client.js';
import { TestRecount } from '../services/test-recount.js';
import { billedAccount, withCatalog } from './samples.js';
import { expectVerified } from './verified.js';

const stopping = new Stopping();
let server: MailServer;
let recount: TestRecount;
let client: TestClient;

beforeAll(async () => {
  server = await stopping.use(MailServer.start());
  recount = await stopping.use(TestRecount.start({ mail: server.settings }));
  client = await recount.manualTenant('Acme');
  await client.done('PATCH', 'tenant', { legalName: 'Acme GmbH' });
  const { data } = await client.read('legal-entities');
  await client.done('PATCH', `legal-entities/${data[0].id}`, { email: 'hello@acme.example' });
  await withCatalog(client);
});

afterEach(() => {
  server.taken.length = 0;
  server.answers.length = 0;
});

const numbered = async (fields: object = { email: 'ada@example.com' }): Promise<{ account: Any; invoice: Any }> => {
  const { account, invoice } = await billedAccount(client, fields);
  const found = await eventually(
    () => client.read(`invoices/${invoice.id}`),
    ({ number }) => number !== null,
  );
  return { account, invoice: found };
};

const send = (invoice: Any, body: object = {}): Promise<Any> =>
  client.create(`invoices/${invoice.id}/deliveries`, body);

const settled = (invoice: Any): Promise<Any> =>
  eventually(
    async () => (await client.read(`invoices/${invoice.id}/deliveries`))[0],
    ({ status }) => status !== 'requested',
    'the end of a delivery',
  );

const reactor = async (): Promise<Any> => {
  const [found] = await recount.client.done('GET', 'reactors');
  return found;
};

describe('an invoice by mail', () => {
  it('goes to the address of the account, once, and the log says so', async () => {
    const { account, invoice } = await numbered();
    const asked = await send(invoice);
    expect(asked).toMatchObject({ status: 'requested', channel: 'email', sentAt: null });
    const delivery = await settled(invoice);
    expect(delivery).toMatchObject({ id: asked.id, status: 'sent', messageId: `<${asked.id}@acme.example>` });
    expect(server.taken).toHaveLength(1);
    const [mail] = server.taken;
    expect(mail).toMatchObject({
      subject: `Invoice ${invoice.number}, Acme GmbH`,
      messageId: `<${asked.id}@acme.example>`,
      to: expect.objectContaining({ text: 'ada@example.com' }),
      from: expect.objectContaining({ text: '"Acme" <billing@acme.example>' }),
      replyTo: expect.objectContaining({ text: 'hello@acme.example' }),
    });
    expect(mail!.text).toContain(`Invoice number: ${invoice.number}`);
    expect(mail!.text).toMatch(/Total: \$45\.00/u);
    const [file] = mail!.attachments;
    expect(file).toMatchObject({ filename: `${invoice.number}.pdf`, contentType: 'application/pdf' });
    expect(file!.content.subarray(0, 5).toString()).toBe('%PDF-');
    await expectVerified(client, account);
  });

  it('goes to those who are named, and to nobody else', async () => {
    const { invoice } = await numbered();
    await send(invoice, { to: ['a@example.com', 'b@example.com'] });
    await settled(invoice);
    expect(server.taken.map(({ to }) => (to as Any).text)).toEqual(['a@example.com, b@example.com']);
  });

  it('says how many of them the server did not take it for', async () => {
    const { invoice } = await numbered();
    server.answers.push(550);
    await send(invoice, { to: ['gone@example.com', 'b@example.com'] });
    expect(await settled(invoice)).toMatchObject({ status: 'sent', refusedRecipients: 1, failureCode: null });
    expect(server.taken).toHaveLength(1);
  });

  it('is not sent to who is refused for good, and that is said', async () => {
    const { invoice } = await numbered();
    server.answers.push(550);
    await send(invoice);
    expect(await settled(invoice)).toMatchObject({
      status: 'failed',
      failureCode: 'recipient_refused',
      failureDetail: 'The server refused the recipient: 550.',
    });
    expect(server.taken).toEqual([]);
  });

  it('is tried again where the server says not now', async () => {
    const { invoice } = await numbered();
    server.answers.push(451);
    await send(invoice);
    await eventually(reactor, ({ failing }) => failing === 1);
    expect(await reactor()).toMatchObject({ paused: null, waiting: 1, lastFailure: expect.stringContaining('451') });
    // It waits for a minute: nobody who tests does.
    await recount.database.owner.query('UPDATE ops.effects SET due_at = now() WHERE over_at IS NULL');
    expect(await settled(invoice)).toMatchObject({ status: 'sent', failureCode: null });
    expect(server.taken).toHaveLength(1);
    expect(await reactor()).toMatchObject({ waiting: 0, failing: 0, lastFailure: null });
  });

  it('is not sent where it was voided before', async () => {
    const { invoice } = await numbered();
    server.answers.push(451);
    await send(invoice);
    await eventually(reactor, ({ failing }) => failing === 1);
    await client.create(`invoices/${invoice.id}/void`, { reason: 'by mistake' });
    await recount.database.owner.query('UPDATE ops.effects SET due_at = now() WHERE over_at IS NULL');
    expect(await settled(invoice)).toMatchObject({ status: 'failed', failureCode: 'invoice_voided' });
    expect(server.taken).toEqual([]);
  });

  it.each<[string, object, number, string]>([
    ['without an address', {}, 422, 'recipient_required'],
    ['to what is no address', { to: ['nobody'] }, 400, 'invalid_request'],
  ])('is refused %s', async (_, body, status, code) => {
    const { invoice } = await numbered({});
    const answer = await client.post(`invoices/${invoice.id}/deliveries`, body, {
      'idempotency-key': crypto.randomUUID(),
    });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it('is refused of a draft and of what is void', async () => {
    const { invoice } = await numbered();
    await client.create(`invoices/${invoice.id}/void`, { reason: 'by mistake' });
    const answer = await client.post(
      `invoices/${invoice.id}/deliveries`,
      {},
      { 'idempotency-key': crypto.randomUUID() },
    );
    expect(answer).toMatchObject({ status: 422, body: { code: 'invoice_voided' } });
  });
});

describe('a credit note by mail', () => {
  it('goes out with its own document, and is none of those of its invoice', async () => {
    const { invoice } = await numbered({ email: 'ada@example.com', language: 'de' });
    const { id } = await client.create(`invoices/${invoice.id}/credit-notes`, {
      amount: { amount: '5.00', currency: 'USD' },
      reason: 'outage',
      memo: 'Wir bedauern.',
    });
    const note = await eventually(
      () => client.read(`credit-notes/${id}`),
      ({ number }) => number !== null,
    );
    const asked = await client.create(`credit-notes/${id}/deliveries`, {});
    expect(asked).toMatchObject({ invoiceId: invoice.id, creditNoteId: id, status: 'requested' });
    await eventually(
      async () => (await client.read(`credit-notes/${id}/deliveries`))[0],
      ({ status }) => status === 'sent',
    );
    const [mail] = server.taken;
    expect(mail).toMatchObject({ subject: `Rechnungskorrektur ${note.number}, Acme GmbH` });
    expect(mail!.text).toContain(`Zu Rechnung: ${invoice.number}`);
    expect(mail!.text).toContain('Wir bedauern.');
    expect(mail!.attachments[0]).toMatchObject({ filename: `${note.number}.pdf`, contentType: 'application/pdf' });
    expect(await client.read(`invoices/${invoice.id}/deliveries`)).toEqual([]);
  });

  it('is not sent where it was voided before', async () => {
    const { invoice } = await numbered();
    const { id } = await client.create(`invoices/${invoice.id}/credit-notes`, {
      kind: 'cancellation',
      reason: 'wrong',
    });
    await eventually(
      () => client.read(`credit-notes/${id}`),
      ({ number }) => number !== null,
    );
    server.answers.push(451);
    await client.create(`credit-notes/${id}/deliveries`, {});
    await eventually(reactor, ({ failing }) => failing === 1);
    await client.create(`credit-notes/${id}/void`, { reason: 'by mistake' });
    await recount.database.owner.query('UPDATE ops.effects SET due_at = now() WHERE over_at IS NULL');
    const delivery = await eventually(
      async () => (await client.read(`credit-notes/${id}/deliveries`))[0],
      ({ status }) => status !== 'requested',
    );
    expect(delivery).toMatchObject({ status: 'failed', failureCode: 'credit_note_voided' });
    expect(server.taken).toEqual([]);
    const again = { 'idempotency-key': crypto.randomUUID() };
    const answer = await client.post(`credit-notes/${id}/deliveries`, {}, again);
    expect(answer).toMatchObject({ status: 422, body: { code: 'credit_note_voided' } });
  });
});

/** Without a place in the log, as where its table was lost. */
const fromTheBeginning = async (): Promise<void> => {
  const head = await recount.app.get(EventLog).head();
  const ending = new AbortController();
  const save = (_: string, position: bigint) => {
    if (position >= head) ending.abort();
  };
  const reactor = recount.app.get(SendOnNumberReactor);
  const anew = Object.create(reactor) as SendOnNumberReactor;
  Object.assign(anew, { checkpoints: { of: () => Promise.resolve(0n), save } });
  await anew.run(ending.signal, pino({ level: 'silent' }));
};

describe('mail of what is numbered', () => {
  const sentOf = (path: string): Promise<Any[]> =>
    eventually(
      () => client.read(`${path}/deliveries`),
      ([delivery]) => delivery !== undefined && delivery.status !== 'requested',
    );

  it('goes out by itself, once, from when that is wanted on', async () => {
    const { invoice: before } = await numbered();
    expect(await client.read('settings/mail')).toEqual({ sendInvoices: 'off' });
    const set = await client.done('PUT', 'settings/mail', { sendInvoices: 'on_number' });
    expect(set).toMatchObject({ sendInvoices: 'on_number' });
    const { invoice } = await numbered();
    expect(await sentOf(`invoices/${invoice.id}`)).toMatchObject([{ status: 'sent', creditNoteId: null }]);
    const note = { kind: 'cancellation', reason: 'wrong' };
    const { id } = await client.create(`invoices/${invoice.id}/credit-notes`, note);
    expect(await sentOf(`credit-notes/${id}`)).toMatchObject([{ status: 'sent', creditNoteId: id }]);
    // All of the log is read again: nothing is sent that was, and nothing that came before it was wanted.
    await fromTheBeginning();
    expect(await client.read(`invoices/${before.id}/deliveries`)).toEqual([]);
    expect(server.taken).toHaveLength(2);
  });

  it('is not sent where there is no address, or no longer wanted', async () => {
    const { invoice: unknown } = await numbered({});
    await client.done('PUT', 'settings/mail', { sendInvoices: 'off' });
    const { invoice } = await numbered();
    await client.done('PUT', 'settings/mail', { sendInvoices: 'on_number' });
    const { invoice: last } = await numbered();
    await sentOf(`invoices/${last.id}`);
    for (const { id } of [unknown, invoice]) expect(await client.read(`invoices/${id}/deliveries`)).toEqual([]);
    await client.done('PUT', 'settings/mail', { sendInvoices: 'off' });
  });
});

describe('with a database made anew', () => {
  it('nothing is sent again: the reactor waits for somebody, and then does what is left', async () => {
    const { invoice: before } = await numbered();
    await send(before);
    await settled(before);
    expect(server.taken).toHaveLength(1);
    // As of a log that has been there for long.
    Object.assign(recount.app.get(EffectRows), { clock: new FixedClock(at('2100-01-01T00:00:00Z')) });
    await recount.database.owner.query('TRUNCATE ops.effects');
    await recount.database.owner.query(`DELETE FROM ops.reactors WHERE name = 'send-invoices'`);
    await eventually(reactor, ({ paused }) => paused === 'no_checkpoint');
    const { invoice } = await numbered();
    await send(invoice);
    expect(server.taken).toHaveLength(1);
    const resumed = await recount.client.done('POST', 'reactors/send-invoices/resume', {});
    expect(resumed).toMatchObject({ paused: null });
    await settled(invoice);
    expect(server.taken).toHaveLength(2);
  });

  it('nothing is sent again either where all of the log is read again', async () => {
    await recount.database.owner.query(`UPDATE ops.reactors SET paused = 'no_checkpoint' WHERE name = 'send-invoices'`);
    await recount.database.owner.query('TRUNCATE ops.effects');
    await recount.client.done('POST', 'reactors/send-invoices/resume', { after: '0' });
    await eventually(reactor, ({ position, waiting }) => BigInt(position) > 0n && waiting === 0);
    expect(server.taken).toEqual([]);
    const answer = await recount.client.post('reactors/send-invoices/skip', {});
    expect(answer).toMatchObject({ status: 409, body: { code: 'reactor_not_paused' } });
  });
});
