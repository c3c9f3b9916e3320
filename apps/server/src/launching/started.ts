import type { ServerRole } from '../configuration/configuration.js';

/** What somebody needs to know of a process as it is up. */
export interface Started {
  readonly port: number;
  /** Absent without the role `api`. */
  readonly grpcPort?: number;
  /** Null where it is not for this process to show. */
  readonly firstKey: string | null;
  /** Whether it could not be shown yet, because no projector knows it. */
  readonly isKeyDue: boolean;
  /** Null where none was asked for. */
  readonly recoveryKey: string | null;
  /** Of a divided start: where the processes without the API tell of their health and their metrics. */
  readonly healthPorts?: Readonly<Record<Exclude<ServerRole, 'api'>, number>>;
}
