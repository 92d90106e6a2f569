/** What an owner chooses to set for all tills; the rest is each till's own. */
export const signedParts = [
  'settings',
  'languages',
  'ways',
  'businessDay',
  'rules',
  'reasons',
  'people',
  'receipts',
  'accounts',
] as const;
export type SignedPart = (typeof signedParts)[number];
