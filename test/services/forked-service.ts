import type { ChildProcess } from 'node:child_process';
import { extname, join } from 'node:path';
import { forked, stopForked } from './forked.js';

export interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A service of somebody else, in a process of its own: it answers at a port of its choice, as it is told to behave, and says what it was asked. */
export class ForkedService {
  readonly asked: Asked[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
  ) {
    child.on('message', (message: { asked?: string; headers?: Asked['headers'] }) => {
      if (message.asked !== undefined) this.asked.push({ body: message.asked, headers: message.headers! });
    });
  }

  /** @param script beside this file, without an ending; Node reads it as it is: it imports nothing of ours */
  static async start(script: string, environment: Readonly<Record<string, string>> = {}): Promise<ForkedService> {
    const { child, port } = await forked(join(import.meta.dirname, `${script}${extname(import.meta.filename)}`), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, ...environment },
    });
    return new ForkedService(child, port);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  /** From now on. */
  async behaves(behave: string): Promise<void> {
    const told = new Promise<void>((done) => {
      const listen = (message: { behaves?: string }) => {
        if (message.behaves !== behave) return;
        this.child.off('message', listen);
        done();
      };
      this.child.on('message', listen);
    });
    this.child.send({ behave });
    await told;
  }

  stop(): Promise<void> {
    return stopForked(this.child);
  }
}
