import {
  type AppError,
  appError,
  type Policy,
  type ReceiptSettings,
  type ShopRules,
} from '../../preload/contract/index.ts';
import { type Actor, theProgram } from '../kernel/actor.ts';
import type { RunInTransaction } from '../kernel/database/run-in-transaction.ts';
import type { OwnersPeoplePort } from '../people/index.ts';
import type { ChainRepository } from './chain-repository.ts';
import type { JudgedShop } from './judge-shop.ts';
import { namesSet, policyOf } from './shop.ts';
import { shopChanges, type TillNow } from './shop-changes.ts';

/** What keeps the parts of a till that an owner may set. */
export interface TakeOverParts {
  readonly repository: Pick<ChainRepository, 'take' | 'forget'>;
  readonly policy: { current(): Policy; save(policy: Policy, who: Actor): void };
  readonly afterPolicy: (before: Policy) => void;
  readonly rules: {
    book(): ShopRules;
    takeOver(rules: ShopRules, version: number, who: Actor): AppError | null;
  };
  readonly people: OwnersPeoplePort;
  readonly receipts: { current(): ReceiptSettings; save(settings: ReceiptSettings, who: Actor): void };
  readonly now: () => TillNow;
  readonly lockedByIt: () => readonly string[];
  readonly runInTransaction: RunInTransaction;
  readonly nowMs: () => number;
}

/** Undoes the whole transaction. */
class PartRefused extends Error {
  readonly appError: AppError;
  constructor(reason: 'rules' | 'people', { code, details }: AppError) {
    super(code);
    this.appError = appError('shop-refused', { ...details, reason, because: code });
  }
}

const check = (part: 'rules' | 'people', problem: AppError | null): void => {
  if (problem !== null) throw new PartRefused(part, problem);
};

/**
 * Puts a verified configuration in the place of what this till has, all of it or none, in one commit with its journal rows.
 * Null, or what this till has against it. Throws database failures.
 */
export function takeOver(parts: TakeOverParts, judged: JudgedShop): AppError | null {
  const { policy, people } = parts;
  const before = policy.current();
  try {
    parts.runInTransaction(() => write(parts, judged));
  } catch (thrown) {
    parts.repository.forget();
    people.forget();
    if (thrown instanceof PartRefused) return thrown.appError;
    throw thrown;
  }
  parts.afterPolicy(before);
  if (judged.shop.people !== undefined) people.settle();
  return null;
}

function write(parts: TakeOverParts, { shop, version, digest }: JudgedShop): void {
  const { policy, rules, people, receipts } = parts;
  const changes = shopChanges(parts.now(), shop, parts.lockedByIt());
  // The limits first: rules are checked against them.
  policy.save({ ...policy.current(), ...policyOf(shop, parts.lockedByIt()) }, theProgram);
  if (shop.rules !== undefined || shop.reasons !== undefined) {
    const { bonus, points, reasons } = rules.book();
    const wanted = { bonus, points, reasons, ...shop.rules, ...(shop.reasons && { reasons: shop.reasons }) };
    check('rules', rules.takeOver(wanted, version, theProgram));
  }
  if (shop.people !== undefined)
    check('people', people.takeOver({ people: shop.people, permissions: shop.permissions }, theProgram));
  if (shop.receipts !== undefined) receipts.save({ ...receipts.current(), ...shop.receipts }, theProgram);
  const { chain, validFromMs } = shop;
  const taken = { chain, version, digest, sets: [...namesSet(shop)], atMs: parts.nowMs() };
  parts.repository.take(taken, { validFromMs, changes }, theProgram);
}
