import { RecordUsage } from '#billing/usage';
import { DomainError } from '#kernel';
import type { ModuleRef } from '@nestjs/core';
import { CommandBus, type Command, type ICommand } from '@nestjs/cqrs';
import type { Metrics } from './metrics.js';
import { inSpan } from './spans.js';

/** Every command that is carried out, whichever door or reactor sent it. */
export class ObservedCommandBus extends CommandBus {
  constructor(
    moduleRef: ModuleRef,
    private readonly metrics: Metrics,
  ) {
    super(moduleRef);
  }

  override execute<T extends ICommand, R = unknown>(command: T): Promise<R>;
  override execute<R>(command: Command<R>): Promise<R>;
  override async execute(command: ICommand): Promise<unknown> {
    const name = command.constructor.name;
    const stop = this.metrics.commandSeconds.startTimer({ command: name });
    try {
      const answer: unknown = await inSpan(name, {}, () => super.execute(command));
      this.metrics.commands.inc({ command: name, result: 'ok', code: '' });
      if (command instanceof RecordUsage) this.ingested(answer as UsageRecording);
      return answer;
    } catch (error) {
      this.metrics.commands.inc({ command: name, ...resultOf(error) });
      throw error;
    } finally {
      stop();
    }
  }

  private ingested({ results }: UsageRecording): void {
    const counts = { accepted: 0, duplicate: 0, rejected: 0 };
    for (const { status } of results) counts[status] += 1;
    for (const [result, count] of Object.entries(counts)) this.metrics.usageIngested.inc({ result }, count);
  }
}

type UsageRecording = RecordUsage extends Command<infer Answer> ? Answer : never;

/** Refusals by their code, which is from a list; what is wrong on our side has none that callers could rely on. */
const resultOf = (error: unknown): { readonly result: 'refused' | 'conflict' | 'failed'; readonly code: string } => {
  if (!(error instanceof DomainError)) return { result: 'failed', code: '' };
  switch (error.kind) {
    case 'conflict':
    case 'revision_mismatch':
      return { result: 'conflict', code: error.code };
    case 'unavailable':
    case 'behind':
      return { result: 'failed', code: error.code };
    case 'invalid':
    case 'unauthenticated':
    case 'forbidden':
    case 'not_found':
    case 'refused':
    case 'too_many':
      return { result: 'refused', code: error.code };
  }
};
