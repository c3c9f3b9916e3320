import { EventLog } from '#kernel';
import { KeyRing } from '#personal-data';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** Lets go of the log and the key ring when everything that works with them has stopped. */
@Injectable()
export class LogLifecycle implements OnApplicationShutdown {
  constructor(
    private readonly log: EventLog,
    private readonly keyRing: KeyRing,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.log.dispose();
    this.keyRing.close();
  }
}
