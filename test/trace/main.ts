import '#runtime';
import { randomInt } from 'node:crypto';
import { Report } from './report.js';
import { readJson, readTrace, type Expected, type Scenario } from './scenario.js';
import { Stack } from './stack.js';
import { Trace } from './trace.js';

const [tracePath, scenarioPath, expectedPath] = process.argv.slice(2);
if (tracePath === undefined || scenarioPath === undefined || expectedPath === undefined) {
  console.error('Usage: npm run trace -- TRACE.csv SCENARIO.json EXPECTED.json');
  process.exit(2);
}

const scenario = readJson<Scenario>(scenarioPath);
const expected = readJson<Expected>(expectedPath);
const events = readTrace(tracePath, scenario);
console.log(`${events.length} readings of ${scenario.accounts} accounts, billed for ${scenario.period.join(' to ')}.`);

const report = new Report();
let stack: Stack | undefined;
try {
  stack = await report.step('starts a fresh embedded stack', () => Stack.start());
  await new Trace(stack, report, scenario, expected, events, (max) => randomInt(max)).run();
} catch {
  report.failed = true;
} finally {
  await stack?.stop();
}
console.log(report.failed ? 'Something differs.' : 'All is right.');
process.exit(report.failed ? 1 : 0);
