import type { ChainMembersProblem } from '../../../preload/contract/index.ts';

/** What lies in the folder, by its beginning, or by all of it where that was read. */
export type FoundMembers =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly reason: ChainMembersProblem }
  | {
      readonly kind: 'members';
      readonly wholeAtMs: number | null;
      /** This till has read all of it, or has written it. */
      readonly isKnown: boolean;
      /** Written so long ago that it has many who were forgotten or erased since. */
      readonly isOld: boolean;
    };

export interface DirectoryFacts {
  readonly found: FoundMembers;
  /** When this till's own directory was last whole; null where it never was. */
  readonly wholeAtMs: number | null;
  /** See `restoresFile`. */
  readonly restores: boolean;
}

/** Whose bytes a till may write over: not another account's or a later program's, and no link. */
const isOurs: Readonly<Record<ChainMembersProblem, boolean>> = {
  foreign: true,
  newer: false,
  'other-account': false,
  'other-key': true,
  altered: true,
  'cut-off': true,
  older: true,
  'too-large': true,
  unreadable: false,
  link: false,
  ahead: true,
};

/** What a till does about the file in the chain's folder. Pure. */
export function directoryStep({
  found,
  wholeAtMs,
  restores,
}: DirectoryFacts): 'take' | 'check' | 'write' | null {
  if (found.kind === 'nothing') return restores ? 'write' : null;
  if (found.kind === 'refused') return restores && isOurs[found.reason] ? 'write' : null;
  const [own, there] = [wholeAtMs ?? -1, found.wholeAtMs ?? -1];
  if (own > there || (own === there && found.isOld && restores)) return 'write';
  if (found.isKnown) return null;
  if (there > own) return 'take';
  return restores ? 'check' : null;
}
