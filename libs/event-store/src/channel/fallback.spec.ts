import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { aStream, anEvent, batchesUntil, collect, events, numbersIn } from '#testing';

import { EventStoreDbLog } from '../event-store-db-log.js';
import { TemporaryEventStore } from '../temporary-event-store.js';
import { framed, FrameReader } from './grpc-frames.js';
import { Http2Node } from './http2-node.js';

type Forward = (answer: ClientHttp2Stream) => void;

/** @param ask has the store answer it */
type Misbehaviour = (call: ServerHttp2Stream, ask: (forward: Forward) => void) => void;

/** A node of a kind that the channels do not know: what the package asks it, a store answers. */
class OddNode {
  /** How often the package made the call in which the node is odd. */
  byPackage = 0;
  byChannel = 0;
  misbehave: Misbehaviour | undefined;
  private node!: Http2Node;

  private constructor(
    private readonly upstream: ClientHttp2Session,
    private readonly odd: 'BatchAppend' | 'Read',
  ) {}

  static async before(connectionString: string, odd: 'BatchAppend' | 'Read'): Promise<OddNode> {
    const node = new OddNode(connect(`http://${new URL(connectionString).host}`), odd);
    node.node = await Http2Node.start((call, headers) => node.take(call, headers));
    return node;
  }

  get connectionString(): string {
    return `esdb://${this.node.address}?tls=false`;
  }

  stop(): Promise<void> {
    this.upstream.destroy();
    return this.node.stop();
  }

  private take(call: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    const ask = (forward: Forward): void => this.ask(call, headers, forward);
    if (headers[':path']?.endsWith(`/${this.odd}`) === true) {
      const isPackage = headers['user-agent']?.startsWith('grpc-node') === true;
      if (isPackage) this.byPackage++;
      else this.byChannel++;
      if (!isPackage && this.misbehave) return this.misbehave(call, ask);
    }
    ask((answer) => answer.pipe(call));
  }

  private ask(call: ServerHttp2Stream, headers: IncomingHttpHeaders, forward: Forward): void {
    const { ':method': method, ':path': path, ':scheme': _scheme, ':authority': _authority, ...rest } = headers;
    const answer = this.upstream.request({ ...rest, ':method': method, ':path': path });
    let trailers: IncomingHttpHeaders = {};
    answer.on('trailers', (last: IncomingHttpHeaders) => (trailers = last));
    answer.on('response', ({ ':status': code, ...given }) => {
      call.respond({ ':status': code, ...given }, { waitForTrailers: true });
      forward(answer);
    });
    call.on('wantTrailers', () => call.sendTrailers({ ...trailers }));
    call.on('close', () => answer.close());
    call.pipe(answer);
    answer.on('error', () => undefined);
  }
}

const answered = { ':status': 200, 'content-type': 'application/grpc' };

const MISBEHAVIOURS: readonly (readonly [string, Misbehaviour])[] = [
  ['is a proxy that has no such page', (call) => call.respond({ ':status': 404, 'content-type': 'text/html' })],
  [
    'does not know the call',
    (call) => call.respond({ ...answered, 'grpc-status': '12', 'grpc-message': 'unknown' }, { endStream: true }),
  ],
  [
    'compresses what nobody wants compressed',
    (call) => {
      call.respond(answered);
      call.write(Buffer.from([1, 0, 0, 0, 1, 0]));
    },
  ],
  [
    'announces a message of four gigabytes',
    (call) => {
      call.respond(answered);
      call.write(Buffer.from([0, 0xff, 0xff, 0xff, 0xff]));
    },
  ],
  [
    'answers what is no message',
    (call) => {
      call.respond(answered);
      call.write(Buffer.concat(framed(Buffer.from('neither here nor there'))));
    },
  ],
  ['breaks off as if it were spoken to wrongly', (call) => call.close(constants.NGHTTP2_PROTOCOL_ERROR)],
];

const OF_APPENDS: typeof MISBEHAVIOURS = [
  [
    'answers with nothing in it',
    (call) => {
      call.respond(answered);
      call.write(Buffer.concat(framed(Buffer.alloc(0))));
    },
  ],
  [
    'refuses in no way that there is',
    (call) => {
      call.respond(answered);
      call.write(Buffer.concat(framed(Buffer.from([0x12, 0x02, 0x1a, 0x7f]))));
    },
  ],
];

