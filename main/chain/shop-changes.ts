import { isDeepStrictEqual } from 'node:util';
import {
  type BonusRule,
  cutValue,
  type Permissions,
  type PointsRule,
  type Policy,
  type ReceiptSettings,
  type ShopChange,
  type ShopRules,
} from '../../preload/contract/index.ts';
import { policyOf, type Shop, type ShopPerson } from './shop.ts';

/** How a till is now, as far as an owner may set it. */
export interface TillNow {
  readonly policy: Policy;
  readonly rules: ShopRules;
  readonly people: readonly ShopPerson[];
  readonly permissions: Permissions;
  readonly receipts: ReceiptSettings;
}

type Part = ShopChange['part'];

const textOf = (value: unknown): string =>
  cutValue(typeof value === 'string' ? value : JSON.stringify(value));

const change = (part: Part, name: string, before: unknown, after: unknown): ShopChange => ({
  part,
  name: cutValue(name),
  before: before === undefined ? null : textOf(before),
  after: after === undefined ? null : textOf(after),
});

/** Fields that will have another value. */
const fields = (part: Part, before: object, after: object): readonly ShopChange[] =>
  Object.entries(after)
    .map(([name, value]) => ({ name, value, now: Reflect.get(before, name) as unknown }))
    .filter(({ value, now }) => !isDeepStrictEqual(value, now))
    .map(({ name, value, now }) => change(part, name, now, value));

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Who or what is new, goes, or is otherwise than before, by id. */
function list<T extends Named>(
  part: Part,
  before: readonly T[],
  after: readonly T[],
  said: (one: T) => string,
): readonly ShopChange[] {
  const gone = before.filter(({ id }) => !after.some((one) => one.id === id));
  return [
    ...after.flatMap((one) => {
      const was = before.find(({ id }) => id === one.id);
      if (isDeepStrictEqual(was, one)) return [];
      return [change(part, one.name, was && said(was), said(one))];
    }),
    ...gone.map((one) => change(part, one.name, said(one), undefined)),
  ];
}

const ruleText = (rule: BonusRule | PointsRule): string =>
  'tiers' in rule
    ? rule.tiers
        .map(({ from, gives }) => `${from} + ${gives}${rule.kind === 'percent' ? ' %' : ''}`)
        .join(', ')
    : `${rule.points} / ${rule.every}`;

/** What a configuration changes at this till, as lines for people. Pure. */
export function shopChanges(now: TillNow, shop: Shop, lockedByIt: readonly string[]): readonly ShopChange[] {
  const { rules, reasons, people, permissions, receipts } = shop;
  const { acts, ...limits } = permissions ?? now.permissions;
  return [
    ...fields('policy', now.policy, policyOf(shop, lockedByIt)),
    ...(rules === undefined
      ? []
      : list<BonusRule | PointsRule>(
          'rules',
          [...now.rules.bonus, ...now.rules.points],
          [...rules.bonus, ...rules.points],
          ruleText,
        )),
    ...(reasons === undefined ? [] : fields('reasons', now.rules, { reasons })),
    ...(people === undefined ? [] : list('people', now.people, people, ({ role }) => role)),
    ...fields('permissions', now.permissions.acts, acts),
    ...fields('permissions', now.permissions, limits),
    ...fields('receipts', now.receipts, receipts ?? {}),
  ];
}
