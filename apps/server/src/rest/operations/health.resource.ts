import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';

export class HealthResource {
  /** @example "ok" */
  status!: 'ok';
  /** The release of the tz database that days and periods go by. @example "2026c" */
  timeZones!: string;
}

export class PartHealthResource {
  /** @example "up" */
  status!: 'up' | 'down';
  /** Why it is down. */
  message?: string;
  /** How far it is behind the end of the log. @example "0" */
  lagPositions?: string;
  /** How old the first event is that it has not considered. @example 0 */
  lagSeconds?: number;
}

const PARTS = {
  type: 'object',
  additionalProperties: { $ref: getSchemaPath(PartHealthResource) },
  example: { postgres: { status: 'up' }, 'projection:invoices': { status: 'up', lagPositions: '0', lagSeconds: 0 } },
} as const;

/** By part: event store, PostgreSQL, NATS, and each projection. */
@ApiExtraModels(PartHealthResource)
export class ReadinessResource {
  /** Degraded: requests are served, though a part is away or late. @example "ok" */
  status!: 'ok' | 'degraded';
  /** What is up. */
  @ApiProperty(PARTS)
  info!: Record<string, PartHealthResource>;
  /** What is not. */
  @ApiProperty({ ...PARTS, example: {} })
  error!: Record<string, PartHealthResource>;
  /** Both. */
  @ApiProperty(PARTS)
  details!: Record<string, PartHealthResource>;
}
