export { type StartedRun, StartBillingRun } from './use-cases/start-billing-run.handler.js';
export { ReadModels } from './ports/read-models.js';
export type { BillingPreview } from './use-cases/preview-billing.js';
export { type ClaimedPage, type PageResult, type RunningRun, RunPages } from './ports/run-pages.js';
export { RunBilling } from './use-cases/run-billing.js';
