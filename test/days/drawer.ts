import type { Opening } from './book.ts';
import { type Held, isBack, isSettled } from './held.ts';
import type { Of } from './plan.ts';
import { ask, count, must, personOf, pickOf, refresh, type Shop, wrong } from './shop.ts';
import type { TillName } from './world.ts';

// The drawer springs open at a played printer, which counts; and papers come out of it.

/** By then whoever hears of an entry has asked for its drawer. */
const HEARD_MS = 150;
/** By no clock of the day: a machine that is busy takes its time, and a drawer that stays shut is told all the same. */
const LONGEST_MS = 30_000;

/** False where it does not come to hold. */
async function comesTrue(holds: Promise<unknown>): Promise<boolean> {
  let forget = (): void => undefined;
  const late = new Promise<false>((resolve) => {
    const timer = setTimeout(() => resolve(false), LONGEST_MS);
    forget = () => clearTimeout(timer);
  });
  const came = await Promise.race([holds.then(() => true), late]);
  forget();
  return came;
}

/** It was to be opened, and is; what for is written down. */
export async function opened(shop: Shop, till: TillName, opening: Opening): Promise<void> {
  const printer = shop.world.till(till).printer;
  shop.kicks[till] += 1;
  const isOpen = await comesTrue(
    printer.until(() => printer.kicks() >= shop.kicks[till] && printer.lines() === 0),
  );
  await shop.world.settle();
  if (!isOpen) wrong(shop, `${till}: the drawer is to open for ${opening.cause}, and is shut`);
  shop.books[till].openings.push(opening);
  count(shop, `drawer opened: ${opening.cause}`);
}

/** Where a shop's drawer opens for cash, it opens for each entry. */
export async function openedForEntry(shop: Shop, till: TillName, { asked }: Held): Promise<void> {
  if (!shop.day.opensDrawer[till] || asked.tender !== 'cash') return;
  await shop.world.pass(HEARD_MS);
  await opened(shop, till, { cause: 'entry', id: asked.id, person: asked.person });
}

export async function openWithoutSale(shop: Shop, { till, person }: Of<'no sale'>): Promise<void> {
  const who = personOf(shop, person);
  await must(shop, till, 'receipts:openDrawer', {}, who);
  await opened(shop, till, { cause: 'no-sale', person: who.id });
}

/** Nothing opened it but what was meant to. */
export function checkDrawer(shop: Shop, till: TillName): void {
  const kicks = shop.world.till(till).printer.kicks();
  if (kicks !== shop.kicks[till])
    wrong(shop, `${till}: the drawer opened ${kicks} times, and is to ${shop.kicks[till]}`);
}

export async function cancelOne(shop: Shop, till: TillName, one: Held, person: number): Promise<void> {
  const who = personOf(shop, person);
  const done = await ask(shop, till, 'entries:cancel', { id: one.asked.id }, who);
  if (done.ok) one.cancelledBy = who.person;
  count(shop, done.ok ? 'cancelled' : `refused cancel ${done.error.code}`);
}

/** Until nothing waits for the printer. */
async function printed(shop: Shop, till: TillName, id: string): Promise<void> {
  const printer = shop.world.till(till).printer;
  const { jobs } = await must(shop, till, 'receipts:queue', {});
  const isUnderWay = jobs.some(({ entryId, state }) => entryId === id && state !== 'printed');
  if (isUnderWay)
    await comesTrue(
      printer.until(() => printer.lines() === 0 && printer.papers.length > shop.papersOut[till]),
    );
  await shop.world.settle();
  shop.papersOut[till] = printer.papers.length;
  const after = (await must(shop, till, 'receipts:queue', {})).jobs.findLast(({ entryId }) => entryId === id);
  if (after?.state !== 'printed') wrong(shop, `${till}: a paper of ${id} is ${after?.state}`);
}

/** A receipt goes to whoever paid; what they paid for may be cancelled behind them. */
export async function handOut(
  shop: Shop,
  { till, which, by, isCancelled, person }: Of<'hand out'>,
): Promise<void> {
  await shop.world.settle();
  refresh(shop, till);
  const all = [...shop.books[till].held.values()].filter(({ state }) => !isBack(state));
  const open = all.filter(({ state }) => !isSettled(state));
  const one = pickOf(open.length > 0 ? open : all, which);
  if (one === undefined) return;
  const { id } = one.asked;
  if (by === 'file') await must(shop, till, 'receipts:savePdf', { id });
  else {
    await must(shop, till, 'receipts:print', { id });
    await printed(shop, till, id);
  }
  if (!isSettled(one.state)) shop.books[till].papers.add(id);
  count(shop, `handed out as ${by}`);
  if (isCancelled && one.state === 'queued') await cancelOne(shop, till, one, person);
}
