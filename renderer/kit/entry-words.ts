import { isZeroAmount } from '../../preload/contract/app/values.ts';
import type { Amount, Entry, EntryState, Link } from '../../preload/contract/index.ts';
import type { Phrase, Tone } from './phrase.ts';

const stateTone: Readonly<Record<EntryState, Tone>> = {
  queued: 'neutral',
  sending: 'neutral',
  confirmed: 'good',
  unknown: 'warn',
  review: 'warn',
  rejected: 'bad',
  cancelled: 'neutral',
};

export interface StateWord {
  readonly key: string;
  readonly tone: Tone;
  readonly isOnItsWay: boolean;
}

/** An entry's state in a word; "reversed" says more about the money than "done". */
export function stateWord({ state, takenBack }: Pick<Entry, 'state' | 'takenBack'>): StateWord {
  if (takenBack !== null) {
    return {
      key: `states.${takenBack.state}`,
      tone: 'neutral',
      isOnItsWay: takenBack.state === 'reversing',
    };
  }
  return { key: `states.${state}`, tone: stateTone[state], isOnItsWay: state === 'sending' };
}

/** Struck through: the member does not have it, and was not meant to. */
export const isStruck = ({ state, takenBack }: Pick<Entry, 'state' | 'takenBack'>): boolean =>
  state === 'cancelled' || takenBack?.state === 'reversed';

/** Formats amounts; injected, so that this stays free of locales. */
export interface Writer {
  readonly money: (value: Amount) => string;
  readonly points: (value: Amount) => string;
  readonly plain: (value: Amount) => string;
  /** `S$50.00 and 50 points`, or the one that there is. */
  readonly both: (balance: Amount, point: Amount, bonus?: Amount | null) => string;
}

/** What blocks all sending: shown on every waiting row. */
export type WhatDelays = Pick<Link, 'state' | 'pause' | 'heldBackUntilMs'>;

/** Network problems that a person must fix: waiting does not help. */
const asksForHelp: ReadonlySet<Entry['cause']> = new Set([
  'proxy-refused',
  'proxy-password',
  'proxy-unsupported',
  'proxy-unknown',
] as const);

/** Why a waiting entry is not sent, the longest cause first; null where it is. */
export function delayPhrase(
  { state, behind, cause }: Pick<Entry, 'state' | 'behind' | 'cause'>,
  link: WhatDelays,
): Phrase | null {
  if (state !== 'queued') return null;
  const isStuck = behind?.state === 'unknown' || behind?.state === 'review';
  const how = isStuck ? behind.state : 'turn';
  const waitsBehind: Phrase | null =
    behind === null ? null : { key: `delay.behind.${how}`, values: { reference: behind.reference } };
  if (isStuck) return waitsBehind;
  if (link.state === 'paused' && link.pause !== null) {
    return { key: `pauses.${link.pause.reason}.held` };
  }
  if (link.state === 'offline' && asksForHelp.has(cause)) return { key: `causes.${cause}` };
  if (link.state === 'offline') return { key: 'delay.offline' };
  if (link.heldBackUntilMs !== null) return { key: 'delay.oneAtATime' };
  return waitsBehind;
}

/** Where room is short, what the member has now stands alone. */
const changeKey = (isShort: boolean): string => (isShort ? 'entry.after' : 'entry.beforeAfter');

function balanceChange(entry: Entry, write: Writer, isShort: boolean): Phrase | null {
  if (isZeroAmount(entry.balanceIncrement)) return null;
  if (entry.balanceBefore !== null && entry.balanceAfter !== null) {
    return {
      key: changeKey(isShort),
      values: { before: write.money(entry.balanceBefore), after: write.money(entry.balanceAfter) },
    };
  }
  return null;
}

function pointChange(entry: Entry, write: Writer, isShort: boolean): Phrase | null {
  if (isZeroAmount(entry.pointIncrement)) return null;
  if (entry.pointBefore === null || entry.pointAfter === null) return null;
  return {
    key: changeKey(isShort),
    values: { before: write.plain(entry.pointBefore), after: write.points(entry.pointAfter) },
  };
}

/** KYBIO's own words for a refusal, or that there were none. */
export function refusalPhrase(entry: Entry): Phrase {
  const words = entry.messages.find((message) => message.trim() !== '');
  if (words !== undefined) return { key: 'entry.kybioSays', values: { words } };
  return { key: entry.cause === null ? 'causes.refused-by-kybio' : `causes.${entry.cause}` };
}

function causeOf(entry: Entry): readonly Phrase[] {
  if (entry.state === 'rejected') return [refusalPhrase(entry), { key: 'entry.notCredited' }];
  if (entry.cause === null || entry.state === 'sending') return [];
  if (entry.state === 'cancelled' && entry.cause !== 'replaced') return [];
  return [{ key: `causes.${entry.cause}` }];
}

/** For an entry taken back in part: how much, and by which entry. */
export function partPhrase({ takenBackInPart: part }: Entry, write: Pick<Writer, 'both'>): Phrase | null {
  if (part === null) return null;
  const { reference, state, balance, point } = part;
  return { key: `entry.part.${state}By`, values: { what: write.both(balance, point), reference } };
}

