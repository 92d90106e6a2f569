import type { Topics } from '../../preload/contract/index.ts';
import { till } from './bridge.ts';

type Mode = Topics['mode'];

let shown: Mode | null = null;
let isAsked = false;

/** Leaves the practice store on a person's request. */
export async function leavePractice(): ReturnType<typeof till.setupLeavePractice> {
  isAsked = true;
  const reply = await till.setupLeavePractice({});
  if (!reply.ok) isAsked = false;
  return reply;
}

/** Called with each mode shown: true where practice ended by itself, and entries are real now. */
export function endedByItself(now: Mode): boolean {
  const isSo = shown === 'practice' && now === 'live' && !isAsked;
  shown = now;
  isAsked = false;
  return isSo;
}
