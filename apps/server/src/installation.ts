import { hash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChangeApiKeys, CreateTenant, Tenants, type TenantSettingsChange } from '#billing/tenant';
import { decodeEvent, INSTALLATION_STREAM, tenantStream, type Fact } from '#contracts';
import {
  Clock,
  derivedId,
  derivedUuid,
  EventLog,
  typedId,
  WrongExpectedRevision,
  type InstallationId,
  type TenantId,
} from '#kernel';
import { KeyRing } from '#personal-data';
import { inTransaction } from '#postgres';
import { TenantsQuery } from '#projections/tenants';
import { createdId, propose, type Envelope } from '#write-path';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { v7 as uuidV7 } from 'uuid';
import { Pools } from './core/pools.js';
import { ApiKeys, tenantCreation } from './access/api-keys.js';
import { StartRefused } from './embedded/data-folder.js';
import { PRODUCT_VERSION } from './product-version.js';

const KEY_PATIENCE_MILLISECONDS = 30_000;
const LOOK_MILLISECONDS = 20;

/** Whose log and database these are, and the tenant that every installation begins with. */
@Injectable()
export class Installation {
  constructor(
    private readonly log: EventLog,
    private readonly tenants: Tenants,
    private readonly commands: CommandBus,
    private readonly apiKeys: ApiKeys,
    private readonly knownKeys: TenantsQuery,
    private readonly pools: Pools,
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
  ) {}

  /** The first API key until it was shown, then null. What is asked of the first tenant counts as it is made. @throws StartRefused */
  async ensure(asked: TenantSettingsChange = {}): Promise<string | null> {
    const installationId = await this.installationOfLog();
    const shown = await this.claimDatabase(installationId);
    const tenantId = derivedId('tnt', installationId, 'first');
    const envelope = startOf(tenantId, derivedUuid('first-tenant', installationId));
    const { secret, key } = this.apiKeys.make('live', createdId('key', envelope), {
      name: 'first key',
      scopes: ['super_admin'],
    });
    const first = await this.tenants.view(tenantStream(tenantId), ({ apiKeys }) => apiKeys.get(key.keyId)?.hash, 0);
    // The key follows from the master key. With another one, nothing sealed so far could be read.
    if (first !== undefined && first !== key.hash) {
      throw new StartRefused(
        'The master key is not the one that this installation began with: check RECOUNT_MASTER_KEY.',
      );
    }
    if (first === undefined) {
      await this.commands.execute(
        new CreateTenant(envelope, {
          ...tenantCreation('live', tenantId, asked.name ?? 'First tenant', asked.timeZone ?? 'UTC', key),
          settings: asked,
        }),
      );
    }
    return shown ? null : secret;
  }

  /**
   * A key that opens everything, for whoever has the machine and has lost every key, once it does; without a projector, after a while. The
   * same name answers the same key. @throws StartRefused
   */
  async recoveryKey(name: string): Promise<string> {
    const installationId = await this.installationOfLog();
    const tenantId = derivedId('tnt', installationId, 'first');
    const envelope = startOf(tenantId, derivedUuid('recovery-key', installationId, name));
    const terms = { name: `recovery key ${name}`, scopes: ['super_admin'] };
    const { secret, key } = this.apiKeys.make('live', createdId('key', envelope), terms);
    await this.commands.execute(new ChangeApiKeys(envelope, { type: 'IssueApiKey', key }));
    const known = await this.tenants.view(tenantStream(tenantId), ({ apiKeys }) => apiKeys.get(key.keyId), 0);
    if (known?.revoked === true)
      throw new StartRefused(`The key “${name}” is revoked: choose another name for RECOUNT_RECOVERY_KEY.`);
    await this.opens(secret);
    return secret;
  }

  /** Whether a key opens the doors: the read model learns it from the log, maybe in another process. */
  async opens(key: string): Promise<boolean> {
    const digest = hash('sha256', key);
    for (const deadline = performance.now() + KEY_PATIENCE_MILLISECONDS; performance.now() < deadline;) {
      // Where no projector ran yet, there is not even a table to look into.
      if (await this.knownKeys.keyByHash(digest).catch(() => undefined)) return true;
      await sleep(LOOK_MILLISECONDS);
    }
    return false;
  }

  /**
   * Of processes that start at once one gets the key to show; the others wait until it did, and get null. A process that is
   * killed while it shows the key has not shown it.
   */
  async showOnce(key: string | null, show: (key: string | null) => void): Promise<void> {
    if (key === null) return show(null);
    await inTransaction(this.pools.owner, async (client) => {
      const { rows } = await client.query<{ first_key_shown: boolean }>(
        'SELECT first_key_shown FROM ops.installation FOR UPDATE',
      );
      show(rows[0]!.first_key_shown ? null : key);
      await client.query('UPDATE ops.installation SET first_key_shown = true');
    });
  }

  private async installationOfLog(): Promise<InstallationId> {
    const known = await this.read();
    if (known) return known;
    const installationId = typedId('ins', uuidV7());
    const created: Fact<'InstallationCreated'> = {
      type: 'InstallationCreated',
      data: { installationId, productVersion: PRODUCT_VERSION },
    };
    const envelope = {
      tenantId: derivedId('tnt', installationId, 'first'),
      commandId: derivedUuid('installation', installationId),
      requestHash: installationId,
      actor: { type: 'operator', id: 'start' },
      correlationId: installationId,
    } as const;
    const [{ event }] = propose([created], INSTALLATION_STREAM, envelope, this.clock.now()) as [
      ReturnType<typeof propose>[number],
    ];
    try {
      await this.log.append(INSTALLATION_STREAM, [event], 'no_stream');
      return installationId;
    } catch (error) {
      // Another process of this installation started at the same moment and was first.
      const first = error instanceof WrongExpectedRevision ? await this.read() : undefined;
      if (first) return first;
      throw error;
    }
  }

  private async read(): Promise<InstallationId | undefined> {
    for await (const logged of this.log.readStream(INSTALLATION_STREAM, { limit: 1 })) {
      return decodeEvent<Fact<'InstallationCreated'>>(logged).fact.data.installationId;
    }
    return undefined;
  }

  /** Answers whether the first key was shown. */
  private async claimDatabase(installationId: InstallationId): Promise<boolean> {
    const { rows } = await this.pools.owner.query<{
      installation_id: string;
      key_ring: string;
      first_key_shown: boolean;
    }>(
      `INSERT INTO ops.installation AS i (installation_id, key_ring) VALUES ($1, $2)
       ON CONFLICT (only_one) DO UPDATE SET key_ring = coalesce(i.key_ring, $2)
       RETURNING installation_id, key_ring, first_key_shown`,
      [installationId, this.keyRing.id],
    );
    if (rows[0]!.installation_id !== installationId) {
      throw new StartRefused(
        'The database belongs to another installation than the event store: check DATABASE_URL and EVENTSTORE_URL.',
      );
    }
    if (rows[0]!.key_ring !== this.keyRing.id) {
      throw new StartRefused(
        'The key ring is not the one that this installation began with, and opens none of its personal data: check RECOUNT_KEY_RING.',
      );
    }
    return rows[0]!.first_key_shown;
  }
}

/** What a start asks for by itself: the same again is the same command. */
const startOf = (tenantId: TenantId, commandId: string): Envelope => ({
  tenantId,
  commandId,
  requestHash: commandId,
  actor: { type: 'operator', id: 'start' },
  correlationId: commandId,
});
