/** What a tier gives: a sum, or a percentage of the principal. */
export const bonusKinds = ['fixed', 'percent'] as const;
type BonusKind = (typeof bonusKinds)[number];

/** How that is entered and shown. */
export const givesAs: Readonly<Record<BonusKind, 'money' | 'percent'>> = {
  fixed: 'money',
  percent: 'percent',
};
