import type { CheckUp } from '../../preload/contract/index.ts';
import type { Tone } from './status.ts';

const tones: Readonly<Record<CheckUp['state'], Tone>> = {
  never: 'neutral',
  running: 'warn',
  waiting: 'neutral',
  done: 'good',
  stopped: 'warn',
  failed: 'bad',
};

export const checkUpTone = (state: CheckUp['state']): Tone => tones[state];

/** It asks, or will ask, by itself. */
export const isGoingOn = ({ state }: Pick<CheckUp, 'state'>): boolean =>
  state === 'running' || state === 'waiting';

/** When its last answer came; null where none has. */
export const finishedAtMs = ({ answers }: Pick<CheckUp, 'answers'>): number | null =>
  answers.length === 0 ? null : Math.max(...answers.map(({ atMs }) => atMs));
