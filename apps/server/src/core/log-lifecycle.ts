import { EventLog } from '#kernel';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** Lets go of the log when everything that works with it has stopped. */
@Injectable()
export class LogLifecycle implements OnApplicationShutdown {
  constructor(private readonly log: EventLog) {}

  async onApplicationShutdown(): Promise<void> {
    await this.log.dispose();
  }
}
