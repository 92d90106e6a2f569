import { describe, expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { createSeals } from '../../main/kernel/database/seals.ts';
import { createSettings } from '../../main/kernel/database/settings-repository.ts';
import { compareWithBaseline } from '../../main/sending/doubt-of-end.ts';
import { createDoubtRepository } from '../../main/sending/doubt-repository.ts';
import { createOddSums } from '../../main/sending/odd-sums.ts';
import { amount } from '../../preload/contract/index.ts';
import { journalKey, openOutbox } from '../kit/outbox.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger } from '../kit/till.ts';

/** A till on which a lost entry of 10 was sent again, and confirmed. */
function openSentAgain() {
  const till = openOutbox();
  const seals = createSeals(till.db, journalKey);
  seals.make();
  const doubts = createDoubtRepository(till.db, realRandom, seals);
  const oddSums = createOddSums(till.db, till.journal);
  const first = till.attempt(till.add().id, 'unknown');
  const said = { state: 'queued', cause: null, who: theManager, reason: 'it did not arrive', evidence: null };
  till.transitions.decide(first, { ...said, state: 'queued' });
  const lost = till.attempt(first.id, 'applied');
  const parts = {
    ...{ doubts, oddSums, outbox: till.outbox, clock: till.clock, logger: silentLogger },
    settings: createSettings(till.db),
  };
  /** The next reply says 10 more than the baseline. */
  const surplus = () => {
    const next = till.attempt(till.add({ balanceIncrement: '5' }).id, 'applied');
    compareWithBaseline(parts, next, { balance: amount('110.00'), point: amount('340'), atMs: 1 });
    return next;
  };
  const resolve = (as: 'corrected' | 'dismissed') => doubts.resolve(doubts.waiting()[0]?.id ?? '', as, 2);
  return { till, doubts, oddSums, seals, lost, surplus, resolve };
}

describe.each(['corrected', 'dismissed'] as const)('a surplus, after a doubt was %s', (earlier) => {
  it('is told once more of the same entry where no other may have gone in twice', () => {
    const { till, doubts, seals, lost, surplus, resolve } = openSentAgain();
    surplus();
    resolve(earlier);
    till.attempt(till.add().id, 'applied');
    const next = surplus();
    expect(doubts.waiting()).toMatchObject([{ entryId: lost.id, seenBy: next.id }]);
    expect(seals.altered()).toEqual([]);
  });
});

it('a surplus of what was sent once asks nobody, and is noted of that entry', () => {
  const till = openSentAgain();
  till.till.clock.pass(8 * 86_400_000);
  const once = till.till.attempt(till.till.add().id, 'applied');
  till.surplus();
  expect(till.doubts.waiting()).toEqual([]);
  expect(till.oddSums.of(once.sequence)).toMatchObject([
    {
      ...{ kind: 'surplus', known: { balance: '110.00', point: '340' } },
      read: { balance: '120.00', point: '340' },
    },
  ]);
  expect(till.oddSums.of(till.lost.sequence)).toEqual([]);
});
