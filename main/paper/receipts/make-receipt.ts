import {
  type Amount,
  actorName,
  compareAmounts,
  formatMoney,
  formatPlain,
  isZeroAmount,
  subtractAmounts,
  zeroAmount,
} from '../../../preload/contract/index.ts';
import { storeTime } from '../../kernel/store-time.ts';
import type { Receipt, ReceiptEntry, ReceiptPair, ReceiptShop } from './receipt.ts';
import { clean } from './text-width.ts';
import { type ReceiptWords, receiptWords } from './words.ts';

export interface ReceiptFacts {
  readonly entry: ReceiptEntry;
  readonly shop: ReceiptShop;
  /** 0 for the first print, then the number of the copy. */
  readonly copy: number;
  /** The receipt code's text; null without one. */
  readonly code: string | null;
}

/** The last four digits, or fewer: the member recognises the card, others cannot use it. */
export function maskedNumber(number: string): string {
  const shown = number.length > 6 ? 4 : Math.min(2, Math.floor(number.length / 2));
  return `****${shown === 0 ? '' : number.slice(-shown)}`;
}

/** Who did something, in the words of the paper. */
export function personOn(words: ReceiptWords, actor: string): string {
  const name = actorName(actor);
  return name === 'manager' ? words.manager : name;
}

export const linesOf = (text: string): readonly string[] => {
  const lines = text.split(/\r?\n/).map(clean);
  return lines.every((line) => line === '') ? [] : lines;
};

/** Makes the receipt of an entry in its present state. Pure and deterministic. */
export function makeReceipt({ entry, shop, copy, code }: ReceiptFacts): Receipt {
  const words = receiptWords[shop.language];
  return {
    hasLogo: shop.hasLogo,
    header: linesOf(shop.header),
    warning: shop.isPractice ? words.practice : null,
    title: words.titles[entry.kind],
    copy: copy === 0 ? null : words.copy(copy),
    facts: factsOf(entry, shop, words),
    sums: sumsOf(entry, shop, words),
    payment: paymentOf(entry, shop, words),
    status: statusOf(entry, shop, words),
    balances: balancesOf(entry, shop, words),
    code: code === null ? null : { text: code, caption: words.codeCaption },
    footer: linesOf(shop.footer),
  };
}

/** The test print. */
export function makeTestReceipt(shop: ReceiptShop, nowMs: number): Receipt {
  const words = receiptWords[shop.language];
  return {
    hasLogo: shop.hasLogo,
    header: linesOf(shop.header),
    warning: shop.isPractice ? words.practice : null,
    title: words.testTitle,
    copy: null,
    facts: [
      { label: words.till, value: clean(shop.till) },
      { label: words.time, value: storeTime(nowMs, shop.storeTimeZone).slice(0, 16) },
    ],
    sums: [{ label: '|', value: '|' }],
    payment: [],
    status: { title: clean(words.testTitle), hint: words.testLine },
    balances: [],
    code: null,
    footer: linesOf(shop.footer),
  };
}

function factsOf(entry: ReceiptEntry, shop: ReceiptShop, words: ReceiptWords): readonly ReceiptPair[] {
  const pairs: readonly (readonly [string, string])[] = [
    [words.reference, entry.reference],
    [words.time, storeTime(entry.createdAtMs, shop.storeTimeZone).slice(0, 16)],
    [words.till, shop.till],
    [words.cashier, entry.actor === shop.till ? '' : personOn(words, entry.actor)],
    [words.member, entry.memberName],
    [words.card, entry.memberNumber === '' ? '' : maskedNumber(entry.memberNumber)],
    [words.takesBack, entry.correctsReference ?? ''],
  ];
  return pairs.flatMap(([label, text]) => {
    const value = clean(text);
    return value === '' ? [] : [{ label, value }];
  });
}

/** Replaces the locale's no-break spaces, which printer fonts lack. */
export const money = (value: Amount, { currency, locale }: ReceiptShop): string =>
  clean(formatMoney(value, currency, locale));

export const plain = (value: Amount, { locale }: ReceiptShop): string => clean(formatPlain(value, locale));

