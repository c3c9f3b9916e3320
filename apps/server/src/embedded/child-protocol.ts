export interface SupervisedService {
  readonly port: number;
  /** What else its parent wants to know as it is ready. */
  readonly told?: object;
  /** Settles with the reason if the service ends on its own. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

/** The child's side of a supervised service: serve until the parent lets go of the channel, or is dead, or the service ends. */
export const serveForParent = (start: () => Promise<SupervisedService>): void => {
  const send = process.send?.bind(process);
  if (!send) throw new Error('This file is started by the server, not by hand.');
  // A terminal's Ctrl-C reaches the whole group; services must outlive those that are still draining into them.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  let stopping: Promise<void> | null = null;
  const starting = start();
  const stop = () => (stopping ??= starting.then((service) => service.stop()).finally(() => process.exit(0)));
  process.on('disconnect', () => void stop().catch(() => process.exit(1)));
  const fail = (failed: string): void => {
    if (process.connected) send({ failed }, () => process.exit(1));
    else process.exit(1);
  };
  starting.then(
    ({ port, told, lost }) => {
      if (process.connected) send({ ready: true, port, told });
      else void stop();
      void lost.then((reason) => {
        if (stopping === null) fail(reason);
      });
    },
    (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
  );
};

/** How a host is told the password of what it starts: arguments are for all users to see. */
export const PASSWORD_VARIABLE = 'RECOUNT_EMBEDDED_PASSWORD';
