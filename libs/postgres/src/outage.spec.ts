import { describe, expect, it } from '@jest/globals';
import { isOutage } from './outage.js';

const withCode = (code: string): Error => Object.assign(new Error('An error of the driver.'), { code });

describe('an outage', () => {
  it.each([
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a reset connection', withCode('ECONNRESET')],
    ['a socket that is gone', withCode('ENOENT')],
    ['a server that shuts down', withCode('57P01')],
    ['a server that starts', withCode('57P03')],
    ['a connection that failed', withCode('08006')],
    ['too many connections', withCode('53300')],
    ['a full disk', withCode('53100')],
    ['a deadlock', withCode('40P01')],
    ['a serialization failure', withCode('40001')],
    ['a lock that was not free in time', withCode('55P03')],
    ['a connection that ended', new Error('Connection terminated unexpectedly')],
    ['a connection that was not made in time', new Error('timeout expired')],
    ['a statement that nobody answers', new Error('Query read timeout')],
    ['a connection that is over', new Error('Client has encountered a connection error and is not queryable')],
    ['a statement that took too long', withCode('57014')],
    ['a host that cannot be reached', withCode('EHOSTUNREACH')],
    ['a name that cannot be looked up now', withCode('EAI_AGAIN')],
    ['several addresses that refuse', new AggregateError([withCode('ECONNREFUSED')], '')],
    ['a pool without a free connection', new Error('timeout exceeded when trying to connect')],
  ])('is %s', (_, error) => expect(isOutage(error)).toBe(true));

  it.each([
    ['a violated constraint', withCode('23505')],
    ['a missing table', withCode('42P01')],
    ['a number out of range', withCode('22003')],
    ['a missing right', withCode('42501')],
    ['any other error', new Error('no')],
    ['what is no error', 'Connection terminated'],
    ['nothing', undefined],
  ])('is not %s', (_, error) => expect(isOutage(error)).toBe(false));
});
