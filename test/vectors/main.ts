import '#runtime';
import { ADAPTERS } from './registry.js';
import { report } from './report.js';
import { readVectors } from './vector.js';
import { kindsOfWhatBills } from './what-bills.js';

const [directory, ...rest] = process.argv.slice(2);
if (directory === undefined || rest.length > 0) {
  console.error('Usage: npm run vectors -- DIR');
  process.exit(2);
}
const right = report(readVectors(directory), ADAPTERS, kindsOfWhatBills(), (line) => console.log(line));
process.exitCode = right ? 0 : 1;
