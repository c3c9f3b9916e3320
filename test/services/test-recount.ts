import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TenantSettingsChange } from '#billing/tenant';
import type { EventStoreDbLogOptions } from '#event-store';
import { Messages } from '#messaging';
import { MasterKey } from '#personal-data';
import { ProjectionStatuses } from '#projection';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AccessSettings } from '../../apps/server/src/access/access-settings.js';
import type { ServerRole } from '../../apps/server/src/configuration/configuration.js';
import { GrpcDoor } from '../../apps/server/src/doors/grpc/grpc.door.js';
import { createServer, portOf } from '../../apps/server/src/http-application.js';
import type { HttpSettings } from '../../apps/server/src/http-settings.js';
import { Installation } from '../../apps/server/src/installation.js';
import type { MailSettings } from '../../apps/server/src/mail/mailer.js';
import { Projecting } from '../../apps/server/src/projecting/projecting.js';
import { PROJECTION_NAMES } from '../../apps/server/src/projecting/read-models.js';
import type { ViesSettings } from '../../apps/server/src/taxes/vies-tax-id-registry.js';
import type { TaxProviderSettings } from '../../apps/server/src/taxes/http-tax-provider.js';
import type { WebhookSettings } from '../../apps/server/src/webhooks/webhook-client.js';
import { Worker } from '../../apps/server/src/worker/worker.js';
import { Relays } from './relay.js';
import { TestClient } from './test-client.js';
import { TestDatabase } from './test-database.js';
import { TestEventStore } from './test-event-store.js';

const PATIENCE_MILLISECONDS = 30_000;
const ALL: readonly ServerRole[] = ['api', 'projector', 'worker'];

/** Specs send more in an hour than a caller would. */
const PATIENT = new AccessSettings(1_000_000, null, 1_000_000);

export interface TestSettings {
  readonly roles: readonly ServerRole[];
  readonly access: AccessSettings;
  readonly http: HttpSettings;
  /** It has a door at NATS, too. */
  readonly natsUrl: string;
  /** Where mail goes. */
  readonly mail: MailSettings;
  /** Whom webhooks may reach. */
  readonly webhooks: WebhookSettings;
  /** Who says taxes elsewhere. */
  readonly taxProvider: TaxProviderSettings;
  /** Where tax ids are looked up. */
  readonly vies: ViesSettings;
  /** It has a door at gRPC, too, which takes half a second to open. */
  readonly grpc: boolean;
  /** It reaches its event store and its database by way of relays, which can fall silent. */
  readonly relayed: boolean;
  readonly eventStorePatience: EventStoreDbLogOptions;
  readonly statementMilliseconds: number;
  /** What is asked of the first tenant. */
  readonly firstTenant: TenantSettingsChange;
}

/** A whole installation: the application in this process, on a log and a database of its own. */
export class TestRecount {
  readonly statuses: ProjectionStatuses;
  readonly url: string;

  private constructor(
    readonly database: TestDatabase,
    readonly store: TestEventStore,
    readonly keyFolder: string,
    readonly app: NestFastifyApplication,
    readonly firstKey: string,
    /** Where the gRPC door is; empty without one. */
    readonly grpcAddress: string,
    readonly relays: Relays | undefined,
  ) {
    this.statuses = new ProjectionStatuses(database.owner);
    this.url = `http://127.0.0.1:${portOf(app)}`;
  }

  static async start({
    roles = ALL,
    access = PATIENT,
    http,
    natsUrl,
    mail,
    webhooks,
    taxProvider,
    vies,
    grpc = false,
    firstTenant,
    relayed = false,
    eventStorePatience,
    statementMilliseconds,
  }: Partial<TestSettings> = {}): Promise<TestRecount> {
    const database = await TestDatabase.create();
    const store = await TestEventStore.start();
    const relays = relayed ? await Relays.before(store.url, database.url) : undefined;
    const folder = mkdtempSync(join(tmpdir(), 'recount-spec-keys-'));
    try {
      const app = await createServer({
        eventStoreUrl: relays?.store.of(store.url) ?? store.url,
        databaseUrl: relays?.database.of(database.url) ?? database.url,
        ...(eventStorePatience === undefined ? {} : { eventStorePatience }),
        ...(statementMilliseconds === undefined ? {} : { statementMilliseconds }),
        messages: natsUrl === undefined ? null : await Messages.connect(natsUrl),
        mail: mail ?? null,
        ...(webhooks === undefined ? {} : { webhooks }),
        taxProvider: taxProvider ?? null,
        vies: vies ?? null,
        masterKey: new MasterKey(randomBytes(32)),
        access,
        keyRing: join(folder, 'key-ring'),
        ...(http === undefined ? {} : { http }),
        roles,
        logLevel: 'fatal',
      });
      await app.init();
      const firstKey = await app.get(Installation).ensure(firstTenant);
      if (roles.includes('projector')) await app.get(Projecting).start();
      if (roles.includes('worker')) app.get(Worker).start();
      await app.listen(0, '127.0.0.1');
      const grpcAddress = grpc ? `127.0.0.1:${await app.get(GrpcDoor).open(app, '127.0.0.1', 0)}` : '';
      const recount = new TestRecount(database, store, folder, app, firstKey!, grpcAddress, relays);
      await recount.caughtUp();
      return recount;
    } catch (error) {
      await store.stop();
      await database.stop();
      throw error;
    }
  }

  /** The first tenant's, which looks after the installation, too. */
  get client(): TestClient {
    return new TestClient(this.url, this.firstKey, () => this.caughtUp());
  }

  async createTenant(
    name: string,
    choices: object = {},
  ): Promise<{ readonly client: TestClient; readonly tenantId: string }> {
    const tenant = await this.client.create('tenants', { name, ...choices });
    await this.caughtUp();
    return { client: this.client.withKey(tenant.apiKey), tenantId: tenant.id };
  }

  /** Billed by billing runs alone, so that no timer interferes. */
  async manualTenant(name = `tenant-${randomUUID()}`): Promise<TestClient> {
    const { client } = await this.createTenant(name);
    await client.done('PUT', 'settings/billing', { billing: 'manual' });
    return client;
  }

  /** Every read model has considered everything that is in the log now. */
  async caughtUp(): Promise<void> {
    await this.statuses.waitFor(PROJECTION_NAMES, await this.store.lastPosition(), PATIENCE_MILLISECONDS);
  }

  async stop(): Promise<void> {
    try {
      await this.app.close();
    } finally {
      await this.relays?.stop();
      await this.store.stop();
      await this.database.stop();
      rmSync(this.keyFolder, { recursive: true, force: true });
    }
  }
}
