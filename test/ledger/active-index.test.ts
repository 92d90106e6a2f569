import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ActiveEntry, createActiveIndex } from '../../main/ledger/tables/active-index.ts';

const changes = fc.array(
  fc.record({
    sequence: fc.integer({ min: 1, max: 12 }),
    customerUid: fc.constantFrom('A', 'B', 'C'),
    state: fc.constantFrom('queued', 'sending', 'unknown', null),
  }),
  { maxLength: 40 },
);

it('is after any changes what it would be if it were made of what is there now', () => {
  fc.assert(
    fc.property(changes, (story) => {
      const index = createActiveIndex([]);
      const entries = new Map<number, ActiveEntry>();
      story.forEach(({ sequence, customerUid, state }, version) => {
        const held = index.candidates();
        const heldAs = [...held];
        const entry =
          state === null
            ? null
            : {
                ...{ id: `id ${sequence}`, version, sequence, customerUid, state },
                ...{ touched: false, createdAtMs: 0 },
              };
        if (entry === null) entries.delete(sequence);
        else entries.set(sequence, entry);
        index.put(sequence, entry);
        // Whoever goes through a list acts meanwhile.
        expect(held).toEqual(heldAs);
        const bySequence = [...entries.values()].sort((left, right) => left.sequence - right.sequence);
        const fresh = createActiveIndex(bySequence);
        expect(index.candidates()).toEqual(fresh.candidates());
        expect(index.busyMembers()).toEqual(fresh.busyMembers());
        expect(index.entriesAhead()).toEqual(fresh.entriesAhead());
        expect(index.undecided()).toBe(fresh.undecided());
        const queued = bySequence.filter((one) => one.state === 'queued');
        expect(index.candidates().map((one) => one.sequence)).toEqual(queued.map((one) => one.sequence));
        for (const [uid, ahead] of index.entriesAhead()) {
          const ofMember = bySequence.filter((one) => one.customerUid === uid);
          const first = ofMember.find((one) => one.state !== 'queued') ?? ofMember[0];
          expect(ahead.id).toBe(first?.id);
        }
      });
    }),
  );
});
