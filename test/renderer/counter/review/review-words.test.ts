import { describe, expect, it } from 'vitest';
import {
  amount,
  decideReasonSchema,
  entryCauses,
  isZeroAmount,
  padAmount,
  reviewAnswerSchema,
  type ShownCase,
} from '../../../../preload/contract/index.ts';
import {
  adviceOf,
  answersOf,
  attemptLine,
  caseFacts,
  caseLine,
  isUnverified,
  primaryAnswer,
  type ReviewWriter,
  reasonPhrases,
  recommended,
  riskKey,
  rowFits,
  rowsToShow,
} from '../../../../renderer/counter/review/review-words.ts';
import { i18n, phrasesText, phraseText, wordsText } from '../../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../../renderer/shared/other-words.ts';
import { caseOf, entryOf, evidenceOf, readingOf } from '../../support/samples.ts';

await otherWords.load();

type Value = ReturnType<typeof amount>;

const sign = (text: string) => (text.startsWith('-') ? `− ${text.slice(1)}` : `+ ${text}`);
const clock = (ms: number) => new Date(ms).toISOString().slice(11, 19);
const joined = (parts: readonly (string | false)[]) => parts.filter(Boolean).join(' and ');
const dollars = (value: Value) => !isZeroAmount(value) && padAmount(value, 2);
const points = (value: Value) => !isZeroAmount(value) && `${value} points`;
const signedPart = (text: string | false) => text !== false && sign(text);
const write: ReviewWriter = {
  money: (value) => `S$${padAmount(value, 2)}`,
  points: (value) => `${value} points`,
  both: (balance, point) => joined([dollars(balance) && `S$${dollars(balance)}`, points(point)]),
  signed: (balance, point) => joined([signedPart(dollars(balance)), signedPart(points(point))]),
  minute: (ms) => clock(ms).slice(0, 5),
  second: clock,
  person: (actor) => actor,
};
const sums = (balance: string, point = '0') => ({ balance: amount(balance), point: amount(point) });
const money = (value: string) =>
  entryOf({ balanceIncrement: amount(value), pointIncrement: amount('0'), state: 'review' });

/** The example of the design: another writer spent S$7.50 meanwhile. */
const spent = caseOf({
  entry: money('120.00'),
  before: { ...sums('35.00', '80'), atMs: 0 },
  evidence: evidenceOf({
    reasons: ['other-movement', 'log-row-of-this-amount'],
    reading: sums('147.50', '80'),
    moved: sums('112.50'),
    rows: [{ amount: amount('120.00'), datetime: '2026-11-24 13:44:09', explained: false }],
  }),
});
const not = caseOf({
  evidence: evidenceOf({ suggestion: 'not-applied', reasons: ['exact-stillness'] }),
  speaksForArrival: false,
});
const unclear = caseOf({
  evidence: evidenceOf({ suggestion: 'unclear', reasons: ['no-reading'] }),
  speaksForArrival: false,
});
const unread = caseOf({ evidence: null, reading: null, speaksForArrival: false });

/** A receipt says that KYBIO had confirmed it, and nothing was read. */
const onPaper = caseOf({
  ...{ evidence: null, sendable: false, attempts: [] },
  before: { ...sums('120.00', '340'), atMs: 60_000 },
  paper: {
    before: { ...sums('120.00', '340'), atMs: 60_000 },
    confirmed: { till: 'Counter 1', reference: '0003' },
  },
});

const say = (review: ShownCase) => reasonPhrases(review, write).map((phrase) => phraseText(i18n.t, phrase));

