/**
 * Format 5: the event `tender-changed` corrects how an entry was paid (`main/ledger/shown/tender-changes.ts`); the
 * index finds the few of them by entry.
 */
export const migration0005 = {
  formatVersion: 5,
  sql: `
CREATE INDEX journal_tender_changed ON journal (entry, reason) WHERE event = 'tender-changed';
`,
} as const;
