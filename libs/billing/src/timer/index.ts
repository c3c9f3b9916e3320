export { DecideTimer } from './use-cases/decide-timer.handler.js';
export { announcementOf } from './use-cases/timers.js';
export type { TimerCommand } from './timer-decisions.js';
export { isBilled, timerIn } from './timer.js';
