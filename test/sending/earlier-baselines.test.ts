import { expect, it } from 'vitest';
import { mostInformative } from '../../main/sending/earlier-baselines.ts';
import { createEvidenceRepository } from '../../main/sending/evidence-repository.ts';
import { amount, zeroAmount } from '../../preload/contract/index.ts';
import { openOutbox } from '../kit/outbox.ts';

const sumsOf = (balance: string, atMs = 1) => ({ balance: amount(balance), point: zeroAmount, atMs });

function opened() {
  const till = openOutbox();
  return { ...till, evidence: createEvidenceRepository(till.db), increment: till.add() };
}

it('keeps the baseline of all that waits in one commit, or nothing of it', () => {
  const { db, evidence, increment, add } = opened();
  const other = add();
  db.exec(`CREATE TRIGGER full BEFORE INSERT ON evidence WHEN NEW.increment_id = '${other.id}'
    BEGIN SELECT RAISE(ABORT, 'full'); END`);
  const waiting = [increment, other].map((one) => ({ increment: one, baseline: sumsOf('100') }));
  expect(() => evidence.keepBefore(waiting)).toThrow('full');
  expect(evidence.earlierBaselines(increment)).toEqual([]);
});

it('keeps each baseline once, oldest first, beside what is gathered later', () => {
  const { evidence, increment } = opened();
  for (const baseline of [sumsOf('100'), sumsOf('100', 2), sumsOf('90', 3), sumsOf('100', 4)])
    evidence.keepBefore([{ increment, baseline }]);
  evidence.keep(increment.id, 5, { readings: [sumsOf('80')] });
  evidence.keepBefore([{ increment, baseline: sumsOf('80', 6) }]);
  expect(evidence.earlierBaselines(increment)).toEqual([sumsOf('100'), sumsOf('90', 3), sumsOf('80', 6)]);
  expect(evidence.kept(increment.id)).toMatchObject({ gatheredAtMs: 5 });
});

it('holds an entry against the reading alone that a person has seen', () => {
  const { evidence, increment } = opened();
  evidence.keepBefore([{ increment, baseline: sumsOf('100') }]);
  evidence.seen(increment.id);
  expect(evidence.earlierBaselines(increment)).toEqual([sumsOf('100')]);
  evidence.keep(increment.id, 5, { readings: [{ balance: amount('110'), point: zeroAmount }] });
  evidence.seen(increment.id);
  expect(evidence.earlierBaselines(increment)).toEqual([sumsOf('110', 5)]);
});

it.each([
  ['the one from which it moved by exactly the entry', ['100', '90'], '100', '90'],
  ['the oldest, where it moved so from none', ['100', '90'], '97', '100'],
  ['the oldest, where nothing was read', ['100', '90'], null, '100'],
  ['nothing, where there was none', [], '100', null],
])('of the baselines a person is shown %s', (_, sums, read, shown) => {
  const { increment } = opened();
  const entry = { ...increment, balanceIncrement: amount('10'), pointIncrement: zeroAmount };
  const baselines = sums.map((sum) => sumsOf(sum));
  expect(mostInformative(baselines, entry, read === null ? null : sumsOf(read))?.balance ?? null).toBe(shown);
});
