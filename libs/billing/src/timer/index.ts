export { DecideTimer } from './use-cases/decide-timer.handler.js';
export { announcementOf } from './use-cases/timers.js';
export { isBilled, timerIn } from './timer.js';
