/**
 * Format 5: an event `tender-changed` says that an entry was paid otherwise than was entered (`main/ledger/shown/tender-changes.ts`).
 * There are few of them, and the index finds them by their entry. An older program refuses such a database by name.
 */
export const migration0005 = {
  formatVersion: 5,
  sql: `
CREATE INDEX journal_tender_changed ON journal (entry, reason) WHERE event = 'tender-changed';
`,
} as const;
