import { describe, expect, it } from 'vitest';
import { createActivityList } from '../../main/counter/activity-list.ts';
import { createEntryChanges } from '../../main/counter/entry-changes.ts';
import { createBusinessDays } from '../../main/day/shifts/business-day.ts';
import { isOfDayIn } from '../../main/ledger/shown/shown-day.ts';
import { atTheTill } from '../kit/actors.ts';
import { ends, identity, type Outbox, openOutbox } from '../kit/outbox.ts';

const LIMIT = 8;
const DAY_MS = 86_400_000;

function listOf({ db, outbox }: Outbox) {
  let wholeReadings = 0;
  const list = createActivityList(
    {
      changedSince: createEntryChanges(db),
      byId: outbox.byId,
      activity: (...asked) => {
        wholeReadings += 1;
        return outbox.activity(...asked);
      },
      isOfDay: isOfDayIn(identity.storeTimeZone),
    },
    LIMIT,
  );
  return { read: list.read, wholeReadings: () => wholeReadings };
}

describe.each([0, 180, 1_320])(
  'the list that is kept, over the outbox itself, of days that end at minute %i',
  (minute) => {
    const dayOf = createBusinessDays(identity.storeTimeZone, () => minute).shown;

    it('is what the outbox would read whole, whatever becomes of entries', () => {
      const till = openOutbox();
      const { outbox, transitions, acknowledge, clock } = till;
      const { read, wholeReadings } = listOf(till);
      const same = () => {
        const day = dayOf(clock.nowMs());
        expect(read(day)).toEqual(outbox.activity(day.day, LIMIT, day.moments));
      };
      till.add({ customerUid: '99' });
      same();
      const added: string[] = [];
      for (const end of Object.keys(ends) as (keyof typeof ends)[]) {
        clock.pass(1_000);
        const { id } = till.add({ customerUid: String(added.length + 1) });
        added.push(id);
        same();
        const begun = till.begin(id);
        same();
        transitions.endAttempt(begun, {
          exchange: {
            ...{ phase: 'answered', startedAtMs: 0, endedAtMs: 1 },
            ...{ failure: null, response: null },
          },
          outcome: ends[end],
        });
        same();
      }
      const [confirmed = '', refused = ''] = added;
      const reversal = till.add({ kind: 'reversal', corrects: confirmed, balanceIncrement: '-10' });
      same();
      expect(outbox.byId(confirmed)?.takenBack).not.toBeNull();
      transitions.cancel(reversal.id, atTheTill);
      same();
      expect(acknowledge(refused, 'Counter 1').ok).toBe(true);
      same();
      expect(wholeReadings()).toBe(1);
      clock.pass(DAY_MS);
      same();
      for (let more = 0; more < LIMIT; more += 1) {
        clock.pass(1_000);
        till.attempt(till.add({ customerUid: String(100 + more) }).id, 'applied');
        same();
      }
      expect(wholeReadings()).toBe(2);
    });

    it('knows nothing of what a transaction has taken back', () => {
      const till = openOutbox();
      const { read } = listOf(till);
      const day = dayOf(till.clock.nowMs());
      till.add();
      read(day);
      const fails = till.db.transaction(() => {
        till.add({ customerUid: '2' });
        throw new Error('taken back');
      });
      expect(fails).toThrow('taken back');
      expect(read(day)).toEqual(till.outbox.activity(day.day, LIMIT, day.moments));
      till.add({ customerUid: '3' });
      expect(read(day)).toEqual(till.outbox.activity(day.day, LIMIT, day.moments));
    });
  },
);
