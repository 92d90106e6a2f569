/** A code that begins so is a receipt's and never a member's; how the rest reads is main's to say. */
export const receiptCodeShape = /^CFS[0-9][0-9A-Z]{45}/i;
