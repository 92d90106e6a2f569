import type { Policy } from './policies.ts';
import type { FleetFigures, FleetOptions } from './run.ts';

/** A chain of ten thousand, of which each till holds 40 entries after six hours; KYBIO allows 200 calls a second. */
export const wholeChain = {
  ...{ tills: 10_000, entriesEach: 40, callsASecond: 200, quotaAnEntry: 1.5, lostReplies: 0.0001 },
  ...{ looksFirst: false, clocksOffMs: 20_000, longestMs: 3 * 3_600_000 },
} as const;

/** The same in small: a tenth of the calls. */
export const smallChain = { ...wholeChain, tills: 1_500, callsASecond: 100 } as const;

export const scenario = (policy: Policy, seed: number, change: Partial<FleetOptions> = {}): FleetOptions => ({
  ...wholeChain,
  policy,
  seed,
  ...change,
});

/** The goals of a chain that comes back, as those that are missed. */
export function missed(
  { peak, drained, slowest, doubled, neverCredited, beyondQuota }: FleetFigures,
  most: { readonly peak: number; readonly drained: number } = { peak: 1.05, drained: 1.3 },
): readonly string[] {
  return [
    ...(peak <= most.peak ? [] : [`peak ${peak.toFixed(2)}`]),
    ...(drained <= most.drained ? [] : [`drained ${drained.toFixed(2)}`]),
    ...(slowest <= 2 ? [] : [`slowest ${slowest.toFixed(2)}`]),
    ...(doubled === 0 ? [] : [`doubled ${doubled}`]),
    ...(neverCredited === 0 ? [] : [`never credited ${neverCredited}`]),
    ...(beyondQuota === 0 ? [] : [`beyond the quota ${beyondQuota}`]),
  ];
}
