import { isSettled } from './held.ts';
import { boss, count, readLedger, refreshAll, type Shop, sessionOf, wrong } from './shop.ts';
import { type TillName, tillNames } from './world.ts';

/** Quiescence, and the longest that an answer takes. */
const FORGOTTEN_MS = 215_000;

type Word = 'arrived' | 'send' | 'drop';

/** Asked once; may-still-arrive is waited for by whoever asks. */
async function answer(shop: Shop, till: TillName, id: string, word: Word): Promise<string> {
  const {
    counter: { review },
    ledger: { outbox },
  } = sessionOf(shop, till);
  const read = await review.read(id);
  if (!read.ok && word !== 'arrived') return read.error.code;
  const version = outbox.byId(id)?.version ?? 0;
  const readingId = read.ok ? (read.value.reading?.readingId ?? null) : null;
  const answered = await review.answer(id, version, word, boss, { readingId, isMeant: true });
  return answered.ok ? 'ok' : answered.error.code;
}

/** A manager who looks into the host's own ledger answers for all that is in review; drops what never came, or sends it. */
export async function answerAll(shop: Shop, till: TillName, drops: boolean): Promise<void> {
  refreshAll(shop);
  const book = shop.books[till];
  const waiting = [...book.held.values()].filter(({ state }) => state === 'review');
  if (waiting.length > 0) await shop.world.pass(FORGOTTEN_MS);
  const applied = readLedger(shop);
  for (const one of waiting) {
    const { asked } = one;
    if (sessionOf(shop, till).ledger.outbox.byId(asked.id)?.state !== 'review') continue;
    const times = applied(asked);
    const isPaidBack = shop.paidBack.has(asked.id);
    const word: Word = times > 0 ? 'arrived' : drops || isPaidBack ? 'drop' : 'send';
    const came = await answer(shop, till, asked.id, word);
    if (word === 'drop' && came === 'ok') one.cancelledBy = boss.person;
    count(shop, `answer ${word} ${came}`);
    sessionOf(shop, till).sending.loop.wake();
    await shop.world.settle();
  }
  refreshAll(shop);
}

const isDone = (shop: Shop, till: TillName): boolean =>
  [...shop.books[till].held.values()].every(({ state }) => isSettled(state));

/** Until nothing is open at either till any more. */
export async function settleAll(shop: Shop): Promise<void> {
  const { world } = shop;
  for (let round = 0; round < 12; round += 1) {
    await world.drive(() => tillNames.every((till) => !sessionOf(shop, till).isUnsettled()), 4 * 3_600_000);
    for (const till of tillNames) await answerAll(shop, till, round > 8);
    if (isDone(shop, 'A') && isDone(shop, 'B')) return;
  }
  for (const till of tillNames)
    for (const { asked, state } of shop.books[till].held.values())
      if (!isSettled(state)) wrong(shop, `${till}: ${asked.id} is ${state} for ever`);
}