const MOST_BYTES = 1024 * 1024;
const CUT_SHORT = Buffer.concat(framed(Buffer.from([0x0a, 0x7f, 0x0a])));
/** It comes in several pieces, as it is longer than what HTTP/2 sends in one. */
const MORE_THAN_A_PIECE = Buffer.concat([CUT_SHORT, ...framed(Buffer.alloc(64 * 1024))]);

const OF_READS: typeof MISBEHAVIOURS = [
  [
    'answers what is cut short',
    (call) => {
      call.respond(answered);
      call.write(CUT_SHORT);
    },
  ],
  ['goes wrong after some of it', (call, ask) => ask((answer) => passOnSome(answer, call, CUT_SHORT))],
  [
    'goes wrong after some of it, with more on the way',
    (call, ask) => ask((answer) => passOnSome(answer, call, MORE_THAN_A_PIECE)),
  ],
];

const passOnSome = (answer: ClientHttp2Stream, call: ServerHttp2Stream, then: Buffer): void => {
  const frames = new FrameReader(MOST_BYTES);
  answer.once('data', (chunk: Buffer) => {
    const some = [...frames.read(chunk)].flatMap(framed);
    call.write(Buffer.concat([...some, then]));
  });
};

describe('a log on a node that', () => {
  let store: TemporaryEventStore;
  let node: OddNode;
  let log: EventStoreDbLog;

  beforeAll(async () => {
    store = await TemporaryEventStore.start();
  });

  afterAll(() => store.remove());

  const open = async (odd: 'BatchAppend' | 'Read'): Promise<void> => {
    node = await OddNode.before(store.connectionString, odd);
    log = new EventStoreDbLog(node.connectionString, { appends: { firstPauseMs: 10 } });
  };

  afterEach(async () => {
    await log.dispose();
    await node.stop();
  });

  describe('takes appends in odd ways', () => {
    beforeEach(() => open('BatchAppend'));

    it('or rather not, appends by the channel alone', async () => {
      await log.append(aStream(), events(1), 'no_stream');
      expect(node).toMatchObject({ byChannel: 1, byPackage: 0 });
    });

    it.each([...MISBEHAVIOURS, ...OF_APPENDS])(
      'and %s, appends by the package, once, and goes on so',
      async (_, misbehave) => {
        node.misbehave = misbehave;
        const stream = aStream();
        await expect(log.append(stream, [anEvent(1)], 'no_stream')).resolves.toMatchObject({ revision: 0 });
        await expect(log.append(stream, [anEvent(2)], 0)).resolves.toMatchObject({ revision: 1 });
        await expect(collect(log.readStream(stream))).resolves.toHaveLength(2);
        expect(node).toMatchObject({ byChannel: 1, byPackage: 1 });
      },
    );
  });

  describe('answers reads in odd ways', () => {
    const numbers = Array.from({ length: 400 }, (_, number) => number);
    const category = aStream('odd');
    const filter = { streamPrefixes: [category] };

    beforeAll(async () => {
      const writer = new EventStoreDbLog(store.connectionString);
      await writer.append(`${category}-a`, events(numbers.length), 'no_stream');
      await writer.dispose();
    });

    beforeEach(() => open('Read'));

    const numbersRead = async (): Promise<unknown[]> =>
      (await collect(log.readStream(`${category}-a`))).map(({ data }) => data.number);

    it('or rather not, reads by the channel alone', async () => {
      await expect(numbersRead()).resolves.toEqual(numbers);
      expect(node).toMatchObject({ byChannel: 1, byPackage: 0 });
    });

    it.each([...MISBEHAVIOURS, ...OF_READS])(
      'and %s, reads by the package, each event once, and goes on so',
      async (_, misbehave) => {
        node.misbehave = misbehave;
        await expect(numbersRead()).resolves.toEqual(numbers);
        await expect(numbersRead()).resolves.toEqual(numbers);
        expect(node).toMatchObject({ byChannel: 1, byPackage: 2 });
      },
    );

    it.each([...MISBEHAVIOURS, ...OF_READS])('and %s, follows by the package', async (_, misbehave) => {
      node.misbehave = misbehave;
      const batches = await batchesUntil(log, { filter }, ({ caughtUp }) => caughtUp);
      expect(numbersIn(batches)).toEqual(numbers);
      expect(node.byChannel).toBe(1);
    });
  });
});
