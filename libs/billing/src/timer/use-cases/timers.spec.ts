import { accountStream, tenantStream } from '#contracts';
import { ACCOUNT, anEnvelope, at, SUBSCRIPTION, TENANT } from '#testing';
import type { Executed } from '#write-path';
import { describe, expect, it } from '@jest/globals';
import { Command } from '@nestjs/cqrs';
import { EndSubscription } from '../../subscription/use-cases/end-subscription.handler.js';
import type { DeclaredTimers, FiredTimer } from './fired-timer.js';
import { announcementOf, announcing } from './timers.js';

class Announced extends Command<Executed<unknown>> {
  constructor(readonly timer: FiredTimer<'tenant'>) {
    super();
  }
}

describe('what a timer stands for', () => {
  const dueAt = at('2026-01-20T00:00:00Z');
  const fired = { envelope: anEnvelope(), owner: accountStream(TENANT, ACCOUNT), dueAt };
  const ofTenant = { ...fired, owner: tenantStream(TENANT) };
  const refused = (announce: () => unknown) =>
    expect(announce).toThrow(expect.objectContaining({ code: 'unknown_timer' }));

  it('is a command on its account, which its stream names', () => {
    expect(announcementOf(`end:${SUBSCRIPTION}`, fired)).toEqual(
      new EndSubscription(fired.envelope, ACCOUNT, SUBSCRIPTION, dueAt),
    );
  });

  it('is nothing where no slice declares the kind, and not what objects have by themselves', () => {
    for (const key of ['retry:1', 'bill:1', 'toString:1', 'keyless']) refused(() => announcementOf(key, fired));
    refused(() => announcementOf('trial:1', { ...fired, owner: 'toString-1' }));
  });

  it('is nothing where the kind is of streams of another category', () => {
    refused(() => announcementOf(`end:${SUBSCRIPTION}`, ofTenant));
  });

  it('is a command on what is no account, where a slice of such streams declares it', () => {
    const declared: DeclaredTimers = { tenant: { report: (timer: FiredTimer<'tenant'>) => new Announced(timer) } };
    expect(announcing(declared)('report:daily:1', ofTenant)).toEqual(
      new Announced({ ...ofTenant, accountId: null, subject: 'daily:1' }),
    );
    refused(() => announcing(declared)('report:daily:1', fired));
  });
});
