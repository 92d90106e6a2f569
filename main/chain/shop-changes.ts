import { isDeepStrictEqual } from 'node:util';
import {
  type Accounts,
  type ChangedPerson,
  type ChangedValue,
  cutValue,
  offeredActs,
  type Permissions,
  type Policy,
  type ReceiptSettings,
  type ShopChange,
  type ShopRules,
} from '../../preload/contract/index.ts';
import { policyOf, type Shop, type ShopPerson } from './shop.ts';

/** Against what a configuration is read; what is absent is nobody's yet. */
export interface Before {
  readonly policy: Partial<Policy>;
  readonly rules: Partial<Pick<ShopRules, 'bonus' | 'points' | 'reasons'>>;
  readonly people: readonly ShopPerson[];
  readonly permissions: Partial<Omit<Permissions, 'acts'>> & { readonly acts: Partial<Permissions['acts']> };
  readonly receipts: Partial<ReceiptSettings>;
}

/** How a till is now, as far as an owner may set it. */
export interface TillNow extends Before {
  readonly policy: Policy;
  readonly rules: ShopRules;
  readonly people: readonly ShopPerson[];
  readonly permissions: Permissions;
  readonly receipts: ReceiptSettings;
}

type Part = ChangedValue['part'];

const textOf = (value: unknown): string =>
  cutValue(typeof value === 'string' ? value : JSON.stringify(value));

const change = (part: Part, name: string, before: unknown, after: unknown): ChangedValue => ({
  part,
  name: cutValue(name),
  before: before === undefined ? null : textOf(before),
  after: after === undefined ? null : textOf(after),
});

/** Fields that will have another value. */
const fields = (part: Part, before: object, after: object): readonly ChangedValue[] =>
  Object.entries(after)
    .map(([name, value]) => ({ name, value, now: Reflect.get(before, name) as unknown }))
    .filter(({ value, now }) => !isDeepStrictEqual(value, now))
    .map(({ name, value, now }) => change(part, name, now, value));

interface Changed<T> {
  readonly before: T | null;
  readonly after: T | null;
}

/** Who or what is new, goes, or is otherwise than before, by id. */
function list<T extends { readonly id: string }>(
  before: readonly T[],
  after: readonly T[],
): readonly Changed<T>[] {
  const gone = before.filter(({ id }) => !after.some((one) => one.id === id));
  return [
    ...after
      .map((one) => ({ before: before.find(({ id }) => id === one.id) ?? null, after: one }))
      .filter((changed) => !isDeepStrictEqual(changed.before, changed.after)),
    ...gone.map((one) => ({ before: one, after: null })),
  ];
}

const shownPerson = (person: ShopPerson | null): ChangedPerson | null =>
  person && { name: person.name, role: person.role, language: person.language };

/** Account names that are given, changed or taken away. */
const names = (before: Accounts, after: Accounts): readonly ChangedValue[] => {
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...is.keys(), ...was.keys()])]
    .filter((key) => was.get(key) !== is.get(key))
    .map((key) => change('accounts', key, was.get(key), is.get(key)));
};

/** An act that nobody does any more is set nowhere, and shown nowhere. */
const offeredOf = (acts: Partial<Permissions['acts']>): object =>
  Object.fromEntries(offeredActs.filter((act) => act in acts).map((act) => [act, acts[act]]));

/** What a configuration changes, for people to read. Pure. */
export function shopChanges(now: Before, shop: Shop, lockedByIt: readonly string[]): readonly ShopChange[] {
  const { rules, reasons, people, permissions, receipts } = shop;
  const { acts, ...limits } = permissions ?? now.permissions;
  const { accounts, ...policy } = policyOf(shop, lockedByIt);
  return [
    ...fields('policy', now.policy, policy),
    ...(rules === undefined
      ? []
      : [...list(now.rules.bonus ?? [], rules.bonus), ...list(now.rules.points ?? [], rules.points)].map(
          (changed) => ({ part: 'rules' as const, ...changed }),
        )),
    ...(reasons === undefined ? [] : fields('reasons', now.rules, { reasons })),
    ...(people === undefined
      ? []
      : list(now.people, people).map((changed) => ({
          part: 'people' as const,
          before: shownPerson(changed.before),
          after: shownPerson(changed.after),
        }))),
    ...fields('permissions', now.permissions.acts, offeredOf(acts)),
    ...fields('permissions', now.permissions, limits),
    ...fields('receipts', now.receipts, receipts ?? {}),
    ...(accounts === undefined ? [] : names(now.policy.accounts ?? {}, accounts)),
  ];
}

/** What the tills have by this configuration; null: by none. */
export const asSetBy = (shop: Shop | null): Before => ({
  policy: shop === null ? {} : policyOf(shop, []),
  rules: { ...shop?.rules, ...(shop?.reasons && { reasons: shop.reasons }) },
  people: shop?.people ?? [],
  permissions: shop?.permissions ?? { acts: {} },
  receipts: shop?.receipts ?? {},
});
