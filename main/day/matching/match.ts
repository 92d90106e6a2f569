import {
  addAmounts,
  compareAmounts,
  type MatchPile,
  type MatchReason,
  matchReasons,
} from '../../../preload/contract/index.ts';
import { doubleOf, mayBeRounded, sameMember } from '../../hosts/port/index.ts';
import type { LogLine, Match, Matched, MatchInput, OurEntry, Timed } from './compared.ts';
import { pairOff } from './pair-off.ts';
import { type Pairing, pairUp } from './pair-up.ts';
import { type Scope, wallMs } from './question.ts';

/** Clock difference between till and host, for rows with the host's own time. */
const NEAR_MS = 300_000;
const HALF_HOUR_MS = 1_800_000;
/** Time zones reach from UTC−12 to UTC+14, with a margin. */
const MOST_HALF_HOURS = 28;
const MINUTE_MS = 60_000;

const atOf = (entry: OurEntry): number => wallMs(entry.time) ?? 0;

/** An entry that never reached KYBIO can have a row by its own second alone. */
const mayHaveRow = ({ state, touched }: OurEntry): boolean =>
  state === 'confirmed' ||
  ((state === 'unknown' || state === 'review' || state === 'queued' || state === 'sending') && touched);

const isMembers = (entry: OurEntry, { row }: Timed): boolean =>
  row.customerUid !== null && sameMember(entry.customerUid, row.customerUid);
const isSum = (entry: OurEntry, { sum }: Timed): boolean => compareAmounts(entry.sum, sum) === 0;
const isSecond = (entry: OurEntry, { row }: Timed): boolean => row.datetime === entry.time;

/** When a row with the host's own time could have been written. */
const momentsOf = (entry: OurEntry): readonly number[] => {
  const others = [entry.madeAt, ...(entry.endedAt === null ? [] : [entry.endedAt])].map(wallMs);
  return [atOf(entry), ...others.filter((moment) => moment !== null)];
};
const isWithin = (entry: OurEntry, { atMs }: Timed, mostMs: number): boolean =>
  atMs !== null && momentsOf(entry).some((moment) => Math.abs(atMs - moment) <= mostMs);

/** How many half hours the row is off, a time zone's difference; 0 where it is not one. */
function halfHoursOff(entry: OurEntry, { atMs }: Timed): number {
  if (atMs === null) return 0;
  for (const moment of momentsOf(entry)) {
    const halves = Math.round((atMs - moment) / HALF_HOUR_MS);
    const isOff = Math.abs(atMs - moment - halves * HALF_HOUR_MS) <= MINUTE_MS;
    if (isOff && halves !== 0 && Math.abs(halves) <= MOST_HALF_HOURS) return halves;
  }
  return 0;
}

export const hoursOffOf = ({ entries: [entry], lines: [line] }: Match): number =>
  entry === undefined || line === undefined ? 0 : halfHoursOff(entry, line) / 2;

const isCutOff = (entry: OurEntry, { row, atMs }: Timed): boolean =>
  atMs === null && row.datetime.length >= 10 && entry.time.startsWith(row.datetime);

/** What only resembles: each is tried, in this order, on what the one before left. */
const likenesses: readonly {
  readonly reason: MatchReason;
  readonly fits: (entry: OurEntry, line: Timed) => boolean;
}[] = [
  { reason: 'time-differs', fits: (entry, line) => isSum(entry, line) && isWithin(entry, line, NEAR_MS) },
  { reason: 'time-cut-off', fits: (entry, line) => isSum(entry, line) && isCutOff(entry, line) },
  { reason: 'hours-off', fits: (entry, line) => isSum(entry, line) && halfHoursOff(entry, line) !== 0 },
  { reason: 'sum-differs', fits: (entry, line) => isSecond(entry, line) || isWithin(entry, line, MINUTE_MS) },
];

type IsKnown = MatchInput['isKnown'];

/** The id came through a double and may be another member's: one whom the till knows by it, or at the host's own time. */
const isGuess = (entry: OurEntry, line: Timed, isKnown: IsKnown): boolean => {
  const { customerUid } = line.row;
  return (
    customerUid !== null &&
    customerUid !== entry.customerUid &&
    (!isSecond(entry, line) || isKnown(customerUid))
  );
};

