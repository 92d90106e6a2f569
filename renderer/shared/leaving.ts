import type { Topics } from '../../preload/contract/index.ts';
import { till } from './bridge.ts';

type Mode = Topics['mode'];

let shown: Mode | null = null;
let isAsked = false;

/** From the practice store to the live till, as somebody has pressed. */
export async function leavePractice(): ReturnType<typeof till.setupLeavePractice> {
  isAsked = true;
  const reply = await till.setupLeavePractice({});
  if (!reply.ok) isAsked = false;
  return reply;
}

/** Told of each till that is shown: true where practice ended by itself, and what is entered now is real. */
export function endedByItself(now: Mode): boolean {
  const isSo = shown === 'practice' && now === 'live' && !isAsked;
  shown = now;
  isAsked = false;
  return isSo;
}
