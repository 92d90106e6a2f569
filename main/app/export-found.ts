import { rmSync } from 'node:fs';
import { addUp, type FoundSums } from '../../preload/contract/index.ts';
import { type FoundEnd, foundCsvLines, type Readable, readableCsvLines } from '../day/index.ts';
import { openDatabaseReadOnly } from '../kernel/database/open.ts';
import type { OnProgress } from '../kernel/progress.ts';
import type { Increment } from '../ledger/index.ts';
import type { EntryQuery, OwnWays } from '../ledger/shown/index.ts';
import { createDirectoryRepository } from '../members/index.ts';
import { type CommandParts, outboxFor, writeLines } from './commands.ts';

export interface FoundExport {
  readonly query: EntryQuery;
  /** Tells which receipts are of another drawer. */
  readonly own: OwnWays;
  readonly target: string;
  readonly readable?: Readable;
  readonly isCalledOff: () => boolean;
}

class CalledOff extends Error {}

const codeOf = (thrown: unknown): string => (thrown as NodeJS.ErrnoException).code ?? 'unknown';

/** Exports what is found as CSV, also beside an open till. The file is complete and on disk, or absent. */
export function exportFound(parts: CommandParts, asked: FoundExport, onProgress: OnProgress): FoundEnd {
  const opened = openDatabaseReadOnly(parts.file);
  if (!opened.ok) return { end: 'failed', of: 'reading', code: opened.error.code };
  const db = opened.value;
  try {
    const outbox = outboxFor(db, parts);
    const directory = createDirectoryRepository(db);
    const phoneOf = ({ customerUid }: Increment) => directory.byUid(customerUid)?.phone ?? '';
    let entries = 0;
    let sums: readonly FoundSums[] = [];
    const counted = function* () {
      let newest: number | null = null;
      for (const { entries: some, sums: of, before } of outbox.find.all(asked.query, asked.own)) {
        if (asked.isCalledOff()) throw new CalledOff();
        newest ??= some[0]?.sequence ?? before;
        onProgress({ done: Math.max(0, newest - before), of: newest });
        entries += some.length;
        sums = addUp([...sums, ...of]);
        yield* some;
      }
    };
    const lines =
      asked.readable === undefined
        ? foundCsvLines(counted(), phoneOf, () => sums)
        : readableCsvLines(counted(), phoneOf, asked.readable, () => sums);
    writeLines(asked.target, lines, () => undefined);
    if (asked.isCalledOff()) throw new CalledOff();
    return { end: 'written', entries };
  } catch (thrown) {
    rmSync(asked.target, { force: true });
    if (thrown instanceof CalledOff) return { end: 'called-off' };
    const code = codeOf(thrown);
    return { end: 'failed', of: /^(SQLITE|unknown)/.test(code) ? 'reading' : 'writing', code };
  } finally {
    db.close();
  }
}
