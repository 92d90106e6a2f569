import type { ChainTill, StatusReason, TillReason } from '../../../preload/contract/index.ts';
import { COPY_MS } from './observe.ts';
import type { ReadState } from './state-reader.ts';
import type { TillState } from './till-state.ts';

/** What a monitor is told of a till's facts, as `--status` says it. */
export type Verdict = (
  facts: TillState['status'] & { readonly till: object },
  nowMs: number,
) => { readonly result: ChainTill['result']; readonly reasons: readonly StatusReason[] };

export interface RowParts {
  readonly verdict: Verdict;
  readonly nowMs: number;
  /** This till's id. */
  readonly own: string | null;
  /** Those whose file cannot be used any more. */
  readonly unused: ReadonlySet<string>;
  /** A clock that is so much ahead is wrong. */
  readonly skewLimitMs: number;
}

/** Three times as long as an open till takes to write. */
const SILENT_MS = 900_000;
/** Longer than a shop is closed for the night. */
const SILENT_LONG_MS = 26 * 3_600_000;

const partsOf = (version: string): readonly number[] => version.split(/[.+-]/, 3).map(Number);

/** Negative where the first is older; versions are three numbers. */
function compareVersions(a: string, b: string): number {
  const [own, other] = [partsOf(a), partsOf(b)];
  return own.reduce((sign, part, place) => sign || part - (other[place] ?? 0), 0) || 0;
}

function twiceIn(states: readonly ReadState[], nowMs: number): ReadonlySet<number> {
  const numbers = states
    .filter(({ seenAtMs }) => nowMs - seenAtMs < SILENT_LONG_MS)
    .map(({ state }) => state.number);
  return new Set(numbers.filter((number, place) => numbers.indexOf(number) !== place));
}

const rank = { somebody: 0, look: 1, well: 2 } as const satisfies Record<ChainTill['result'], number>;

const byNeed = (a: ChainTill, b: ChainTill): number =>
  rank[a.result] - rank[b.result] ||
  Number(b.isSilent) - Number(a.isSilent) ||
  a.number - b.number ||
  a.name.localeCompare(b.name) ||
  (a.tillId < b.tillId ? -1 : 1);

/** The owner's list: what somebody has to do something about comes first. Pure. */
export function tillRows(states: readonly ReadState[], parts: RowParts): readonly ChainTill[] {
  const { nowMs, own, unused, skewLimitMs, verdict } = parts;
  const twice = twiceIn(states, nowMs);
  const newest = states.reduce(
    (found, { state }) => (compareVersions(state.version, found) > 0 ? state.version : found),
    '0.0.0',
  );
  const newestShop = Math.max(-1, ...states.map(({ state }) => state.shopVersion ?? -1));

  // By a till's own clock, which may be wrong: its times are all by that.
  const nowThere = ({ state, seenAtMs }: ReadState): number => state.atMs + Math.max(0, nowMs - seenAtMs);

  const afar = (read: ReadState): readonly TillReason[] => {
    const { state, seenAtMs, aheadMs } = read;
    const has: Partial<Record<TillReason, boolean>> = {
      'id-twice': state.copyAtMs !== null && nowThere(read) - state.copyAtMs < COPY_MS,
      silent: nowMs - seenAtMs >= SILENT_LONG_MS,
      'file-not-used': unused.has(state.tillId),
      'number-twice': twice.has(state.number),
      'clock-off': aheadMs >= skewLimitMs,
      'version-behind': compareVersions(state.version, newest) < 0,
      'shop-behind': (state.shopVersion ?? -1) < newestShop,
    };
    return (Object.keys(has) as TillReason[]).filter((reason) => has[reason]);
  };

  const rowOf = (read: ReadState): ChainTill => {
    const { state, seenAtMs } = read;
    const { tillId, name, number, version, shopVersion, status } = state;
    const judged = verdict({ ...status, till: state }, nowThere(read));
    const reasons = [...new Set([...judged.reasons, ...afar(read)])];
    const isFine = judged.result === 'well' && reasons.length > 0;
    return {
      tillId,
      name,
      number,
      isHere: tillId === own,
      result: reasons.includes('id-twice') ? 'somebody' : isFine ? 'look' : judged.result,
      reasons,
      seenAtMs,
      isSilent: nowMs - seenAtMs >= SILENT_MS,
      version,
      shopVersion,
      entries: status.entries,
      lastZ: status.lastZ,
      variance: state.variance,
      backupAtMs: status.backups.newestAtMs,
      calls: status.calls,
      freeMegabytes: status.disk.freeMegabytes,
    };
  };

  return states.map(rowOf).sort(byNeed);
}

/** Numbers of the account's tills under which none was heard of. */
export function missingNumbers(states: readonly ReadState[], most: number): readonly number[] {
  const known = new Set(states.map(({ state }) => state.number));
  const count = Math.min(most, Math.max(0, ...states.map(({ state }) => state.count)));
  return Array.from({ length: count }, (_, place) => place + 1).filter((number) => !known.has(number));
}
