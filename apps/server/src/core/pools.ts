import { createPool, type Pool } from '#postgres';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** Connections by role. */
@Injectable()
export class Pools implements OnApplicationShutdown {
  readonly owner: Pool;
  readonly projector: Pool;
  readonly api: Pool;

  /** @param statementMilliseconds for statements of all roles; as long as each needs unless told */
  constructor(databaseUrl: string, statementMilliseconds?: number) {
    const patience = statementMilliseconds === undefined ? {} : { statementMilliseconds };
    this.owner = createPool(databaseUrl, { role: 'owner', max: 8, ...patience });
    this.projector = createPool(databaseUrl, { role: 'projector', max: 20, asynchronousCommit: true, ...patience });
    this.api = createPool(databaseUrl, { role: 'api', max: 16, asynchronousCommit: true, ...patience });
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.owner.end(), this.projector.end(), this.api.end()]);
  }
}
