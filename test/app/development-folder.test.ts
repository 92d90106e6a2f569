import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { verifyCommand } from '../../main/app/commands.ts';
import { hostProtocol } from '../../main/app/host-protocol.ts';
import { unsentCommand } from '../../main/app/unsent.ts';
import { DEVELOPMENT_ID } from '../../main/kernel/database/format.ts';
import { databaseFile, liveFolder } from '../../main/kernel/folders.ts';
import { copyOfClosedTill } from '../kit/closed-till.ts';
import { realClock, realRandom } from '../kit/practice-store.ts';
import { openProgram } from '../kit/program.ts';

/** A till's folder as the programs before the first release left it: its database, heads and keys. */
function developmentFolder(): string {
  const folder = copyOfClosedTill();
  const db = new Database(databaseFile(liveFolder(folder)));
  db.pragma(`application_id = ${DEVELOPMENT_ID}`);
  db.pragma('user_version = 8');
  db.close();
  writeFileSync(join(liveFolder(folder), 'vault.json'), '{"sealed":"as it was"}');
  return folder;
}

const allOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'hex')])
    .sort(([one = ''], [other = '']) => one.localeCompare(other));

it('a folder of a development version is refused with its own code, and left to the byte', async () => {
  const folder = developmentFolder();
  const before = allOf(folder);
  const program = openProgram({ folder });
  await program.till.start();
  const refused = { code: 'database-development' };
  expect(await program.must('app:snapshot', {})).toMatchObject({ mode: 'broken', problem: refused });
  expect(program.till.isLiveConfigured()).toBe(true);
  await program.till.stop(0);
  const file = databaseFile(liveFolder(folder));
  expect(unsentCommand(file, false)).toEqual({ ok: false, error: refused });
  const parts = { file, clock: realClock, random: realRandom, protocol: hostProtocol };
  expect(verifyCommand(parts, null)).toMatchObject({
    ok: false,
    problems: ['database: database-development'],
  });
  expect(allOf(folder)).toEqual(before);
});
