import type { TillIdentity } from '../journal/till-identity-repository.ts';
import { hasIdOfItsOwn } from '../tables/entry-lookups.ts';

/** SQL over `increment i`: its request id; for a replacement that of the first entry, null if that is missing. */
export const firstRequest = `CASE WHEN i.request_id GLOB 'replace:*' THEN (
    WITH RECURSIVE made (request_id) AS (SELECT i.request_id
      UNION SELECT b.request_id FROM made JOIN increment b ON b.id = substr(made.request_id, 9)
      WHERE made.request_id GLOB 'replace:*')
    SELECT request_id FROM made WHERE request_id NOT GLOB 'replace:*')
  ELSE i.request_id END`;

/** Imported from a receipt: older receipts name no till, so the request id tells. */
const isImported = `(i.origin_number IS NOT NULL OR ${firstRequest} GLOB 'slip:*')`;

/**
 * SQL over `increment i`: the line of its money (`cells.ts`). `isElsewhere` tells whether an import's cash is in
 * another drawer.
 */
export const lineBy = (isElsewhere: string): string =>
  `CASE WHEN ${isImported} AND (${isElsewhere}) THEN 'taken-up' ELSE 'sale' END`;

/** From another till's or a clone's receipt. */
export const isOfAnotherTill = `i.origin_till IS NOT @tillId
  OR i.origin_epoch NOT IN (SELECT value FROM json_each(@epochs))`;

/**
 * SQL over `increment i`: entries that may be no sale. Few, and found by the index of requests: a person makes each.
 */
export const isApart = `(${['slip', 'replace']
  .map((way) => `i.request_id >= '${way}:' AND i.request_id < '${way};' AND i.${hasIdOfItsOwn}`)
  .join(' OR ')})`;

/** Identifies this till's own receipts. */
export type OwnWays = Pick<TillIdentity, 'tillId' | 'ownEpochs'>;

export const noWays: OwnWays = { tillId: null, ownEpochs: [] };

/** The parameters of `isOfAnotherTill`. */
export const ownParts = ({ tillId, ownEpochs }: OwnWays) => ({
  tillId,
  epochs: JSON.stringify(ownEpochs),
});
