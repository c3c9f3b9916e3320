import { EventLog, type Instant } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { TerminusModule } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import { LogFollowing } from '../../core/log-following.js';
import { Pools } from '../../core/pools.js';
import { Room } from '../../core/room.js';
import { ProjectionLags, type ProjectionLag } from '../../projecting/projection-lags.js';
import { ClockWatch } from '../../worker/clock-watch.js';
import { Publishing, type PublishingStatus } from '../../publishing/publishing.js';
import { HealthController } from './health.controller.js';

const NOW = '2026-01-31T00:00:00Z' as Instant;
const answers = () => Promise.resolve(1n);
const isAway = () => Promise.reject(new Error('No answer came in time.'));
const invoices = { name: 'invoices', status: 'running', positions: 0n, seconds: 0 } as const;

const published = Promise.resolve({ connected: true, position: 7n, lag: 0n });

interface Parts {
  readonly head?: () => Promise<unknown>;
  readonly query?: () => Promise<unknown>;
  readonly publishing?: Promise<PublishingStatus | null>;
  readonly lags?: readonly ProjectionLag[];
  readonly failure?: Error;
  readonly seenAt?: Instant | null;
  readonly isFull?: boolean;
}

describe('readiness', () => {
  const ready = async ({
    head = answers,
    query = answers,
    publishing = published,
    lags = [invoices],
    failure,
    seenAt = NOW,
    isFull = false,
  }: Parts = {}) => {
    const module = await Test.createTestingModule({
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [
        { provide: Room, useValue: { isFull } },
        { provide: EventLog, useValue: { head } },
        { provide: Pools, useValue: { api: { query } } },
        { provide: LogFollowing, useValue: { failure } },
        { provide: Publishing, useValue: { status: () => publishing } },
        {
          provide: ClockWatch,
          useValue: { reading: () => Promise.resolve({ now: NOW, seenAt, isAhead: seenAt !== NOW }) },
        },
        { provide: ProjectionLags, useValue: { all: () => Promise.resolve(lags) } },
      ],
    }).compile();
    return module.get(HealthController).ready({});
  };

  it('is told of each part', async () => {
    expect(await ready()).toEqual({
      status: 'ok',
      info: expect.any(Object),
      error: {},
      details: {
        eventStore: { status: 'up' },
        postgres: { status: 'up' },
        clock: { status: 'up' },
        nats: { status: 'up', lagPositions: '0' },
        'projection:invoices': { status: 'up', lagPositions: '0', lagSeconds: 0 },
      },
    });
  });

  it.each([
    ['eventStore', { head: isAway }],
    ['postgres', { query: isAway }],
    ['eventStore', { failure: new Error('No answer came in time.') }],
  ])('ends without %s, and says why', async (name, parts) => {
    await expect(ready(parts)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'unavailable',
      message: `${name} is down: No answer came in time.`,
    });
  });

  it('ends where nothing can be written down', async () => {
    await expect(ready({ isFull: true })).rejects.toMatchObject({ kind: 'unavailable', code: 'disk_full' });
  });

  it('is degraded by a clock that is far ahead, and says what to do', async () => {
    const message =
      'It shows 2026-01-31T00:00:00Z, and nothing was done since 2025-06-01T00:00:00Z: nothing falls due until it is confirmed (POST /v1/clock/confirm).';
    expect(await ready({ seenAt: '2025-06-01T00:00:00Z' as Instant })).toMatchObject({
      status: 'degraded',
      error: { clock: { status: 'down', message } },
    });
  });

  it('is degraded without NATS: everything else is served', async () => {
    const publishing = Promise.resolve({ connected: false, position: 7n, lag: 3n });
    expect(await ready({ publishing })).toMatchObject({
      status: 'degraded',
      info: { eventStore: { status: 'up' }, postgres: { status: 'up' } },
      error: { nats: { status: 'down', lagPositions: '3', message: 'It does not answer.' } },
    });
  });

  it.each([
    [{ status: 'failed' }, 'It stopped at an event that it cannot project.'],
    [{ status: 'paused' }, 'It is paused.'],
    [{ seconds: 61, positions: 7n }, 'It is more than 60 seconds behind.'],
  ] as const)('is degraded by a projection that is %j', async (lag, message) => {
    const mrr = { ...invoices, name: 'mrr', ...lag };
    expect(await ready({ lags: [invoices, mrr] })).toMatchObject({
      status: 'degraded',
      info: { 'projection:invoices': { status: 'up' } },
      error: {
        'projection:mrr': { status: 'down', lagPositions: String(mrr.positions), lagSeconds: mrr.seconds, message },
      },
    });
  });

  it('is not degraded by one that is a little behind', async () => {
    expect(await ready({ lags: [{ ...invoices, seconds: 60, positions: 7n }] })).toMatchObject({ status: 'ok' });
  });
});
