import { hash } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { amount } from '../../../preload/contract/index.ts';
import { atTheTill } from '../../kit/actors.ts';
import { buildOneFile } from '../../kit/one-file.ts';
import { realRandom } from '../../kit/practice-store.ts';
import { asSeen } from '../../kit/till.ts';
import { copyOfFormat, type KeptFolder } from '../../upgrade/folders.ts';
import { makeNextProgram } from '../../upgrade/next-program.ts';
import { type Program, programIn, today } from '../../upgrade/program.ts';
import { members, openShop, type Shop } from '../../upgrade/shop.ts';
import { openTill, verify } from '../../upgrade/till.ts';
import { builtFile } from './build.ts';
import { memoryFolder } from './till-folder.ts';

/** A till of the newest format with a busy month in it, and the two programs that may open it. */
export interface Upgrade {
  readonly kept: KeptFolder;
  readonly child: string;
  readonly old: Program;
  readonly next: Program;
  readonly shop: Shop;
}

/** `entries` are made and cancelled again: two rows of the journal each. */
export async function makeUpgrade(entries: number): Promise<Upgrade> {
  const root = makeNextProgram('next-format-tortured');
  // The program of tomorrow, which upgrades the database that it is called with.
  const child = builtFile('upgrading.cjs');
  await buildOneFile(join(root, 'upgrading.ts'), child);
  const [old, next] = [await today(), await programIn(root)];
  const kept = copyOfFormat('format-3', memoryFolder());
  const shop = openShop(kept.ledger, kept.atMs + 60_000);
  const { session } = await openTill(old, kept.data, shop);
  for (let made = 0; made < entries; made += 1) {
    if (made % members.length === 0) shop.clock.pass(1_000);
    const customerUid = members[made % members.length]?.customerUid ?? '';
    const wanted = {
      ...{ requestId: realRandom.uuid(), ...asSeen(session, customerUid), note: '' },
      ...{ balanceIncrement: amount('1'), pointIncrement: amount('0') },
    };
    const saved = session.counter.topUps.create(wanted, atTheTill);
    if (!saved.ok || !session.counter.topUps.cancel(saved.value.id, atTheTill).ok)
      throw new Error('not made');
  }
  await session.close(0);
  return { kept, child, old, next, shop };
}

export function copyOf({ kept }: Upgrade): string {
  const folder = memoryFolder();
  cpSync(kept.data, folder, { recursive: true });
  return folder;
}

export const databaseOf = ({ old }: Upgrade, folder: string): string =>
  old.databaseFile(old.liveFolder(folder));

/** Everything that the tables say after the upgrade, in one word. */
function contentOf(file: string): string {
  const db = new Database(file, { readonly: true });
  const all = [
    'journal',
    'increment',
    'attempt',
    'account',
    'customer',
    'named_member',
    'print',
    'member',
    'journal_view',
    'doubt',
  ].map((table) => db.prepare(`SELECT * FROM ${table}`).raw().all());
  db.close();
  return hash('sha256', JSON.stringify(all));
}

/** Which format it is, and what is wrong with it; `content` is what it says once it is upgraded. */
export interface Judged {
  readonly format: number;
  readonly problems: readonly string[];
  readonly content: string;
}

export function judge(upgrade: Upgrade, folder: string): Judged {
  const { old, next, shop } = upgrade;
  const file = databaseOf(upgrade, folder);
  const problems: string[] = [];
  const openAs = (program: Program): number => {
    const opened = program.openDatabase(file, program.journalViews);
    if (!opened.ok) {
      problems.push(`does not open: ${JSON.stringify(opened.error)}`);
      return 0;
    }
    const db = opened.value;
    problems.push(...program.schemaProblems(db, { steps: program.migrations, views: program.journalViews }));
    const format = Number(db.pragma('user_version', { simple: true }));
    db.close();
    problems.push(...verify(program, folder, shop).problems);
    return format;
  };
  const peek = new Database(file, { readonly: true });
  const format = Number(peek.pragma('user_version', { simple: true }));
  peek.close();
  if (format === old.migrations.at(-1)?.formatVersion) openAs(old);
  openAs(next);
  const content = problems.length > 0 ? '' : contentOf(file);
  rmSync(folder, { recursive: true, force: true });
  return { format, problems, content };
}
