import { describe, expect, it } from 'vitest';
import { amount, type EntrySums, type MemberCard } from '../../../../preload/contract/index.ts';
import { openLines, tierLook } from '../../../../renderer/counter/counter/member-lines.ts';
import { initialsOf } from '../../../../renderer/kit/initials.ts';
import { i18n, phraseText } from '../../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../../renderer/shared/other-words.ts';
import { entryOf, memberOf, noEntries } from '../../support/samples.ts';

await otherWords.load();

const sums = (entries: number, balance: string): EntrySums => ({
  entries,
  balance: amount(balance),
  bonus: amount('0'),
  point: amount('0'),
});
const linesOf = (changes: Partial<MemberCard>) =>
  openLines(memberOf(changes), ({ balance }) => `S$${balance}`).map((line) => ({
    words: phraseText(i18n.t, line.phrase),
    tone: line.tone,
    entry: line.entry?.id ?? null,
  }));

describe("the lines on a member's card", () => {
  it('says that nothing waits only where nothing is open', () => {
    expect(linesOf({}).map(({ words }) => words)).toEqual(['Nothing waiting to be sent']);
    for (const open of ['waiting', 'checking', 'review', 'refused'] as const) {
      const words = linesOf({ [open]: sums(1, '75.00') }).map((line) => line.words);
      expect(words.join(), open).not.toContain('Nothing waiting');
    }
  });

  it('names the entry that is being checked by its time', () => {
    const checked = entryOf({ id: 'checked', state: 'unknown', storeTime: '13:44' });
    expect(linesOf({ checking: sums(1, '75.00'), recent: [entryOf(), checked] })).toEqual([
      {
        words: 'S$75.00 from 13:44 is being checked. Do not enter it again.',
        tone: 'warn',
        entry: 'checked',
      },
    ]);
  });

  it('counts where there are several, or none of them is at hand', () => {
    expect(linesOf({ checking: sums(2, '95.00') })[0]?.words).toBe(
      '2 entries, S$95.00 in all, are being checked. Do not enter them again.',
    );
    expect(linesOf({ review: sums(1, '75.00') })[0]?.words).toBe(
      'S$75.00 needs review. Do not enter it again.',
    );
  });

  it('puts the most pressing first and keeps the rest', () => {
    const lines = linesOf({
      waiting: sums(1, '20.00'),
      refused: sums(1, '10.00'),
      checking: sums(1, '5.00'),
    });
    expect(lines.map(({ tone }) => tone)).toEqual(['warn', 'bad', 'neutral']);
  });

  it('takes no acknowledged refusal for the one that is told', () => {
    const seen = entryOf({ id: 'seen', state: 'rejected' });
    const unseen = entryOf({ id: 'unseen', state: 'rejected', needsAcknowledgement: true });
    expect(linesOf({ refused: sums(1, '10.00'), recent: [seen, unseen] })[0]?.entry).toBe('unseen');
  });

  it('says of entries that add nothing in all that they wait', () => {
    expect(linesOf({ waiting: { ...noEntries, entries: 2 } })[0]?.words).toContain('waiting to be sent');
  });
});

describe('the face of a member', () => {
  it.each([
    ['Tan Mei Ling', 'TM'],
    ['Nur Aisyah binti Ismail', 'NA'],
    ['陈佳', '陈'],
    ['Prince', 'P'],
    ['émile zola', 'ÉZ'],
    ['', ''],
    ['#12 (spare)', ''],
  ])('%s: %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });

  it.each([
    ['Gold', 'gold'],
    ['VIP Platinum 2026', 'platinum'],
    ['Staff', 'plain'],
    ['', 'plain'],
  ])('the colour of %s', (tier, look) => {
    expect(tierLook(tier)).toBe(look);
  });
});
