/** Supervision: when the process is to stop, and how it tells whoever started it how it fares. */

export interface Lifetime {
  /** Resolves with the reason when the process is to stop. */
  readonly over: Promise<string>;
  ready(port: number): void;
  failed(line: string): Promise<void>;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Listens from now on: call it before anything that takes time. */
export const beginLifetime = (): Lifetime => (process.send === undefined ? standalone() : supervised());

const standalone = (): Lifetime => ({
  over: new Promise((resolve) => {
    for (const signal of SIGNALS) process.once(signal, () => resolve(signal));
  }),
  ready: () => undefined,
  failed: () => Promise.resolve(),
});

/**
 * The parent says when: it drains first, and the signals of a terminal reach children as well.
 * The channel closes however the parent ends, so nothing is left behind.
 */
const supervised = (): Lifetime => {
  for (const signal of SIGNALS) process.on(signal, () => undefined);
  return {
    over: new Promise((resolve) => {
      process.once('disconnect', () => resolve('disconnect'));
      if (!process.connected) resolve('disconnect');
    }),
    ready: (port) => void tell({ ready: true, port }),
    failed: (line) => tell({ failed: line }),
  };
};

/** A parent that is gone in this very moment is told nothing, which is no failure. */
const tell = (message: object): Promise<void> =>
  new Promise((told) => {
    if (process.connected) process.send?.(message, () => told());
    else told();
  });
