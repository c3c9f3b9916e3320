export { announcementOf } from './use-cases/timers.js';
export { isBilled, timerIn } from './timer.js';
