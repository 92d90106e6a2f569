import fc from 'fast-check';
import { expect, it } from 'vitest';
import { actorText, readActor, roles, theProgram } from '../../../main/kernel/actor.ts';

it('who did it is read back as it was written, whatever the person is called', () => {
  fc.assert(
    fc.property(fc.constantFrom(...roles), fc.string(), (role, person) => {
      expect(readActor(actorText({ role, person }))).toEqual({ role, person });
      const known = { role, id: 'Ab3_-x', person };
      expect(readActor(actorText(known))).toEqual(known);
    }),
  );
});

it('the program needs no name, and a text without a role is a person', () => {
  expect(actorText(theProgram)).toBe('');
  expect(readActor('Counter 1')).toEqual({ role: 'till', person: 'Counter 1' });
});
