import { describe, expect, it } from 'vitest';
import { amount, type EntrySums, type MemberCard } from '../../../../preload/contract/index.ts';
import { memberLine, refusedLine } from '../../../../renderer/counter/counter/slot-line.ts';
import { i18n, joinSentences, phraseText } from '../../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../../renderer/shared/other-words.ts';
import { entryOf, memberOf } from '../../support/samples.ts';

await otherWords.load();

const sums = (entries: number, balance: string): EntrySums => ({
  entries,
  balance: amount(balance),
  bonus: amount('0'),
  point: amount('0'),
});
const writer = {
  both: (balance: string) => `S$${balance}`,
  brief: ({ storeTime }: { storeTime: string }) => `${storeTime} · S$20.00`,
  locale: 'en-SG',
};
const said = (phrases: Parameters<typeof phraseText>[1][]) =>
  joinSentences(
    i18n.t,
    phrases.map((phrase) => phraseText(i18n.t, phrase)),
  );
function lineOf(changes: Partial<MemberCard>) {
  const { tone, phrases, acts } = memberLine(memberOf(changes), writer);
  return { tone, acts, words: said([...phrases]) };
}
const refused = entryOf({
  id: 'refused',
  state: 'rejected',
  needsAcknowledgement: true,
  storeTime: '14:04',
  messages: ['the card is disabled'],
});

describe('the lower line of the slot, with a member up', () => {
  it('tells the last top-up, or that there was none', () => {
    const done = entryOf({ state: 'confirmed', storeTime: '18:10' });
    expect(lineOf({ recent: [refused, done] })).toEqual({
      tone: 'quiet',
      acts: ['all'],
      words: 'Last: 18:10 · S$20.00',
    });
    expect(lineOf({}).words).toBe('No top-up on this till yet.');
  });

  it('tells what is open first, and how much more there is', () => {
    const line = lineOf({ waiting: sums(2, '20.00'), checking: sums(1, '75.00') });
    expect(line.tone).toBe('warn');
    expect(line.words).toBe('And 2 more. S$75.00 is being checked. Do not enter it again.');
  });

  it('tells a refusal with its reason, to be entered again only where that can succeed', () => {
    const open = { refused: sums(1, '10.00'), recent: [refused] };
    expect(lineOf(open)).toMatchObject({ tone: 'bad', acts: ['again', 'seen'] });
    expect(lineOf(open).words).toContain('the card is disabled');
    expect(lineOf({ ...open, status: 'disabled' }).acts).toEqual(['seen']);
  });

  it('tells why nothing can be entered where nothing is open', () => {
    expect(lineOf({ status: 'disabled' }).words).toBe('Disabled in KYBIO: no top-ups. Ask a manager.');
    expect(lineOf({ status: 'expired', expiryDate: '2026-01-31 00:00' }).words).toContain('31 Jan 2026');
  });
});

describe('the lower line of the slot, with nobody up', () => {
  it('tells the newest refusal that nobody has acknowledged, with whose it was', () => {
    expect(refusedLine([entryOf({ state: 'confirmed' })], writer)).toBeNull();
    const line = refusedLine([refused], writer);
    expect(line).toMatchObject({ tone: 'bad', acts: ['again', 'seen'], entry: { id: 'refused' } });
    expect(said([...(line?.phrases ?? [])])).toMatch(/^Tan Mei Ling: .* was refused and not credited\./);
  });

  it('has no reversal entered again: it is made from its entry, and was not taken back', () => {
    const line = refusedLine([{ ...refused, kind: 'reversal', balanceIncrement: amount('-10') }], writer);
    expect(line?.acts).toEqual(['see', 'seen']);
    expect(said([...(line?.phrases ?? [])])).toMatch(/^Tan Mei Ling: S\$10 was not taken back\./);
    const up = { refused: sums(1, '-10'), recent: [{ ...refused, kind: 'reversal' as const }] };
    expect(lineOf(up).acts).toEqual(['see', 'seen']);
  });
});
