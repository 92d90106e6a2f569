import { expect, it } from 'vitest';
import { mayHaveArrived, mayHaveArrivedSql } from '../../main/sending/may-have-arrived.ts';
import { entryCauses } from '../../preload/contract/index.ts';
import { openOutbox } from '../kit/outbox.ts';

const phases = ['connecting', 'sent', 'answered'] as const;
const outcomes = [null, 'applied', 'rejected', 'not-applied', 'unknown'] as const;

it('what may have been applied is the same to the database and to the program', () => {
  const { db } = openOutbox();
  const asked = db.prepare(
    `SELECT ${mayHaveArrivedSql} AS found FROM (SELECT ? AS phase, ? AS outcome, ? AS cause) a`,
  );
  for (const phase of phases)
    for (const outcome of outcomes)
      for (const cause of [null, ...entryCauses])
        expect(asked.get(phase, outcome, cause), `${phase} ${outcome} ${cause}`).toEqual({
          found: mayHaveArrived({ phase, outcome, cause }) ? 1 : 0,
        });
});

it('what was lost may have come, also where a person has said since that it did not; what was refused may not', () => {
  const answered = { phase: 'answered', outcome: 'not-applied' } as const;
  expect(mayHaveArrived({ phase: 'sent', outcome: 'not-applied', cause: 'reply-lost' })).toBe(true);
  expect(mayHaveArrived({ ...answered, cause: 'duplicate' })).toBe(true);
  expect(mayHaveArrived({ ...answered, cause: 'overloaded' })).toBe(false);
  expect(mayHaveArrived({ ...answered, cause: 'quota' })).toBe(false);
});
