import type { TFunction } from 'i18next';
import type { Entry } from '../../preload/contract/index.ts';

/** How an entry's member is called: by the card where KYBIO has no name, and by a word where the name was erased. */
export function memberNameOf(
  t: TFunction,
  { memberName, memberNumber }: Pick<Entry, 'memberName' | 'memberNumber'>,
): string {
  if (memberName !== '') return memberName;
  return memberNumber === '' ? t('member.erased') : t('member.unnamed', { number: memberNumber });
}
