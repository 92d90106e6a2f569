import { hash } from 'node:crypto';
import type { IncrementReply } from '../hosts/port/index.ts';

/** Digest of a reply: equal for replies that are equal word for word. */
export function replyMark(reply: IncrementReply): string {
  const { customerUid, dataChangeTime, updateCustomerTime } = reply;
  const sums = [
    reply.balanceBeforeUpdate,
    reply.balanceAfterUpdate,
    reply.pointBeforeUpdate,
    reply.pointAfterUpdate,
  ];
  const said = JSON.stringify([customerUid, sums, dataChangeTime, updateCustomerTime]);
  return hash('sha256', said, 'base64url').slice(0, 11);
}
