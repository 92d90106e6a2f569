import type { People } from '../../../preload/contract/index.ts';

/**
 * Whose PIN is asked for first: who was there before the till was locked; of two the other one; else whoever stands
 * next in the list. Pure.
 */
export function nextPerson({
  list,
  signedIn,
  last,
}: Pick<People, 'list' | 'signedIn' | 'last'>): string | null {
  const known = (id: string | null) => list.findIndex((person) => person.id === id);
  if (signedIn === null) return (list[Math.max(0, known(last))] ?? null)?.id ?? null;
  return list[(known(signedIn) + 1) % Math.max(1, list.length)]?.id ?? null;
}
