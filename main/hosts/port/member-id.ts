/** What the requested id becomes when a double is printed: in its shortest form, then zeros, or written out in full. */
const asDouble = (uid: string): readonly string[] => {
  // The one place where an id may pass through a number: to repeat the host's own mistake.
  const rounded = Number(uid);
  return Number.isSafeInteger(rounded) ? [] : [String(rounded), BigInt(rounded).toString()];
};

/** Whether an id that was read may be another's, rounded: of exact ones every fiftieth looks so. */
export const mayBeRounded = (uid: string): boolean => asDouble(uid).includes(uid);

/**
 * Whether a reply's `customerUid` is the member that was asked for. KYBIO's own sample answers
 * 231607639459718452 with …460: the id went through a double, which keeps about 16 digits. So the id is
 * the same if it is equal, or is what the requested one becomes when a double is printed (shortest
 * form, then zeros) or written out in full. Any other id is another member.
 */
export function sameMember(requestUid: string, replyUid: string): boolean {
  return requestUid === replyUid || asDouble(requestUid).includes(replyUid);
}

/** What all ids have in common that a double cannot tell apart: the same member's, however the host writes it, is among them. */
export const doubleOf = (uid: string): string => BigInt(Number(uid)).toString();

/** A deleted member may be answered as a blank record; nobody is credited by it, and its sums are none. */
export const isBlank = ({ number, name }: { readonly number: string; readonly name: string }): boolean =>
  number.trim() === '' && name.trim() === '';
