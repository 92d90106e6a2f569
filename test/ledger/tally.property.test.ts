import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTally } from '../../main/ledger/shown/tally.ts';
import { atTheTill } from '../kit/actors.ts';
import { openOutbox } from '../kit/outbox.ts';

const rowsOf = (db: ReturnType<typeof openOutbox>['db']) =>
  db.prepare('SELECT * FROM tally WHERE entries <> 0 ORDER BY store_day, state').all();

const act = fc.constantFrom(
  'applied',
  'rejected',
  'refused',
  'notSent',
  'unknown',
  'cancel',
  'review',
  'wait',
);

it('what is kept with every step is what counting all entries anew tells', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(act, fc.bigInt(1n, 10n ** 14n), fc.boolean()), { maxLength: 12 }),
      (acts) => {
        const till = openOutbox();
        for (const [index, [what, sum, nextDay]] of acts.entries()) {
          if (nextDay) till.clock.pass(86_400_000);
          const { id } = till.add({ customerUid: String(index + 1), balanceIncrement: String(sum) });
          const entry = till.outbox.byId(id);
          if (what === 'cancel') till.transitions.cancel(id, atTheTill);
          else if (what === 'review' && entry !== null) till.transitions.sendToReview(entry, 'restored');
          else if (what !== 'wait' && what !== 'review') till.attempt(id, what);
        }
        const kept = rowsOf(till.db);
        createTally(till.db).make();
        expect(kept).toEqual(rowsOf(till.db));
        till.db.close();
      },
    ),
    { numRuns: 40 },
  );
});
