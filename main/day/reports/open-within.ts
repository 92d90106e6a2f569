import type { CellSums } from '../../../preload/contract/index.ts';
import { noSums } from '../../../preload/contract/index.ts';
import type { Db } from '../../kernel/database/open.ts';
import { fromScaled } from '../../kernel/scaled.ts';
import { lineBy } from '../../ledger/shown/index.ts';
import { isOpen } from '../../ledger/tables/index.ts';

/** What of a stretch of this till's entries is not settled now. */
export type OpenWithin = (range: { readonly from: number; readonly to: number }) => CellSums;

export function createOpenWithin(db: Db): OpenWithin {
  const open = db.prepare(
    `SELECT COUNT(*) AS entries, CAST(COALESCE(SUM(CASE WHEN ${lineBy('TRUE')} = 'correction' THEN 0
         ELSE i.balance_increment_e4 - COALESCE(i.bonus_e4, 0) END), 0) AS TEXT) AS principal
     FROM increment i WHERE i.sequence BETWEEN @from AND @to AND i.${isOpen}`,
  );
  return (range) => {
    const { entries, principal } = open.get(range) as { entries: number; principal: string };
    return { ...noSums, entries, principal: fromScaled(principal) };
  };
}
