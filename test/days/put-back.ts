import { existsSync } from 'node:fs';
import { count, keepCode, refreshAll, type Shop, sessionOf, wrong } from './shop.ts';
import type { TillName } from './world.ts';

/**
 * A backup takes the place of a till's records: what these should say is what they said when it was made. The money stays
 * in the drawer, and whoever has a paper of what is lost still has it.
 */
export async function putBack(shop: Shop, till: TillName): Promise<void> {
  const backup = shop.backups.get(till);
  if (backup === undefined) return;
  // A newer one of the same hour has taken its place.
  if (!existsSync(backup.file)) return count(shop, 'backup replaced');
  refreshAll(shop);
  await shop.world.settle();
  refreshAll(shop);
  const before = shop.books[till];
  for (const { asked } of before.held.values())
    if (!backup.book.held.has(asked.id) && !shop.codes.has(asked.id)) keepCode(shop, till, asked);
  await shop.world.restore(till, backup);
  const book = structuredClone(backup.book);
  shop.books[till] = book;
  for (const [id, { paper }] of before.held) {
    const printed = shop.codes.get(id);
    // What was given back is nobody's to take up, nor what the other till has by now.
    if (book.held.has(id) || printed === undefined || shop.paidBack.has(id) || paper !== null) continue;
    if (!shop.papers.includes(printed)) shop.papers.push(printed);
  }
  const {
    ledger: { outbox },
  } = sessionOf(shop, till);
  const known = [...outbox.all()].length;
  if (known !== book.held.size)
    wrong(shop, `${till}: ${known} entries were put back, and were ${book.held.size}`);
  refreshAll(shop);
  count(shop, 'put back');
}
