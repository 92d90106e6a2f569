import { describe, expect, it } from 'vitest';
import { amount, type Entry, entryStates } from '../../../preload/contract/index.ts';
import type { Writer } from '../../../renderer/kit/entry-words.ts';
import { ticketOf } from '../../../renderer/kit/ticket.ts';
import { i18n, phrasesText } from '../../../renderer/shared/i18n.ts';
import { otherWords } from '../../../renderer/shared/other-words.ts';
import { entryOf, snapshotOf } from '../support/samples.ts';

await otherWords.load();

const write: Writer = {
  money: (value) => `S$${value}`,
  points: (value) => `${value} points`,
  plain: (value) => value,
  both: (balance) => `S$${balance}`,
};
const { link } = snapshotOf();
const ticket = (changes: Partial<Entry>) => {
  const { line, ...rest } = ticketOf(entryOf(changes), link, write);
  return { ...rest, line: phrasesText(i18n.t, line) };
};

describe('the ticket', () => {
  it('is green and saved only where the money is there', () => {
    const green = entryStates.filter((state) => ticket({ state }).look === 'done');
    expect(green).toEqual(['confirmed']);
    const taken = { state: 'confirmed', takenBack: { reference: '0032', state: 'reversing' } } as const;
    expect(ticket(taken)).toMatchObject({ look: 'quiet', isSaved: false, word: 'states.reversing' });
  });

  it('calls nothing saved that is refused, cancelled or not known', () => {
    const saved = entryStates.filter((state) => ticket({ state }).isSaved);
    expect(saved).toEqual(['queued', 'sending', 'confirmed']);
  });

  it('shows before and after of what is done', () => {
    const changes = {
      state: 'confirmed',
      balanceBefore: amount('48.50'),
      balanceAfter: amount('98.50'),
      pointBefore: amount('96'),
      pointAfter: amount('146'),
    } as const;
    expect(ticket(changes).line).toBe('S$48.50 → S$98.50 · 96 → 146 points');
  });

  it('says what to do where it is not settled', () => {
    expect(ticket({ state: 'unknown' }).line).toContain('Do not enter it again');
    expect(ticket({ state: 'review' }).line).toContain('Do not enter it again');
    expect(ticket({ state: 'queued' }).line).toBe('sent in a moment');
  });

  it('keeps the money of a reversal back until KYBIO has taken it', () => {
    const reversal = { kind: 'reversal', balanceIncrement: amount('-50') } as const;
    const early = entryStates.filter((state) =>
      /Do not pay out yet/.test(ticket({ ...reversal, state }).line),
    );
    expect(early).toEqual(['queued', 'sending', 'unknown', 'review']);
    expect(ticket({ ...reversal, state: 'confirmed' })).toMatchObject({
      look: 'done',
      word: 'states.reversalDone',
    });
    const ofPoints = { ...reversal, balanceIncrement: amount('0'), pointIncrement: amount('-50') };
    expect(ticket({ ...ofPoints, state: 'queued' }).line).not.toContain('pay out');
  });

  it('quotes KYBIO where it refused', () => {
    const refused = ticket({ state: 'rejected', messages: ['this card is disabled'] });
    expect(refused).toMatchObject({ look: 'bad', line: 'KYBIO: this card is disabled' });
  });
});
