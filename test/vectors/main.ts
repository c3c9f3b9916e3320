import '#runtime';
import { ADAPTERS } from './registry.js';
import { report } from './report.js';
import { readVectors } from './vector.js';

const [directory, ...rest] = process.argv.slice(2);
if (directory === undefined || rest.length > 0) {
  console.error('Usage: npm run vectors -- DIR');
  process.exit(2);
}
process.exitCode = report(readVectors(directory), ADAPTERS, (line) => console.log(line)) ? 0 : 1;
