import type { ZFacts } from './z-facts.ts';

/** One shift of which there is more than one account: its till was put back, and closed it once more. */
export interface ZConflict {
  readonly id: string;
  /** The one that a person has picked; null while none counts. */
  readonly picked: string | null;
  /** Each has another digest; this till's own comes first. */
  readonly variants: readonly ZFacts[];
}

export interface CountedZs {
  /** What is added up: of each id one at most. */
  readonly zs: readonly ZFacts[];
  /** One for each Z that nobody has picked yet: its number and its day are not missing. */
  readonly undecided: readonly ZFacts[];
  readonly conflicts: readonly ZConflict[];
}

/**
 * Each report once, by its id. Of two that differ neither counts until a person picks one: `picks` has the digest by id, and
 * one of a report that is not there any more picks nothing. Pure.
 */
export function countedZs(all: readonly ZFacts[], picks: ReadonlyMap<string, string>): CountedZs {
  const byId = new Map<string, ZFacts[]>();
  for (const z of all) {
    const known = byId.get(z.id) ?? [];
    if (!known.some(({ digest }) => digest === z.digest)) byId.set(z.id, [...known, z]);
  }
  const zs: ZFacts[] = [];
  const undecided: ZFacts[] = [];
  const conflicts: ZConflict[] = [];
  for (const [id, variants] of byId) {
    const [first] = variants;
    const found = variants.find(({ digest }) => digest === picks.get(id)) ?? null;
    const counts = variants.length === 1 ? first : found;
    if (variants.length > 1) conflicts.push({ id, picked: found?.digest ?? null, variants });
    if (counts !== null && counts !== undefined) zs.push(counts);
    else if (first !== undefined) undecided.push(first);
  }
  return { zs, undecided, conflicts };
}
