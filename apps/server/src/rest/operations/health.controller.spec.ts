import { EventLog } from '#kernel';
import { describe, expect, it } from '@jest/globals';
import { TerminusModule } from '@nestjs/terminus';
import { Test } from '@nestjs/testing';
import { OptionalMessages } from '../../core/optional-messages.js';
import { Pools } from '../../core/pools.js';
import { HealthController } from './health.controller.js';

describe('readiness', () => {
  const ready = async (head: () => Promise<bigint>) => {
    const module = await Test.createTestingModule({
      imports: [TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [
        { provide: EventLog, useValue: { head } },
        { provide: Pools, useValue: { api: { query: () => Promise.resolve() } } },
        { provide: OptionalMessages, useValue: { messages: null } },
      ],
    }).compile();
    return module.get(HealthController).ready({});
  };

  it('is told of each part', async () => {
    expect(await ready(() => Promise.resolve(1n))).toMatchObject({
      status: 'ok',
      info: { eventLog: { status: 'up' }, database: { status: 'up' } },
    });
  });

  it('names what is down, and why', async () => {
    await expect(ready(() => Promise.reject(new Error('No answer came in time.')))).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'unavailable',
      message: 'eventLog is down: No answer came in time.',
    });
  });
});
