import { tenantStream, type MailSettings } from '#contracts';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { mailSettingsOf } from '../../tenant/tenant.decider.js';
import { Tenants } from '../../tenant/use-cases/tenants.js';

/** What is sent by itself, of what is numbered from now on. */
export class SetMailSettings extends Command<Executed<MailSettings>> {
  constructor(
    readonly envelope: Envelope,
    readonly settings: MailSettings,
  ) {
    super();
  }
}

@CommandHandler(SetMailSettings)
export class SetMailSettingsHandler implements ICommandHandler<SetMailSettings> {
  constructor(private readonly tenants: Tenants) {}

  execute({ envelope, settings }: SetMailSettings): Promise<Executed<MailSettings>> {
    const stream = tenantStream(envelope.tenantId);
    return this.tenants.execute(stream, envelope, { type: 'SetMailSettings', settings }, ({ state }) =>
      mailSettingsOf(state),
    );
  }
}
