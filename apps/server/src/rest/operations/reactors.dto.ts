import { Matches } from 'class-validator';
import type { PauseReason } from '../../effects/reactor-statuses.js';
import { MayBeAbsent } from '../../pipeline/rules.js';

export class ResumeReactorDto {
  /** A position of the log: what is asked for behind it is done, unless it was; without one, it goes on from where it was paused. @example "471100" */
  @MayBeAbsent()
  @Matches(/^\d{1,19}$/u)
  after?: string;
}

export class EffectReactorResource {
  /** @example "send-invoices" */
  name!: string;
  /** How far it has followed the log. @example "471100" */
  position!: string;
  /** Why it waits for somebody; null where it does not. @example null */
  paused!: PauseReason | null;
  /** Effects that are not done yet. @example 0 */
  waiting!: number;
  /** Those of them that were tried, and will be again. @example 0 */
  failing!: number;
  /** @example null */
  lastFailure!: string | null;
}
