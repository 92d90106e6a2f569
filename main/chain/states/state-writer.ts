import { join } from 'node:path';
import type { AppError } from '../../../preload/contract/index.ts';
import { writeFileAtomically } from '../../kernel/atomic-file.ts';
import type { Clock, Logger, Random } from '../../kernel/ports.ts';
import type { AccountDesk } from '../../kernel/sealing/account-seal.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import { withinFolder } from '../look-into-folder.ts';
import { readBounded } from '../read-bounded.ts';
import { COPY_MS, isOfLivingCopy } from './observe.ts';
import { folderFailure, partOf } from './state-folder.ts';
import { MOST_STATE_BYTES, openTillState, sealTillState, stateFileOf, type TillState } from './till-state.ts';

/** A till's state without what only its writer knows. */
export type OwnState = Omit<TillState, 'atMs' | 'run' | 'written' | 'saw' | 'copyAtMs'>;

export interface StateWriterParts {
  readonly folder: () => string | null;
  /** Null without an App key. */
  readonly desk: () => AccountDesk | null;
  /** Null before the till's first journal row. */
  readonly own: () => Promise<OwnState | null>;
  /** Another computer wrote as this till; its epoch says since when their ways are apart. */
  readonly meet: (met: Pick<TillState, 'tillId' | 'epoch'>) => void;
  readonly timeouts: Timeouts;
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly random: Pick<Random, 'bytes' | 'uuid'>;
  readonly logger: Pick<Logger, 'error'>;
}

export interface StateWriter {
  /** Reads what lies in this till's place, then writes; why it could not, or null. */
  write(): Promise<AppError | null>;
  /** When another computer last wrote as this till, as far as noticed; null where that is over. */
  copyAtMs(): number | null;
}

/** Every till reads it, whatever user its program runs as. */
const READABLE = 0o644;

export function createStateWriter(parts: StateWriterParts): StateWriter {
  const { timeouts, clock, random, logger, meet } = parts;
  const run = random.uuid();
  let written = 0;
  let saw: string | null = null;
  let copyAtMs: number | null = null;

  const look = (found: TillState | null): void => {
    const nowMs = clock.nowMs();
    if (copyAtMs !== null && Math.abs(nowMs - copyAtMs) >= COPY_MS) copyAtMs = null;
    if (found === null || found.run === run) return;
    const { tillId, epoch } = found;
    meet({ tillId, epoch });
    saw = found.run;
    if (!isOfLivingCopy(found, run)) return;
    if (copyAtMs === null) logger.error('chain.copy-writes', { epoch });
    copyAtMs = nowMs;
  };

  const write = async (folder: string, desk: AccountDesk, own: OwnState): Promise<void> => {
    const there = await withinFolder(folder, timeouts, async () => {
      const path = join(await partOf(folder, 'states'), stateFileOf(own.tillId));
      const bytes = await readBounded(path, MOST_STATE_BYTES);
      return { path, state: bytes.ok ? openTillState(bytes.value, desk, own.tillId) : null };
    });
    // What cannot be read is nobody's, and is replaced.
    look(typeof there.state === 'string' ? null : there.state);
    written += 1;
    const state: TillState = { ...own, atMs: clock.nowMs(), run, written, saw, copyAtMs };
    const sealed = sealTillState(state, desk, random);
    await withinFolder(folder, timeouts, () =>
      writeFileAtomically(there.path, sealed, random.uuid(), READABLE),
    );
  };

  return {
    write: async () => {
      const [folder, desk] = [parts.folder(), parts.desk()];
      if (folder === null || desk === null) return null;
      const own = await parts.own();
      if (own === null) return null;
      try {
        await write(folder, desk, own);
        return null;
      } catch (thrown) {
        return folderFailure(thrown);
      }
    },
    copyAtMs: () => copyAtMs,
  };
}
