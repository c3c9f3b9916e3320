import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TaxProviderSettings } from '../../apps/server/src/taxes/http-tax-provider.js';

const TOKEN = 'token-of-the-installation';

export interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A service that says taxes, in a process of its own. */
export class TaxService {
  readonly asked: Asked[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
  ) {
    child.on('message', (message: { asked?: string; headers?: Asked['headers'] }) => {
      if (message.asked !== undefined) this.asked.push({ body: message.asked, headers: message.headers! });
    });
  }

  static async start(): Promise<TaxService> {
    // Node reads it as it is: it imports nothing of ours.
    const child = fork(join(import.meta.dirname, 'tax-service-process.ts'), {
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...process.env, TAX_SERVICE_TOKEN: TOKEN },
    });
    const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
    return new TaxService(child, port);
  }

  settings(change: Partial<TaxProviderSettings> = {}): TaxProviderSettings {
    return {
      url: `http://127.0.0.1:${this.port}/quotes`,
      token: TOKEN,
      answerMilliseconds: 1_000,
      restMilliseconds: 0,
      ...change,
    };
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

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill();
    await once(this.child, 'exit');
  }
}
