export { applyCommitDrawdown } from './commit-drawdown.js';
export { computeTrueUp } from './true-up.js';
