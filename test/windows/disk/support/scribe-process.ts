// A program that writes all that a till keeps beside its entries, and says of each that it is kept; ended at any moment.

import { writeSync } from 'node:fs';
import { copyOfFile } from '../../../../main/kernel/database/online-copy.ts';
import { openDatabase } from '../../../../main/kernel/database/open.ts';
import { createSettings } from '../../../../main/kernel/database/settings-repository.ts';
import { createHeadSlots } from '../../../../main/ledger/journal/head.ts';
import { added, readQueue } from '../../../../main/paper/receipts/print-queue.ts';
import { takeBackup } from '../../../../main/safety/backups/take-backup.ts';
import { openStoredState } from '../../../../main/updates/stored-state.ts';
import { headOf, parts, placesIn, QUEUE, scribesKey } from './scribe.ts';

const [folder = '', from = '1'] = process.argv.slice(2);
const places = placesIn(folder);
const tell = (line: string) => void writeSync(1, `${line}\n`);

async function write(): Promise<void> {
  const opened = openDatabase(places.database);
  if (!opened.ok) throw new Error(opened.error.code);
  const settings = createSettings(opened.value);
  const heads = createHeadSlots(places.heads, scribesKey);
  const kept = openStoredState({ ...parts, folder: places.updates });
  tell('writing');
  for (let turn = Number(from); ; turn += 1) {
    heads.write(headOf(turn));
    tell(`head ${turn}`);
    const job = { id: String(turn), entryId: `entry ${turn}`, askedAtMs: turn, isByItself: false };
    settings.set(QUEUE, JSON.stringify(added(readQueue(settings.get(QUEUE)), job)));
    tell(`receipt ${turn}`);
    await kept.change({ newestIssuedAtMs: turn });
    tell(`update ${turn}`);
    const name = `${turn}.backup`;
    const taken = await takeBackup({
      ...{ folder: places.backups, name },
      write: (file) => copyOfFile(places.database, file),
      check: async () => null,
    });
    tell(taken.ok ? `backup ${name}` : `! backup ${JSON.stringify(taken.error)}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

await write();
