import { describe, expect, it } from 'vitest';
import { amount, type Entry, type Link } from '../../../preload/contract/index.ts';
import {
  changesOf,
  delayPhrase,
  entryNote,
  isStruck,
  meansOf,
  stateWord,
  type Writer,
} from '../../../renderer/kit/entry-words.ts';
import {
  ageWords,
  masked,
  money,
  pluralCount,
  signed,
  storeMoment,
  storeSecond,
  storeStamp,
} from '../../../renderer/kit/format.ts';
import { i18n, phrasesText, phraseText } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';
import { entryOf, snapshotOf } from '../support/samples.ts';

await otherWords.load();

const write: Writer = {
  money: (value) => money(value, 'SGD', 'en'),
  points: (value) => `${value} points`,
  plain: (value) => value,
  both: (balance, point) => `${money(balance, 'SGD', 'en')} ${point}`,
};
const note = (changes: Partial<Entry>) => phrasesText(i18n.t, entryNote(entryOf(changes), write, null));

const sums = {
  balanceBefore: amount('120.00'),
  balanceAfter: amount('170.00'),
  pointBefore: amount('340'),
  pointAfter: amount('390'),
};

const sent = { who: 'Mei', atMs: 0, known: null, read: null } as const;

describe('the note of a row', () => {
  it('shows before and after of what is done', () => {
    expect(note({ state: 'confirmed', ...sums })).toBe('S$120.00 → S$170.00');
    expect(phrasesText(i18n.t, entryNote(entryOf({ state: 'confirmed', ...sums }), write, null, true))).toBe(
      '→ S$170.00',
    );
    expect(note({ state: 'confirmed', ...sums, balanceIncrement: amount('0') })).toBe('340 → 390 points');
    expect(phrasesText(i18n.t, changesOf(entryOf({ state: 'confirmed', ...sums }), write))).toBe(
      'S$120.00 → S$170.00 · 340 → 390 points',
    );
  });

  it('says of what nobody but a manager closed who did', () => {
    const by = (as: 'arrived' | 'dropped', who: string): Partial<Entry> => ({
      ...{ state: as === 'arrived' ? 'confirmed' : 'cancelled', kind: 'top-up' },
      decision: { as, who, atMs: 0, known: null, read: null },
    });
    expect(note({ state: 'confirmed' })).toBe('confirmed by evidence');
    expect(note(by('arrived', 'Mei'))).toBe('closed as arrived by Mei');
    expect(note(by('dropped', 'manager'))).toBe('closed as cancelled by a manager');
    for (const as of ['arrived', 'dropped'] as const)
      expect(phraseText(i18n.t, meansOf(entryOf(by(as, 'Mei')), write))).toContain('A manager closed it');
    expect(note({ ...by('arrived', 'Mei'), ...sums, decision: { ...sent, as: 'sent' } })).toBe(
      'S$120.00 → S$170.00',
    );
  });

  it('says of what a new entry replaced that one did: its money is not to be given back', () => {
    const replaced: Partial<Entry> = { state: 'cancelled', kind: 'top-up', cause: 'replaced' };
    expect(note(replaced)).toContain('a new entry replaced it');
    expect(phraseText(i18n.t, meansOf(entryOf(replaced), write))).toContain('a new entry replaced it');
    expect(note({ state: 'cancelled', cause: 'cancelled-by-cashier' })).not.toContain('cancelled');
  });

  it('quotes KYBIO where it refused', () => {
    expect(note({ state: 'rejected', cause: 'refused-by-kybio', messages: ['this card is disabled'] })).toBe(
      'KYBIO: this card is disabled · nothing was credited',
    );
    expect(note({ state: 'rejected', cause: 'refused-by-kybio', messages: [] })).toBe(
      'KYBIO refused it · nothing was credited',
    );
  });

  it('says why an entry is open, and its reference where there is nothing to say', () => {
    expect(note({ state: 'unknown', cause: 'reply-lost' })).toBe('the answer was lost');
    expect(note({ state: 'queued' })).toBe('ref\u00a00031');
    expect(note({ state: 'sending', cause: 'dns' })).toBe('ref\u00a00031');
  });

  it('names what a reversal takes back, and what is credited again because it was missing', () => {
    const corrects = { state: 'queued', correctsReference: '0019' } as const;
    expect(note({ ...corrects, kind: 'reversal' })).toBe('reverses 0019');
    expect(note({ ...corrects, kind: 'top-up' })).toBe('credits 0019 again');
  });
});

