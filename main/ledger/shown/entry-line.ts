import type { TillIdentity } from '../journal/till-identity-repository.ts';
import { hasIdOfItsOwn } from '../tables/entry-lookups.ts';

/**
 * By which request it was made, as SQL over `increment i`; of what took another entry's place, that one's. Null where that
 * one is not there.
 */
export const firstRequest = `CASE WHEN i.request_id GLOB 'replace:*' THEN (
    WITH RECURSIVE made (request_id) AS (SELECT i.request_id
      UNION SELECT b.request_id FROM made JOIN increment b ON b.id = substr(made.request_id, 9)
      WHERE made.request_id GLOB 'replace:*')
    SELECT request_id FROM made WHERE request_id NOT GLOB 'replace:*')
  ELSE i.request_id END`;

/** Taken up from a receipt: before papers named their till the request alone says so. */
const isTakenUp = `(i.origin_number IS NOT NULL OR ${firstRequest} GLOB 'slip:*')`;

/**
 * A paper has no word for what mends a double or a missing credit, and says it all the same: what takes an entry back names
 * it, but for what takes a double back, which leaves the single credit as it was; and nothing else names an entry, but for
 * what credits it again. Not told apart are a reversal that is made good, and what mends an entry that was mended before.
 */
const isCorrection = `(${firstRequest} GLOB 'correct:*' OR ${isTakenUp} AND (i.kind = 'reversal') = (i.corrects IS NULL))`;

/** What its money is (`cells.ts`), as SQL over `increment i`; `isElsewhere` says of what was taken up whose drawer it was in. */
export const lineBy = (isElsewhere: string): string =>
  `CASE WHEN ${isCorrection} THEN 'correction' WHEN ${isTakenUp} AND (${isElsewhere}) THEN 'taken-up'
    ELSE 'sale' END`;

/** From another till's receipt, or a copy's, whatever its name. */
export const isOfAnotherTill = `i.origin_till IS NOT @tillId
  OR i.origin_epoch NOT IN (SELECT value FROM json_each(@epochs))`;

/**
 * Those whose line may be no sale, as SQL over `increment i`: found by the index of requests, and few, since a person makes
 * or scans each, or sends it anew.
 */
export const isApart = `(${['correct', 'slip', 'replace']
  .map((way) => `i.request_id >= '${way}:' AND i.request_id < '${way};' AND i.${hasIdOfItsOwn}`)
  .join(' OR ')})`;

/** Which receipts are this till's own. */
export type OwnWays = Pick<TillIdentity, 'tillId' | 'ownEpochs'>;

export const noWays: OwnWays = { tillId: null, ownEpochs: [] };

/** Which till and which parts of its way are this one's, as such SQL asks for it. */
export const ownParts = ({ tillId, ownEpochs }: OwnWays) => ({
  tillId,
  epochs: JSON.stringify(ownEpochs),
});
