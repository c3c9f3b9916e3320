import { EventLogDenied, EventLogUnavailable } from '#kernel';
import { describe, expect, it, jest } from '@jest/globals';
import type { PinoLogger } from 'nestjs-pino';
import { Metrics } from '../telemetry/metrics.js';
import { LogFollowing } from './log-following.js';

describe('the following of the log', () => {
  const subscription = Symbol('subscription');

  const following = () => {
    const lines: string[] = [];
    const tell = (line: unknown, message?: string): unknown => lines.push(message ?? String(line));
    return { lines, log: new LogFollowing(new Metrics(), { error: tell, warn: tell } as unknown as PinoLogger) };
  };

  it('fails at once where it is not allowed, says so once, and is well again when it resumes', () => {
    const { lines, log } = following();
    for (let attempt = 0; attempt < 3; attempt++) log.interrupted(subscription, new EventLogDenied('Not allowed.'));
    expect(log.failure).toMatchObject({ message: 'Not allowed.' });
    log.resumed(subscription);
    expect(log.failure).toBeUndefined();
    expect(lines).toEqual([expect.stringMatching(/cannot be followed/u), expect.stringMatching(/followed again/u)]);
  });

  it('fails where an interruption lasts, not where it is one', () => {
    const now = jest.spyOn(performance, 'now').mockReturnValue(0);
    const { lines, log } = following();
    log.interrupted(subscription, new EventLogUnavailable('Away.'));
    expect(log.failure).toBeUndefined();
    now.mockReturnValue(10_001);
    log.interrupted(subscription, new EventLogUnavailable('Away.'));
    expect(log.failure).toMatchObject({ message: 'Away.' });
    expect(lines).toHaveLength(1);
    now.mockRestore();
  });
});
