import { expect, it } from 'vitest';
import { mayHaveArrived } from '../../main/sending/may-have-arrived.ts';

it('what was lost may have come, also where a person has said since that it did not; what was refused may not', () => {
  const answered = { phase: 'answered', outcome: 'not-applied' } as const;
  expect(mayHaveArrived({ phase: 'sent', outcome: 'not-applied', cause: 'reply-lost' })).toBe(true);
  expect(mayHaveArrived({ ...answered, cause: 'duplicate' })).toBe(true);
  expect(mayHaveArrived({ ...answered, cause: 'refused-status' })).toBe(false);
  expect(mayHaveArrived({ ...answered, cause: 'quota' })).toBe(false);
});
