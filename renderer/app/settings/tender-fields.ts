import {
  err,
  MAX_OWN_TENDER_LENGTH,
  MOST_OWN_TENDERS,
  nameOfOwnTender,
  ok,
  ownTender,
  standardTenders,
} from '../../../preload/contract/app/values.ts';
import type { Result } from '../../../preload/contract/index.ts';
import type { Phrase } from '../../kit/phrase.ts';

/** How members may pay, as the form has it: what every till knows is ticked, the shop's own are typed. */
export interface TenderFields {
  readonly standardTenders: readonly string[];
  readonly ownTenders: string;
}

export function tenderFields(tenders: readonly string[]): TenderFields {
  const own = tenders.flatMap((tender) => nameOfOwnTender(tender) ?? []);
  return {
    standardTenders: standardTenders.filter((tender) => tenders.includes(tender)),
    ownTenders: own.join(', '),
  };
}

/** In the order of the form, each once. */
export function readTenders(fields: TenderFields): Result<string[], Phrase> {
  const typed = fields.ownTenders.split(/[,;，、；\n]/).map((name) => name.trim());
  const names = [...new Set(typed.filter((name) => name !== ''))];
  if (names.length > MOST_OWN_TENDERS)
    return err({ key: 'policy.problems.too-many-tenders', values: { max: String(MOST_OWN_TENDERS) } });
  if (names.some((name) => name.length > MAX_OWN_TENDER_LENGTH)) {
    const values = { max: String(MAX_OWN_TENDER_LENGTH) };
    return err({ key: 'policy.problems.too-many-characters', values });
  }
  const known = standardTenders.filter((tender) => fields.standardTenders.includes(tender));
  return ok([...known, ...names.map(ownTender)]);
}
