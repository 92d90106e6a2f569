import type { Snapshot } from '../../preload/contract/index.ts';

/** A piece of the strip's sentence: a locale key with its values. */
export interface Phrase {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

export type Tone = 'good' | 'neutral' | 'warn' | 'bad';

export interface Status {
  readonly tone: Tone;
  readonly phrases: readonly Phrase[];
}

/** The one phrase of the strip that leads somewhere. */
export const REVIEW_KEY = 'strip.review';

/** What waits for a manager: undecided entries, and doubts about settled ones. */
export const toReview = ({ counts, doubts }: Pick<Snapshot, 'counts' | 'doubts'>): number =>
  counts.review + doubts;

/** The strip's sentence, joined by the locale's ` · `. */
export function statusOf(snapshot: Pick<Snapshot, 'link' | 'counts' | 'doubts'>): Status {
  const { link, counts } = snapshot;
  const review = toReview(snapshot);
  const waiting = counts.queued + counts.sending;
  const phrases: Phrase[] = [{ key: `strip.${link.state}` }];
  if (link.state === 'paused' && link.pause !== null) {
    phrases.push({ key: `pauses.${link.pause.reason}.short` });
  }
  if (waiting > 0) phrases.push({ key: 'strip.waiting', values: { count: waiting } });
  if (counts.unknown > 0) phrases.push({ key: 'strip.checking', values: { count: counts.unknown } });
  if (review > 0) phrases.push({ key: REVIEW_KEY, values: { count: review } });
  if (phrases.length === 1)
    phrases.push({ key: link.state === 'offline' ? 'strip.noneWaiting' : 'strip.allSent' });
  return { tone: toneOf(snapshot), phrases };
}

function toneOf(snapshot: Pick<Snapshot, 'link' | 'counts' | 'doubts'>): Tone {
  const { link, counts } = snapshot;
  if (link.state === 'paused') return 'bad';
  if (link.state === 'offline' || counts.unknown + toReview(snapshot) > 0) return 'warn';
  return link.state === 'online' ? 'good' : 'neutral';
}
