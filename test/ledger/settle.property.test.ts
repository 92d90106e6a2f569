import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settle } from '../../main/ledger/settle.ts';
import { ends } from '../kit/outbox.ts';

const before = fc.record({
  touched: fc.boolean(),
  undecidedEarlier: fc.boolean(),
});
const phase = fc.constantFrom('connecting' as const, 'sent' as const, 'answered' as const);
const duplicate = { ...ends.unknown, cause: 'duplicate' as const };
const outcome = fc.constantFrom(...Object.values(ends), duplicate);

it('whatever came before and whatever the end: protocol rule 4 holds', () => {
  fc.assert(
    fc.property(before, phase, outcome, (was, reached, end) => {
      const next = settle(was, reached, end);
      // Touched stays touched, and nothing is touched that never left.
      expect(next.touched).toBe(was.touched || reached !== 'connecting');
      // Only KYBIO's own success confirms: a duplicate answer is evidence.
      expect(next.state === 'confirmed').toBe(end.kind === 'applied');
      // While an earlier attempt is undecided no later one frees the entry or refuses it.
      if (was.undecidedEarlier) expect(['confirmed', 'unknown']).toContain(next.state);
      if (next.state === 'rejected') expect(end.kind).toBe('rejected');
      if (next.state === 'queued') expect(end.kind).toBe('not-applied');
    }),
  );
});
