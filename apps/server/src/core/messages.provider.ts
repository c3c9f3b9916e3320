import { Messages } from '#messaging';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { StartRefused } from '../embedded/data-folder.js';

/** NATS, where there is one: given, or embedded because a nats-server is on the PATH. */
@Injectable()
export class OptionalMessages implements OnApplicationShutdown {
  private constructor(readonly messages: Messages | null) {}

  /** @throws StartRefused */
  static async connect(url: string | undefined): Promise<OptionalMessages> {
    if (url === undefined) return new OptionalMessages(null);
    try {
      return new OptionalMessages(await Messages.connect(url));
    } catch (error) {
      throw new StartRefused(
        `NATS does not answer at ${url}: ${error instanceof Error ? error.message : String(error)}.`,
      );
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.messages?.close();
  }
}
