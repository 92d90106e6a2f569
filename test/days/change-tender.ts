import { type ChannelName, channels, type Result } from '../../preload/contract/index.ts';
import { flow } from './book.ts';
import type { Action } from './plan.ts';
import { ask, count, pay, personOf, pickOf, type Shop } from './shop.ts';

/** A program that cannot do it leaves the entry as it is. */
const CHANNEL = 'entries:changeTender' as ChannelName;

/** How an entry was paid is put right: the money changes its place, and nothing else does. */
export async function changeTender(
  shop: Shop,
  { till, which, tender }: Extract<Action, { readonly do: 'change tender' }>,
): Promise<void> {
  if (channels[CHANNEL] === undefined) return count(shop, 'how it was paid cannot be changed');
  const book = shop.books[till];
  const able = [...book.held.values()].filter(
    ({ asked, shift, paper }) => asked.kind === 'top-up' && shift === null && paper === null,
  );
  const one = pickOf(able, which);
  if (one === undefined) return;
  const { id, tender: was, cents } = one.asked;
  const args = { id, requestId: shop.uuid(), was, tender } as never;
  const changed = (await ask(shop, till, CHANNEL, args, personOf(shop, 0))) as Result<unknown>;
  if (!changed.ok) return count(shop, `how it was paid not changed: ${changed.error.code}`);
  one.asked = { ...one.asked, tender };
  one.tenderChanges += 1;
  flow(book, was, -cents);
  flow(book, tender, cents);
  pay(shop, till, was, -cents);
  pay(shop, till, tender, cents);
  count(shop, 'how it was paid changed');
}
