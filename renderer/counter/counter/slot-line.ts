import { negateAmount } from '../../../preload/contract/app/values.ts';
import type { Amount, Entry, EntrySums, MemberCard } from '../../../preload/contract/index.ts';
import { firstRefused, refusalPhrase } from '../../kit/entry-words.ts';
import { wholeDay } from '../../kit/format.ts';
import type { Phrase } from '../../kit/phrase.ts';
import { openLines } from './member-lines.ts';
import { canBeEnteredAgain, canBeTyped } from './top-up.ts';

export type SlotAct = 'again' | 'seen' | 'see' | 'all';

/** The lower line of the member's slot. */
export interface SlotLine {
  readonly tone: 'quiet' | 'neutral' | 'warn' | 'bad';
  readonly phrases: readonly Phrase[];
  readonly acts: readonly SlotAct[];
  /** What `again`, `seen` and `see` are about. */
  readonly entry: Entry | null;
}

interface Words {
  readonly both: (balance: Amount, point: Amount, bonus?: Amount | null) => string;
  /** `Tuesday 18:10 · S$20.00 · cash` of an entry. */
  readonly brief: (entry: Entry) => string;
  readonly locale: string;
}

const isLast = ({ state, takenBack, kind }: Entry): boolean =>
  state === 'confirmed' && takenBack === null && kind !== 'reversal';

/** The member's last top-up, where nothing is open. */
function lastLine(member: MemberCard, { brief }: Words): SlotLine {
  const last = member.recent.find(isLast);
  const phrase: Phrase =
    last === undefined ? { key: 'member.first' } : { key: 'member.last', values: { what: brief(last) } };
  return { tone: 'quiet', phrases: [phrase], acts: ['all'], entry: null };
}

/** Why the member cannot be topped up. */
export function closedPhrase({ status, expiryDate }: MemberCard, locale: string): Phrase {
  if (status !== 'expired' || expiryDate === null) return { key: `member.${status}` };
  return { key: 'member.expiredOn', values: { date: wholeDay(expiryDate.slice(0, 10), locale) } };
}

const actsOnRefused = (entry: Entry): readonly SlotAct[] => [
  canBeEnteredAgain(entry) ? 'again' : 'see',
  'seen',
];

const actsOn = (kind: string, entry: Entry | null, isOpen: boolean): readonly SlotAct[] => {
  if (entry === null) return ['all'];
  if (kind !== 'refused') return ['see'];
  return isOpen ? actsOnRefused(entry) : ['seen'];
};

/** For a member who is up: the most urgent that is open, else why nothing can be entered, else the last top-up. */
export function memberLine(member: MemberCard, words: Words): SlotLine {
  const sumText = ({ balance, bonus, point }: EntrySums) => words.both(balance, point, bonus);
  const isOpen = member.status === 'active';
  const [first, ...others] = openLines(member, sumText);
  if (first === undefined || first.kind === 'none') {
    if (isOpen) return lastLine(member, words);
    return { tone: 'bad', phrases: [closedPhrase(member, words.locale)], acts: ['all'], entry: null };
  }
  const { kind, tone, phrase, entry } = first;
  const more = others.reduce(
    (sum, other) => sum + (other.kind === 'none' ? 0 : member[other.kind].entries),
    0,
  );
  const why = kind === 'refused' && entry !== null ? [refusalPhrase(entry)] : [];
  const phrases = [...(more > 0 ? [{ key: 'member.more', values: { count: more } }] : []), phrase, ...why];
  return { tone, phrases, acts: actsOn(kind, entry, isOpen), entry };
}

/** With no member up: a refusal that nobody has acknowledged, the newest first; null for none. */
export function refusedLine(activity: readonly Entry[], { both }: Words): SlotLine | null {
  const entry = firstRefused(activity);
  if (entry === undefined) return null;
  const { balanceIncrement, pointIncrement } = entry;
  const what = canBeTyped(entry)
    ? both(balanceIncrement, pointIncrement, entry.terms.bonus)
    : both(negateAmount(balanceIncrement), negateAmount(pointIncrement));
  const name = entry.memberName || entry.memberNumber;
  const key = canBeTyped(entry) ? 'member.refusedOf' : 'member.refusedReversalOf';
  const phrases = [{ key, values: { name, what } }, refusalPhrase(entry)];
  return { tone: 'bad', phrases, acts: actsOnRefused(entry), entry };
}
