import { type Policy, type SignedPart, signedParts } from '../../preload/contract/index.ts';
import type { Shop } from './shop.ts';
import type { TillNow } from './shop-changes.ts';

/** Settings of a shop; the others depend on the computer, its scanner and its line, and stay each till's own. */
const shopSettings = [
  'balanceCap',
  'pointCap',
  'memberWaitingCap',
  'tillWaitingCap',
  'offlineWindowMs',
  'repeatWithinMs',
  'memberKeptMs',
  'managerUnlockedMs',
  'peopleLockAfterMs',
  'quickAmounts',
  'varianceLimit',
  'floatCap',
] as const satisfies readonly (keyof Policy)[];

type Said = Omit<Shop, 'version' | 'validFromMs' | 'chain' | 'name' | 'currency'>;

/** Two parts may each have some of the settings, or of how receipts look. */
function partOf(part: SignedPart, { policy, rules, people, permissions, receipts }: TillNow): Said {
  switch (part) {
    case 'settings':
      return { policy: Object.fromEntries(shopSettings.map((name) => [name, policy[name]])) };
    case 'languages':
      return {
        policy: { screenLanguage: policy.screenLanguage },
        receipts: { language: receipts.language },
      };
    case 'ways':
      return { ways: policy.tenders };
    case 'businessDay':
      return { businessDay: { endsAtMinute: policy.businessDayEndsAtMinute } };
    case 'rules':
      return { rules: { bonus: rules.bonus, points: rules.points } };
    case 'reasons':
      return { reasons: rules.reasons };
    case 'people':
      // Where nobody is set up there is nobody to say anything of.
      return people.length === 0 ? {} : { people: [...people], permissions };
    case 'receipts': {
      const { printer: _printer, width: _width, language: _language, ...look } = receipts;
      return { receipts: look };
    }
    case 'accounts':
      return { accounts: policy.accounts };
  }
}

/** What a till has, as far as the owner sets it for all. Pure. */
export function shopOfTill(parts: readonly SignedPart[], now: TillNow): Said {
  const all = parts.map((part) => partOf(part, now));
  const policy = Object.assign({}, ...all.map((said) => said.policy)) as Said['policy'];
  const receipts = Object.assign({}, ...all.map((said) => said.receipts)) as Said['receipts'];
  return {
    ...(Object.assign({}, ...all) as Said),
    ...(all.some((said) => said.policy) && { policy }),
    ...(all.some((said) => said.receipts) && { receipts }),
  };
}

const named: Readonly<Record<SignedPart, (name: string) => boolean>> = {
  settings: (name) => shopSettings.some((known) => known === name),
  languages: (name) => name === 'screenLanguage' || name === 'receipts.language',
  ways: (name) => name === 'tenders',
  businessDay: (name) => name === 'businessDayEndsAtMinute',
  rules: (name) => name === 'rules',
  reasons: (name) => name === 'reasons',
  people: (name) => name === 'people',
  receipts: (name) => name.startsWith('receipts.') && name !== 'receipts.language',
  accounts: (name) => name === 'accounts',
};

/** Which parts a configuration that sets these names has. */
export const partsOfNames = (names: readonly string[]): readonly SignedPart[] =>
  signedParts.filter((part) => names.some(named[part]));
