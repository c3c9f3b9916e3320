import { BILLING_PROVIDERS } from '#billing';
import { PersonalData } from '#billing/account';
import { RunPages } from '#billing/billing-run';
import { OptionalTaxIdRegistry, TaxIdFormats } from '#billing/party';
import { OptionalTaxProvider } from '#billing/tax';
import { DOMAIN_STREAM_PREFIXES } from '#contracts';
import { EventStoreDbLog, SharedEventLog, type EventStoreDbLogOptions } from '#event-store';
import { Clock, EventLog, PlatformTimeZones, useTimeZones } from '#kernel';
import type { Messages } from '#messaging';
import { KeyRing, MasterKey, PersonalKeys, SealedAnswers, SealedPersonalData, SearchTokens } from '#personal-data';
import { TenantTransactions } from '#postgres';
import type { Query } from '#projection';
import { ChainedEventLog, Snapshots } from '#write-path';
import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { ViesTaxIdRegistry, type ViesSettings } from '../taxes/vies-tax-id-registry.js';
import { HttpTaxProvider, type TaxProviderSettings } from '../taxes/http-tax-provider.js';
import { JsvatTaxIdFormats } from '../adapters/jsvat-tax-id-formats.js';
import { KnownAccounts } from '../adapters/known-accounts.js';
import { LoggedPersonalData } from '../adapters/logged-personal-data.js';
import { AccountRows } from '../adapters/account-rows.js';
import { SystemClock } from '../adapters/system-clock.js';
import { TestClockProgress } from '../adapters/test-clock-progress.js';
import { PersonalDataReads } from '../audit/personal-data-reads.js';
import { Verifications } from '../audit/verifications.js';
import { ApiKeys } from '../access/api-keys.js';
import { AccessSettings } from '../access/access-settings.js';
import { Credentials } from '../access/credentials.js';
import { Entrance } from '../access/entrance.js';
import { RequestTokens } from '../access/request-tokens.js';
import { ProjectionLags } from '../projecting/projection-lags.js';
import { QUERIES } from '../projecting/read-models.js';
import { ReadModelTables } from '../projecting/read-model-tables.js';
import { DocumentSettings } from '../configuration/document-settings.js';
import { Figures } from '../telemetry/figures.js';
import { LeasedCounts } from '../rate-limits/leased-counts.js';
import { RateLeases } from '../rate-limits/rate-leases.js';
import { Metrics } from '../telemetry/metrics.js';
import { ObservedEventLog } from '../telemetry/observed-event-log.js';
import { EventFeed } from '../feed/event-feed.js';
import { Members } from '../members/members.js';
import { RoutedCommandBus } from '../members/routed-command-bus.js';
import { RoutedEventLog } from '../members/routed-event-log.js';
import { BillingRunPages } from '../operational-state/billing-run-pages.js';
import { TimerClaims } from '../operational-state/timer-claims.js';
import { ClockSightings } from '../operational-state/clock-sightings.js';
import { ClockSettings, ClockWatch } from '../worker/clock-watch.js';
import { Publishing } from '../publishing/publishing.js';
import { PublishingCheckpoint } from '../publishing/publishing-checkpoint.js';
import { EffectRows } from '../effects/effect-rows.js';
import { Mailer, type MailSettings } from '../mail/mailer.js';
import { OptionalMailer } from '../mail/optional-mailer.js';
import { DOCUMENT_PROVIDERS } from '../documents/document-providers.js';
import { WEBHOOK_PROVIDERS } from '../webhooks/webhook-providers.js';
import { WebhookClient, WebhookSettings } from '../webhooks/webhook-client.js';
import { OptionalMessages } from './optional-messages.js';
import { Pools } from './pools.js';
import { READING_PROVIDERS } from './reading-providers.js';
import { Room, RoomyEventLog } from './room.js';
import { LogFollowing } from './log-following.js';
import { LogLifecycle } from './log-lifecycle.js';
import { KeptSnapshots } from '../snapshots/kept-snapshots.js';

/** What a server process is connected to. */
export interface Connections {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  /** How long this process waits for them; as long as suits the requests that wait, unless told. */
  readonly eventStorePatience?: EventStoreDbLogOptions;
  readonly statementMilliseconds?: number;
  /** What the embedded parts write to; null where there are none. */
  readonly dataFolder?: string | null;
  /** Null where there is no NATS. */
  readonly messages?: Messages | null;
  /** Null where no mail leaves. */
  readonly mail?: MailSettings | null;
  /** Null where nobody elsewhere says taxes. */
  readonly taxProvider?: TaxProviderSettings | null;
  /** Null where tax ids are looked up nowhere. */
  readonly vies?: ViesSettings | null;
  /** Whom webhooks may reach. */
  readonly webhooks?: WebhookSettings;
  readonly masterKey: MasterKey;
  readonly access?: AccessSettings;
  /** How far ahead a clock is believed. */
  readonly clockSettings?: ClockSettings;
  /** Which fonts documents have. */
  readonly documentSettings?: DocumentSettings;
  /** The file that gives personal data its keys, shared by all processes of the installation. */
  readonly keyRing: string;
}

/** Queries know no framework: each is made of the database, bound to tenants. */
const queryProviders: Provider[] = [AccountRows, ...QUERIES].map((query: Query) => ({
  provide: query,
  inject: [TenantTransactions, Pools],
  useFactory: (database: TenantTransactions, { api }: Pools): object => new query(database, api),
}));

