import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { withoutPassword } from '../banner.js';
import { readConfiguration, WrongConfiguration } from './read-configuration.js';
import { natsSettingsOf, refuseWrongConnections } from './connections.js';

const linesOf = (environment: NodeJS.ProcessEnv): readonly string[] => {
  try {
    refuseWrongConnections(readConfiguration(environment));
    return [];
  } catch (error) {
    if (error instanceof WrongConfiguration) return error.lines;
    throw error;
  }
};

describe('the service that says taxes', () => {
  const QUOTES = { TAX_PROVIDER_URL: 'https://taxes.example/quotes' };
  const documents = (url: string) => ({ TAX_PROVIDER_DOCUMENTS_URL: url });

  it('is told of documents where it is asked about them, and over a network by TLS alone', () => {
    expect(linesOf({ ...QUOTES, ...documents('https://taxes.example/documents') })).toEqual([]);
    expect(linesOf({ ...QUOTES, ...documents('http://127.0.0.1:8080/documents') })).toEqual([]);
    expect(linesOf(documents('https://taxes.example/documents'))).toEqual([
      expect.stringContaining('TAX_PROVIDER_DOCUMENTS_URL needs TAX_PROVIDER_URL'),
    ]);
    expect(linesOf({ ...QUOTES, ...documents('http://taxes.example/documents') })).toEqual([
      expect.stringContaining('TAX_PROVIDER_DOCUMENTS_URL leads over a network in plain text'),
    ]);
    expect(linesOf({ TAX_PROVIDER_URL: 'http://taxes.example/quotes' })).toHaveLength(1);
    expect(linesOf({ ...QUOTES, ...documents('taxes.example') })).toEqual([
      expect.stringContaining('TAX_PROVIDER_DOCUMENTS_URL is a URL'),
    ]);
  });
});

describe('a connection in plain text', () => {
  it.each([
    { NATS_URL: 'nats://localhost:4222' },
    { NATS_URL: 'nats://user:p%40ss@127.0.0.1:4222' },
    { NATS_URL: 'nats://[::1]:4222' },
    { EVENTSTORE_URL: 'esdb://localhost:2113?tls=false' },
    { EVENTSTORE_URL: 'esdb://admin:changeit@127.0.0.1:2113,localhost:2114?tls=false' },
  ])('stays on the machine: %j', (environment) => {
    expect(linesOf(environment)).toEqual([]);
  });

  it.each([
    { NATS_URL: 'nats://nats:4222' },
    { NATS_URL: 'nats://127.0.0.1@nats.example.com:4222' },
    { NATS_URL: 'nats://localhost.example.com' },
    { NATS_URL: 'nats://10.0.0.1:4222' },
    { NATS_URL: 'nats://[fe80::1]:4222' },
  ])('of messages is refused elsewhere: %j', (environment) => {
    expect(linesOf(environment)).toEqual([expect.stringContaining('RECOUNT_ALLOW_PLAINTEXT=nats')]);
    expect(linesOf({ ...environment, RECOUNT_ALLOW_PLAINTEXT: 'nats' })).toEqual([]);
    expect(linesOf({ NATS_URL: environment.NATS_URL.replace('nats:', 'tls:') })).toEqual([]);
    expect(linesOf({ ...environment, NATS_TLS_CA: 'test/services/certificates/ca.pem' })).toEqual([]);
    expect(linesOf({ ...environment, NATS_CREDENTIALS: 'README.md' })).toHaveLength(1);
  });

  it.each([
    'esdb://db:2113?tls=false',
    'esdb+discover://cluster.example.com?tls=false&keepAliveInterval=1',
    'esdb://localhost:2113,db:2113?tls=false',
    'kurrentdb://user:pass@db?keepAliveInterval=1&tls=false',
  ])('of facts is refused elsewhere: %s', (url) => {
    expect(linesOf({ EVENTSTORE_URL: url })).toEqual([expect.stringContaining('RECOUNT_ALLOW_PLAINTEXT=eventstore')]);
    expect(linesOf({ EVENTSTORE_URL: url, RECOUNT_ALLOW_PLAINTEXT: 'eventstore, nats' })).toEqual([]);
    expect(linesOf({ EVENTSTORE_URL: url.replace(/tls=false/i, 'tls=true') })).toEqual([]);
    expect(linesOf({ EVENTSTORE_URL: url.replace(/[?&]tls=false/i, '').replace('&', '?') })).toEqual([]);
  });

  it('is allowed to what there is alone', () => {
    expect(() => readConfiguration({ RECOUNT_ALLOW_PLAINTEXT: 'postgres' })).toThrow(WrongConfiguration);
  });
});

describe('the files of NATS', () => {
  it('are there, and a certificate has its key', () => {
    expect(linesOf({ NATS_CREDENTIALS: 'none.creds' })).toEqual([
      'NATS_CREDENTIALS: the file none.creds cannot be read.',
    ]);
    expect(linesOf({ NATS_TLS_CERT: 'README.md' })).toEqual([expect.stringContaining('go together')]);
    const files = { NATS_TLS_CERT: 'README.md', NATS_TLS_KEY: 'README.md', NATS_TLS_CA: 'README.md' };
    expect(linesOf(files)).toEqual([]);
    expect(natsSettingsOf(readConfiguration(files))).toEqual({
      caFile: 'README.md',
      certFile: 'README.md',
      keyFile: 'README.md',
    });
  });
});

describe('what the start prints of a URL', () => {
  it.each([
    ['nats://recount:secret@localhost:4222', 'nats://recount:…@localhost:4222'],
    ['nats://s3cret@localhost:4222', 'nats://…@localhost:4222'],
    ['nats://localhost:4222', 'nats://localhost:4222'],
    ['postgresql://recount:a:b@db/recount', 'postgresql://recount:…@db/recount'],
  ])('is %s without what opens it', (url, shown) => {
    expect(withoutPassword(url)).toBe(shown);
  });
});

describe('the server that mail is handed to', () => {
  const mailed = (url: string) => ({ SMTP_URL: url, MAIL_FROM: 'billing@acme.example' });

  it.each([
    'smtp://mail.example',
    'smtps://user%40acme.example:p%25ss@mail.example:465/',
    'smtp://user@acme.example:pass@mail.example:587',
    'smtp://[::1]:25',
  ])('is known by its URL: %s', (url) => {
    expect(linesOf(mailed(url))).toEqual([]);
  });

  it.each([
    'smtp://mail.example?ignoreTLS=true',
    'smtps://mail.example:465/?tls.rejectUnauthorized=false',
    'smtps://mail.example#pool=false',
    'smtp://user:50%@mail.example',
    'smtp://user:pass@',
    'smtp://:587',
  ])('is told by nothing beside: %s', (url) => {
    expect(linesOf(mailed(url))).toEqual([expect.stringContaining('SMTP_URL is a URL')]);
  });
});
