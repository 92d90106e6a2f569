/** A text to compare by: without spaces, case and full width. */
export const squeeze = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toLowerCase();
