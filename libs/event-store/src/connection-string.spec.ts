import { describe, expect, it } from '@jest/globals';

import { connectionSettings, WrongConnectionString } from './connection-string.js';

describe('a connection string', () => {
  it.each([
    ['kurrentdb://localhost:2113?tls=false', 'esdb://localhost:2113?tls=false'],
    ['kurrentdb+discover://a:2113?tls=false', 'esdb+discover://a:2113?tls=false'],
    ['kurrent://a', 'esdb://a'],
    ['kdb+discover://u:p@a:1,b:2/?tls=false', 'esdb+discover://u:p@a:1,b:2/?tls=false'],
    ['esdb://kurrentdb:2113?tls=false', 'esdb://kurrentdb:2113?tls=false'],
  ])('%s is translated for the client', (given, text) => expect(connectionSettings(given).text).toBe(text));

  it.each([
    ['kurrentdb://a', false],
    ['kurrentdb://a,b', true],
    ['kurrentdb+discover://a', true],
    ['kurrentdb+discover://a?nodePreference=follower', false],
  ])('%s looks for a leader: %s', (given, isCluster) => expect(connectionSettings(given)).toMatchObject({ isCluster }));

  it.each([
    ['http://localhost', /expected|wrong|read/u],
    ['kurrentdb://user:secret@', /wrong where host should be/u],
    ['kurrentdb://user:secret@a:port', /port number/u],
    ['kurrentdb://user:secret@a?tls=perhaps', /true or false/u],
    ['kurrentdb://user:secret@a?tsl=false', /no option tsl/u],
    ['kurrentdb://user:secret@a?tls=true&tlsVerifyCert=false', /tlsCAFile/u],
    ['kurrentdb://user:secret@a?tlsCAFile=/nowhere', /\/nowhere cannot be read/u],
  ])('%s is refused, without its password', (given, reason) => {
    let refusal: unknown;
    try {
      connectionSettings(given);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(WrongConnectionString);
    expect((refusal as Error).message).toMatch(reason);
    expect((refusal as Error).message).not.toContain('secret');
  });
});
