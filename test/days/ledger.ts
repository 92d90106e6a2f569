import { isBack } from './held.ts';
import { readLedger, type Shop, sessionOf, wrong } from './shop.ts';
import { tillNames } from './world.ts';

/** What the tills say became of each entry, and what the host's own ledger has: once or never, to the cent and the point. */
export function checkLedger(shop: Shop): void {
  const asked = new Map(
    tillNames.flatMap((till) =>
      [...shop.books[till].held.values()].map((one) => [one.asked.id, one] as const),
    ),
  );
  const applied = readLedger(shop);
  for (const one of asked.values()) {
    const { id } = one.asked;
    const times = applied(one.asked);
    const is = one.state === 'confirmed' ? 1 : 0;
    if (times !== is)
      wrong(shop, `${id} is ${one.state}, and the host has it with these sums ${times} times`);
    if (isBack(one.state) && !shop.paidBack.has(id)) wrong(shop, `${id} was not given back`);
  }
  for (const till of tillNames) {
    const known = [...sessionOf(shop, till).ledger.outbox.all()].map(({ id }) => id);
    for (const id of known)
      if (!shop.books[till].held.has(id)) wrong(shop, `${till} has an entry that nobody made: ${id}`);
    if (known.length !== shop.books[till].held.size)
      wrong(shop, `${till} has ${known.length} entries, and had ${shop.books[till].held.size}`);
  }
}
