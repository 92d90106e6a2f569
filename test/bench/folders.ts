import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrations, newestFormat } from '../../main/kernel/database/format.ts';
import { FILLING, openFilledTill } from './filled-till.ts';

/** What was filled is kept here for the next run; `COUNTERFOIL_BENCH_FOLDER` says another place. */
const kept = (): string => process.env['COUNTERFOIL_BENCH_FOLDER'] ?? join(tmpdir(), 'counterfoil-bench');

/** What was filled in another format is not looked at. */
const formatName = (): string => `released-${newestFormat(migrations)}-filling-${FILLING}`;

/** A filled folder that nobody works on; made where it is missing, and gone on with where that was cut off. */
async function keptFolder(entries: number, say: (line: string) => void): Promise<string> {
  const folder = join(kept(), formatName(), String(entries));
  const whole = `${folder}.whole`;
  if (existsSync(whole)) return folder;
  mkdirSync(folder, { recursive: true });
  say(`filling ${folder}`);
  const { session } = await openFilledTill(folder, entries);
  await session.close(0);
  writeFileSync(whole, '');
  return folder;
}

/** The folders of one run, on the disk that is measured. */
export interface Folders {
  filled(entries: number): Promise<string>;
  scratch(): string;
  /** The filled ones that were worked on. */
  used(): readonly string[];
  remove(): void;
}

export function createFolders(say: (line: string) => void): Folders {
  mkdirSync(kept(), { recursive: true });
  const run = mkdtempSync(join(kept(), 'run-'));
  const copies = new Map<number, string>();
  return {
    filled: async (entries) => {
      const known = copies.get(entries);
      if (known !== undefined) return known;
      const from = await keptFolder(entries, say);
      const copy = join(run, String(entries));
      cpSync(from, copy, { recursive: true });
      copies.set(entries, copy);
      return copy;
    },
    scratch: () => mkdtempSync(join(run, 'scratch-')),
    used: () => [...copies.values()],
    remove: () => rmSync(run, { recursive: true, force: true }),
  };
}
