import { tenantStream } from '#contracts';
import type { LegalEntityId } from '#kernel';
import { createdId, type Envelope, type Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { TaxIdFormats } from '../../party/ports/tax-id-formats.js';
import { refuseImpossibleTaxIds } from '../../party/use-cases/checked-tax-ids.js';
import { legalEntityRecords, Tenants, type LegalEntityRecord } from '../../tenant/use-cases/tenants.js';
import type { Tenant } from '../../tenant/tenant.js';
import type { LegalEntityCommand } from '../legal-entity.decider.js';
import type { LegalEntityChange } from '../legal-entity.js';

type Define = Extract<LegalEntityCommand, { type: 'DefineLegalEntity' }>;
type Change = Extract<LegalEntityCommand, { type: 'ChangeLegalEntity' }>;

export class DefineLegalEntity extends Command<Executed<LegalEntityRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly details: LegalEntityChange,
    readonly numbers: Pick<Define, 'invoiceNumbers' | 'creditNoteNumbers'>,
  ) {
    super();
  }
}

export class ChangeLegalEntity extends Command<Executed<LegalEntityRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly entityId: LegalEntityId,
    readonly change: LegalEntityChange,
    readonly numbers: Pick<Change, 'invoiceNumbers' | 'creditNoteNumbers'> = {},
  ) {
    super();
  }
}

@CommandHandler(DefineLegalEntity)
export class DefineLegalEntityHandler implements ICommandHandler<DefineLegalEntity> {
  constructor(
    private readonly tenants: Tenants,
    private readonly taxIdFormats: TaxIdFormats,
  ) {}

  execute({ envelope, details, numbers }: DefineLegalEntity): Promise<Executed<LegalEntityRecord>> {
    refuseImpossibleTaxIds(this.taxIdFormats, details);
    const { tenantId } = envelope;
    const entityId = createdId('ent', envelope);
    return this.tenants.execute(
      tenantStream(tenantId),
      envelope,
      {
        type: 'DefineLegalEntity',
        entityId,
        seriesId: createdId('ser', envelope),
        details,
        ...numbers,
      },
      recordOf(entityId),
    );
  }
}

@CommandHandler(ChangeLegalEntity)
export class ChangeLegalEntityHandler implements ICommandHandler<ChangeLegalEntity> {
  constructor(
    private readonly tenants: Tenants,
    private readonly taxIdFormats: TaxIdFormats,
  ) {}

  async execute({ envelope, entityId, change, numbers }: ChangeLegalEntity): Promise<Executed<LegalEntityRecord>> {
    refuseImpossibleTaxIds(this.taxIdFormats, change);
    const command = { type: 'ChangeLegalEntity', entityId, change, ...numbers } as const;
    return this.tenants.execute(tenantStream(envelope.tenantId), envelope, command, recordOf(entityId));
  }
}

const recordOf =
  (entityId: LegalEntityId) =>
  ({ state }: { readonly state: Tenant }): LegalEntityRecord =>
    legalEntityRecords(state).find(({ entity }) => entity.entityId === entityId)!;
