import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '#kernel';
import { Injectable, StreamableFile, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { Credentials } from '../access/credentials.js';
import { bearerIn } from '../access/entrance.js';
import type { Permission } from '../access/permissions.js';
import { callerOf } from './caller.js';
import { EVENT_STREAM } from './served-types.js';

/** Sent at once, so that the client knows that it listens; and how long it waits before it comes back. */
const PREFACE = ': Recount tells from here on.\nretry: 2000\n\n';
/** A stream is over within two seconds of its credential: read models, the next look and the last chunk together. */
const LAST_CHUNK_MILLISECONDS_MAX = 500;
const LOOK_AGAIN_MILLISECONDS = 500;
const LOOKS_SHARED_MILLISECONDS = 250;
const CREDENTIALS_MAX = 10_000;

/** A message of a stream: what it says, and from where it goes on after it. One without data is a heartbeat. */
export interface StreamMessage {
  readonly id?: string;
  readonly data?: object;
}

/**
 * Answers that go on and on, as server-sent events. Nothing is read ahead: the next messages are asked for when the socket has taken
 * those before. A stream ends when its reader is gone, when its credential opens less than it did, or when the process stops.
 */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly stopping = new AbortController();
  /** What each credential opens: however many streams it has, it is looked at once. */
  private readonly opened = new LRUCache<string, ReadonlySet<Permission> | 'unknown'>({
    max: CREDENTIALS_MAX,
    ttl: LOOKS_SHARED_MILLISECONDS,
    fetchMethod: (bearer) => this.permissionsOf(bearer),
  });

  constructor(private readonly credentials: Credentials) {}

  /**
   * `begin` answers messages until the signal that it gets aborts. What it throws is a problem, since nothing is sent before it has
   * answered.
   */
  async open(
    request: FastifyRequest,
    reply: FastifyReply,
    begin: (ending: AbortSignal) => Promise<AsyncIterable<readonly StreamMessage[]>>,
  ): Promise<StreamableFile> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    // Whoever left while their request was looked at is not told of again.
    if (reply.raw.destroyed) gone.abort();
    const ending = AbortSignal.any([gone.signal, this.stopping.signal]);
    const stream = Readable.from(chunks(await begin(ending)), { objectMode: false });
    // Whoever takes nothing would not take the end either.
    const cutOff = (): void => void setTimeout(() => stream.destroy(), LAST_CHUNK_MILLISECONDS_MAX).unref();
    if (ending.aborted) cutOff();
    else ending.addEventListener('abort', cutOff, { once: true });
    void this.watch(request, gone);
    // Proxies are to pass on what comes as it comes.
    reply.headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    return new StreamableFile(stream, { type: EVENT_STREAM });
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** A stream may outlive the key that opened it. */
  private async watch(request: FastifyRequest, gone: AbortController): Promise<void> {
    const { permissions } = callerOf(request);
    const bearer = bearerIn(request.headers.authorization)!;
    while (!gone.signal.aborted) {
      await sleep(LOOK_AGAIN_MILLISECONDS, undefined, { signal: gone.signal, ref: false }).catch(() => undefined);
      const opened = await this.opened.fetch(bearer);
      if (opened === undefined || opened === 'unknown') continue;
      if (![...permissions].every((permission) => opened.has(permission))) gone.abort();
    }
  }

  private async permissionsOf(bearer: string): Promise<ReadonlySet<Permission> | 'unknown'> {
    try {
      return (await this.credentials.callerWith(bearer, { now: true })).permissions;
    } catch (error) {
      return isRefused(error) ? new Set() : 'unknown';
    }
  }
}

/** That nobody could be asked says nothing about the credential. */
export const isRefused = (error: unknown): boolean =>
  error instanceof DomainError && (error.kind === 'unauthenticated' || error.kind === 'forbidden');

async function* chunks(batches: AsyncIterable<readonly StreamMessage[]>): AsyncGenerator<string> {
  yield PREFACE;
  for await (const messages of batches) yield messages.map(chunkOf).join('');
}

/** Without data a client remembers the id and tells its application nothing. */
const chunkOf = ({ id, data }: StreamMessage): string => {
  const idLine = id === undefined ? '' : `id: ${id}\n`;
  return data === undefined ? `: still here\n${idLine}\n` : `${idLine}data: ${JSON.stringify(data)}\n\n`;
};
