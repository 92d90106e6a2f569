import type { Clock, Network } from '../../kernel/ports.ts';
import { type Way, waysOf } from './ways.ts';

/** Which ways lead to an origin, as the system said lately. */
export interface Route {
  /** In the order in which they are to be tried; empty where the system cannot tell. Never rejects. */
  ways(origin: string): Promise<readonly Way[]>;
  /** Nobody is at this way: the others come first, as long as this answer of the system's is kept. */
  putLast(origin: string, way: Way): void;
  /** What was said is true no more, of one origin or of all. */
  forget(origin?: string): void;
}

/** As long as Chromium itself leaves a proxy alone that it could not reach. */
export const ROUTE_KEPT_MS = 300_000;

/** A proxy script that is never found must not hold a connection for ever. */
export const ROUTE_PATIENCE_MS = 10_000;

interface Known {
  readonly atMs: number;
  ways: Promise<readonly Way[]>;
}

/** Asks the system once for many connections. */
export function createRoute(
  { resolveProxy }: Pick<Network, 'resolveProxy'>,
  clock: Pick<Clock, 'monotonicMs' | 'schedule'>,
): Route {
  const known = new Map<string, Known>();

  const ask = async (origin: string): Promise<readonly Way[]> => {
    let forget = (): void => undefined;
    const tooLong = new Promise<string>((resolve) => {
      forget = clock.schedule(ROUTE_PATIENCE_MS, () => resolve(''));
    });
    try {
      return waysOf(await Promise.race([resolveProxy(origin), tooLong]));
    } catch {
      return [];
    } finally {
      forget();
    }
  };

  return {
    ways(origin) {
      const before = known.get(origin);
      if (before !== undefined && clock.monotonicMs() - before.atMs < ROUTE_KEPT_MS) return before.ways;
      const now = { atMs: clock.monotonicMs(), ways: ask(origin) };
      known.set(origin, now);
      return now.ways;
    },
    putLast(origin, way) {
      const of = known.get(origin);
      if (of === undefined) return;
      of.ways = of.ways.then((ways) =>
        ways.includes(way) ? [...ways.filter((other) => other !== way), way] : ways,
      );
    },
    forget(origin) {
      if (origin === undefined) known.clear();
      else known.delete(origin);
    },
  };
}
