import { catalogStream, type CatalogFact } from '#contracts';
import { Clock, DomainError, EventLog, type TenantId } from '#kernel';
import { DecidedStreams } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { CatalogCommand } from '../catalog.commands.js';
import { catalogDecider, type Catalog } from '../catalog.decider.js';

const AGE_MILLISECONDS_MAX = 1_000;

@Injectable()
export class Catalogs extends DecidedStreams<Catalog, CatalogCommand, CatalogFact> {
  constructor(log: EventLog, clock: Clock) {
    super(catalogDecider, log, clock);
  }

  /** As of now. It only ever grows, so a decision may hold on to it. */
  ofTenant(tenantId: TenantId): Promise<Catalog> {
    return this.view(catalogStream(tenantId), (catalog) => catalog, 0);
  }

  /**
   * Decides on the catalog as it was a second ago at the most; a refusal is decided again on that of now, if it has grown since. Catalogs
   * change far more rarely than commands look into them.
   */
  async deciding<Result>(tenantId: TenantId, decide: (catalog: Catalog) => Promise<Result>): Promise<Result> {
    const asOf = (ageMilliseconds: number) =>
      this.view(catalogStream(tenantId), (catalog, revision) => ({ catalog, revision }), ageMilliseconds);
    const known = await asOf(AGE_MILLISECONDS_MAX);
    try {
      return await decide(known.catalog);
    } catch (error) {
      const now = error instanceof DomainError ? await asOf(0) : known;
      if (now.revision === known.revision) throw error;
      return decide(now.catalog);
    }
  }
}
