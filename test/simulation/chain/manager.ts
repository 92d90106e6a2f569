import type { ReviewCase } from '../../../main/counter/case-facts.ts';
import { keyOf } from '../kybio-host.ts';
import type { ChainTill } from './chain-till.ts';
import { ask, boss, type Chain, count } from './counter.ts';

/** Puts the clock right, and lets the till go on where it asks a manager. */
function resume(chain: Chain, till: ChainTill): void {
  const { session } = till;
  const pauses = session?.hosts.link.state.pauses.filter(({ needsManager }) => needsManager) ?? [];
  if (session === null || pauses.length === 0) return;
  for (const { reason } of pauses) count(chain, `resumed: ${reason}`);
  if (pauses.some(({ reason }) => reason === 'clock')) till.offMs = 0;
  session.records.resume(boss);
  session.sending.loop.wake();
}

/** Has KYBIO read, and answers as its ledger has it. */
async function answer(chain: Chain, till: ChainTill, one: ReviewCase): Promise<void> {
  const { session } = till;
  if (session === null) return;
  const { review } = session.counter;
  const { id } = one.increment;
  const read = await review.read(id);
  const now = session.ledger.outbox.byId(id);
  if (till.session !== session || now?.state !== 'review') return;
  const { applied } = chain.account.host;
  const key = keyOf(now.customerUid, now.dataChangeTime);
  // Two tills of one number may have given one member one second: then KYBIO has the other one's.
  const isOthers = chain.record.entered.some(
    (other) => other.id !== id && keyOf(other.uid, other.second) === key,
  );
  const isThere = (applied.get(key)?.times ?? 0) > 0 && !isOthers;
  const word = isThere ? 'arrived' : one.sendable && !isOthers ? 'send' : 'drop';
  const readingId = read.ok ? (read.value.reading?.readingId ?? null) : null;
  const done = await review.answer(id, now.version, word, boss, { readingId, isMeant: true });
  count(chain, `review ${word} ${done.ok ? 'ok' : done.error.code}`);
}

/** A manager looks in: pauses, what is in review, what is suspected, and what was refused. */
export async function lookIn(chain: Chain, till: ChainTill, isAnswering: boolean): Promise<void> {
  const { session } = till;
  if (session === null) return;
  resume(chain, till);
  if (!isAnswering) return;
  for (const one of session.counter.review.cases()) {
    await answer(chain, till, one);
    if (till.session !== session) return;
  }
  for (const { id, till: of } of chain.record.entered.slice(-2_000)) {
    const row = of === till.index ? session.ledger.outbox.byId(id) : null;
    if (row?.state === 'rejected' && !row.acknowledged) await ask(till, 'entries:acknowledge', { id }, boss);
  }
  session.sending.loop.wake();
}
