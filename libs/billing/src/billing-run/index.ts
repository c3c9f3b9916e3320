export { type StartedRun, StartBillingRun } from './use-cases/start-billing-run.handler.js';
export { ReadModels } from './ports/read-models.js';
export type { BillingPreview } from './use-cases/preview-billing.js';
export { type RunningRun, RunBilling } from './use-cases/run-billing.js';
