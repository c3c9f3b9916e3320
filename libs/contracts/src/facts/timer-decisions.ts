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
  TimerReleased: fact('What was refused, and waited, is tried again at once.', timer).withheld(INTERNAL),
  TimerSkipped: fact('What fell due is not done: the next of its kind is.', timer).withheld(INTERNAL),
};
