/**
 * Whether a reply's `customerUid` is the member that was asked for. KYBIO's own sample answers
 * 231607639459718452 with …460: the id went through a double, which keeps about 16 digits. So the id is
 * the same if it is equal, or is what the requested one becomes when a double is printed (shortest
 * form, then zeros) or written out in full. Any other id is another member.
 */
export function sameMember(requestUid: string, replyUid: string): boolean {
  if (requestUid === replyUid) return true;
  // The one place where an id may pass through a number: to repeat the host's own mistake.
  const rounded = Number(requestUid);
  if (Number.isSafeInteger(rounded)) return false;
  return String(rounded) === replyUid || BigInt(rounded).toString() === replyUid;
}
