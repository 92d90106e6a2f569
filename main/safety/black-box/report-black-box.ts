import { err, ok, type Result } from '../../../preload/contract/index.ts';
import type { HostProtocol } from '../../hosts/port/index.ts';
import { openLock } from '../../kernel/sealing/lock.ts';
import { type BoxEntry, entriesInRows, isOpen } from './entries-in-rows.ts';
import { readBlackBox } from './read-black-box.ts';

/** A lost till's open entries, to be shown and never sent. */
export interface BlackBoxReport {
  readonly open: readonly BoxEntry[];
  readonly ended: number;
  /** Entries with missing rows. */
  readonly unreadable: number;
  /** Its last frame is incomplete. */
  readonly isTorn: boolean;
}

/** `--read-black-box=FILE`: the last state of each entry, those that a restore lost included. */
export async function reportBlackBox(
  file: string,
  passphrase: string,
  readIncrement: HostProtocol['readIncrement'],
): Promise<Result<BlackBoxReport, string>> {
  try {
    const read = await readBlackBox(file, (lock) => openLock(lock, passphrase));
    if (!read.ok) {
      const isWrong = read.error.code === 'passphrase-wrong';
      return err(isWrong ? 'This is not its passphrase.' : 'This is no black box, or it is damaged.');
    }
    const { ways, isTorn } = read.value;
    const byId = new Map<string, BoxEntry>();
    let unreadable = 0;
    for (const rows of ways) {
      const told = entriesInRows(rows, readIncrement);
      unreadable = told.unreadable;
      for (const entry of told.entries) byId.set(entry.id, entry);
    }
    const entries = [...byId.values()];
    const open = entries.filter(isOpen);
    return ok({ open, ended: entries.length - open.length, unreadable, isTorn });
  } catch (thrown) {
    return err(`It cannot be read (${(thrown as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}
