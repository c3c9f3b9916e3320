import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { DomainError, EventLogUnavailable } from '#kernel';
import { MasterKey } from '#personal-data';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/services/eventually.js';
import { Relay } from '../../../../test/services/relay.js';
import { NotAnswered } from './errand.js';
import { MemberDoor, type Doing } from './member-door.js';
import { MemberLink } from './member-link.js';
import { MemberSecret } from './member-secret.js';

const secret = new MemberSecret(new MasterKey(Buffer.alloc(32, 7)));

describe('what one member asks of another', () => {
  let door: MemberDoor;
  const faults: unknown[] = [];
  const ends: (() => unknown)[] = [];
  let began: (() => void) | undefined;
  let go: (() => void) | undefined;

  const doings = new Map<string, Doing>(
    Object.entries({
      double: (amount: bigint) => Promise.resolve(amount * 2n),
      refuse: () =>
        Promise.reject(new DomainError('no', 'No.', 'conflict', [{ pointer: '/a', code: 'b', message: 'c' }])),
      fail: () => Promise.reject(new Error('It is broken.')),
      outage: () => Promise.reject(new EventLogUnavailable('It is away.')),
      tellNothing: () => Promise.resolve({ call: () => 1 }),
      wait: () => {
        began?.();
        return new Promise((resolve) => (go = () => resolve('done')));
      },
    }),
  );

  beforeEach(async () => {
    faults.length = 0;
    const place = { host: '127.0.0.1', port: 0 };
    door = await MemberDoor.open(secret, 'b', place, doings, (error) => void faults.push(error));
    ends.push(() => door.close());
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  const linkTo = (id = 'b', known = secret, port = door.port, host = '127.0.0.1'): MemberLink => {
    const link = new MemberLink(id, `${host}:${port}`, known, () => undefined);
    ends.push(() => link.retire());
    return link;
  };
  const open = async (link: MemberLink): Promise<MemberLink> => {
    await eventually(() => Promise.resolve(link.isOpen), Boolean, 'a connection');
    return link;
  };

  it('is done, and its answer told', async () => {
    const link = await open(linkTo());
    await expect(Promise.all([link.ask('double', 2n), link.ask('double', 21n)])).resolves.toEqual([4n, 42n]);
  });

  it('is refused in the same words', async () => {
    const link = await open(linkTo());
    const refusal = await link.ask('refuse', null).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DomainError);
    expect(refusal).toMatchObject({ code: 'no', message: 'No.', kind: 'conflict', violations: [{ pointer: '/a' }] });
  });

  it.each(['fail', 'tellNothing', 'unheardOf'])('is not answered where it fails: %s', async (kind) => {
    const link = await open(linkTo());
    const failed = await link.ask(kind, null).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(NotAnswered);
    expect(failed).toMatchObject({ cause: String(faults[0]) });
    expect(faults).toHaveLength(1);
    await expect(link.ask('double', 1n)).resolves.toBe(2n);
  });

  it('is not answered where the log is away, which is no fault', async () => {
    const link = await open(linkTo());
    const failed = await link.ask('outage', null).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(NotAnswered);
    expect((failed as Error).cause).toBeUndefined();
    expect(faults).toEqual([]);
  });

  it.each(['[::1]', '[::1%lo]', '[fe80::1%nowhere]'])('is not asked at %s, where nobody is', async (host) => {
    const link = linkTo('b', secret, 9, host);
    await expect(link.ask('double', 1n)).rejects.toThrow(NotAnswered);
    await expect((await open(linkTo())).ask('double', 1n)).resolves.toBe(2n);
  });

  it('is asked by an address of IPv6, too', async () => {
    const place = { host: '::1', port: 0 };
    const other = await MemberDoor.open(secret, 'c', place, doings, (error) => void faults.push(error));
    ends.push(() => other.close());
    await expect((await open(linkTo('c', secret, other.port, '[::1]'))).ask('double', 1n)).resolves.toBe(2n);
  });

  it('is not answered where it cannot be told', async () => {
    const link = await open(linkTo());
    await expect(link.ask('double', () => 1)).rejects.toThrow(NotAnswered);
  });

  it('is not asked of another member, nor by anybody with another secret or none', async () => {
    const other = linkTo('c');
    const stranger = linkTo('b', new MemberSecret(new MasterKey(Buffer.alloc(32, 8))));
    const plain = connect(door.port, '127.0.0.1');
    plain.write('GET / HTTP/1.1\r\n\r\n');
    plain.on('error', () => plain.destroy());
    await closed(plain);
    const nobody = connectSecurely({ port: door.port, host: '127.0.0.1', rejectUnauthorized: false });
    nobody.on('error', () => nobody.destroy());
    await closed(nobody);
    await open(linkTo());
    expect([other.isOpen, stranger.isOpen]).toEqual([false, false]);
  });

  it('is given up when its connection ends, and asked again when it is back', async () => {
    const relay = await Relay.before(door.port);
    ends.push(() => relay.stop());
    const link = await open(linkTo('b', secret, relay.port));
    const asked = link.ask('wait', null);
    await new Promise<void>((resolve) => (began = resolve));
    relay.cut();
    await expect(asked).rejects.toThrow(NotAnswered);
    expect(link.isOpen).toBe(false);
    go!();
    relay.goOn();
    await open(link);
    await expect(link.ask('double', 4n)).resolves.toBe(8n);
  });

  it('is given up when nobody says anything any more, though the connection stays', async () => {
    const relay = await Relay.before(door.port);
    ends.push(() => relay.stop());
    const link = await open(linkTo('b', secret, relay.port));
    relay.fallSilent('loses');
    await expect(link.ask('double', 4n)).rejects.toThrow(NotAnswered);
  });

  it('may take longer than a silence: whoever works at it greets', async () => {
    const link = await open(linkTo());
    const asked = link.ask('wait', null);
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    go!();
    await expect(asked).resolves.toBe('done');
  });

  it('is done to its end when the member leaves, and the link ends with the last answer', async () => {
    const link = await open(linkTo());
    const asked = link.ask('wait', null);
    await new Promise<void>((resolve) => (began = resolve));
    const left = door.close();
    link.retire();
    expect(link.isOpen).toBe(false);
    go!();
    await expect(asked).resolves.toBe('done');
    await left;
  });
});

const closed = (socket: Socket): Promise<unknown> => new Promise((resolve) => socket.once('close', resolve));
