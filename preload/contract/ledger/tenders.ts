import { type Amount, multiplyAmount } from '../kernel/money.ts';

/** Tenders that every till knows; a shop's own begin with `own:`. */
export const standardTenders = ['cash', 'card', 'qr', 'transfer'] as const;
export type StandardTender = (typeof standardTenders)[number];

const OWN = 'own:';

export const MAX_OWN_TENDER_LENGTH = 24;
export const MAX_TENDER_LENGTH = OWN.length + MAX_OWN_TENDER_LENGTH;
export const MOST_OWN_TENDERS = 4;

export const ownTender = (name: string): string => `${OWN}${name}`;

/** Null for a standard tender. */
export const nameOfOwnTender = (tender: string): string | null =>
  tender.startsWith(OWN) ? tender.slice(OWN.length) : null;

/** Cash first, then standard tenders, then the shop's own; last those never asked for. */
export function compareTenders(one: string | null, other: string | null): number {
  const placeOf = (tender: string | null): number => {
    if (tender === null) return standardTenders.length + 1;
    const known = standardTenders.indexOf(tender as StandardTender);
    return known < 0 ? standardTenders.length : known;
  };
  return placeOf(one) - placeOf(other) || ((one ?? '') < (other ?? '') ? -1 : 1);
}

/** The most that may be handed over, `cap` being the largest top-up: beyond ten times that it is a typing error. */
export const mostGiven = (cap: Amount): Amount => multiplyAmount(cap, 10);

export const isTender = (text: string): boolean =>
  standardTenders.some((known) => known === text) || (nameOfOwnTender(text) ?? '').trim() !== '';
