import { join } from 'node:path';
import type { AppError, Result, StateProblem } from '../../../preload/contract/index.ts';
import { createMutex } from '../../kernel/mutex.ts';
import type { Clock } from '../../kernel/ports.ts';
import type { AccountDesk } from '../../kernel/sealing/account-seal.ts';
import type { Timeouts } from '../../kernel/timeouts.ts';
import { withinFolder } from '../look-into-folder.ts';
import { readBounded, type UnreadFile } from '../read-bounded.ts';
import { type Observed, observe } from './observe.ts';
import { folderFailure, namesIn } from './state-folder.ts';
import { MOST_STATE_BYTES, openTillState, stateFileOf, type TillState, tillIdOfFile } from './till-state.ts';

/** A till of the chain, as this one last saw it alive. */
export type ReadState = Pick<Observed, 'state' | 'seenAtMs' | 'aheadMs'>;

export interface StateReaderParts {
  readonly folder: () => string | null;
  /** Null without an App key. */
  readonly desk: () => AccountDesk | null;
  readonly timeouts: Timeouts;
  readonly clock: Pick<Clock, 'nowMs' | 'monotonicMs'>;
  /** Yields to the event loop. */
  readonly pause: () => Promise<void>;
}

export interface StateReader {
  /** Reads the folder; what was read before where it does not answer. Resolves within some seconds. */
  states(): Promise<readonly ReadState[]>;
  /** As read last. */
  latest(): readonly ReadState[];
  /** Files that were not used, by whose they should be. */
  unused(): ReadonlyMap<string, StateProblem>;
  /** Why the folder could not be read. */
  problem(): AppError | null;
  /** Another folder, or none. */
  forget(): void;
  /** A till that is no more. */
  drop(tillId: string): void;
}

/** Twenty shops with four tills each, three times over. */
export const MOST_STATES = 300;
/** Names that are looked at: somebody may have filled the folder. */
const MOST_NAMES = 20_000;
/** Files that are read at once; each is opened by itself, a part of a millisecond of main's time. */
const STEP = 8;
const LIMIT_MS = 15_000;

type Found = TillState | StateProblem | 'missing';

export function createStateReader(parts: StateReaderParts): StateReader {
  const { timeouts, clock, pause } = parts;
  const runExclusive = createMutex();
  let known = new Map<string, Observed>();
  let unused = new Map<string, StateProblem>();
  /** When a file was last read, so that a slow folder comes to each. */
  let readAt = new Map<string, number>();
  let problem: AppError | null = null;

  /** The same list until it is read again. */
  let shown: readonly ReadState[] = [];

  const show = (): readonly ReadState[] => {
    shown = [...known.values()].map(({ state, seenAtMs, aheadMs }) => ({ state, seenAtMs, aheadMs }));
    return shown;
  };

  const byTurn = (a: string, b: string): number =>
    (readAt.get(a) ?? -1) - (readAt.get(b) ?? -1) || (a < b ? -1 : 1);

  /** Those that are known come first, and then what was not read for longest, so that no heap of files hides a till. */
  const whichOf = (names: readonly string[]): readonly string[] => {
    const others = names.flatMap((name) => tillIdOfFile(name) ?? []).filter((id) => !known.has(id));
    const fresh = others.filter((id) => !readAt.has(id)).slice(0, MOST_STATES);
    // A heap is not put in order while it is new.
    const again = fresh.length < MOST_STATES ? others.filter((id) => readAt.has(id)).sort(byTurn) : [];
    return [...known.keys(), ...fresh, ...again].slice(0, MOST_STATES).sort(byTurn);
  };

  const bytesOf = (folder: string, tillId: string): Promise<Result<Buffer, UnreadFile>> =>
    readBounded(join(folder, 'states', stateFileOf(tillId)), MOST_STATE_BYTES);

  const take = (tillId: string, found: Found): void => {
    readAt.set(tillId, clock.monotonicMs());
    unused.delete(tillId);
    // Written over just now, or gone: what was seen of it stays until the program ends.
    if (found === 'missing') return;
    if (typeof found === 'string') unused.set(tillId, found);
    else known.set(tillId, observe(known.get(tillId) ?? null, found, clock.nowMs()));
  };

  const readAll = async (folder: string, desk: AccountDesk): Promise<void> => {
    const until = clock.monotonicMs() + LIMIT_MS;
    const isWanted = (name: string) => tillIdOfFile(name) !== null;
    const ids = whichOf(
      await withinFolder(folder, timeouts, () => namesIn(folder, 'states', { most: MOST_NAMES, isWanted })),
    );
    unused = new Map([...unused].filter(([id]) => ids.includes(id)));
    for (let at = 0; at < ids.length && clock.monotonicMs() < until; at += STEP) {
      const some = ids.slice(at, at + STEP);
      const read = await withinFolder(folder, timeouts, () =>
        Promise.all(some.map((id) => bytesOf(folder, id))),
      );
      for (const [place, bytes] of read.entries()) {
        if (parts.folder() !== folder) return;
        const tillId = some[place] ?? '';
        take(tillId, bytes.ok ? openTillState(bytes.value, desk, tillId) : bytes.error);
        await pause();
      }
    }
  };

  const read = async (): Promise<readonly ReadState[]> => {
    const [folder, desk] = [parts.folder(), parts.desk()];
    if (folder === null || desk === null) return shown;
    try {
      await readAll(folder, desk);
      problem = null;
    } catch (thrown) {
      problem = folderFailure(thrown);
    }
    return show();
  };

  return {
    states: () => runExclusive(read),
    latest: () => shown,
    unused: () => unused,
    problem: () => problem,
    forget: () => {
      known = new Map();
      unused = new Map();
      readAt = new Map();
      problem = null;
      show();
    },
    drop: (tillId) => {
      known.delete(tillId);
      unused.delete(tillId);
      show();
    },
  };
}
