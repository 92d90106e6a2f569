import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { copyOfFormat, type KeptFolder } from './folders.ts';
import { today } from './program.ts';
import { openShop } from './shop.ts';
import { openTill } from './till.ts';

/** The journal of a kept folder after somebody has written into it, and whose tables are to be made anew. */
async function forged(change: string): Promise<KeptFolder> {
  const kept = copyOfFormat('format-1');
  const program = await today();
  const db = new Database(program.databaseFile(program.liveFolder(kept.data)));
  const triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as {
    name: string;
    sql: string;
  }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  db.exec(`${change}; DELETE FROM journal_view`);
  for (const { sql } of triggers) db.exec(sql);
  db.close();
  return kept;
}

const columns = 'chain, at_ms, event, version, actor, reason, content, mac';
const again = (what: string) =>
  `INSERT INTO journal (number, entry, ${columns}) SELECT (SELECT MAX(number) FROM journal) + 1, ${what}, ${columns}
   FROM journal WHERE event = 'added' AND entry = 4`;

it.each([
  ['an entry told twice under two numbers', again('4000')],
  ['an entry told twice under one number', again('4')],
  ['content that is no event', "UPDATE journal SET content = '[' WHERE entry = 5 AND event = 'added'"],
  ['an event that nobody writes', "UPDATE journal SET event = 'told' WHERE entry = 6 AND event = 'added'"],
  [
    'an entry adopted without its columns',
    "UPDATE journal SET content = '[{\"sequence\":1}]' WHERE event = 'adopted' AND entry = 1",
  ],
])('a till whose journal has %s opens, and says that it is broken', async (_, change) => {
  const kept = await forged(change);
  const till = await openTill(await today(), kept.data, openShop(kept.ledger, kept.atMs + 60_000));
  till.session.start();
  expect(till.session.journalProblem).toBe('broken');
  await till.session.close(0);
});
