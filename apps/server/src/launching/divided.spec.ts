import { describe, expect, it } from '@jest/globals';
import { readConfiguration } from '../configuration/read-configuration.js';
import { isDividedBy } from './divided.js';

describe('whether each role gets a process of its own', () => {
  it.each<[NodeJS.ProcessEnv, number, boolean]>([
    [{}, 2, false],
    [{}, 4, true],
    [{ RECOUNT_PROCESSES: 'by_role' }, 1, true],
    [{ RECOUNT_PROCESSES: 'one' }, 64, false],
    [{ ROLE: 'api' }, 64, false],
    [{ ROLE: 'api,worker', RECOUNT_PROCESSES: 'by_role' }, 64, false],
    [{ ROLE: 'worker,projector,api' }, 4, true],
  ])('with %j on %i cores: %s', (environment, cores, isDivided) => {
    expect(isDividedBy(readConfiguration(environment), cores)).toBe(isDivided);
  });
});
