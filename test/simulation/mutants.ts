import type { Fault } from '../faults/fault.ts';
import { planted } from '../faults/faults.ts';
import type { Violation } from './checks.ts';
import type { Crowd, Happening, ProfileName } from './scenario.ts';

/** A fault planted in `main/`, and where the simulator is sure to meet it. */
export interface Mutant extends Fault {
  readonly name: string;
  readonly hunt: Hunt;
  /** Any one of these shows that it was found. */
  readonly breaks: readonly Violation['what'][];
}

/** Which seeds are tried, in order: the first is known to do, the others for when the simulator changes. */
export interface Hunt {
  readonly profile: ProfileName;
  readonly firstSeed: number;
  /** Only runs of such a crowd, with such a happening, or in which every entry is held against its journal rows. */
  readonly crowd?: Crowd;
  readonly happening?: Happening['kind'];
  readonly thorough?: true;
}

/** Slips that somebody could make in `main/ledger` and `main/sending`, each where a review may overlook it. */
export const mutants: readonly Mutant[] = [
  { ...planted('interrupted-is-queued'), hunt: { profile: 'log', firstSeed: 29 }, breaks: ['doubled'] },
  {
    ...planted('cancel-not-journaled'),
    hunt: { profile: 'nothing', thorough: true, firstSeed: 20 },
    breaks: ['not vouched for'],
  },
  {
    ...planted('copy-of-the-head-not-asked'),
    hunt: { profile: 'duplicates', happening: 'restore', firstSeed: 16 },
    breaks: ['applied while queued', 'doubled'],
  },
  {
    ...planted('one-member-at-once'),
    hunt: { profile: 'duplicates', firstSeed: 5 },
    breaks: ['out of order'],
  },
  {
    ...planted('any-row-is-a-fingerprint'),
    hunt: { profile: 'log', crowd: 'regulars', firstSeed: 16 },
    breaks: ['wrongly confirmed'],
  },
];
