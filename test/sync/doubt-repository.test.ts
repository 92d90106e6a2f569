import { describe, expect, it } from 'vitest';
import { createSeals } from '../../main/database/seals.ts';
import { createSettings } from '../../main/database/settings-repository.ts';
import { theManager } from '../../main/journal/actor.ts';
import { compareWithBaseline } from '../../main/sync/doubt-of-end.ts';
import { createDoubtRepository } from '../../main/sync/doubt-repository.ts';
import { amount } from '../../preload/contract/index.ts';
import { journalKey, openOutbox } from '../kit/outbox.ts';
import { realRandom } from '../kit/practice-store.ts';
import { silentLogger } from '../kit/till.ts';

/** A till on which a manager said of a lost entry of 10 that it arrived. */
function openWithLost() {
  const till = openOutbox();
  const seals = createSeals(till.db, journalKey);
  seals.make();
  const doubts = createDoubtRepository(till.db, realRandom, seals);
  const lost = till.attempt(till.add().id, 'unknown');
  till.transitions.decide(lost, {
    ...{ state: 'confirmed', cause: null, who: theManager, reason: 'it arrived', evidence: null },
  });
  const parts = { doubts, settings: createSettings(till.db), clock: till.clock, logger: silentLogger };
  /** The next reply says 10 more than the baseline. */
  const surplus = () => {
    const next = till.attempt(till.add({ balanceIncrement: '5' }).id, 'applied');
    compareWithBaseline(parts, next, { balance: amount('110.00'), point: amount('340'), atMs: 1 });
    return next;
  };
  const resolve = (as: 'corrected' | 'dismissed') => doubts.resolve(doubts.waiting()[0]?.id ?? '', as, 2);
  return { till, doubts, seals, lost, surplus, resolve };
}

describe.each(['corrected', 'dismissed'] as const)('a surplus, after a doubt was %s', (earlier) => {
  it('is told of another entry of that amount', () => {
    const { till, doubts, surplus, resolve } = openWithLost();
    surplus();
    resolve(earlier);
    const other = till.attempt(till.add().id, 'applied');
    surplus();
    expect(doubts.waiting()).toMatchObject([{ entryId: other.id, kind: 'possible-double' }]);
  });

  it('is told once more of the same entry where no other is of that amount', () => {
    const { doubts, seals, lost, surplus, resolve } = openWithLost();
    surplus();
    resolve(earlier);
    const next = surplus();
    expect(doubts.waiting()).toMatchObject([{ entryId: lost.id, seenBy: next.id }]);
    expect(seals.altered()).toEqual([]);
  });
});
