import { Type } from 'typebox';
import { IdText, InstantText } from '../events/shapes.js';
import { told } from './public-event.js';
import { exampleId } from './public-shapes.js';

const clockId = IdText('clk');

export const publicTestClockEvents = {
  TestClockStarted: told(
    'TestClockStarted',
    'test_clock.started',
    'There is a clock that test accounts may live by.',
    Type.Object({ clockId, from: InstantText }),
    { clockId: exampleId('clk'), from: '2026-01-01T00:00:00Z' },
    ({ clockId, from }) => ({ clockId, from }),
  ),
  TestClockAdvanced: told(
    'TestClockAdvanced',
    'test_clock.advanced',
    'A test clock goes on; what falls due by then follows.',
    Type.Object({ clockId, from: InstantText, to: InstantText }),
    { clockId: exampleId('clk'), from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
    ({ clockId, from, to }) => ({ clockId, from, to }),
  ),
};
