// The next program of a test, quickly started: it takes the lock of a till, puts its data into a format of tomorrow, says that
// it is ready, and ends. Whoever has started it is gone where what it reads ends: then it goes too.
const { readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const Database = require('better-sqlite3');

const folder = process.argv.find((argument) => argument.startsWith('--trial=')).slice(8);
process.stdin.on('end', () => process.exit(1)).resume();
const answer = (problems) => {
  console.log(JSON.stringify({ ok: problems.length === 0, version: '1.1.0', problems }));
  process.exitCode = problems.length;
  process.stdin.pause();
};
try {
  const lock = new Database(join(folder, 'till.lock'));
  lock.exec('BEGIN EXCLUSIVE');
  const db = new Database(join(folder, 'live', 'counterfoil.db'));
  db.pragma('journal_mode = WAL');
  db.exec(`BEGIN IMMEDIATE; CREATE TABLE of_tomorrow (x); PRAGMA user_version = 999;
    INSERT INTO journal (number, chain, at_ms, entry, event, version, actor, reason, content, mac)
    SELECT max(number) + 1, max(chain), 1, NULL, 'noted', 1, '', '', '', zeroblob(16) FROM journal; COMMIT`);
  for (const heads of [join(folder, 'live'), join(folder, 'copy', 'live')])
    for (const name of readdirSync(heads).filter((file) => file.startsWith('head-')))
      writeFileSync(join(heads, name), 'a head of tomorrow');
  db.close();
  answer([]);
} catch (thrown) {
  answer([`till: ${/FULL|ENOSPC/.test(String(thrown.code)) ? 'disk-full' : thrown.message}`]);
}
