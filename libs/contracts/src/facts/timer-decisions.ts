import { Type } from 'typebox';
import { fact } from './fact.js';
import { Count } from './shapes.js';

const INTERNAL = 'Which timers wait is a matter of those who look after them.';

const timer = {
  /** The stream that set it. */
  owner: Type.String({ maxLength: 128, description: 'The stream that set it' }),
  timerKey: Type.String({ maxLength: 256 }),
  generation: Count,
};

/** What people decide about what falls due by itself; why stands beside it. */
export const timerDecisionFacts = {
  TimerReleased: fact('What waits, was refused or was skipped is tried at once.', timer).withheld(INTERNAL),
  TimerSkipped: fact('What fell due is not done, until somebody releases it.', timer).withheld(INTERNAL),
};
