import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';

/** A process that says at which port it listens. Fails where it ends without. */
export const forked = async (
  script: string,
  options: ForkOptions,
): Promise<{ readonly child: ChildProcess; readonly port: number }> => {
  const child = fork(script, options);
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${script} ended (${code}) before it listened.`);
  });
  const [{ port }] = (await Promise.race([once(child, 'message'), ended])) as [{ readonly port: number }];
  return { child, port };
};

export const stopForked = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
};
