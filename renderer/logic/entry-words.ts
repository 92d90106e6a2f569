import { type Amount, type Entry, type EntryState, isZeroAmount } from '../../preload/contract/index.ts';
import type { Phrase, Tone } from './status.ts';

export const stateTone: Readonly<Record<EntryState, Tone>> = {
  queued: 'neutral',
  sending: 'neutral',
  confirmed: 'good',
  unknown: 'warn',
  review: 'warn',
  rejected: 'bad',
  cancelled: 'neutral',
};

/** How amounts are written; given, so that this stays free of locales. */
export interface Writer {
  readonly money: (value: Amount) => string;
  readonly points: (value: Amount) => string;
  readonly plain: (value: Amount) => string;
}

function balanceChange(entry: Entry, write: Writer): Phrase | null {
  if (isZeroAmount(entry.balanceIncrement)) return null;
  if (entry.balanceBefore !== null && entry.balanceAfter !== null) {
    return {
      key: 'entry.beforeAfter',
      values: { before: write.money(entry.balanceBefore), after: write.money(entry.balanceAfter) },
    };
  }
  return null;
}

function pointChange(entry: Entry, write: Writer): Phrase | null {
  if (isZeroAmount(entry.pointIncrement)) return null;
  if (entry.pointBefore === null || entry.pointAfter === null) return null;
  return {
    key: 'entry.beforeAfter',
    values: { before: write.plain(entry.pointBefore), after: write.points(entry.pointAfter) },
  };
}

function causeOf(entry: Entry): Phrase | null {
  const words = entry.messages.find((message) => message.trim() !== '');
  if (entry.state === 'rejected' && words !== undefined) return { key: 'entry.kybioSays', values: { words } };
  if (entry.cause === null || entry.state === 'sending' || entry.state === 'cancelled') return null;
  return { key: `causes.${entry.cause}` };
}

/** The short note under the member's name: what became of it, or else its reference. */
export function entryNote(entry: Entry, write: Writer): readonly Phrase[] {
  const told =
    entry.state === 'confirmed' ? (balanceChange(entry, write) ?? pointChange(entry, write)) : causeOf(entry);
  const corrects: Phrase[] =
    entry.correctsReference === null
      ? []
      : [{ key: 'entry.corrects', values: { reference: entry.correctsReference } }];
  const note = [...corrects, ...(told === null ? [] : [told])];
  return note.length > 0 ? note : [{ key: 'entry.reference', values: { reference: entry.reference } }];
}

/** The same with room to spare: both changes. */
export function savedNote(entry: Entry, write: Writer): readonly Phrase[] {
  const changes = [balanceChange(entry, write), pointChange(entry, write)].flatMap((phrase) => phrase ?? []);
  return entry.state === 'confirmed' && changes.length > 0 ? changes : entryNote(entry, write);
}
