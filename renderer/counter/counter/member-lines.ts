import { isZeroAmount } from '../../../preload/contract/app/values.ts';
import type { Entry, EntryState, EntrySums, MemberCard } from '../../../preload/contract/index.ts';
import { characters } from '../../kit/characters.ts';
import type { Phrase } from '../../kit/phrase.ts';

/** One line on the member's card: what this till has for the member that is not settled. */
export interface OpenLine {
  readonly kind: 'checking' | 'review' | 'refused' | 'waiting' | 'none';
  readonly tone: 'neutral' | 'warn' | 'bad';
  readonly phrase: Phrase;
  /** The entry that it tells of, where it is one and is at hand. */
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

function lineOf(member: MemberCard, kind: OpenKind, saySum: (sums: EntrySums) => string): OpenLine {
  const sums = member[kind];
  const entry = member.recent.find((candidate) => isShown(candidate, kind)) ?? null;
  const values = { count: sums.entries, what: saySum(sums), time: entry?.storeTime ?? '' };
  return { kind, tone: shownWith[kind].tone, phrase: { key: keyOf(kind, sums, entry), values }, entry };
}

/** What is open, the most pressing first; where nothing is, that too is said. */
export function openLines(member: MemberCard, saySum: (sums: EntrySums) => string): readonly OpenLine[] {
  const kinds: readonly OpenKind[] = ['checking', 'review', 'refused', 'waiting'];
  const lines = kinds.filter((kind) => member[kind].entries > 0).map((kind) => lineOf(member, kind, saySum));
  if (lines.length > 0) return lines;
  return [{ kind: 'none', tone: 'neutral', phrase: { key: 'member.noneWaiting' }, entry: null }];
}

/** `TM` of `Tan Mei Ling`, `陈` of `陈佳`; nothing where there is no letter. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  const [first = '', second = ''] = words.map((word) => characters(word)[0] ?? '');
  return (/^\p{Script=Han}/u.test(first) ? first : first + second).toUpperCase();
}

/** The colour of a tier, by the names that shops give them; any other has the till's own. */
export function tierLook(categoryName: string): 'gold' | 'silver' | 'platinum' | 'bronze' | 'plain' {
  const found = /gold|silver|platinum|bronze/i.exec(categoryName)?.[0]?.toLowerCase();
  return found === 'gold' || found === 'silver' || found === 'platinum' || found === 'bronze'
    ? found
    : 'plain';
}
