import { rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withPause } from '../../main/hosts/link/link-state.ts';
import { meiLing } from '../../main/hosts/practice/members.ts';
import { copyOf } from '../kit/data-folder.ts';
import { openDrivenTill } from '../kit/driven-till.ts';
import { ownClockStoreTimeZone } from '../kit/store-time-zone.ts';
import { openTestTill } from '../kit/till.ts';

const WAL = join('live', 'counterfoil.db-wal');

/** Three entries were saved a second ago and not sent; the process is gone, and the folder is as it left it. */
async function savedAndKilled() {
  const first = await openDrivenTill();
  first.till.session.start();
  await first.drive(() => first.till.session.hosts.link.state.reach === 'online');
  // What was before lies in the database itself: the log holds the three alone.
  const driven = await first.restart();
  const { session } = driven.till;
  session.start();
  await driven.drive(() => session.hosts.link.state.reach === 'online');
  await session.members.lookUp.find(meiLing.number);
  // Long enough for what was covered before to say nothing of the three.
  await driven.pass(90_000);
  // Sending is paused: no attempt has the head cover them.
  session.hosts.link.update((state, at) => withPause(state, 'manager', '', at.nowMs));
  for (const amount of ['10', '20', '30']) driven.till.topUp(meiLing.customerUid, amount);
  await driven.pass(1_000);
  return { driven, folder: copyOf(driven.till.folder) };
}

/** By the machine's own clock, in the zone that the till has. */
const openAgain = ({ driven, folder }: Awaited<ReturnType<typeof savedAndKilled>>) =>
  openTestTill(driven.store, { folder, config: { storeTimeZone: ownClockStoreTimeZone } });

it.each([
  ['is gone', (file: string) => rmSync(file)],
  ['was cut off', (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2))],
])(
  'three saved entries of a second ago are missed at the next start where the write-ahead log %s',
  async (_, lose) => {
    const killed = await savedAndKilled();
    lose(join(killed.folder, WAL));
    rmSync(join(killed.folder, 'live', 'counterfoil.db-shm'), { force: true });
    const next = await openAgain(killed);
    expect(next.session.journalProblem).toBe('rolled-back');
  },
);

it('and where nothing was lost nothing is missed', async () => {
  const next = await openAgain(await savedAndKilled());
  expect(next.session.journalProblem).toBeNull();
  expect(next.session.ledger.outbox.counts().queued).toBe(3);
});
