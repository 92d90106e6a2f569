/** Somebody has to do something at this till. */
export const reasonsForSomebody = [
  'needs-review',
  'refused-unseen',
  'unsent-long',
  'paused-for-manager',
  'copy-met',
] as const;

/** Nothing is in danger yet; it is worth a look. */
export const reasonsToLook = [
  'not-set-up',
  'paused',
  'number-twice',
  'backups-old',
  'second-place',
  'disk-low',
  'calls-used-up',
  'clock-off',
  'policy-not-used',
] as const;
