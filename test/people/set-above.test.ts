import { expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { createPeopleRoom, type PeopleRoomParts } from '../../main/people/people-room.ts';
import { nobody, noPin } from '../../main/people/person.ts';
import { appError, ok } from '../../preload/contract/index.ts';

it('nobody is added to people whom the owner set while the PIN was hashed', async () => {
  let owner: readonly string[] = [];
  const room = createPeopleRoom({
    people: { load: () => nobody },
    pins: {
      make: async () => {
        owner = ['people'];
        return ok(noPin);
      },
    },
    signedIn: { isUsed: () => true },
    random: { uuid: () => 'p1' },
    tillName: 'Counter 1',
    above: () => ({ it: [], owner }),
  } as unknown as PeopleRoomParts);
  const who = { version: 0, name: 'Mei', role: 'manager', language: null, newPin: '482915' } as const;
  expect(await room.managersHandlers?.['people:add']?.(who, theManager)).toEqual({
    ok: false,
    error: appError('setting-fixed', { reason: 'owner', setting: 'people' }),
  });
});
