import { planted } from '../faults/faults.ts';
import type { Mutant } from './mutants.ts';

/** Policies and left-out rules that must not hold (protocol, "How it is proven"). */
export const controls: readonly Mutant[] = [
  {
    ...planted('answered-reads-release'),
    hunt: { profile: 'broken', firstSeed: 1 },
    breaks: ['spent on a broken call'],
  },
  {
    ...planted('head-follows-late'),
    hunt: { profile: 'broken', happening: 'lost-log', firstSeed: 1 },
    breaks: ['lost'],
  },
  {
    ...planted('send-now-releases'),
    hunt: { profile: 'broken', firstSeed: 1 },
    breaks: ['spent on a broken call'],
  },
  {
    ...planted('success-need-not-fit'),
    hunt: { profile: 'proxy', firstSeed: 3 },
    breaks: ['wrongly confirmed'],
  },
  {
    ...planted('fragments-refuse'),
    hunt: { profile: 'proxy', firstSeed: 1 },
    breaks: ['wrongly cancelled', 'doubled', 'applied while queued'],
  },
  { ...planted('another-card'), hunt: { profile: 'proxy', firstSeed: 1 }, breaks: ['another member'] },
  { ...planted('retry-unknowns'), hunt: { profile: 'log', firstSeed: 2 }, breaks: ['doubled'] },
  {
    ...planted('movement-alone'),
    hunt: { profile: 'nothing', crowd: 'busy', firstSeed: 85 },
    breaks: ['wrongly confirmed', 'doubled'],
  },
  { ...planted('quiescence-40s'), hunt: { profile: 'log', firstSeed: 2 }, breaks: ['doubled'] },
  {
    ...planted('without-rule-4'),
    hunt: { profile: 'duplicates', firstSeed: 4 },
    breaks: ['wrongly cancelled', 'applied while queued'],
  },
  {
    ...planted('without-rule-8'),
    hunt: { profile: 'nothing', thorough: true, firstSeed: 40 },
    breaks: ['not vouched for', 'wrongly cancelled', 'applied while queued'],
  },
  { ...planted('without-the-look'), hunt: { profile: 'copied', firstSeed: 8 }, breaks: ['doubled'] },
  { ...planted('look-at-fresh-sums'), hunt: { profile: 'copied', firstSeed: 88 }, breaks: ['doubled'] },
  {
    ...planted('a-second-is-always-ours'),
    hunt: { profile: 'same-number', firstSeed: 1 },
    breaks: ['wrongly confirmed'],
  },
];
