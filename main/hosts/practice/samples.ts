import {
  disabledMember,
  familyMembers,
  familyPhone,
  gohLiTing,
  letteredMember,
  limWei,
  meiLing,
  nurAisyah,
} from './members.ts';
import type { LedgerMember } from './types.ts';

export interface Sample {
  /** What to scan or type for this member. */
  readonly number: string;
  readonly name: string;
  readonly hint: 'plain' | 'letters' | 'disabled' | 'family';
}

const sample = ({ number, name }: LedgerMember, hint: Sample['hint'] = 'plain'): Sample => ({
  number,
  name,
  hint,
});

/** The family shares one phone, so the cashier must choose. */
const family = (name: string): Sample => ({ number: familyPhone, name, hint: 'family' });

/** Members to try with, the plain ones first. */
export const practiceSamples: readonly Sample[] = [
  sample(meiLing),
  sample(limWei),
  sample(letteredMember, 'letters'),
  sample(nurAisyah),
  ...familyMembers.slice(0, 1).map(({ name }) => family(name)),
  sample(disabledMember, 'disabled'),
  sample(gohLiTing),
];
