import { EventEmitter } from 'node:events';
import { text } from 'node:stream/consumers';
import { DomainError } from '#kernel';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../access/caller.js';
import type { Credentials } from '../access/credentials.js';
import { EventStreams, type StreamMessage } from './event-streams.js';

/** Twice what is promised: the specs may wait for the machine. */
const PATIENCE_MILLISECONDS = 4_000;

const PERMISSIONS = new Set(['events.read'] as const);

class Response extends EventEmitter {
  destroyed = false;

  leave(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

describe('a stream', () => {
  let refusal: Error | null;
  let looks: number;
  let streams: EventStreams;
  let ending: AbortSignal | undefined;

  beforeEach(() => {
    refusal = null;
    looks = 0;
    const credentials: Pick<Credentials, 'callerWith'> = {
      callerWith: () => {
        looks += 1;
        return refusal ? Promise.reject(refusal) : Promise.resolve({ permissions: PERMISSIONS } as unknown as Caller);
      },
    };
    streams = new EventStreams(credentials as Credentials);
  });

  /** Says nothing until it has to end. */
  async function* silence(signal: AbortSignal): AsyncGenerator<readonly StreamMessage[]> {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    yield [];
  }

  const open = (response = new Response()): Promise<StreamableFile> => {
    const request = {
      headers: { authorization: 'Bearer rk_known' },
      scope: { caller: { permissions: PERMISSIONS } },
    } as unknown as FastifyRequest;
    const reply = { raw: response, headers: () => reply } as unknown as FastifyReply;
    return streams.open(request, reply, (signal) => {
      ending = signal;
      return Promise.resolve(silence(signal));
    });
  };

  it.each(['unauthenticated', 'forbidden'] as const)('ends soon after its credential is %s', async (kind) => {
    const file = await open();
    refusal = new DomainError('refused', 'No.', kind);
    const revoked = performance.now();
    await text(file.getStream());
    expect(performance.now() - revoked).toBeLessThan(PATIENCE_MILLISECONDS);
  });

  it('goes on while nobody can be asked, and costs one look however many there are', async () => {
    const response = new Response().setMaxListeners(50);
    for (let stream = 0; stream < 50; stream++) await open(response);
    refusal = new Error('The database is away.');
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(looks).toBeGreaterThan(0);
    expect(looks).toBeLessThan(50);
    expect(ending!.aborted).toBe(false);
    response.leave();
  });

  it('ends for a reader that was gone before it began, and for one that goes', async () => {
    const gone = new Response();
    gone.leave();
    const file = await open(gone);
    expect(ending!.aborted).toBe(true);
    await text(file.getStream());
    const going = new Response();
    const other = await open(going);
    expect(ending!.aborted).toBe(false);
    going.leave();
    expect(ending!.aborted).toBe(true);
    await text(other.getStream());
  });
});
