import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readEvent, storeEvent, UnknownEvent } from '../../main/ledger/tables/entry-events.ts';
import { drawnEvent, drawnEvents, eventNames } from './drawn-events.ts';

it('an event is read as it was written', () => {
  fc.assert(
    fc.property(drawnEvent, (event) => {
      expect(readEvent(storeEvent(event))).toEqual(event);
    }),
    { numRuns: 3_000 },
  );
});

it.each(eventNames)('a %s in a version of tomorrow is read by nobody', (event) => {
  const [drawn] = fc.sample(drawnEvents[event], { numRuns: 1, seed: 1 });
  if (drawn === undefined) throw new Error('nothing was drawn');
  const stored = storeEvent(drawn);
  expect(() => readEvent({ ...stored, version: stored.version + 1 })).toThrow(UnknownEvent);
});