describe('the recommended answer', () => {
  it.each([
    ['applied', spent, 'arrived'],
    ['not applied', not, 'send'],
    ['unclear', unclear, null],
    ['nothing read', unread, null],
    ['not applied, not vouched for', { ...not, sendable: false }, 'drop'],
    ['a receipt says that it is done', onPaper, 'arrived'],
  ] as const)('%s: %s', (_, review, answer) => {
    expect(primaryAnswer(review)).toBe(answer);
  });

  it('of what a receipt calls confirmed is not that its records do not fit', () => {
    expect(isUnverified(onPaper)).toBe(false);
    expect(isUnverified({ ...onPaper, paper: null })).toBe(true);
    const [before] = caseFacts(onPaper, write);
    expect(before?.label).toMatchObject({ key: 'review.case.beforePaper' });
  });

  it('calls sums that nobody read by what they are made of', () => {
    const known = { balance: amount('80'), point: amount('0'), atMs: 0 };
    const keyOf = (before: typeof known & { isWithLater?: boolean }) =>
      caseFacts({ ...unread, before }, write)[0]?.label;
    expect(keyOf(known)).toMatchObject({ key: 'review.case.before' });
    expect(keyOf({ ...known, isWithLater: true })).toMatchObject({ key: 'review.case.beforeWithLater' });
  });

  it('names a reading, or is none but that it arrived', () => {
    expect(answersOf(unread)).toEqual(['arrived']);
    expect(primaryAnswer({ ...not, reading: null })).toBeNull();
    expect(answersOf(not)).toEqual(['arrived', 'send', 'drop']);
    // No reading can ever be had of it: it is never sent, and is not stuck.
    expect(answersOf({ ...not, reading: readingOf({ sums: null, why: 'member-not-found' }) })).toEqual([
      'arrived',
      'drop',
    ]);
  });

  it('is none to send where the sums are exactly as if it had arrived', () => {
    expect(primaryAnswer({ ...not, speaksForArrival: true })).toBeNull();
  });

  it('is the only one that is not asked for twice', () => {
    for (const review of [spent, not, unclear, unread, { ...not, sendable: false }]) {
      const once = reviewAnswerSchema.options.filter((answer) => riskKey(review, answer) === null);
      const primary = primaryAnswer(review);
      expect(once).toEqual(primary === null ? [] : [primary]);
    }
  });

  it('warns of a double before it sends what very probably arrived', () => {
    const risk = riskKey(spent, 'send');
    expect(risk && i18n.t(risk, { name: 'Chen Jia', sum: 'S$120.00' })).toContain('twice');
    expect(riskKey(unclear, 'send')).toBe('review.ask.against.unclear-send');
    expect(riskKey(spent, 'drop')).toBe('review.ask.against.drop-arrived');
    expect(riskKey(not, 'drop')).toBe('review.ask.against.drop-not');
    expect(riskKey(not, 'arrived')).toBe('review.ask.against.arrived');
  });

  it('has words for every risk', () => {
    for (const review of [spent, not, unclear, unread]) {
      for (const answer of reviewAnswerSchema.options) {
        const risk = riskKey(review, answer);
        expect(risk === null || i18n.exists(risk), `${recommended(review)} ${answer}`).toBe(true);
      }
    }
  });
});

describe('the advice', () => {
  it.each([
    [spent, 'It very probably arrived.', 'good'],
    [caseOf({ evidence: evidenceOf({ reasons: ['fingerprint'] }) }), 'It arrived.', 'good'],
    [not, 'It very probably did not arrive.', 'good'],
    [unclear, 'What KYBIO shows does not settle it.', 'warn'],
    [unread, 'Nothing could be read yet.', 'warn'],
    [caseOf({ evidence: evidenceOf({ double: true }) }), 'It probably arrived twice.', 'bad'],
    [
      caseOf({ entry: money('50.00') }),
      'KYBIO has S$50.00 more than before: exactly this entry. It most likely arrived.',
      'good',
    ],
    [
      caseOf({ entry: money('-50.00') }),
      'KYBIO has S$50.00 less than before: exactly this entry. It most likely arrived.',
      'good',
    ],
  ] as const)('%#: %s', (review, words, tone) => {
    const advice = adviceOf(review, write);
    expect(phraseText(i18n.t, advice.title)).toBe(words);
    expect(advice.tone).toBe(tone);
  });
});

describe('the reasons', () => {
  it('say what somebody else did meanwhile, with the sum that shows it', () => {
    expect(say(spent)).toEqual([
      'The balance changed by + 112.50, while this entry alone would be + 120.00: somebody else changed it too.',
      'If it arrived, S$7.50 was spent in the same time: S$35.00 + 120.00 − 7.50 = S$147.50.',
      "KYBIO's recharge log has one row of S$120.00 at 13:44:09 that belongs to no other entry of this till.",
    ]);
  });

  it('say so where somebody added', () => {
    const added = { ...spent, evidence: evidenceOf({ reasons: ['other-movement'], moved: sums('150.00') }) };
    expect(say(added)[1]).toBe(
      'If it arrived, somebody else added S$30.00 in the same time: S$35.00 + 120.00 + 30.00 = S$185.00.',
    );
  });

  it('show no sum where money and points moved both, or nothing is known', () => {
    const both = evidenceOf({ reasons: ['other-movement'], moved: sums('100.00', '7') });
    expect(say({ ...spent, evidence: both })).toHaveLength(1);
    expect(say({ ...spent, before: null })).toHaveLength(2);
    expect(say(unread)).toEqual([]);
  });

  it('leave no gap, whatever the evidence', () => {
    const all = evidenceOf({ reasons: [...decideReasonSchema.options], moved: null, reading: null });
    for (const sentence of say(caseOf({ before: null, evidence: all }))) {
      expect(sentence).toMatch(/^[^{}]+\.$/);
    }
  });
});

