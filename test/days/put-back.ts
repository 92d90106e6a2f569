import { existsSync } from 'node:fs';
import { count, refreshAll, type Shop, sessionOf, wrong } from './shop.ts';
import type { TillName } from './world.ts';

/**
 * A backup takes the place of a till's records: what these should say is what they said when it was made. The money of
 * what is lost stays in the drawer.
 */
export async function putBack(shop: Shop, till: TillName): Promise<void> {
  const backup = shop.backups.get(till);
  if (backup === undefined) return;
  // A newer one of the same hour has taken its place.
  if (!existsSync(backup.file)) return count(shop, 'backup replaced');
  refreshAll(shop);
  await shop.world.settle();
  refreshAll(shop);
  await shop.world.restore(till, backup);
  const book = structuredClone(backup.book);
  shop.books[till] = book;
  const {
    ledger: { outbox },
  } = sessionOf(shop, till);
  const known = [...outbox.all()].length;
  if (known !== book.held.size)
    wrong(shop, `${till}: ${known} entries were put back, and were ${book.held.size}`);
  refreshAll(shop);
  count(shop, 'put back');
}