function ofPair(entry: OurEntry, line: Timed, isKnown: IsKnown): Match {
  const of = (pile: MatchPile, reason: MatchReason): Match => ({
    pile,
    reason,
    entries: [entry],
    lines: [line],
  });
  if (isGuess(entry, line, isKnown)) return of('unclear', 'rounded-id');
  if (entry.state === 'confirmed') return of('matched', isSecond(entry, line) ? 'same-time' : 'near-time');
  const isRefused = entry.state === 'rejected' || entry.state === 'cancelled';
  return of('unclear', isRefused ? 'found-though-refused' : 'found-while-open');
}

type Tangle = Pairing['found'][number];

/** Entries and rows that fit each other: as many pairs, or one tangle. */
function ofTangle(
  { entries, lines }: Tangle,
  isKnown: IsKnown,
  fits: (entry: OurEntry, line: Timed) => boolean,
): readonly Match[] {
  const [entry] = entries;
  const [line] = lines;
  if (entry === undefined || line === undefined) return [];
  if (entries.length === 1 && lines.length === 1) return [ofPair(entry, line, isKnown)];
  const isOneMember = new Set(entries.map(({ customerUid }) => customerUid)).size === 1;
  const areDone = entries.every(({ state }) => state === 'confirmed');
  const areExact = lines.every(({ row }) => row.customerUid === entry.customerUid);
  // Which row belongs to which does not matter among equal entries of one member.
  if (entries.length === lines.length && isOneMember && areDone && areExact) {
    const pairs = pairOff(entries, lines, fits);
    if (pairs !== null) return pairs.map(([one, row]) => ofPair(one, row, isKnown));
  }
  const reason = !isOneMember ? 'rounded-id' : entries.length === 1 ? 'two-rows' : 'two-candidates';
  return [{ pile: 'unclear', reason, entries, lines }];
}

const groupOf = (entry: OurEntry): string => doubleOf(entry.customerUid);
const groupOfLine = ({ row }: Timed): string => (row.customerUid === null ? '' : doubleOf(row.customerUid));

/**
 * Sorts this till's entries and KYBIO's rows into the four piles; each of the scope is in one pile, once. It
 * changes no entry.
 */
export function match(input: MatchInput): Matched {
  const { repeated, lines } = withoutRepeats(input.lines.map(timed));
  const { carriesOurTime } = input;
  const isSame = (entry: OurEntry, line: Timed): boolean =>
    isMembers(entry, line) &&
    isSum(entry, line) &&
    (isSecond(entry, line) || (!carriesOurTime && mayHaveRow(entry) && isWithin(entry, line, NEAR_MS)));
  const found: Match[] = repeated.map((line) => ({
    pile: 'unclear',
    reason: 'row-twice',
    entries: [],
    lines: [line],
  }));
  let rest = pairUp({ entries: input.entries, lines, groupOf, groupOfLine, fits: isSame });
  for (const tangle of rest.found) found.push(...ofTangle(tangle, input.isKnown, isSame));
  for (const { reason, fits } of likenesses) {
    rest = pairUp({
      entries: rest.entries,
      lines: rest.lines,
      groupOf,
      groupOfLine,
      fits: (entry, line) => mayHaveRow(entry) && isMembers(entry, line) && fits(entry, line),
    });
    for (const one of rest.found) found.push({ pile: 'unclear', reason, ...one });
  }
  // A row without a member is found by its second and sum.
  rest = pairUp({
    entries: rest.entries,
    lines: rest.lines,
    groupOf: ({ time }) => time,
    groupOfLine: ({ row }) => (row.customerUid === null ? row.datetime : ''),
    fits: (entry, line) => line.row.customerUid === null && isSecond(entry, line) && isSum(entry, line),
  });
  for (const one of rest.found) found.push({ pile: 'unclear', reason: 'no-member', ...one });
  const logEndsMs = lines.reduce<number | null>(
    (newest, { atMs }) => (atMs === null ? newest : Math.max(newest ?? atMs, atMs)),
    null,
  );
  found.push(...unmatched({ ...input, ...rest, logEndsMs }));
  const matches = [...inScope(found, input.scope)].sort(byReason);
  return { matches, logEndsAt: endOf(lines, logEndsMs) };
}

