import type { Messages } from '#messaging';
import type { OnApplicationShutdown } from '@nestjs/common';

/** NATS, where there is one: given, or embedded because a nats-server is on the PATH. */
export class OptionalMessages implements OnApplicationShutdown {
  constructor(readonly messages: Messages | null) {}

  async onApplicationShutdown(): Promise<void> {
    await this.messages?.close();
  }
}
