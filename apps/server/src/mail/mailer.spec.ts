import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { MailServer } from '../../../../test/services/mail-server.js';
import { Stopping } from '../../../../test/services/stopping.js';
import { EffectDeferred } from '../effects/effect-deferred.js';
import { Mailer, MailRefused, type MailSettings } from './mailer.js';

const ADDRESS = 'ada@secret.example';
const MAIL = { id: 'dlv_1', to: [ADDRESS], subject: 'Invoice', text: 'Invoice' };

/** Answers each command by its first word; without an answer, as one does that takes everything. */
const scripted = async (answers: Readonly<Record<string, string>>): Promise<Server> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('220 mail\r\n');
    let isText = false;
    socket.on('data', (bytes) => {
      for (const line of bytes.toString().split('\r\n').slice(0, -1)) {
        if (isText && line !== '.') continue;
        const word = line === '.' ? '.' : line.split(/[ :]/u)[0]!.toUpperCase();
        const answer = answers[word] ?? (word === 'DATA' ? '354 go on' : '250 ok');
        isText = word === 'DATA' && answer.startsWith('354');
        socket.write(`${answer}\r\n`);
      }
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return server;
};

describe('mail', () => {
  const stopping = new Stopping();
  let mailer: Mailer | undefined;

  afterEach(() => mailer?.close());

  const to = (server: Server, settings: Partial<MailSettings> = {}, patience?: number): Mailer => {
    const { port } = server.address() as AddressInfo;
    mailer = new Mailer(
      { url: `smtp://127.0.0.1:${port}`, from: 'Acme <billing@acme.example>', plaintext: true, ...settings },
      patience,
    );
    return mailer;
  };
  const failureOf = (sent: Promise<unknown>): Promise<unknown> =>
    sent.then(
      () => undefined,
      (error: unknown) => error,
    );
  const served = async (answers: Readonly<Record<string, string>>): Promise<Server> => {
    const server = await scripted(answers);
    await stopping.use(
      Promise.resolve({ stop: () => new Promise<void>((resolve) => void server.close(() => resolve())) }),
    );
    return server;
  };

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['the recipient', { RCPT: `550 <${ADDRESS}> is unknown` }, 'recipient_refused'],
    ['the text at its beginning', { DATA: `554 nothing for ${ADDRESS}` }, 'message_refused'],
    ['the text at its end', { '.': `554 ${ADDRESS} wants none of it` }, 'message_refused'],
  ])('is refused for good by a no to %s, without the address', async (_, answers, code) => {
    const error = await failureOf(to(await served(answers)).send(MAIL));
    expect(error).toBeInstanceOf(MailRefused);
    expect(error).toMatchObject({ code });
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('secret');
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['not now to the recipient', { RCPT: `451 <${ADDRESS}> is full` }, '451'],
    ['no to the sender', { MAIL: `550 not from you to ${ADDRESS}` }, '550'],
    ['not now to the text', { '.': `451 ${ADDRESS} later` }, '451'],
    ['nothing that means anything', { EHLO: 'what?', HELO: 'what?' }, ''],
  ])('is left for later by %s, without the address', async (_, answers, reason) => {
    const error = await failureOf(to(await served(answers)).send(MAIL));
    expect(error).toBeInstanceOf(EffectDeferred);
    expect((error as Error).message).toContain(reason);
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain('secret');
  });

  it('is left for later where the password is not taken', async () => {
    const server = await served({ EHLO: '250-mail\r\n250 AUTH PLAIN', AUTH: '535 who are you?' });
    const { port } = server.address() as AddressInfo;
    const error = await failureOf(to(server, { url: `smtp://billing:wrong@127.0.0.1:${port}` }).send(MAIL));
    expect(error).toEqual(new EffectDeferred('The server did not take it: 535.'));
  });

  it('goes over TLS, whatever the URL says beside where the server is', async () => {
    const server = await served({ STARTTLS: '502 not here' });
    const { port } = server.address() as AddressInfo;
    const url = `smtp://127.0.0.1:${port}?requireTLS=false&ignoreTLS=true`;
    expect(await failureOf(to(server, { url, plaintext: false }).send(MAIL))).toBeInstanceOf(EffectDeferred);
  });

  it('is given up with a server that answers drop by drop, and with a worker that ends', async () => {
    const held = new Set<Socket>();
    const dripping = createServer((socket) => {
      held.add(socket);
      const drop = setInterval(() => socket.write('2'), 20);
      socket.on('close', () => clearInterval(drop)).on('error', () => undefined);
      socket.on('close', () => held.delete(socket));
    });
    await new Promise<void>((resolve) => void dripping.listen(0, '127.0.0.1', resolve));
    await stopping.use(
      Promise.resolve({ stop: () => new Promise<void>((resolve) => void dripping.close(() => resolve())) }),
    );
    expect(await failureOf(to(dripping, {}, 200).send(MAIL))).toEqual(
      new EffectDeferred('The server did not take it: EABORT.'),
    );
    mailer!.close();
    const ending = AbortSignal.timeout(200);
    expect(await failureOf(to(dripping).send(MAIL, ending))).toEqual(
      new EffectDeferred('The server did not take it: EABORT.'),
    );
  });

  it('has the domain of the address in its id, and says who was refused beside others', async () => {
    const server = await stopping.use(MailServer.start());
    mailer = new Mailer({ ...server.settings, from: '"Acme @ Berlin" <billing@acme.example>' });
    server.answers.push(550);
    const sent = await mailer.send({ ...MAIL, to: ['gone@secret.example', ADDRESS], replyTo: 'hello@acme.example' });
    expect(sent).toEqual({ messageId: '<dlv_1@acme.example>', refusedRecipients: 1 });
    expect(server.taken[0]!.replyTo).toMatchObject({ text: 'hello@acme.example' });
  });
});