const byReason = (left: Match, right: Match): number =>
  matchReasons.indexOf(left.reason) - matchReasons.indexOf(right.reason) ||
  timeOf(right).localeCompare(timeOf(left));

const timeOf = ({ entries: [entry], lines: [line] }: Match): string =>
  entry?.time ?? line?.row.datetime ?? '';

const endOf = (lines: readonly Timed[], endsMs: number | null): string | null =>
  lines.find(({ atMs }) => atMs !== null && atMs === endsMs)?.row.datetime ?? null;

const timed = (line: LogLine): Timed => ({
  ...line,
  sum: addAmounts(line.row.rechargeMoney, line.row.giftMoney),
  atMs: wallMs(line.row.datetime),
});

/**
 * A row that comes again on a later page counts once if its own id shows that it is the same row; otherwise a
 * person has to look.
 */
function withoutRepeats(all: readonly Timed[]): { readonly lines: Timed[]; readonly repeated: Timed[] } {
  const firstPage = new Map<string, number>();
  const lines: Timed[] = [];
  const repeated: Timed[] = [];
  for (const line of all) {
    const text = JSON.stringify(line.row);
    const page = firstPage.get(text);
    const { uid } = line.row;
    if (page === undefined) firstPage.set(text, line.page);
    const isSameRow = page !== undefined && uid !== null && !mayBeRounded(uid);
    if (page === undefined || (page === line.page && !isSameRow)) lines.push(line);
    else if (!isSameRow) repeated.push(line);
  }
  return { lines, repeated };
}

/** A pair belongs where its entry does, a lone row where it says itself. */
function inScope(found: readonly Match[], { from, to }: Scope): readonly Match[] {
  const holds = (time: string): boolean => time >= from && time <= to;
  return found.flatMap((one) => {
    if (one.entries.length === 0) {
      const isIn = one.lines.some(({ row, atMs }) => atMs === null || holds(row.datetime));
      return isIn ? [one] : [];
    }
    const entries = one.entries.filter(({ time }) => holds(time));
    return entries.length === 0 ? [] : [{ ...one, entries }];
  });
}

type Parts = Pick<MatchInput, 'askedAt' | 'isKnown'> & {
  readonly entries: readonly OurEntry[];
  readonly lines: readonly Timed[];
  readonly logEndsMs: number | null;
};

function unmatched({ entries, lines, askedAt, isKnown, logEndsMs }: Parts): readonly Match[] {
  const ours = entries.flatMap((entry): readonly Match[] => {
    const reason = whyOnlyOurs(entry, askedAt, logEndsMs);
    return reason === null ? [] : [{ pile: 'only-ours', reason, entries: [entry], lines: [] }];
  });
  const theirs = lines.map((line): Match => {
    if (line.atMs === null) return { pile: 'unclear', reason: 'time-unreadable', entries: [], lines: [line] };
    const { customerUid } = line.row;
    const reason = customerUid !== null && isKnown(customerUid) ? 'elsewhere' : 'member-unknown';
    return { pile: 'only-kybio', reason, entries: [], lines: [line] };
  });
  return [...ours, ...theirs];
}

/** Null: refused or cancelled before it was sent, so that no row is expected. */
function whyOnlyOurs(entry: OurEntry, askedAt: string, logEndsMs: number | null): MatchReason | null {
  switch (entry.state) {
    case 'rejected':
    case 'cancelled':
      return null;
    case 'queued':
    case 'sending':
      return 'waiting';
    case 'unknown':
      return 'checking';
    case 'review':
      return 'review';
    case 'confirmed':
      if (entry.endedAt !== null && entry.endedAt > askedAt) return 'after-asking';
      if (!entry.hasReply) return 'silent-without-reply';
      return logEndsMs !== null && (wallMs(entry.time) ?? 0) > logEndsMs ? 'after-the-log' : 'silent';
  }
}
