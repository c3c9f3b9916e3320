export { dunningDates, dunningAttempts } from './dunning.js';
export { dueDates, type OverdueStage, overdueStage } from './overdue.js';
