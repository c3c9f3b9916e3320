import { ROLES, type Configuration } from '../configuration/configuration.js';

/** Each role has a core of its own then, and the event store and PostgreSQL another one. */
const CORES_MIN = 4;

/** Of a divided start, the projector has `HEALTH_PORT`, and the worker the next one. */
export const workerPortBeside = (healthPort: number): number => healthPort + 1;

/** Whether each role gets a process of its own: where there are cores for them, unless told. */
export const isDividedBy = ({ ROLE, RECOUNT_PROCESSES }: Configuration, cores: number): boolean =>
  ROLE.length === ROLES.length && (RECOUNT_PROCESSES ?? (cores >= CORES_MIN ? 'by_role' : 'one')) === 'by_role';