/** Settled by a manager where KYBIO's word was missing; a later answer of KYBIO's says more. */
function closedAs({ state, decision }: Pick<Entry, 'state' | 'decision'>): 'arrived' | 'dropped' | null {
  if (state === 'confirmed' && decision?.as === 'arrived') return 'arrived';
  return state === 'cancelled' && decision?.as === 'dropped' ? 'dropped' : null;
}

/** Who closed it; the till's own manager PIN has no name. */
function closedPhrase(entry: Entry): Phrase | null {
  const as = closedAs(entry);
  if (as === null || entry.decision === null) return null;
  const { who } = entry.decision;
  return who === 'manager'
    ? { key: `entry.closed.${as}Unnamed` }
    : { key: `entry.closed.${as}`, values: { who } };
}

function outcomeOf(entry: Entry, write: Writer, delay: Phrase | null, isShort: boolean): readonly Phrase[] {
  if (entry.takenBack !== null) {
    const { reference, state } = entry.takenBack;
    return [{ key: `entry.${state}By`, values: { reference } }];
  }
  const closed = closedPhrase(entry);
  if (closed !== null) return [closed, partPhrase(entry, write)].filter((phrase) => phrase !== null);
  if (entry.state !== 'confirmed') return delay === null ? causeOf(entry) : [delay];
  const { balanceIncrement, pointIncrement } = entry;
  const isNothing = isZeroAmount(balanceIncrement) && isZeroAmount(pointIncrement);
  const untold: Phrase | null = isNothing ? null : { key: 'entry.byEvidence' };
  const change = balanceChange(entry, write, isShort) ?? pointChange(entry, write, isShort) ?? untold;
  return [change, partPhrase(entry, write)].filter((phrase) => phrase !== null);
}

const openStates: ReadonlySet<EntryState> = new Set(['queued', 'sending', 'unknown', 'review']);

/** KYBIO has not taken its money back yet. */
export const isPayOutEarly = ({
  kind,
  state,
  balanceIncrement,
}: Pick<Entry, 'kind' | 'state' | 'balanceIncrement'>): boolean =>
  kind === 'reversal' && openStates.has(state) && !isZeroAmount(balanceIncrement);

/** The entry this one takes back, or credits again. */
export function correctsWords({ kind, correctsReference: reference }: Entry): readonly Phrase[] {
  if (reference === null) return [];
  return [{ key: kind === 'reversal' ? 'entry.corrects' : 'entry.creditsAgain', values: { reference } }];
}

/** The short note under the member's name: its outcome, or else its reference. */
export function entryNote(
  entry: Entry,
  write: Writer,
  delay: Phrase | null,
  isShort = false,
): readonly Phrase[] {
  const [corrects, outcome] = [correctsWords(entry), outcomeOf(entry, write, delay, isShort)];
  // Where room is short the end is cut, and never the sum.
  const note = isShort ? [...outcome, ...corrects] : [...corrects, ...outcome];
  return note.length > 0 ? note : [{ key: 'entry.reference', values: { reference: entry.reference } }];
}

/** Balance and points, where there is room. */
export const changesOf = (entry: Entry, write: Writer, isShort = false): readonly Phrase[] =>
  [balanceChange(entry, write, isShort), pointChange(entry, write, isShort)].flatMap(
    (phrase) => phrase ?? [],
  );

/** What an entry's state means for the money, in a sentence or two. */
export function meansOf(
  entry: Pick<
    Entry,
    'state' | 'cause' | 'kind' | 'balanceIncrement' | 'takenBack' | 'takenBackInPart' | 'decision'
  >,
  write: Pick<Writer, 'both'>,
): Phrase {
  const { state, kind, takenBack, takenBackInPart: part } = entry;
  if (part !== null) {
    const { reference, balance, point } = part;
    return { key: `entry.part.${part.state}`, values: { what: write.both(balance, point), reference } };
  }
  if (takenBack !== null) {
    return { key: `entry.means.${takenBack.state}`, values: { reference: takenBack.reference } };
  }
  if (state === 'cancelled' && entry.cause === 'replaced') return { key: 'causes.replaced' };
  const closed = closedAs(entry);
  if (closed !== null) return { key: `entry.means.closed${closed === 'arrived' ? 'Arrived' : 'Dropped'}` };
  if (isPayOutEarly(entry)) return { key: 'entry.means.reversalOpen' };
  if (kind === 'reversal' && state === 'confirmed') return { key: 'entry.means.reversalDone' };
  return { key: `entry.means.${state}` };
}

/** The newest refusal that nobody has acknowledged. */
export const firstRefused = (activity: readonly Entry[]): Entry | undefined =>
  activity.find((entry) => entry.needsAcknowledgement);

/** Its receipt is seldom what a person opens it for: what became of it is not good, or not known. */
export const isReceiptLast = ({ state }: Pick<Entry, 'state'>): boolean =>
  state === 'unknown' || state === 'review' || state === 'rejected' || state === 'cancelled';
