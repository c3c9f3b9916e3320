import type { ReadModel } from '#projection';
import { testClocksProjection } from './test-clocks.projection.js';
import { TestClocksQuery } from './test-clocks.query.js';

export * from './test-clocks.projection.js';
export * from './test-clocks.query.js';

export const readModel: ReadModel = {
  projection: testClocksProjection,
  queries: [TestClocksQuery],
  decides: true,
};
