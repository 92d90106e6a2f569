/** A text without what does not count in comparing it: spaces, case, the width of its letters. */
export const squeeze = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
