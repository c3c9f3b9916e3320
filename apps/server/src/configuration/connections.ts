import { accessSync, constants } from 'node:fs';
import { isIPv4 } from 'node:net';
import type { NatsSettings } from '#messaging';
import type { MailSettings } from '../mail/mailer.js';
import type { TaxProviderSettings } from '../taxes/http-tax-provider.js';
import { VIES_URL, type ViesSettings } from '../taxes/vies-tax-id-registry.js';
import { WebhookSettings } from '../webhooks/webhook-client.js';
import type { Configuration } from './configuration.js';
import { WrongConfiguration } from './read-configuration.js';

/** What the connection to NATS takes beside its URL. */
export const natsSettingsOf = ({
  NATS_CREDENTIALS: credentialsFile,
  NATS_TLS_CA: caFile,
  NATS_TLS_CERT: certFile,
  NATS_TLS_KEY: keyFile,
}: Configuration): NatsSettings => ({
  ...(credentialsFile === undefined ? {} : { credentialsFile }),
  ...(caFile === undefined ? {} : { caFile }),
  ...(certFile === undefined ? {} : { certFile }),
  ...(keyFile === undefined ? {} : { keyFile }),
});

/** Where mail goes; null where none leaves. */
export const mailSettingsOf = ({
  SMTP_URL: url,
  MAIL_FROM: from,
  RECOUNT_ALLOW_PLAINTEXT: allowed,
}: Configuration): MailSettings | null =>
  url === undefined || from === undefined
    ? null
    : { url, from, plaintext: allowed.includes('smtp') || hostsIn(url).every(isLoopback) };

/** Who says taxes elsewhere; null where nobody does. */
export const taxProviderSettingsOf = ({
  TAX_PROVIDER_URL: url,
  TAX_PROVIDER_DOCUMENTS_URL: documentsUrl,
  TAX_PROVIDER_TOKEN: token,
}: Configuration): TaxProviderSettings | null =>
  url === undefined
    ? null
    : {
        url,
        ...(documentsUrl === undefined ? {} : { documentsUrl }),
        ...(token === undefined ? {} : { token }),
      };

/** Where tax ids are looked up; null where nowhere. */
export const viesSettingsOf = ({ TAX_ID_REGISTRY: registry }: Configuration): ViesSettings | null =>
  registry === 'vies' ? { url: VIES_URL } : null;

/** Whom webhooks may reach beside public addresses. */
export const webhookSettingsOf = ({
  WEBHOOK_ALLOW_CIDRS: networks,
  RECOUNT_ALLOW_PLAINTEXT: allowed,
}: Configuration): WebhookSettings => new WebhookSettings(networks, allowed.includes('webhooks'));

const FILES = ['NATS_CREDENTIALS', 'NATS_TLS_CA', 'NATS_TLS_CERT', 'NATS_TLS_KEY'] as const;

/** Files that cannot be read, and plain text where others are on the way. @throws WrongConfiguration */
export const refuseWrongConnections = (configuration: Configuration): void => {
  const lines = [
    ...unreadable(configuration),
    ...halfIdentity(configuration),
    ...nameless(configuration),
    ...unasked(configuration),
    ...plain(configuration),
  ];
  if (lines.length > 0) throw new WrongConfiguration(lines);
};

const unreadable = (configuration: Configuration): string[] =>
  FILES.flatMap((name) => {
    const file = configuration[name];
    return file === undefined || isReadable(file) ? [] : [`${name}: the file ${file} cannot be read.`];
  });

const isReadable = (file: string): boolean => {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
};

const halfIdentity = ({ NATS_TLS_CERT: certificate, NATS_TLS_KEY: key }: Configuration): string[] =>
  (certificate === undefined) === (key === undefined)
    ? []
    : ['NATS_TLS_CERT and NATS_TLS_KEY go together: a certificate, and the key that it is of.'];

const nameless = ({ SMTP_URL: url, MAIL_FROM: from }: Configuration): string[] =>
  (url === undefined) === (from === undefined)
    ? []
    : ['SMTP_URL and MAIL_FROM go together: the server that mail is handed to, and who it is from.'];

/** What nobody was asked about is told to nobody. */
const unasked = ({ TAX_PROVIDER_URL: url, TAX_PROVIDER_DOCUMENTS_URL: documents }: Configuration): string[] =>
  documents === undefined || url !== undefined
    ? []
    : ['TAX_PROVIDER_DOCUMENTS_URL needs TAX_PROVIDER_URL: the service that is told is the one that says taxes.'];

const TAX_URLS = ['TAX_PROVIDER_URL', 'TAX_PROVIDER_DOCUMENTS_URL'] as const;

const plain = (configuration: Configuration): string[] => {
  const { NATS_URL: nats, EVENTSTORE_URL: eventStore, RECOUNT_ALLOW_PLAINTEXT: allowed } = configuration;
  return [
    ...TAX_URLS.filter((name) => isPlainHttp(configuration[name])).map(
      (name) => `${name} leads over a network in plain text: whoever is on the way says what is charged. Use https://.`,
    ),
    ...(nats !== undefined && !allowed.includes('nats') && isPlainNats(nats, configuration)
      ? [
          'NATS_URL leads over a network in plain text: whoever is on the way hears all events. Use tls://, or set RECOUNT_ALLOW_PLAINTEXT=nats.',
        ]
      : []),
    ...(eventStore !== undefined && !allowed.includes('eventstore') && isPlainEventStore(eventStore)
      ? [
          'EVENTSTORE_URL leads over a network in plain text: whoever is on the way can write what is billed. Take tls=false away, or set RECOUNT_ALLOW_PLAINTEXT=eventstore.',
        ]
      : []),
  ];
};

const isPlainHttp = (url: string | undefined): boolean =>
  url?.startsWith('http:') === true && !hostsIn(url).every(isLoopback);

const isPlainNats = (url: string, configuration: Configuration): boolean =>
  !url.startsWith('tls:') &&
  Object.keys(natsSettingsOf(configuration)).every((name) => name === 'credentialsFile') &&
  !hostsIn(url).every(isLoopback);

const isPlainEventStore = (url: string): boolean => /[?&]tls=false(&|$)/i.test(url) && !hostsIn(url).every(isLoopback);

/** Of one server, or of several with commas between, as cluster URLs have them. */
const hostsIn = (url: string): string[] => {
  const authority = url.slice(url.indexOf('://') + 3).split(/[/?#]/, 1)[0]!;
  return authority
    .slice(authority.lastIndexOf('@') + 1)
    .split(',')
    .map((host) => host.replace(/:\d*$/, '').replace(/^\[(.*)\]$/, '$1'));
};

const isLoopback = (host: string): boolean =>
  host.toLowerCase() === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
