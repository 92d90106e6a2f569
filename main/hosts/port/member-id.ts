/** The requested id printed as a double: in shortest form with zeros, or in full. */
const asDouble = (uid: string): readonly string[] => {
  // The one place where an id passes through a number: to reproduce the host's rounding.
  const rounded = Number(uid);
  return Number.isSafeInteger(rounded) ? [] : [String(rounded), BigInt(rounded).toString()];
};

/** Whether an id may be another's rounded one; every fiftieth exact id looks like that. */
export const mayBeRounded = (uid: string): boolean => asDouble(uid).includes(uid);

const LEAST_OTHERS = 3;

/**
 * Whether an id may be another member's, since the ids of all the others that were read look rounded too. With fewer
 * than three of them KYBIO is believed exact. `membersRead` is asked only for an id that looks rounded.
 */
export const isIdInexact = (
  uid: string,
  membersRead: () => readonly { readonly customerUid: string }[],
): boolean => {
  if (!mayBeRounded(uid)) return false;
  const others = membersRead().filter(({ customerUid }) => customerUid !== uid);
  return others.length >= LEAST_OTHERS && others.every(({ customerUid }) => mayBeRounded(customerUid));
};

/**
 * Whether a reply's `customerUid` is the queried member. KYBIO's own sample answers 231607639459718452 with …460: the
 * id went through a double, which keeps about 16 digits. It matches if it is equal, or equals the requested id
 * printed as a double (shortest form with zeros, or in full). Any other id is another member.
 */
export function sameMember(requestUid: string, replyUid: string): boolean {
  return requestUid === replyUid || asDouble(requestUid).includes(replyUid);
}

/** A key shared by all ids that a double cannot distinguish, and so by any spelling of one member's id. */
export const doubleOf = (uid: string): string => BigInt(Number(uid)).toString();

/** Whether it is a blank record, as of a deleted member: nobody is credited by it, and it has no sums. */
export const isBlank = ({ number, name }: { readonly number: string; readonly name: string }): boolean =>
  number.trim() === '' && name.trim() === '';
