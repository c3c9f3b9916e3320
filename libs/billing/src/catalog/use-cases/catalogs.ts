import { catalogStream, type CatalogFact } from '#contracts';
import { Clock, EventLog, type TenantId } from '#kernel';
import { DecidedStreams } from '#write-path';
import { Injectable } from '@nestjs/common';
import type { CatalogCommand } from '../catalog.commands.js';
import { catalogDecider, type Catalog } from '../catalog.decider.js';

@Injectable()
export class Catalogs extends DecidedStreams<Catalog, CatalogCommand, CatalogFact> {
  constructor(log: EventLog, clock: Clock) {
    super(catalogDecider, log, clock);
  }

  /** As of now. It only ever grows, so a decision may hold on to it. */
  ofTenant(tenantId: TenantId): Promise<Catalog> {
    return this.view(catalogStream(tenantId), (catalog) => catalog, 0);
  }
}
