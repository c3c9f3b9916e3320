import type { Fact } from '#contracts';

/** A timer as somebody saw it who decides about it. */
export type DecidedTimer = Fact<'TimerReleased'>['data'];

export type TimerCommand =
  | { readonly type: 'ReleaseTimer'; readonly timer: DecidedTimer }
  | { readonly type: 'SkipTimer'; readonly timer: DecidedTimer };

/** Whether it may be decided about, those know who see it due. */
export const decideTimer = ({ type, timer }: TimerCommand): Fact<'TimerReleased' | 'TimerSkipped'>[] => [
  { type: type === 'ReleaseTimer' ? 'TimerReleased' : 'TimerSkipped', data: timer },
];
