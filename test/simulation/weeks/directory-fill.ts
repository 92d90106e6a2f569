import type { Events } from './events.ts';
import { isSpent, type Line, SPENT_HEARTBEAT_MS } from './line.ts';
import type { TillPolicy } from './policy.ts';
import type { Records } from './records.ts';

export interface DirectoryFillParts {
  readonly events: Events;
  readonly line: Line;
  readonly records: Records;
  readonly policy: () => TillPolicy;
  readonly isOn: () => boolean;
  readonly hasSendUnderWay: () => boolean;
}

const PAUSE_MS = 2_000;
const LATER_MS = 60_000;
const LONGEST_LATER_MS = 6 * 3_600_000;

/** The directory, page by page, as `directory-fill-service.ts` goes about it. */
export function createDirectoryFill({ events, line, records, policy, isOn, ...parts }: DirectoryFillParts) {
  let cursor: number | null = null;
  let completedAtMs: number | null = null;
  let [failures, pages] = [0, 0];
  let cancel = (): void => undefined;
  const next = (delayMs: number) => {
    cancel = events.after(delayMs, step);
  };

  function step(): void {
    const { pauses, reach } = line.state;
    const isOpen = pauses.length === 0 && reach !== 'offline';
    const isDue =
      isOpen && policy().wantsPage({ cursor, completedAtMs, pages }) && policy().mayCall('directory');
    if (isDue) readPage();
    else if (isSpent(line.state)) next(SPENT_HEARTBEAT_MS);
    else next(reach === 'starting' ? PAUSE_MS : LATER_MS);
  }

  const readPage = () => {
    const from = cursor ?? 0;
    const overlaps = parts.hasSendUnderWay();
    line.read({ do: 'page', from }, 'directory', false, (heard) => {
      if (!isOn()) return;
      if (heard?.kind !== 'page') {
        failures += 1;
        return next(Math.min(LONGEST_LATER_MS, LATER_MS * 2 ** Math.min(failures - 1, 20)));
      }
      failures = 0;
      pages = cursor === null ? 1 : pages + 1;
      const isBaseline = !overlaps && !parts.hasSendUnderWay();
      for (const [at, cents] of heard.cents.entries())
        records.read(from + at, cents, line.clock.nowMs(), isBaseline);
      cursor = heard.isLast ? null : from + heard.cents.length;
      if (heard.isLast) completedAtMs = line.clock.nowMs();
      next(heard.isLast ? LATER_MS : PAUSE_MS);
    });
  };

  return { start: () => next(0), stop: () => cancel() };
}
