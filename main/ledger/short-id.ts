import { hash } from 'node:crypto';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID in 22 characters instead of 36, wherever a database keeps millions of them; any other id as it is. */
export const shortId = (id: string): string =>
  uuid.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url') : id;

/**
 * The id of the entry that a request makes: so the one index of ids also holds that a request makes one entry, and the
 * page, which draws a request's id, draws none of an entry. Null where others look for the entry by the request: what
 * corrects or replaces one, or came by a paper, has a colon in it.
 */
export const idOfRequest = (requestId: string): string | null =>
  requestId.includes(':')
    ? null
    : hash('sha256', `entry of ${shortId(requestId)}`, 'buffer')
        .subarray(0, 16)
        .toString('base64url');
