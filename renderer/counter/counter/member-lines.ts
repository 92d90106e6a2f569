import { isZeroAmount } from '../../../preload/contract/app/values.ts';
import type { Entry, EntryState, EntrySums, MemberCard } from '../../../preload/contract/index.ts';
import type { Phrase } from '../../kit/phrase.ts';

/** A line on the member's card about open entries. */
interface OpenLine {
  readonly kind: 'checking' | 'review' | 'refused' | 'waiting' | 'none';
  readonly tone: 'neutral' | 'warn' | 'bad';
  readonly phrase: Phrase;
  /** Its entry, if it is one and known. */
  readonly entry: Entry | null;
}

const shownWith = {
  checking: { states: ['unknown'], tone: 'warn' },
  review: { states: ['review'], tone: 'warn' },
  refused: { states: ['rejected'], tone: 'bad' },
  waiting: { states: ['queued', 'sending'], tone: 'neutral' },
} as const satisfies Record<string, { states: readonly EntryState[]; tone: OpenLine['tone'] }>;

type OpenKind = keyof typeof shownWith;

function isShown(entry: Entry, kind: OpenKind): boolean {
  const states: readonly EntryState[] = shownWith[kind].states;
  return states.includes(entry.state) && (kind !== 'refused' || entry.needsAcknowledgement);
}

function keyOf(kind: OpenKind, sums: EntrySums, entry: Entry | null): string {
  if (kind !== 'waiting') {
    return sums.entries === 1 && entry !== null ? `member.open.${kind}At` : `member.open.${kind}`;
  }
  const isNothing = isZeroAmount(sums.balance) && isZeroAmount(sums.point);
  return isNothing ? 'member.waitingZero' : 'member.waiting';
}

function lineOf(member: MemberCard, kind: OpenKind, sumText: (sums: EntrySums) => string): OpenLine {
  const sums = member[kind];
  const entry = member.recent.find((candidate) => isShown(candidate, kind)) ?? null;
  const values = { count: sums.entries, what: sumText(sums), time: entry?.storeTime ?? '' };
  return { kind, tone: shownWith[kind].tone, phrase: { key: keyOf(kind, sums, entry), values }, entry };
}

/** Most urgent first; a line too if nothing is open. */
export function openLines(member: MemberCard, sumText: (sums: EntrySums) => string): readonly OpenLine[] {
  const kinds: readonly OpenKind[] = ['checking', 'review', 'refused', 'waiting'];
  const lines = kinds.filter((kind) => member[kind].entries > 0).map((kind) => lineOf(member, kind, sumText));
  if (lines.length > 0) return lines;
  return [{ kind: 'none', tone: 'neutral', phrase: { key: 'member.noneWaiting' }, entry: null }];
}

/** A tier's colour, by its usual names; others get the till's own. */
export function tierLook(categoryName: string): 'gold' | 'silver' | 'platinum' | 'bronze' | 'plain' {
  const found = /gold|silver|platinum|bronze/i.exec(categoryName)?.[0]?.toLowerCase();
  return found === 'gold' || found === 'silver' || found === 'platinum' || found === 'bronze'
    ? found
    : 'plain';
}
