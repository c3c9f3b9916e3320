import { catalogStream, type Meter } from '#contracts';
import { utcDateOf } from '#kernel';
import type { Envelope, Executed } from '#write-path';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CatalogCommand } from '../catalog.commands.js';
import type { Catalog, Plan } from '../catalog.decider.js';
import { Catalogs } from './catalogs.js';
import { TenantTime } from '../../tenant/use-cases/tenant-time.js';

export type MeterRecord = Meter & { readonly archived: boolean };
export interface PlanRecord {
  readonly latest: Plan['versions'][number];
  readonly archived: boolean;
}

export class ChangeMeters extends Command<Executed<MeterRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly change: Extract<CatalogCommand, { type: 'DefineMeter' | 'ArchiveMeter' }>,
  ) {
    super();
  }
}

type PlansCommand = Extract<CatalogCommand, { type: 'PublishPlan' | 'PublishPlanVersion' | 'ArchivePlan' }>;

/** As it is asked for: the day is the tenant’s. */
export type PlansChange = PlansCommand extends infer One ? (One extends unknown ? Omit<One, 'on'> : never) : never;

export class ChangePlans extends Command<Executed<PlanRecord>> {
  constructor(
    readonly envelope: Envelope,
    readonly change: PlansChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeMeters)
export class ChangeMetersHandler implements ICommandHandler<ChangeMeters> {
  constructor(private readonly catalogs: Catalogs) {}

  execute({ envelope, change }: ChangeMeters): Promise<Executed<MeterRecord>> {
    const key = change.type === 'DefineMeter' ? change.meter.key : change.key;
    return this.catalogs.execute(catalogStream(envelope.tenantId), envelope, change, ({ state }) => ({
      ...state.meters.get(key)!,
    }));
  }
}

@CommandHandler(ChangePlans)
export class ChangePlansHandler implements ICommandHandler<ChangePlans> {
  constructor(
    private readonly catalogs: Catalogs,
    private readonly time: TenantTime,
  ) {}

  async execute({ envelope, change }: ChangePlans): Promise<Executed<PlanRecord>> {
    const on = utcDateOf(await this.time.now(envelope.tenantId));
    const command: PlansCommand = change.type === 'ArchivePlan' ? change : { ...change, on };
    return this.catalogs.execute(catalogStream(envelope.tenantId), envelope, command, ({ state }) =>
      planRecord(state, change.key),
    );
  }
}

const planRecord = ({ plans }: Catalog, key: string): PlanRecord => {
  const { versions, archived } = plans.get(key)!;
  return { latest: versions.at(-1)!, archived };
};
