import type { Clock, Network } from '../../kernel/ports.ts';
import { type Way, waysOf } from './ways.ts';

/** The system's recent proxy choices for an origin. */
export interface Route {
  /** In the order to try; empty where the system does not know. Never rejects. */
  ways(origin: string): Promise<readonly Way[]>;
  /** Nothing answers there: it is tried last while this answer is cached. */
  putLast(origin: string, way: Way): void;
  /** Drops the cached answer for one origin, or all. */
  forget(origin?: string): void;
}

/** As long as Chromium skips a proxy that it could not reach. */
export const ROUTE_CACHED_MS = 300_000;

/** A missing proxy script must not block a connection for ever. */
export const ROUTE_TIMEOUT_MS = 10_000;

interface Known {
  readonly atMs: number;
  ways: Promise<readonly Way[]>;
}

/** Queries the system once for many connections. */
export function createRoute(
  { resolveProxy }: Pick<Network, 'resolveProxy'>,
  clock: Pick<Clock, 'monotonicMs' | 'schedule'>,
): Route {
  const known = new Map<string, Known>();

  const ask = async (origin: string): Promise<readonly Way[]> => {
    let forget = (): void => undefined;
    const tooLong = new Promise<string>((resolve) => {
      forget = clock.schedule(ROUTE_TIMEOUT_MS, () => resolve(''));
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
      if (before !== undefined && clock.monotonicMs() - before.atMs < ROUTE_CACHED_MS) return before.ways;
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
