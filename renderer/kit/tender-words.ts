import type { TFunction } from 'i18next';
import { nameOfOwnTender } from '../../preload/contract/app/values.ts';

/** How a member pays, in words: the shop's own name, or the one that every till has. */
export const tenderWords = (t: TFunction, tender: string): string =>
  nameOfOwnTender(tender) ?? t(`tenders.${tender}`);
