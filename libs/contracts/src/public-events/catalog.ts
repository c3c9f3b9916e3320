import { Type } from 'typebox';
import { Currency, IntervalShape, Key } from '../events/shapes.js';
import { told } from './public-event.js';

const KeyOnly = Type.Object({ key: Key });

export const publicCatalogEvents = {
  MeterDefined: told(
    'MeterDefined',
    'meter.defined',
    'There is a meter.',
    Type.Object({ key: Key, name: Type.String(), eventName: Key, aggregation: Type.String() }),
    { key: 'api-calls', name: 'API calls', eventName: 'api_call', aggregation: 'count' },
    ({ key, name, eventName, aggregation }) => ({ key, name, eventName, aggregation }),
  ),
  MeterArchived: told(
    'MeterArchived',
    'meter.archived',
    'New plans cannot use a meter any more.',
    KeyOnly,
    { key: 'api-calls' },
    ({ key }) => ({ key }),
  ),
  PlanVersionPublished: told(
    'PlanVersionPublished',
    'plan.published',
    'There is a plan, or a new version of one. Versions never change.',
    Type.Object({
      key: Key,
      version: Type.Integer({ minimum: 1 }),
      name: Type.String(),
      currency: Currency,
      interval: IntervalShape,
    }),
    { key: 'team', version: 1, name: 'Team', currency: 'USD', interval: { unit: 'month', count: 1 } },
    ({ key, version, name, currency, interval: { unit, count } }) => ({
      key,
      version,
      name,
      currency,
      interval: { unit, count },
    }),
  ),
  PlanArchived: told(
    'PlanArchived',
    'plan.archived',
    'New subscriptions cannot use a plan any more.',
    KeyOnly,
    { key: 'team' },
    ({ key }) => ({ key }),
  ),
};
