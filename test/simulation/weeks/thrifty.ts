import { createCounting } from './counting-alone.ts';
import type { CallPolicy } from './policy.ts';

/** Calls for what goes, for what was lost and for what a person needs, and for nothing else. */
export const thrifty: CallPolicy = {
  name: 'only what is needed',
  usesFolder: false,
  create: (seen) => ({
    ...createCounting(
      seen,
      (use) => use !== 'freshness' && use !== 'count' && use !== 'directory' && use !== 'baseline',
    ),
    looksFirst: () => false,
    wantsBaseline: () => false,
    wantsPage: () => false,
  }),
};
