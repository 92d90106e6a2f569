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

/** The strip's sentence, joined by the locale's ` · `. */
export function statusOf(snapshot: Pick<Snapshot, 'link' | 'counts'>): Status {
  const { link, counts } = snapshot;
  const waiting = counts.queued + counts.sending;
  const phrases: Phrase[] = [{ key: `strip.${link.state}` }];
  if (link.state === 'paused' && link.pause !== null) {
    phrases.push({ key: `pauses.${link.pause.reason}.short` });
  }
  if (waiting > 0) phrases.push({ key: 'strip.waiting', values: { count: waiting } });
  if (counts.unknown > 0) phrases.push({ key: 'strip.checking', values: { count: counts.unknown } });
  if (counts.review > 0) phrases.push({ key: 'strip.review', values: { count: counts.review } });
  if (phrases.length === 1)
    phrases.push({ key: link.state === 'offline' ? 'strip.noneWaiting' : 'strip.allSent' });
  return { tone: toneOf(snapshot), phrases };
}

function toneOf({ link, counts }: Pick<Snapshot, 'link' | 'counts'>): Tone {
  if (link.state === 'paused') return 'bad';
  if (link.state === 'offline' || counts.unknown + counts.review > 0) return 'warn';
  return link.state === 'online' ? 'good' : 'neutral';
}
