import { invalid } from './api-error.js';
import type { World } from './world.js';

/** Puts objects in the place of the ids that the request names: `latest_charge.balance_transaction`, `data.customer`. */
export const expanded = (world: World, answer: object, paths: readonly string[]): object => {
  if (paths.length === 0) return answer;
  const copy = structuredClone(answer);
  for (const path of paths) expand(world, copy as Record<string, unknown>, path.split('.'));
  return copy;
};

const expand = (world: World, into: Record<string, unknown>, [name, ...rest]: readonly string[]): void => {
  if (name === undefined) return;
  if (!(name in into)) invalid(`This property cannot be expanded (${name}).`, undefined, 'expand');
  const value = into[name];
  if (typeof value === 'string') {
    const found = world.find(value);
    if (found) into[name] = structuredClone(found);
  }
  for (const part of [into[name]].flat()) {
    if (part !== null && typeof part === 'object') expand(world, part as Record<string, unknown>, rest);
  }
};
