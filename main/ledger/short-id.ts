import { hash } from 'node:crypto';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID in 22 characters instead of 36, for columns with millions of them; any other id unchanged. */
export const shortId = (id: string): string =>
  uuid.test(id) ? Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url') : id;

/**
 * Derives an entry's id from its request's: the index of ids then allows one entry a request, and the page, which draws
 * request ids, cannot choose an entry's id. Null for requests with a colon (replacements, imports).
 */
export const idOfRequest = (requestId: string): string | null =>
  requestId.includes(':')
    ? null
    : hash('sha256', `entry of ${shortId(requestId)}`, 'buffer')
        .subarray(0, 16)
        .toString('base64url');

/** The request of an entry that was refused and is entered again: derived from it, so that this happens once. */
export const requestAgain = (refusedId: string): string =>
  hash('sha256', `again after ${refusedId}`, 'buffer').subarray(0, 16).toString('base64url');
