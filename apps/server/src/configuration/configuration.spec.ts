import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { firstTenantIn } from './first-tenant.js';
import { readConfiguration, WrongConfiguration } from './read-configuration.js';

const linesOf = (environment: NodeJS.ProcessEnv): readonly string[] => {
  try {
    readConfiguration(environment);
    return [];
  } catch (error) {
    if (error instanceof WrongConfiguration) return error.lines;
    throw error;
  }
};

describe('the configuration', () => {
  it('is complete where nothing is said', () => {
    expect(readConfiguration({})).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      RECOUNT_DATA_DIR: 'data',
      ROLE: ['api', 'projector', 'worker'],
      LOG_LEVEL: 'warn',
    });
  });

  it('is what the environment says, of the names that it knows', () => {
    const MASTER = Buffer.alloc(32, 7).toString('base64');
    const given = {
      PORT: '0',
      ROLE: 'api, worker',
      EVENTSTORE_URL: 'esdb://localhost:2113?tls=false',
      DATABASE_URL: 'postgresql://user:password@localhost:5432/recount',
      NATS_URL: 'nats://localhost:4222',
      RECOUNT_MASTER_KEY: MASTER,
      LOG_LEVEL: 'silent',
    };
    const configuration = readConfiguration({ ...given, OTHER: 'x' });
    expect(configuration).toMatchObject({ ...given, PORT: 0, ROLE: ['api', 'worker'] });
    expect(configuration).not.toHaveProperty('OTHER');
  });

  it('takes an empty value for one that is not given', () => {
    expect(readConfiguration({ PORT: '', EVENTSTORE_URL: '' })).toMatchObject({ PORT: 3000 });
  });

  it.each([
    ['PORT', 'http'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['PORT', '0x10'],
    ['MEMBER_HOST', '0.0.0.0'],
    ['MEMBER_HOST', '0'],
    ['MEMBER_HOST', '::'],
    ['MEMBER_HOST', '0::0'],
    ['MEMBER_HOST', '::ffff:0.0.0.0'],
    ['ROLE', 'api,cook'],
    ['ROLE', ','],
    ['LOG_LEVEL', 'loud'],
    ['EVENTSTORE_URL', 'http://localhost'],
    ['EVENTSTORE_URL', 'kurrentdb://localhost:port'],
    ['EVENTSTORE_URL', 'kurrentdb://localhost?tsl=false'],
    ['DATABASE_URL', 'mysql://localhost'],
    ['NATS_URL', 'localhost:4222'],
    ['RECOUNT_TENANT_NAME', 'x'.repeat(257)],
    ['RECOUNT_TENANT_LEGAL_NAME', 'x'.repeat(257)],
    ['RECOUNT_TENANT_TIME_ZONE', 'Mars/Olympus'],
    ['RECOUNT_TENANT_NET_TERMS_DAYS', '366'],
    ['RECOUNT_TENANT_NET_TERMS_DAYS', '-1'],
    ['RECOUNT_TENANT_INVOICE_PREFIX', 'A1'],
    ['RECOUNT_TENANT_INVOICE_PREFIX', 'A B-'],
    ['RECOUNT_TENANT_INVOICE_PREFIX', `${'{year}'.repeat(5)}ACME-`],
    ['RECOUNT_TENANT_INVOICE_DIGITS', '0'],
    ['RECOUNT_TENANT_INVOICE_DIGITS', '13'],
    ['RECOUNT_MASTER_KEY', 'short'],
    ['RECOUNT_MASTER_KEY', `${'A'.repeat(42)}=`],
  ])('names %s=%s as wrong', (name, value) => {
    const lines = linesOf({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(new RegExp(`^${name}=.+: .+\\.$`));
  });

  it('asks of the first tenant what it says, and nothing else', () => {
    const asked = (environment: NodeJS.ProcessEnv) => firstTenantIn(readConfiguration(environment));
    expect(asked({})).toEqual({});
    expect(asked({ RECOUNT_TENANT_NAME: 'Acme', RECOUNT_TENANT_INVOICE_DIGITS: '4' })).toEqual({
      name: 'Acme',
      invoiceNumbers: { digits: 4 },
    });
    expect(
      asked({
        RECOUNT_TENANT_LEGAL_NAME: 'Acme GmbH',
        RECOUNT_TENANT_TIME_ZONE: 'Europe/Berlin',
        RECOUNT_TENANT_NET_TERMS_DAYS: '0',
        RECOUNT_TENANT_INVOICE_PREFIX: 'ACME-{year}-',
      }),
    ).toEqual({
      legalName: 'Acme GmbH',
      timeZone: 'Europe/Berlin',
      netTermsDays: 0,
      invoiceNumbers: { prefix: 'ACME-{year}-' },
    });
  });

  it('names all that is wrong', () => {
    expect(linesOf({ PORT: 'x', ROLE: 'y', LOG_LEVEL: 'z' })).toHaveLength(3);
  });

  it('does not print a master key, not even a wrong one', () => {
    const [line] = linesOf({ RECOUNT_MASTER_KEY: 'a-secret-that-lost-its-last-character' });
    expect(line).not.toContain('a-secret');
  });

  it('does not print the password of a URL that is wrong', () => {
    const [line] = linesOf({ DATABASE_URL: 'mysql://user:a-secret@localhost/recount' });
    expect(line).not.toContain('a-secret');
  });
});
