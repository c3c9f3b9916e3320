/** What the engines of package.json say, too: the least that all packages and the language features in use are there for. */
export const LEAST_NODE = '22.13.0';

/** A line for whoever started a process on a Node that is too old; nothing if it is not. */
export const versionRefusal = (version: string): string | undefined =>
  isOlder(version, LEAST_NODE)
    ? `Recount needs Node ${LEAST_NODE} or newer, and this is Node ${version}: start it with npm, which takes the one of its packages, or with node_modules/.bin/node.`
    : undefined;

const isOlder = (version: string, least: string): boolean => {
  const parts = numbersOf(version);
  const leastParts = numbersOf(least);
  const differing = leastParts.findIndex((part, index) => part !== parts[index]);
  return differing >= 0 && (parts[differing] ?? 0) < leastParts[differing]!;
};

/** Without what follows the numbers of a nightly build. */
const numbersOf = (version: string): number[] => version.split('-', 1)[0]!.split('.').map(Number);
