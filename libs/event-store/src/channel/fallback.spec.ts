import { once } from 'node:events';
import {
  type ClientHttp2Session,
  connect,
  constants,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { type AddressInfo } from 'node:net';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { aStream, anEvent, collect, events } from '#testing';

import { EventStoreDbLog } from '../event-store-db-log.js';
import { TemporaryEventStore } from '../temporary-event-store.js';
import { framed } from './grpc-frames.js';

type Misbehaviour = (call: ServerHttp2Stream) => void;

/** A node of a kind that the channel does not know: what the package asks it, a store answers. */
class OddNode {
  /** How often the package appended. */
  byPackage = 0;
  byChannel = 0;
  misbehave: Misbehaviour | undefined;

  private constructor(
    private readonly server: Http2Server,
    private readonly upstream: ClientHttp2Session,
  ) {}

  static async before(connectionString: string): Promise<OddNode> {
    const node = new OddNode(createServer(), connect(`http://${new URL(connectionString).host}`));
    node.server.on('stream', (call, headers) => node.take(call, headers));
    node.server.listen(0, '127.0.0.1');
    await once(node.server, 'listening');
    return node;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${(this.server.address() as AddressInfo).port}?tls=false`;
  }

  stop(): void {
    this.upstream.destroy();
    this.server.close();
  }

  private take(call: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    call.on('error', () => undefined);
    if (headers[':path']?.endsWith('/BatchAppend') === true) {
      const isPackage = headers['user-agent']?.startsWith('grpc-node') === true;
      if (isPackage) this.byPackage++;
      else this.byChannel++;
      if (!isPackage && this.misbehave) return this.misbehave(call);
    }
    const { ':method': method, ':path': path, ':scheme': _scheme, ':authority': _authority, ...rest } = headers;
    const answer = this.upstream.request({ ...rest, ':method': method, ':path': path });
    let trailers: IncomingHttpHeaders = {};
    answer.on('trailers', (last: IncomingHttpHeaders) => (trailers = last));
    answer.on('response', ({ ':status': code, ...given }) => {
      call.respond({ ':status': code, ...given }, { waitForTrailers: true });
      answer.pipe(call);
    });
    call.on('wantTrailers', () => call.sendTrailers({ ...trailers }));
    call.on('close', () => answer.close());
    call.pipe(answer);
    answer.on('error', () => undefined);
  }
}

const answered = { ':status': 200, 'content-type': 'application/grpc' };

const MISBEHAVIOURS: readonly [string, Misbehaviour][] = [
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
  ['breaks off as if it were spoken to wrongly', (call) => call.close(constants.NGHTTP2_PROTOCOL_ERROR)],
];

describe('a log on a node that', () => {
  let store: TemporaryEventStore;
  let node: OddNode;
  let log: EventStoreDbLog;

  beforeAll(async () => {
    store = await TemporaryEventStore.start();
  });

  afterAll(() => store.remove());

  beforeEach(async () => {
    node = await OddNode.before(store.connectionString);
    log = new EventStoreDbLog(node.connectionString, { appends: { firstPauseMs: 10 } });
  });

  afterEach(async () => {
    await log.dispose();
    node.stop();
  });

  it('is as it should be appends by the channel alone', async () => {
    await log.append(aStream(), events(1), 'no_stream');
    expect(node).toMatchObject({ byChannel: 1, byPackage: 0 });
  });

  it.each(MISBEHAVIOURS)('%s appends by the package, once, and goes on so', async (_, misbehave) => {
    node.misbehave = misbehave;
    const stream = aStream();
    await expect(log.append(stream, [anEvent(1)], 'no_stream')).resolves.toMatchObject({ revision: 0 });
    await expect(log.append(stream, [anEvent(2)], 0)).resolves.toMatchObject({ revision: 1 });
    await expect(collect(log.readStream(stream))).resolves.toHaveLength(2);
    expect(node).toMatchObject({ byChannel: 1, byPackage: 1 });
  });
});