function sumsOf(entry: ReceiptEntry, shop: ReceiptShop, words: ReceiptWords): readonly ReceiptPair[] {
  const { balanceIncrement, pointIncrement } = entry;
  const isReversal = entry.kind === 'reversal';
  const bonus = entry.bonus ?? zeroAmount;
  const hasBonus = !isZeroAmount(bonus);
  const principal = subtractAmounts(balanceIncrement, bonus);
  const hasMoney = !isZeroAmount(balanceIncrement) || hasBonus;
  const credited = isReversal ? words.takenBackInAll : words.credited;
  return [
    ...(hasMoney
      ? [
          {
            label: isReversal ? words.takenBack : words.principal,
            value: money(principal, shop),
            isStrong: !hasBonus,
          },
        ]
      : []),
    ...(hasBonus
      ? [
          { label: isReversal ? words.bonusTakenBack : words.bonus, value: money(bonus, shop) },
          { label: credited, value: money(balanceIncrement, shop), isStrong: true },
        ]
      : []),
    ...(isZeroAmount(pointIncrement)
      ? []
      : [{ label: words.points, value: plain(pointIncrement, shop), isStrong: !hasMoney }]),
  ];
}

function paymentOf(entry: ReceiptEntry, shop: ReceiptShop, words: ReceiptWords): readonly ReceiptPair[] {
  const { tender, given } = entry;
  if (tender === null) return [];
  const principal = subtractAmounts(entry.balanceIncrement, entry.bonus ?? zeroAmount);
  const paidBy = { label: words.paidBy, value: clean(tenderName(tender, words)) };
  if (given === null || compareAmounts(given, principal) < 0) return [paidBy];
  return [
    paidBy,
    { label: words.received, value: money(given, shop) },
    { label: words.change, value: money(subtractAmounts(given, principal), shop) },
  ];
}

export function tenderName(tender: string, { tenders }: ReceiptWords): string {
  const known = (Object.keys(tenders) as (keyof typeof tenders)[]).find((name) => name === tender);
  return known === undefined ? tender.replace(/^own:/, '') : tenders[known];
}

/** A reversal's money is paid out once KYBIO has taken it back. */
function reversalStatusOf({ state, balanceIncrement }: ReceiptEntry, words: ReceiptWords): Receipt['status'] {
  const { title, hint } = words.states[state];
  if (state === 'confirmed') return { title: words.reversal.confirmed, hint: null };
  if (state === 'rejected' || state === 'cancelled') return { title, hint: words.reversal.ended };
  return isZeroAmount(balanceIncrement) ? { title, hint } : words.reversal.open;
}

/** KYBIO did not confirm it: a manager closed it. Null where none did. */
function closedStatusOf(
  { state, decision }: ReceiptEntry,
  { storeTimeZone }: ReceiptShop,
  words: ReceiptWords,
): Receipt['status'] | null {
  const isArrived = state === 'confirmed' && decision?.as === 'arrived';
  const isDropped = state === 'cancelled' && decision?.as === 'dropped';
  if (decision === null || !(isArrived || isDropped)) return null;
  const time = storeTime(decision.atMs, storeTimeZone).slice(0, 16);
  return {
    title: isArrived ? words.closedAsArrived : words.states.cancelled.title,
    hint: words.decidedBy(clean(personOn(words, decision.who)), time),
  };
}

function statusOf(entry: ReceiptEntry, shop: ReceiptShop, words: ReceiptWords): Receipt['status'] {
  if (entry.state === 'cancelled' && entry.cause === 'replaced')
    return { title: words.states.cancelled.title, hint: words.replaced };
  const closed =
    entry.takenBack === null && entry.takenBackInPart === null ? closedStatusOf(entry, shop, words) : null;
  if (closed !== null) return closed;
  if (entry.kind === 'reversal') return reversalStatusOf(entry, words);
  const { title, hint } = words.states[entry.state];
  const { takenBack, takenBackInPart: part } = entry;
  if (part !== null)
    return {
      title,
      hint:
        part.state === 'reversed' ? words.partReversed(part.reference) : words.partReversing(part.reference),
    };
  if (takenBack === null) return { title, hint };
  const { reference, state } = takenBack;
  return { title, hint: state === 'reversed' ? words.reversed(reference) : words.reversing(reference) };
}

/** The balance before and after, as returned by the host, for a confirmed entry. */
function balancesOf(entry: ReceiptEntry, shop: ReceiptShop, words: ReceiptWords): readonly ReceiptPair[] {
  if (entry.state !== 'confirmed') return [];
  const { balanceBefore, balanceAfter, pointBefore, pointAfter } = entry;
  return [
    ...(balanceBefore === null || balanceAfter === null || isZeroAmount(entry.balanceIncrement)
      ? []
      : [
          { label: words.balanceBefore, value: money(balanceBefore, shop) },
          { label: words.balanceAfter, value: money(balanceAfter, shop) },
        ]),
    ...(pointBefore === null || pointAfter === null || isZeroAmount(entry.pointIncrement)
      ? []
      : [
          { label: words.pointsBefore, value: plain(pointBefore, shop) },
          { label: words.pointsAfter, value: plain(pointAfter, shop) },
        ]),
  ];
}
