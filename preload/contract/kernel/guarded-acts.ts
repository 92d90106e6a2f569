/** What a person at the till is: a manager may all, a cashier what the shop's managers let them. */
export const personRoles = ['cashier', 'manager'] as const;
export type PersonRole = (typeof personRoles)[number];

/** What a cashier may be let do, be kept from, or do with a manager's PIN. */
export const guardedActs = [
  'overLimit',
  'reversal',
  'noSale',
  'paidOut',
  'manualBonus',
  'export',
  'unmask',
  'settings',
  'cancelAfterPaper',
  'drawerElsewhere',
  'otherFloat',
  'tenderChange',
] as const;
/** A cashier may these at first, and the Z tells. */
export const allowedAtFirst = [
  'cancelAfterPaper',
  'drawerElsewhere',
  'otherFloat',
  'tenderChange',
] as const satisfies readonly (typeof guardedActs)[number][];
/** Acts that the till offers today. Answers for the others are stored, and asked for once they exist. */
export const offeredActs = [
  'overLimit',
  'reversal',
  'noSale',
  'paidOut',
  'export',
  'unmask',
  'settings',
  ...allowedAtFirst,
] as const satisfies readonly (typeof guardedActs)[number][];

export type GuardedAct = (typeof guardedActs)[number];

export const permissionAnswers = ['allow', 'approve', 'deny'] as const;
export type PermissionAnswer = (typeof permissionAnswers)[number];