describe('the facts', () => {
  const factsOf = (review: ShownCase) =>
    caseFacts(review, write).map(({ label, main, small }) =>
      [label, main, small ?? ''].map((words) => wordsText(i18n.t, words)),
    );

  it('are before, read and difference', () => {
    expect(factsOf(spent)).toEqual([
      ['Before it was sent, 00:00', 'S$35.00', '80 points'],
      ['Read at 00:05', 'S$147.50', '80 points'],
      ['Difference', '+ 112.50', 'ours would be + 120.00'],
    ]);
  });

  it('name points first where the entry has no money', () => {
    const entry = entryOf({ balanceIncrement: amount('0'), pointIncrement: amount('40') });
    const evidence = evidenceOf({ moved: sums('0', '0'), reading: sums('120.00', '340') });
    expect(factsOf(caseOf({ entry, evidence }))).toEqual([
      ['Before it was sent, 00:00', '340 points', 'S$120.00'],
      ['Read at 00:05', '340 points', 'S$120.00'],
      ['Difference', 'unchanged', 'ours would be + 40 points'],
    ]);
  });

  it("say what of this till's other entries is taken off", () => {
    const evidence = evidenceOf({ moved: sums('0'), reading: sums('55.00', '80') });
    expect(factsOf({ ...spent, evidence })[2]).toEqual([
      'Difference',
      'unchanged',
      "without + 20.00 of this till's other entries; ours would be + 120.00",
    ]);
  });

  it('say what is not known instead of a figure', () => {
    expect(factsOf(caseOf({ before: null, evidence: null })).map(([, main]) => main)).toEqual([
      'not known',
      'could not be read',
      'unclear',
    ]);
  });
});

describe('the line under the name', () => {
  it('tells when it was entered and sent, how that ended, and the reference', () => {
    expect(phrasesText(i18n.t, caseLine(caseOf(), write))).toBe(
      'entered 00:00:00 by Counter 1 · sent 00:00:01 · the answer was lost · ref\u00a00031',
    );
  });

  it('calls whoever has the till’s own manager PIN what the screen calls them', () => {
    const byManager = caseOf({ entry: entryOf({ actor: 'manager', state: 'review' }) });
    const words = phrasesText(i18n.t, caseLine(byManager, { ...write, person: () => '经理' }));
    expect(words).toContain('by 经理');
  });

  it('tells of the last attempt that left the till', () => {
    const attempts = [
      { number: 1, startedAtMs: 1_000, sent: true, cause: 'timeout' },
      { number: 2, startedAtMs: 9_000, sent: false, cause: 'dns' },
    ] as const;
    const words = phrasesText(i18n.t, caseLine(caseOf({ attempts: [...attempts] }), write));
    expect(words).toContain('sent 00:00:01 · no answer in time · tried 2 times');
    expect(phrasesText(i18n.t, caseLine(caseOf({ attempts: [] }), write))).toContain('never sent');
  });

  it('lists each attempt, whether it left the till, and how it ended', () => {
    const [sent, not] = [
      { number: 1, startedAtMs: 1_000, sent: true, cause: 'timeout' },
      { number: 2, startedAtMs: 9_000, sent: false, cause: 'unreachable' },
    ] as const;
    expect([sent, not].map((attempt) => phrasesText(i18n.t, attemptLine(attempt, write)))).toEqual([
      '1. 00:00:01 · it left the till · no answer in time',
      '2. 00:00:09 · no network, nothing left the till',
    ]);
  });

  it('never says of an attempt that it is still being checked', () => {
    const attempt = { number: 1, startedAtMs: 1_000, sent: true } as const;
    const ends = entryCauses.map((cause) => phrasesText(i18n.t, attemptLine({ ...attempt, cause }, write)));
    expect(ends.filter((words) => /checking|will be|not sent yet|tell whoever/.test(words))).toEqual([]);
  });
});

describe('the rows of the log', () => {
  const row = (value: string, explained = false) => ({
    amount: amount(value),
    datetime: '2026-11-24 13:44:09',
    explained,
  });

  it('fit by amount, where no other entry explains them', () => {
    expect(rowFits(row('120'), money('120.00'))).toBe(true);
    expect(rowFits(row('120.00', true), money('120.00'))).toBe(false);
    expect(rowFits(row('0'), money('0'))).toBe(false);
  });

  it('are all shown where they fit, and a few of the others', () => {
    const others = Array.from({ length: 9 }, () => row('5.00'));
    const { shown, leftOut } = rowsToShow([...others, row('120.00')], money('120.00'), 3);
    expect(shown.map((one) => one.row.amount)).toEqual(['5.00', '5.00', '5.00', '120.00']);
    expect(new Set(shown.map((one) => one.key)).size).toBe(4);
    expect(leftOut).toBe(6);
  });
});
