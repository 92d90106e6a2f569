import type { Blocker } from './top-up.ts';

/** Where something can be missing. */
export type Place = 'member' | 'amount' | 'points' | 'purchase' | 'note' | 'tender' | 'given';

interface Missing {
  /** What flashes; null where nothing but time is missing. */
  readonly at: Place | null;
  /** Where the ring goes, so that the next key answers. */
  readonly to: 'member' | 'amount' | 'tender' | 'given' | null;
}

const places: Readonly<Record<Blocker['kind'], Missing>> = {
  'no-member': { at: 'member', to: 'member' },
  'not-looked-up': { at: 'member', to: 'member' },
  'member-closed': { at: 'member', to: null },
  amount: { at: 'amount', to: 'amount' },
  points: { at: 'points', to: null },
  purchase: { at: 'purchase', to: null },
  reckoning: { at: null, to: null },
  'note-too-long': { at: 'note', to: null },
  'no-tender': { at: 'tender', to: 'tender' },
  given: { at: 'given', to: 'given' },
  'given-too-little': { at: 'given', to: 'given' },
  'nothing-to-add': { at: 'amount', to: 'amount' },
};

export const placeOf = ({ kind }: Blocker): Missing => places[kind];
