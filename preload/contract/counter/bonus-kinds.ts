/** What a tier of a bonus rule gives: a sum, or a part of the principal in hundredths. */
export const bonusKinds = ['fixed', 'percent'] as const;
export type BonusKind = (typeof bonusKinds)[number];

/** How what a tier gives is typed and written. */
export const givesAs: Readonly<Record<BonusKind, 'money' | 'percent'>> = {
  fixed: 'money',
  percent: 'percent',
};
