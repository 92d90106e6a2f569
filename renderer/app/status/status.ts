import type { Link, Snapshot } from '../../../preload/contract/index.ts';
import type { Phrase, Tone } from '../../kit/phrase.ts';

export interface Status {
  readonly tone: Tone;
  readonly phrases: readonly Phrase[];
}

/** Phrases that lead somewhere. */
export const REVIEW_KEY = 'strip.review';
export const REFUSED_KEY = 'strip.refused';

/** Failure back-off: one entry at a time, ever more rarely. */
const isHeldBack = (link: Link): link is Link & { readonly heldBackUntilMs: number } =>
  link.state === 'online' && link.heldBackUntilMs !== null;

type StatusParts = Pick<Snapshot, 'link' | 'counts' | 'refusals'>;

/** Joined by the locale's ` · `. */
export function statusOf(parts: StatusParts, timeText: (ms: number) => string): Status {
  const { link, counts, refusals } = parts;
  const waiting = counts.queued + counts.sending;
  const phrases: Phrase[] = [{ key: `strip.${link.state}` }];
  if (link.state === 'paused' && link.pause !== null) {
    phrases.push({ key: `pauses.${link.pause.reason}.short` });
  }
  if (waiting > 0) phrases.push({ key: 'strip.waiting', values: { count: waiting } });
  if (waiting > 0 && isHeldBack(link)) {
    phrases.push({ key: 'strip.nextAt', values: { time: timeText(link.heldBackUntilMs) } });
  }
  if (counts.unknown > 0) phrases.push({ key: 'strip.checking', values: { count: counts.unknown } });
  if (counts.review > 0) phrases.push({ key: REVIEW_KEY, values: { count: counts.review } });
  if (refusals > 0) phrases.push({ key: REFUSED_KEY, values: { count: refusals } });
  if (phrases.length === 1)
    phrases.push({ key: link.state === 'offline' ? 'strip.noneWaiting' : 'strip.allSent' });
  return { tone: toneOf(parts), phrases };
}

function toneOf(parts: StatusParts): Tone {
  const { link, counts, refusals } = parts;
  if (link.state === 'paused' || refusals > 0) return 'bad';
  if (link.state === 'offline' || isHeldBack(link)) return 'warn';
  if (counts.unknown + counts.review > 0) return 'warn';
  return link.state === 'online' ? 'good' : 'neutral';
}
