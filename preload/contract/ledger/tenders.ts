import { type Amount, multiplyAmount } from '../kernel/money.ts';

/** How a member may pay, as every till knows it; a shop's own begin with `own:`. */
export const standardTenders = ['cash', 'card', 'qr', 'transfer'] as const;
export type StandardTender = (typeof standardTenders)[number];

const OWN = 'own:';

/** Of the shop's name for a way to pay. */
export const MAX_OWN_TENDER_LENGTH = 24;
export const MAX_TENDER_LENGTH = OWN.length + MAX_OWN_TENDER_LENGTH;
export const MOST_OWN_TENDERS = 4;

export const ownTender = (name: string): string => `${OWN}${name}`;

/** The shop's name for it; null for one that every till knows. */
export const nameOfOwnTender = (tender: string): string | null =>
  tender.startsWith(OWN) ? tender.slice(OWN.length) : null;

/** Cash first, then as every till knows them, then the shop's own; last what nobody was asked about. */
export function compareTenders(one: string | null, other: string | null): number {
  const placeOf = (tender: string | null): number => {
    if (tender === null) return standardTenders.length + 1;
    const known = standardTenders.indexOf(tender as StandardTender);
    return known < 0 ? standardTenders.length : known;
  };
  return placeOf(one) - placeOf(other) || ((one ?? '') < (other ?? '') ? -1 : 1);
}

/** What may be handed over where `cap` is the largest top-up: more than ten of those is a slip of the finger. */
export const mostGiven = (cap: Amount): Amount => multiplyAmount(cap, 10);

/** One that a till may offer. */
export const isTender = (text: string): boolean =>
  standardTenders.some((known) => known === text) || (nameOfOwnTender(text) ?? '').trim() !== '';
