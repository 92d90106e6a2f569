// What runs between a press on Confirm, in main, and *Done*: counted by V8 in a practice till under Node.
import { mkdtempSync, rmSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './common.mjs';

const ours = ['main', 'preload'].map((folder) => pathToFileURL(join(root, folder)).href);

/** Known to the practice store. */
const CARD = '8008010001';

/** @returns {Promise<{ functions: number, files: number }>} of main and the contract, each counted once */
export async function countHops() {
  const { openTill } = await import('../../test/bench/filled-till.ts');
  const { atTheTill } = await import('../../test/kit/actors.ts');
  const { realClock, realRandom } = await import('../../test/kit/practice-store.ts');
  const { asSeen } = await import('../../test/kit/till.ts');
  const { amount } = await import('../../preload/contract/index.ts');
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-house-'));
  const session = await openTill(folder, realClock);
  session.start();
  const found = await session.members.lookUp.find(CARD);
  const customerUid = found.ok ? found.value.members[0]?.customerUid : undefined;
  if (customerUid === undefined) throw new Error('the practice store does not know its member');
  const send = () =>
    new Promise((resolve, reject) => {
      session.ledger.feed?.subscribe((rows) => {
        if (rows.some(({ event }) => event === 'ended')) resolve(undefined);
      });
      const created = session.counter.topUps.create(
        {
          requestId: realRandom.uuid(),
          ...asSeen(session, customerUid),
          note: '',
          again: true,
          balanceIncrement: amount('1'),
          pointIncrement: amount('0'),
        },
        atTheTill,
      );
      if (!created.ok) reject(new Error(created.error.code));
      session.sending.loop.wake();
    });
  // Whatever runs for the first time only is not what each press costs.
  for (let index = 0; index < 5; index += 1) await send();
  const inspector = new Session();
  inspector.connect();
  await inspector.post('Profiler.enable');
  await inspector.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  await send();
  const { result } = await inspector.post('Profiler.takePreciseCoverage');
  inspector.disconnect();
  await session.close(1_000);
  rmSync(folder, { recursive: true });
  const ran = result
    .filter(({ url }) => ours.some((folder) => url.startsWith(`${folder}/`)))
    .map(({ functions }) => functions.filter(({ ranges }) => ranges[0].count > 0).length)
    .filter((count) => count > 0);
  return { functions: ran.reduce((sum, count) => sum + count, 0), files: ran.length };
}
