import { tenantStream, type Branding } from '#contracts';
import type { LegalEntityId } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Tenants } from '../../tenant/use-cases/tenants.js';
import { brandingOf, type BrandingChange } from '../branding.decider.js';

/** How documents of a legal entity look that leave the house from now on. */
export class ChangeBranding extends Command<Executed<Branding>> {
  constructor(
    readonly envelope: Envelope,
    readonly entityId: LegalEntityId,
    readonly change: BrandingChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeBranding)
export class ChangeBrandingHandler implements ICommandHandler<ChangeBranding> {
  constructor(private readonly tenants: Tenants) {}

  execute({ envelope, entityId, change }: ChangeBranding): Promise<Executed<Branding>> {
    const stream = tenantStream(envelope.tenantId);
    return this.tenants.execute(stream, envelope, { type: 'ChangeBranding', entityId, change }, ({ state }) =>
      brandingOf(state, entityId),
    );
  }
}
