import { createPool, type Pool } from '#postgres';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** Connections by role. */
@Injectable()
export class Pools implements OnApplicationShutdown {
  readonly owner: Pool;
  readonly projector: Pool;
  readonly api: Pool;

  constructor(databaseUrl: string) {
    this.owner = createPool(databaseUrl, { role: 'owner', max: 8 });
    this.projector = createPool(databaseUrl, { role: 'projector', max: 20, asynchronousCommit: true });
    this.api = createPool(databaseUrl, { role: 'api', max: 16, asynchronousCommit: true });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.owner.end(), this.projector.end(), this.api.end()]);
  }
}
