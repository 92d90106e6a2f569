import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { runCommand } from '../../main/app/electron/run-command.ts';
import { readSwitches } from '../../main/app/switches.ts';
import { noItPolicy } from '../../main/counter/it-policy.ts';
import { createMemoryVault } from '../../main/people/credentials/vault.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import { temporaryFolder } from '../kit/till.ts';
import { openFilledTill } from './filled-till.ts';

it('is a data folder as a till leaves it, and its last day is in the list', async () => {
  const folder = temporaryFolder();
  const { session } = await openFilledTill(folder, 850);
  expect(session.ledger.outbox.counts().confirmed).toBe(850);
  expect(session.ledger.outbox.activity(session.kernel.today(), 500)).toHaveLength(50);
  await session.close(0);
  const world = { folder, headCopyFolder: join(folder, 'copy'), clock: realClock, random: realRandom };
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const code = await runCommand(
    {
      ...world,
      version: '0.0.0',
      vault: createMemoryVault(null, realRandom),
      itPolicy: async () => noItPolicy,
    },
    readSwitches(['--verify']),
  );
  const [told] = said.mock.lastCall ?? [];
  said.mockRestore();
  expect({ code, ...JSON.parse(String(told)) }).toMatchObject({
    code: 0,
    entries: 850,
    signatures: { valid: 850 },
    problems: [],
  });
});
