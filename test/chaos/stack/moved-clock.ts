/**
 * Loaded before the server (`--import`): its clock is ahead of, or behind, the real one by as many milliseconds as a file says. Timers
 * run as they do, as on a machine whose clock is set.
 */
import { existsSync, readFileSync } from 'node:fs';

export const CLOCK_FILE_VARIABLE = 'CHAOS_CLOCK_FILE';
const LOOK_MILLISECONDS = 50;

const RealDate = Date;
let shift = 0;

const moved = (): number => RealDate.now() + shift;

const file = process.env[CLOCK_FILE_VARIABLE];
if (file !== undefined) {
  const look = (): void => {
    if (existsSync(file)) shift = Number(readFileSync(file, 'utf8'));
  };
  look();
  setInterval(look, LOOK_MILLISECONDS).unref();
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given: unknown[], newTarget) =>
      Reflect.construct(target, given.length === 0 ? [moved()] : given, newTarget) as object,
    apply: () => new RealDate(moved()).toString(),
    get: (target, name, receiver) => (name === 'now' ? moved : (Reflect.get(target, name, receiver) as unknown)),
  });
}