const observedLog = (
  url: string,
  patience: EventStoreDbLogOptions,
  metrics: Metrics,
  subscriptions: LogFollowing,
  room: Room,
  members: Members,
): EventLog =>
  new ObservedEventLog(
    new RoutedEventLog(
      // Nearest to the log: what is added to the events on their way is part of what is chained.
      new ChainedEventLog(
        new RoomyEventLog(
          new SharedEventLog(
            new EventStoreDbLog(url, {
              ...patience,
              onRetry: () => metrics.appendRetries.inc(),
              subscriptions,
            }),
            { streamPrefixes: DOMAIN_STREAM_PREFIXES },
          ),
          room,
        ),
      ),
      members,
    ),
    metrics,
  );

/** The module as it comes, with a bus in the place of its own that is watched and knows who does what. */
const routedCqrs = (): DynamicModule => {
  const module = CqrsModule.forRoot();
  const bus: Provider = {
    provide: CommandBus,
    inject: [ModuleRef, Metrics, Members],
    useFactory: (moduleRef: ModuleRef, metrics: Metrics, members: Members): CommandBus =>
      new RoutedCommandBus(moduleRef, metrics, members),
  };
  return { ...module, providers: [...(module.providers ?? []), bus] };
};

/** Adapters behind the ports, and everything that runs billing's commands. */
@Global()
@Module({})
export class CoreModule {
  static connected({
    eventStoreUrl,
    databaseUrl,
    eventStorePatience = {},
    statementMilliseconds,
    dataFolder = null,
    messages = null,
    mail = null,
    taxProvider = null,
    vies = null,
    webhooks = new WebhookSettings(),
    masterKey,
    keyRing,
    access = new AccessSettings(),
    clockSettings = new ClockSettings(),
    documentSettings = new DocumentSettings(),
  }: Connections): DynamicModule {
    // Node brings the rules with it, and says which.
    useTimeZones(new PlatformTimeZones(process.versions.tz ?? 'unknown'));
    const providers: Provider[] = [
      { provide: Pools, useFactory: (): Pools => new Pools(databaseUrl, statementMilliseconds) },
      {
        provide: EventLog,
        inject: [Metrics, LogFollowing, Room, Members],
        useFactory: (metrics: Metrics, following: LogFollowing, room: Room, members: Members): EventLog =>
          observedLog(eventStoreUrl, eventStorePatience, metrics, following, room, members),
      },
      { provide: OptionalMessages, useFactory: (): OptionalMessages => new OptionalMessages(messages) },
      { provide: OptionalMailer, useFactory: (): OptionalMailer => new OptionalMailer(mail && new Mailer(mail)) },
      { provide: WebhookClient, useFactory: (): WebhookClient => new WebhookClient(webhooks) },
      { provide: Room, useFactory: (): Room => new Room(dataFolder) },
      { provide: Clock, useClass: SystemClock },
      {
        provide: OptionalTaxProvider,
        useFactory: (): OptionalTaxProvider => new OptionalTaxProvider(taxProvider && new HttpTaxProvider(taxProvider)),
      },
      {
        provide: OptionalTaxIdRegistry,
        useFactory: (): OptionalTaxIdRegistry => new OptionalTaxIdRegistry(vies && new ViesTaxIdRegistry(vies)),
      },
      { provide: TaxIdFormats, useClass: JsvatTaxIdFormats },
      { provide: ClockSettings, useValue: clockSettings },
      { provide: DocumentSettings, useValue: documentSettings },
      ClockSightings,
      ClockWatch,
      { provide: MasterKey, useValue: masterKey },
      { provide: AccessSettings, useValue: access },
      { provide: KeyRing, useFactory: (): KeyRing => KeyRing.open(keyRing) },
      {
        provide: PersonalKeys,
        inject: [KeyRing, Pools],
        useFactory: (ring: KeyRing, { api }: Pools): PersonalKeys => new PersonalKeys(ring, masterKey, api),
      },
      {
        provide: SealedAnswers,
        inject: [PersonalKeys],
        useFactory: (keys: PersonalKeys): SealedAnswers => new SealedAnswers(keys, masterKey),
      },
      {
        provide: PersonalData,
        inject: [PersonalKeys, PersonalDataReads, Clock],
        useFactory: (keys: PersonalKeys, reads: PersonalDataReads, clock: Clock): PersonalData =>
          new LoggedPersonalData(new SealedPersonalData(keys), reads, clock),
      },
      {
        provide: SearchTokens,
        inject: [PersonalKeys],
        useFactory: (keys: PersonalKeys): SearchTokens => new SearchTokens(keys, new SealedPersonalData(keys)),
      },
      { provide: Snapshots, useClass: KeptSnapshots },
      { provide: RunPages, useClass: BillingRunPages },
      ...queryProviders,
      ...READING_PROVIDERS,
      ...WEBHOOK_PROVIDERS,
      ...DOCUMENT_PROVIDERS,
      ApiKeys,
      Credentials,
      EffectRows,
      Entrance,
      RequestTokens,
      Figures,
      EventFeed,
      KnownAccounts,
      LeasedCounts,
      LogFollowing,
      LogLifecycle,
      Members,
      Metrics,
      PersonalDataReads,
      ProjectionLags,
      Publishing,
      PublishingCheckpoint,
      RateLeases,
      ReadModelTables,
      TestClockProgress,
      TimerClaims,
      Verifications,
      ...BILLING_PROVIDERS,
    ];
    return { module: CoreModule, imports: [routedCqrs()], providers, exports: [...providers, CqrsModule] };
  }
}
