export { type AccountRevenue, firstDayAfter, monthOf } from './account-revenue.js';
export { earnedOf } from './billed-revenue.js';
export { scheduleOf } from './service-schedule.js';
export { servedUnbilled } from './unbilled-services.js';
export { type BookedMonth, type MonthToBook, RecognizeRevenues } from './use-cases/recognize-revenues.js';
export { deferredAtEndOf, revenueSchedule, type RecognitionMethod } from './revenue-schedule.js';
