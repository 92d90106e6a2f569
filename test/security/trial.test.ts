import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as answers from '../../main/updates/trial/answer.ts';
import { putAside } from '../../main/updates/trial/put-aside.ts';
import * as puttingBack from '../../main/updates/trial/put-back.ts';
import { planted } from '../faults/faults.ts';
import { realRandom } from '../kit/practice-store.ts';
import { append, aTill, bytesOf, harm, isAside, versions } from '../updates/trial/support.ts';
import { checkModules, type ModuleCheck, through } from './support/table.ts';

const sound = { answers, puttingBack };
type Trial = typeof sound;

/** A till whose data was put aside, and what a migration that failed has left of it. */
async function failed(change: (till: ReturnType<typeof aTill>) => void) {
  const till = aTill();
  // Closed in order: its log is empty, and gone.
  const db = new Database(till.live);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
  const before = bytesOf(till.folder);
  const mark = await putAside(till, versions, realRandom);
  change(till);
  return { ...till, before, mark };
}

const isPutInPlace = ({ answers: { judgeAnswer, ofTrial } }: Trial, change: object, exitCode = 0) => {
  const stdout = JSON.stringify({ ok: true, version: versions.to, problems: [], ...change });
  return judgeAnswer({ exitCode, isLate: false, stdout }, versions.to, ofTrial).ok;
};

/** What was put aside comes back, byte for byte. */
async function isLostIn(
  { puttingBack: { putBack } }: Trial,
  change: (till: ReturnType<typeof aTill>) => void,
) {
  const till = await failed(change);
  // As of a till that had no log, whatever a reader has left of one.
  const files = till.mark.files.map((file) => (file.name.endsWith('-wal') ? { ...file, kept: null } : file));
  await putBack(till, files).catch(() => undefined);
  return JSON.stringify(bytesOf(till.folder)) !== JSON.stringify(till.before);
}

const migration: ModuleCheck<Trial> = {
  number: '44',
  title: 'a migration that fails restores the data, and nothing that was entered since is thrown away',
  breaches: async (trial) => {
    const withLog = await isLostIn(trial, ({ live }) => writeFileSync(`${live}-wal`, 'of the trial'));
    const entered = await failed(({ live }) => append(live, 'added'));
    const now = bytesOf(entered.folder);
    await trial.puttingBack.comeBack(entered);
    const altered = await failed(harm);
    writeFileSync(join(altered.folder, 'updates', 'before', 'live-counterfoil.db'), 'something else');
    const ofTheTrial = bytesOf(altered.folder);
    await trial.puttingBack.putBack(altered, altered.mark.files).catch(() => undefined);
    const whole = await failed(harm);
    await sound.puttingBack.comeBack(whole);
    return through({
      'a version that says no': isPutInPlace(trial, { ok: false, problems: ['page: blank'] }),
      'a version that ends with 1': isPutInPlace(trial, {}, 1),
      'a log of the trial': withLog,
      'entries since': JSON.stringify(bytesOf(entered.folder)) !== JSON.stringify(now),
      'half of a copy': JSON.stringify(bytesOf(altered.folder)) !== JSON.stringify(ofTheTrial),
      'not even what may come back': isAside(whole.folder),
    });
  },
  controls: [
    {
      ...planted('trial-not-asked'),
      finds: 'a version that says no',
    },
    {
      ...planted('trial-may-fail'),
      finds: 'a version that ends with 1',
    },
    {
      ...planted('log-of-the-trial-stays'),
      finds: 'a log of the trial',
    },
    {
      ...planted('entries-since-are-lost'),
      finds: 'entries since',
    },
    {
      ...planted('half-a-copy-comes-back'),
      finds: 'half of a copy',
    },
  ],
};

checkModules(sound, [migration]);
