import {
  addAmounts,
  compareAmounts,
  isZeroAmount,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/app/values.ts';
import type {
  Amount,
  DecideReasonWord,
  Entry,
  ReviewAnswerWord,
  ShownCase,
  ShownEvidence,
} from '../../../preload/contract/index.ts';
import { correctsWords } from '../../kit/entry-words.ts';
import type { Phrase, Tone, Words } from '../../kit/phrase.ts';

/** Formats sums and times; injected, so that this stays free of locales. */
export interface ReviewWriter {
  readonly money: (value: Amount) => string;
  readonly points: (value: Amount) => string;
  /** `S$50.00 and 20 points`, or one of them. */
  readonly both: (balance: Amount, point: Amount, bonus?: Amount | null) => string;
  /** With signs: `+ S$50.00 and + 20 points`. */
  readonly signed: (balance: Amount, point: Amount) => string;
  /** `13:44`, with the date if not today. */
  readonly minute: (ms: number) => string;
  /** With seconds: `13:44:07`. */
  readonly second: (ms: number) => string;
  /** Who did something. */
  readonly person: (actor: string) => string;
}

interface Sums {
  readonly balance: Amount;
  readonly point: Amount;
}

const isUnchanged = (sums: Sums) => isZeroAmount(sums.balance) && isZeroAmount(sums.point);

const isConfirmedOnPaper = ({ entry, paper }: Pick<ShownCase, 'entry' | 'paper'>): boolean =>
  entry.cause === 'from-confirmed-receipt' || (paper?.confirmed ?? null) !== null;

/** Does not verify, as opposed to one confirmed by a receipt, which is never sent either. */
export const isUnverified = (review: Pick<ShownCase, 'sendable' | 'entry' | 'paper'>): boolean =>
  !review.sendable && !isConfirmedOnPaper(review);

/** What the evidence suggests; null if unclear, and then every answer deviates. */
export function recommended(
  review: Pick<ShownCase, 'evidence' | 'entry' | 'paper'>,
): ReviewAnswerWord | null {
  const { evidence } = review;
  if (evidence === null || evidence.suggestion === 'unclear')
    return isConfirmedOnPaper(review) ? 'arrived' : null;
  return evidence.suggestion === 'applied' ? 'arrived' : 'send';
}

/** Possible answers: all but _it arrived_ need a reading, sending also its sums. */
export function answersOf({
  reading,
  sendable,
}: Pick<ShownCase, 'reading' | 'sendable'>): readonly ReviewAnswerWord[] {
  if (reading === null) return ['arrived'];
  return sendable && reading.sums !== null ? ['arrived', 'send', 'drop'] : ['arrived', 'drop'];
}

/** The answer shown first; an unverified entry can only be dropped, not sent. */
export function primaryAnswer(
  review: Pick<ShownCase, 'evidence' | 'sendable' | 'entry' | 'paper' | 'reading' | 'speaksForArrival'>,
): ReviewAnswerWord | null {
  const said = recommended(review);
  if (said === 'send' && review.speaksForArrival) return null;
  const answer = said === 'send' && !review.sendable ? 'drop' : said;
  return answer !== null && answersOf(review).includes(answer) ? answer : null;
}

/** The risk of a deviating answer (`review.ask.against.<…>`); null if it follows the evidence. */
export function riskKey(review: ShownCase, answer: ReviewAnswerWord): string | null {
  if (answer === primaryAnswer(review)) return null;
  const speaksFor = recommended(review);
  if (speaksFor === null) return `review.ask.against.unclear-${answer}`;
  if (answer !== 'drop') return `review.ask.against.${answer}`;
  return `review.ask.against.drop-${speaksFor === 'arrived' ? 'arrived' : 'not'}`;
}

interface Advice {
  readonly tone: Tone;
  readonly title: Phrase;
  /** What to do if the evidence is unclear. */
  readonly todo: Phrase | null;
}

/** Reasons without a "probably". */
const certain: readonly DecideReasonWord[] = ['fingerprint', 'two-fingerprints'];

/** The movement as a sentence; null if it is not exactly this entry. */
function exactly({ entry, evidence }: ShownCase, write: ReviewWriter): Phrase | null {
  if (evidence?.suggestion !== 'applied' || !evidence.reasons.includes('exact-movement')) return null;
  const isLess = isNegative(entry.balanceIncrement) || isNegative(entry.pointIncrement);
  const size = (value: Amount) => (isNegative(value) ? subtractAmounts(zeroAmount, value) : value);
  const sum = write.both(size(entry.balanceIncrement), size(entry.pointIncrement));
  return { key: `review.advice.exactly-${isLess ? 'less' : 'more'}`, values: { sum } };
}

const isNegative = (value: Amount) => compareAmounts(value, zeroAmount) < 0;

export function adviceOf(review: ShownCase, write: ReviewWriter): Advice {
  const { evidence } = review;
  const say = (tone: Tone, title: string, todo?: string): Advice => ({
    tone,
    title: { key: `review.advice.${title}` },
    todo: todo === undefined ? null : { key: `review.advice.${todo}` },
  });
  const isExactly = exactly(review, write);
  if (isExactly !== null && evidence?.double === false)
    return { tone: 'good', title: isExactly, todo: { key: 'review.advice.exactlyDo' } };
  if (evidence === null) return say('warn', 'nothing', 'nothingDo');
  if (evidence.double) return say('bad', 'double', 'doubleDo');
  switch (evidence.suggestion) {
    case 'applied':
      return say(
        'good',
        evidence.reasons.some((reason) => certain.includes(reason)) ? 'arrived' : 'probablyArrived',
      );
    case 'not-applied':
      return say('good', 'probablyNot');
    case 'unclear':
      return say('warn', 'unclear', 'unclearDo');
  }
}

type Row = ShownEvidence['rows'][number];

export const rowFits = (row: Row, entry: Entry): boolean =>
  !row.explained &&
  !isZeroAmount(entry.balanceIncrement) &&
  compareAmounts(row.amount, entry.balanceIncrement) === 0;

/** All rows that may be this entry and a few others, in order; and how many are left out. */
export function rowsToShow(rows: readonly Row[], entry: Entry, others: number) {
  let room = others;
  // Rows may be equal: their place distinguishes them.
  const placed = rows.map((row, place) => ({ key: String(place), row }));
  const shown = placed.filter(({ row }) => {
    if (rowFits(row, entry)) return true;
    room -= 1;
    return room >= 0;
  });
  return { shown, leftOut: rows.length - shown.length };
}

const timeOf = (datetime: string): string => /\d{1,2}:\d{2}(:\d{2})?/.exec(datetime)?.[0] ?? datetime;

/** What else must have happened if this entry arrived. */
function restPhrase(review: ShownCase, write: ReviewWriter): Phrase[] {
  const { entry, before, evidence } = review;
  const moved = evidence?.moved;
  if (!before || !moved || !evidence?.reading) return [];
  const rest = {
    balance: subtractAmounts(moved.balance, entry.balanceIncrement),
    point: subtractAmounts(moved.point, entry.pointIncrement),
  };
  const isMoney = !isZeroAmount(rest.balance);
  // Only if a single part changed.
  if (isMoney !== isZeroAmount(rest.point)) return [];
  const part = (sums: Sums) => (isMoney ? sums.balance : sums.point);
  const only = (value: Amount): [Amount, Amount] => (isMoney ? [value, zeroAmount] : [zeroAmount, value]);
  const own = isMoney ? entry.balanceIncrement : entry.pointIncrement;
  const spent = compareAmounts(part(rest), zeroAmount) < 0;
  const start = part(before);
  const after = addAmounts(start, part(moved));
  const size = spent ? subtractAmounts(zeroAmount, part(rest)) : part(rest);
  return [
    {
      key: spent ? 'review.rest.spent' : 'review.rest.added',
      values: {
        rest: write.both(...only(size)),
        start: write.both(...only(start)),
        ours: write.signed(...only(own)),
        change: write.signed(...only(part(rest))),
        after: write.both(...only(after)),
      },
    },
  ];
}

/** The reasons in words, by weight. */
export function reasonPhrases(review: ShownCase, write: ReviewWriter): readonly Phrase[] {
  const { entry, evidence } = review;
  if (evidence === null) return [];
  const fitting = evidence.rows.filter((row) => rowFits(row, entry));
  const values = {
    sum: write.both(entry.balanceIncrement, entry.pointIncrement),
    ours: write.signed(entry.balanceIncrement, entry.pointIncrement),
    moved: evidence.moved === null ? '' : write.signed(evidence.moved.balance, evidence.moved.point),
    count: Math.max(1, fitting.length),
    time: timeOf(fitting.at(-1)?.datetime ?? ''),
  };
  // In the title already.
  const told = exactly(review, write) === null ? [] : ['exact-movement'];
  return evidence.reasons
    .filter((reason) => !told.includes(reason))
    .flatMap((reason) => {
      const phrase: Phrase = { key: `reasons.${reason}`, values };
      return reason === 'other-movement' ? [phrase, ...restPhrase(review, write)] : [phrase];
    });
}

export interface CaseFact {
  readonly label: Phrase;
  readonly main: Words;
  readonly small: Words | null;
}

/** Money first if the entry has any, else points. */
const asFact = (label: Phrase, entry: Entry, sums: Sums, write: ReviewWriter): CaseFact =>
  isZeroAmount(entry.balanceIncrement)
    ? { label, main: write.points(sums.point), small: write.money(sums.balance) }
    : { label, main: write.money(sums.balance), small: write.points(sums.point) };

function differenceFact(review: ShownCase, write: ReviewWriter): CaseFact {
  const { entry, before, evidence } = review;
  const ours = write.signed(entry.balanceIncrement, entry.pointIncrement);
  const label: Phrase = { key: 'review.case.difference' };
  const small: Phrase = { key: 'review.case.ours', values: { sum: ours } };
  const moved = evidence?.moved ?? null;
  if (moved === null) return { label, main: { key: 'review.case.cannotTell' }, small };
  const main: Words = isUnchanged(moved)
    ? { key: 'review.case.unmoved' }
    : write.signed(moved.balance, moved.point);
  if (!before || !evidence?.reading) return { label, main, small };
  const off = {
    balance: subtractAmounts(subtractAmounts(evidence.reading.balance, before.balance), moved.balance),
    point: subtractAmounts(subtractAmounts(evidence.reading.point, before.point), moved.point),
  };
  if (isUnchanged(off)) return { label, main, small };
  const sum = write.signed(off.balance, off.point);
  return { label, main, small: { key: 'review.case.oursOff', values: { sum, ours } } };
}

/** The source of the sums before. */
function beforeKey({ before, paper }: ShownCase): string {
  if (before?.isWithLater === true) return 'review.case.beforeWithLater';
  return before?.atMs === paper?.before?.atMs ? 'review.case.beforePaper' : 'review.case.before';
}

export function caseFacts(review: ShownCase, write: ReviewWriter): readonly CaseFact[] {
  const { entry, before, evidence } = review;
  const reading = evidence?.reading ?? null;
  return [
    before === null
      ? { label: { key: 'review.case.beforeUnknown' }, main: { key: 'review.case.notKnown' }, small: null }
      : asFact({ key: beforeKey(review), values: { time: write.minute(before.atMs) } }, entry, before, write),
    reading === null || evidence === null
      ? { label: { key: 'review.case.notRead' }, main: { key: 'review.case.nothingRead' }, small: null }
      : asFact(
          { key: 'review.case.read', values: { time: write.minute(evidence.gatheredAtMs) } },
          entry,
          reading,
          write,
        ),
    differenceFact(review, write),
  ];
}

type Attempt = ShownCase['attempts'][number];

/** Ends after which an entry goes on by itself; a past attempt has other words for them. */
export const pastEnds: ReadonlySet<Attempt['cause']> = new Set([
  'dns',
  'connection-refused',
  'unreachable',
  'connect-timeout',
  'proxy-refused',
  'proxy-password',
  'proxy-unreachable',
  'proxy-unsupported',
  'proxy-unknown',
  'tls',
  'certificate',
  'not-sent',
  'credentials',
  'time-stamp',
  'quota',
  'permission',
  'refused-status',
] as const);

function attemptEnd({ cause }: Attempt): Phrase {
  if (cause === null) return { key: 'attemptEnds.none' };
  return { key: pastEnds.has(cause) ? `attemptEnds.${cause}` : `causes.${cause}` };
}

/** `2. 13:44:08 · it left the till · the answer was lost` */
export const attemptLine = (attempt: Attempt, write: ReviewWriter): readonly Phrase[] => [
  { key: 'review.case.attempt', values: { number: attempt.number, time: write.second(attempt.startedAtMs) } },
  ...(attempt.sent ? [{ key: 'review.case.reached' }] : []),
  attemptEnd(attempt),
];

/** `entered 13:44:07 by Mei · sent 13:44:08 · the answer was lost · ref 0028` */
export function caseLine({ entry, attempts }: ShownCase, write: ReviewWriter): readonly Phrase[] {
  const { createdAtMs, actor, reference } = entry;
  const sent = attempts.filter((attempt) => attempt.sent);
  const last = sent.at(-1);
  return [
    { key: 'review.case.entered', values: { time: write.second(createdAtMs), actor: write.person(actor) } },
    ...(last === undefined
      ? [{ key: 'review.case.neverSent' }]
      : [{ key: 'review.case.sent', values: { time: write.second(last.startedAtMs) } }, attemptEnd(last)]),
    ...(attempts.length > 1 ? [{ key: 'review.case.tried', values: { count: attempts.length } }] : []),
    ...correctsWords(entry),
    { key: 'entry.reference', values: { reference } },
  ];
}
