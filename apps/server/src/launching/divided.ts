import { ROLES, type Configuration } from '../configuration/configuration.js';

/** Each role has a core of its own then, and the event store and PostgreSQL another one. */
const CORES_MIN = 4;

/** Whether each role gets a process of its own: where there are cores for them, unless told. */
export const isDividedBy = ({ ROLE, RECOUNT_PROCESSES }: Configuration, cores: number): boolean =>
  ROLE.length === ROLES.length && (RECOUNT_PROCESSES ?? (cores >= CORES_MIN ? 'by_role' : 'one')) === 'by_role';
