import type { PersonalDataRead } from '../../audit/personal-data-reads.js';
import type { ActorResource } from './actor.resource.js';

/** Personal data of an account was told to somebody. */
export class PersonalDataReadResource {
  /** @example "acc_01j9zq6e4hf0fvwpn5t5jzq3cd" */
  accountId!: string;
  /** The operation that answered with it. @example "GetAccount" */
  operation!: string;
  actor!: ActorResource;
  /** @example "7d8f0c6e-1b1c-4c0e-9a55-3f0a8f3c2b11" */
  requestId!: string;
  /** @example "2026-01-31T09:30:00Z" */
  readAt!: string;
}

export const personalDataReadResource = ({ actor, ...read }: PersonalDataRead): PersonalDataReadResource => ({
  ...read,
  actor: { ...actor },
});