describe('an entry that was taken back', () => {
  const takenBack = (state: 'reversing' | 'reversed') => ({
    state: 'confirmed' as const,
    takenBack: { reference: '0029', state },
  });
  const means = (changes: Partial<Entry>) => phraseText(i18n.t, meansOf(entryOf(changes), write));

  it('says so in its word, its note and what it means', () => {
    expect(i18n.t(stateWord(entryOf(takenBack('reversed'))).key)).toBe('Reversed');
    expect(note(takenBack('reversed'))).toBe('reversed by\u00a00029');
    expect(means(takenBack('reversed'))).toContain('does not have it any more');
    expect(isStruck(entryOf(takenBack('reversed')))).toBe(true);
  });

  it('of which only a part is taken back says how much, and stays done', () => {
    const part = (state: 'reversing' | 'reversed'): Partial<Entry> => ({
      ...{ state: 'confirmed', ...sums },
      takenBackInPart: { reference: '0042', state, balance: amount('20.00'), point: amount('0') },
    });
    expect(i18n.t(stateWord(entryOf(part('reversed'))).key)).toBe('Done');
    expect(isStruck(entryOf(part('reversed')))).toBe(false);
    expect(note(part('reversed'))).toBe('S$120.00 → S$170.00 · S$20.00 0 of it taken back by\u00a00042');
    expect(note(part('reversing'))).toContain('S$20.00 0 of it being taken back by\u00a00042');
    expect(means(part('reversed'))).toContain('The member has the rest');
    expect(means(part('reversing'))).toContain('until then the member has all of it');
  });

  it('is not taken back before the reversal is done', () => {
    expect(i18n.t(stateWord(entryOf(takenBack('reversing'))).key)).toBe('Reversing');
    expect(note(takenBack('reversing'))).toBe('being reversed by\u00a00029');
    expect(means(takenBack('reversing'))).toContain('until then the member has it');
    expect(isStruck(entryOf(takenBack('reversing')))).toBe(false);
  });

  it('says of no reversal that the member has the money', () => {
    expect(means({ kind: 'reversal', state: 'confirmed' })).toBe('KYBIO has taken it back from the member.');
    expect(means({ state: 'confirmed' })).toContain('The member has it.');
  });
});

describe('why a waiting entry is held', () => {
  const { link } = snapshotOf();
  const pause = { reason: 'quota', sinceMs: 0, words: '', needsManager: false } as const;
  const paused: Link = { ...link, state: 'paused', pause };
  const offline: Link = { ...link, state: 'offline' };
  const behind = (state: Entry['state']) => ({ behind: { reference: '0031', state } });
  const delay = (changes: Partial<Entry>, at: Link = link) => {
    const phrase = delayPhrase(entryOf(changes), at);
    return phrase === null ? null : phraseText(i18n.t, phrase);
  };

  it.each([
    [behind('unknown'), paused, 'waits behind\u00a00031, which is being checked'],
    [behind('review'), offline, 'waits behind\u00a00031, which needs review'],
    [behind('queued'), paused, "held: today's calls are used up"],
    [{}, offline, 'sent later'],
    [
      { cause: 'proxy-password' } as const,
      offline,
      "the network's proxy asks for a password: tell your network administrator",
    ],
    [{ cause: 'proxy-unreachable' } as const, offline, 'sent later'],
    [{ cause: 'proxy-password' } as const, paused, "held: today's calls are used up"],
    [behind('sending'), link, 'waits behind\u00a00031'],
    [behind('queued'), { ...link, heldBackUntilMs: 9 }, 'waits, since KYBIO did not answer the last ones'],
    [{}, link, null],
    [{ state: 'sending' } as const, offline, null],
  ])('%o', (changes, at, words) => {
    expect(delay(changes, at)).toBe(words);
  });

  it('stands in its row', () => {
    const entry = entryOf(behind('unknown'));
    const phrases = entryNote(entry, write, delayPhrase(entry, link));
    expect(phrasesText(i18n.t, phrases)).toBe('waits behind\u00a00031, which is being checked');
  });
});

describe('amounts and times', () => {
  it('keeps every digit and shows the sign apart', () => {
    expect(money(amount('123456789012345678.1234'), 'SGD', 'en')).toBe('S$123,456,789,012,345,678.1234');
    expect(signed('-S$20.00')).toBe('− S$20.00');
    expect(signed('S$20.00')).toBe('+ S$20.00');
  });

  it('counts only exactly one as one', () => {
    expect(['1', '1.0', '-1', '0', '1.5', '11'].map((value) => pluralCount(amount(value)))).toEqual([
      1, 1, 1, 2, 2, 2,
    ]);
  });

  it('adds the day where it was another store day', () => {
    const lateMs = Date.UTC(2026, 10, 23, 15, 59);
    const nextDayMs = Date.UTC(2026, 10, 23, 16, 1);
    expect(storeMoment(lateMs, lateMs, 'Asia/Singapore', 'en')).toBe('23:59');
    expect(storeMoment(lateMs, nextDayMs, 'Asia/Singapore', 'en')).toContain('23 Nov');
    expect(storeMoment(lateMs, nextDayMs, 'UTC', 'en')).toBe('15:59');
  });

  it('gives the second where it is compared with a log, and the whole date on paper', () => {
    const ms = Date.UTC(2026, 10, 24, 5, 44, 7);
    expect(storeSecond(ms, ms, 'Asia/Singapore', 'en')).toBe('13:44:07');
    expect(storeSecond(ms, ms + 86_400_000, 'Asia/Singapore', 'en')).toContain('24 Nov');
    expect(storeStamp(ms, 'Asia/Singapore', 'en')).toBe('24 Nov 2026, 13:44:07');
  });

  it('tells an age from one hour on', () => {
    expect(ageWords(0, 3_599_999, 'en')).toBeNull();
    expect(ageWords(0, 3 * 3_600_000, 'en')).toBe('3 hours');
    expect(ageWords(0, 50 * 3_600_000, 'en')).toBe('2 days');
  });

  it('masks all but the last four', () => {
    expect(masked('8008010001')).toBe('•••• 0001');
  });
});
