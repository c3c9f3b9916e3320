import { afterAll } from '@jest/globals';

export interface Stoppable {
  stop(): Promise<unknown>;
}

/** What a spec file started, stopped in the opposite order when it is over: also after a test or a `beforeAll` that failed. */
export class Stopping {
  private readonly started: Stoppable[] = [];

  constructor() {
    afterAll(() => this.stopAll());
  }

  async use<Service extends Stoppable>(starting: Service | Promise<Service>): Promise<Service> {
    const service = await starting;
    this.started.push(service);
    return service;
  }

  private async stopAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const service of this.started.splice(0).reverse()) {
      await service.stop().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything that was started could be stopped.');
  }
}
