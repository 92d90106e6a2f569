/** Nobody's: it only guards what lies in the folders of `closed-till.ts`. */
export const keys = {
  appKey: 'KEY-OF-THE-CLOSED-TILL',
  pinPepper: Buffer.alloc(32, 7),
  journalKey: Buffer.alloc(32, 9),
};

export const otherJournalKey: Buffer = Buffer.alloc(32, 8);
