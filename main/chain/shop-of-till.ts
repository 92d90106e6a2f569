import type { Policy, SignedPart } from '../../preload/contract/index.ts';
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
  'screenLanguage',
  'blindCount',
  'varianceLimit',
  'floatCap',
] as const satisfies readonly (keyof Policy)[];

type Said = Omit<Shop, 'version' | 'validFromMs' | 'chain' | 'name' | 'currency'>;

function partOf(part: SignedPart, { policy, rules, people, permissions, receipts }: TillNow): Said {
  switch (part) {
    case 'settings':
      return { policy: Object.fromEntries(shopSettings.map((name) => [name, policy[name]])) };
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
      const { printer: _printer, width: _width, ...look } = receipts;
      return { receipts: look };
    }
  }
}

/** What a till has, as far as the owner sets it for all. Pure. */
export const shopOfTill = (parts: readonly SignedPart[], now: TillNow): Said =>
  Object.assign({}, ...parts.map((part) => partOf(part, now))) as Said;

const named: Readonly<Record<SignedPart, (name: string) => boolean>> = {
  settings: (name) => shopSettings.some((known) => known === name),
  ways: (name) => name === 'tenders',
  businessDay: (name) => name === 'businessDayEndsAtMinute',
  rules: (name) => name === 'rules',
  reasons: (name) => name === 'reasons',
  people: (name) => name === 'people',
  receipts: (name) => name.startsWith('receipts.'),
};

/** Which parts a configuration that sets these names has. */
export const partsOfNames = (names: readonly string[]): readonly SignedPart[] =>
  (Object.keys(named) as SignedPart[]).filter((part) => names.some(named[part]));
