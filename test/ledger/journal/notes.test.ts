import { expect, it } from 'vitest';
import { actorText } from '../../../main/kernel/actor.ts';
import { atTheTill } from '../../kit/actors.ts';
import { startPracticeStore } from '../../kit/practice-store.ts';
import { openTestTill } from '../../kit/till.ts';

it('notes of a reason are read newest first, page by page, each proven by itself', async () => {
  const till = await openTestTill(await startPracticeStore());
  const { journal } = till.session.ledger;
  if (journal === null) throw new Error('no journal');
  const note = (reason: string, content: unknown) =>
    journal.append({ event: 'noted', actor: actorText(atTheTill), reason, content });
  for (const number of [1, 2, 3, 4]) {
    note('counted', { number });
    note('other', {});
  }
  const numbers = (asked: Parameters<typeof journal.notes>[1]) =>
    journal.notes('counted', asked).map(({ content }) => (content as { number: number }).number);
  expect(numbers({ limit: 10 })).toEqual([4, 3, 2, 1]);
  expect(numbers({ limit: 2, skip: 1 })).toEqual([3, 2]);
  const [, third] = journal.notes('counted', { limit: 2 });
  expect(numbers({ limit: 10, before: third?.number ?? 0 })).toEqual([2, 1]);
  expect(journal.notes('counted', { limit: 9 }).every(({ isProven }) => isProven)).toBe(true);
  expect(journal.notes('never', { limit: 1 })).toEqual([]);
  // A chain whose key is lost proves nothing, and is read all the same.
  journal.openChain('the key was lost', '');
  note('counted', { number: 5 });
  expect(numbers({ limit: 10 })).toEqual([5, 4, 3, 2, 1]);
});
