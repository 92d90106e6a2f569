import { expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { createRunInTransaction } from '../../main/kernel/database/run-in-transaction.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { createDoubtRepository } from '../../main/sending/doubt-repository.ts';
import { createOddSums } from '../../main/sending/odd-sums.ts';
import { closeOlderDoubts } from '../../main/sending/older-doubts.ts';
import { openOutbox } from '../kit/outbox.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger } from '../kit/till.ts';

const sums = (balance: string) => ({ balance, point: '340' });

/** A database in which an older version has opened doubts. */
function openOlder() {
  const till = openOutbox();
  const { db, outbox, clock, journal } = till;
  const doubts = createDoubtRepository(db, realRandom);
  const oddSums = createOddSums(db, journal);
  const close = () =>
    closeOlderDoubts({
      ...{
        outbox,
        doubts,
        oddSums,
        clock,
        runInTransaction: createRunInTransaction(db),
        settings: createSettings(db),
      },
      logger: silentLogger,
    });
  const confirmed = (sum = '10') => till.attempt(till.add({ balanceIncrement: sum }).id, 'applied');
  const sentAgain = () => {
    const lost = till.attempt(till.add().id, 'unknown');
    const decision = { cause: null, who: theManager, reason: 'it did not arrive', evidence: null };
    till.transitions.decide(lost, { ...decision, state: 'queued' });
    return till.attempt(lost.id, 'applied');
  };
  /** Confirmed by KYBIO's word *duplicate*: no sums of its own. */
  const byWord = () => {
    const lost = till.attempt(till.add().id, 'unknown');
    const decision = { cause: null, who: theManager, reason: 'it arrived', evidence: null };
    till.transitions.decide(lost, { ...decision, state: 'confirmed' });
    return till.outbox.byId(lost.id) ?? lost;
  };
  return { ...till, doubts, oddSums, close, confirmed, sentAgain, byWord };
}

it('a question that a reply raised of what was sent once is closed, and noted of its entry', () => {
  const { doubts, oddSums, close, confirmed } = openOlder();
  const [doubted, next] = [confirmed(), confirmed('5')];
  const double = { believed: sums('130'), before: sums('140.00') };
  doubts.open({ entryId: doubted.id, kind: 'possible-double' }, next.id, 1, double);
  const missing = { believed: sums('140'), before: sums('130') };
  doubts.open({ entryId: next.id, kind: 'possible-missing' }, next.id, 1, missing);
  close();
  expect(doubts.waiting()).toEqual([]);
  expect(oddSums.of(doubted.sequence)).toMatchObject([
    { kind: 'no-longer-asked', known: sums('130'), read: sums('140.00') },
  ]);
  expect(oddSums.of(next.sequence)).toHaveLength(1);
  close();
  expect(oddSums.of(next.sequence)).toHaveLength(1);
});

it('what a person is asked about as before goes on waiting, and can be dismissed', () => {
  const { doubts, close, confirmed, sentAgain, byWord } = openOlder();
  const [again, next, word, copied] = [sentAgain(), confirmed('5'), byWord(), confirmed()];
  const double = { believed: sums('130'), before: sums('140.00') };
  doubts.open({ entryId: again.id, kind: 'possible-double' }, next.id, 1, double);
  doubts.open({ entryId: word.id, kind: 'possible-missing' }, word.id, 2, double);
  // Seen by a look before it was sent: the sums moved further than by it.
  const look = { believed: sums('130'), before: sums('160.00') };
  doubts.open({ entryId: copied.id, kind: 'possible-double' }, copied.id, 3, look);
  close();
  expect(doubts.waiting().map(({ entryId }) => entryId)).toEqual([again.id, word.id, copied.id]);
  for (const { id } of doubts.waiting()) expect(doubts.resolve(id, 'dismissed', 4)).toBe(true);
});
