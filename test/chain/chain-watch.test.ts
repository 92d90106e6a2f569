import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { theManager } from '../../main/kernel/actor.ts';
import { handlerIn } from '../../main/kernel/room.ts';
import { createTillUse } from '../../main/updates/till-use.ts';
import { openDrivenTill } from '../kit/driven-till.ts';
import { testOwner } from '../kit/shop.ts';
import { temporaryFolder } from '../kit/till.ts';

const MINUTE_MS = 60_000;

it('a till looks by itself every five minutes, and takes over ten seconds after an entry or its day', async () => {
  const owner = testOwner();
  const shared = join(temporaryFolder(), 'share');
  mkdirSync(shared);
  const put = (change: Parameters<typeof owner.sign>[0]) =>
    writeFileSync(join(shared, 'shop.json'), owner.sign(change));
  put({ version: 1 });
  const use = createTillUse();
  use.page('free');
  const { till, clock, pass } = await openDrivenTill(
    {},
    { backups: { picker: { pick: async () => shared } }, outside: { use } },
  );
  const { rooms, counter } = till.session;
  till.session.start();
  const taken = () => rooms.find(({ name }) => name === 'chain')?.shows?.chain?.()?.taken?.version ?? 0;
  const comes = () => rooms.find(({ name }) => name === 'chain')?.shows?.chain?.()?.next?.version ?? 0;
  const found = await handlerIn(rooms, 'chain:find')?.({}, theManager);
  if (found?.ok !== true || found.value.found === null) throw new Error('nothing found');
  await handlerIn(rooms, 'chain:join')?.({ id: found.value.found.id }, theManager);
  await till.until(() => taken() === 1);

  put({ version: 2, policy: { keypad: true } });
  await pass(4 * MINUTE_MS);
  expect(taken()).toBe(1);
  await pass(MINUTE_MS);
  await till.until(() => taken() === 2);
  expect(counter.policy.current().keypad).toBe(true);

  use.page('form');
  put({ version: 3, policy: { keypad: false } });
  await pass(5 * MINUTE_MS);
  await till.until(() => comes() === 3);
  await pass(MINUTE_MS);
  expect(taken()).toBe(2);
  use.page('free');
  await pass(10_000);
  expect(taken()).toBe(3);

  put({ version: 4, validFromMs: clock.nowMs() + 30 * MINUTE_MS });
  await pass(5 * MINUTE_MS);
  await till.until(() => comes() === 4);
  await pass(24 * MINUTE_MS);
  expect(taken()).toBe(3);
  await pass(2 * MINUTE_MS);
  expect(taken()).toBe(4);
});
