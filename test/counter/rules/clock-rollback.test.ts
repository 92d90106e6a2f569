import { expect, test } from 'vitest';
import { rulesBetween } from '../../../main/counter/rules/clock-rollback.ts';
import { createClockRollbackWatch } from '../../../main/counter/rules/clock-rollback-repository.ts';
import { createSettings } from '../../../main/kernel/database/settings-repository.ts';
import { createJournalRepository } from '../../../main/ledger/journal/journal-repository.ts';
import type { RuleBook } from '../../../preload/contract/index.ts';
import { createTestClock } from '../../kit/clock.ts';
import { journalKey, openOutbox } from '../../kit/outbox.ts';
import { bonusRule, pointsRule, ruleBook } from '../../kit/rules.ts';

const DAY_MS = 86_400_000;

/** Days from the first, 15 January 2026. */
const dated = ruleBook({
  bonus: [bonusRule({ fromDay: '2026-01-15', toDay: '2026-01-16' })],
  points: [pointsRule({ fromDay: '2026-03-01' })],
});

function open(book: RuleBook = dated) {
  const { db } = openOutbox();
  const clock = createTestClock();
  const settings = createSettings(db);
  const journal = createJournalRepository(db, journalKey, clock);
  const start = () =>
    createClockRollbackWatch({
      ...{ db, settings, journal, clock },
      storeTimeZone: 'Asia/Singapore',
      book: () => book,
    });
  const notes = () =>
    (
      db
        .prepare("SELECT content FROM journal WHERE reason = 'clock set back over a day of the rules'")
        .all() as {
        content: string;
      }[]
    ).map(({ content }) => JSON.parse(content) as unknown);
  return { clock, settings, start, notes };
}

test('a clock set back over the end of a rule is warned of, and both times are journaled', () => {
  const { clock, start, notes } = open();
  const watch = start();
  watch.look();
  clock.pass(3 * DAY_MS);
  watch.look();
  const beforeMs = clock.nowMs();
  clock.set(beforeMs - 2 * DAY_MS);
  watch.look();
  const back = { beforeMs, nowMs: clock.nowMs(), rules: ['Pay 50 get 5'] };
  expect(watch.found()).toEqual(back);
  watch.look();
  expect(notes()).toEqual([back]);
  // After a start it is warned of still, and no more once the day is there again.
  expect(start().found()).toEqual(back);
  clock.pass(2 * DAY_MS);
  expect(start().found()).toBeNull();
});

test('so is one that was set back while the program was not running', () => {
  const { clock, start, notes } = open();
  clock.pass(2 * DAY_MS);
  start().look();
  clock.set(clock.nowMs() - DAY_MS);
  const watch = start();
  watch.look();
  expect(notes()).toHaveLength(1);
  watch.forget();
  expect(watch.found()).toBeNull();
});

test('a clock that is set back within the days of all rules changes nothing', () => {
  const { clock, start, notes } = open();
  const watch = start();
  clock.pass(DAY_MS);
  watch.look();
  clock.set(clock.nowMs() - DAY_MS);
  watch.look();
  expect([watch.found(), notes()]).toEqual([null, []]);
});

test('so is one that was set back over a day, where a bonus is given once a day', () => {
  const { clock, start, notes } = open(ruleBook({ bonus: [bonusRule({ oncePerDay: true })] }));
  const watch = start();
  clock.pass(DAY_MS);
  watch.look();
  clock.set(clock.nowMs() - DAY_MS);
  watch.look();
  expect(watch.found()).toMatchObject({ rules: ['Pay 50 get 5'] });
  expect(notes()).toHaveLength(1);
});

test('where no rule has a day nothing is kept', () => {
  const { settings, start } = open(ruleBook({ bonus: [bonusRule()] }));
  start().look();
  expect(settings.get('rules.clock')).toBeNull();
});

test('rules between two days are those that hold on one of them alone', () => {
  expect(rulesBetween(dated, '2026-01-14', '2026-01-15')).toEqual(['Pay 50 get 5']);
  expect(rulesBetween(dated, '2026-01-15', '2026-01-16')).toEqual([]);
  expect(rulesBetween(dated, '2026-01-16', '2026-03-02')).toEqual(['Pay 50 get 5', 'A point a dollar']);
});
