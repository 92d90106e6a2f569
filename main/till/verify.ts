import { type EntryState, entryStates } from '../../preload/contract/index.ts';
import type { Db } from '../database/open.ts';
import { readIncrementBody } from '../kybio/body.ts';
import type { OutboxRepository } from '../outbox/outbox-repository.ts';
import type { Increment } from '../outbox/types.ts';
import type { Signer } from '../sync/signer.ts';

export interface Verification {
  readonly ok: boolean;
  readonly entries: number;
  readonly states: Record<EntryState, number>;
  /** `otherKey`: signed by a key that is not the present one, so nothing can be said of it. */
  readonly signatures: { valid: number; invalid: number; otherKey: number };
  /** In words, each naming the entry; empty when all is well. */
  readonly problems: readonly string[];
}

/** Checks every row: the database's own pages, the bytes against the columns, the signature against the key. */
export function verifyOutbox(db: Db, outbox: OutboxRepository, signer: Signer | null): Verification {
  const problems: string[] = [];
  const states = Object.fromEntries(entryStates.map((state) => [state, 0])) as Record<EntryState, number>;
  const signatures = { valid: 0, invalid: 0, otherKey: 0 };
  const pages = String(db.pragma('integrity_check(1)', { simple: true }));
  if (pages !== 'ok') problems.push(`database: ${pages}`);
  if (signer === null) problems.push('the app key is not at hand: no signature could be checked');
  let entries = 0;
  for (const increment of outbox.all()) {
    entries += 1;
    states[increment.state] += 1;
    const verdict = checkEntry(outbox, increment, signer);
    if (verdict.signature !== null) signatures[verdict.signature] += 1;
    if (verdict.problem !== null) problems.push(`entry ${increment.sequence}: ${verdict.problem}`);
  }
  return { ok: problems.length === 0, entries, states, signatures, problems };
}

interface Verdict {
  readonly signature: 'valid' | 'invalid' | 'otherKey' | null;
  readonly problem: string | null;
}

const ended: ReadonlySet<EntryState> = new Set(['confirmed', 'rejected', 'cancelled']);

function checkEntry(outbox: OutboxRepository, increment: Increment, signer: Signer | null): Verdict {
  const signed = outbox.signedBody(increment.id);
  if (signed === null) return { signature: null, problem: 'has no signed body' };
  const body = readIncrementBody(signed.body);
  const fits =
    body !== null &&
    body.appId === increment.accountAppId &&
    body.customerUid === increment.customerUid &&
    body.balanceIncrement === increment.balanceIncrement &&
    body.pointIncrement === increment.pointIncrement &&
    body.dataChangeTime === increment.dataChangeTime;
  if (!fits) return { signature: null, problem: 'its signed body does not say what its columns say' };
  if (signer === null) return { signature: null, problem: null };
  if (signed.keyFingerprint !== signer.keyFingerprint) {
    // An ended entry keeps the signature it was sent with; an open one is re-signed before it is sent.
    return { signature: 'otherKey', problem: null };
  }
  if (signer.verify(signed)) return { signature: 'valid', problem: null };
  return {
    signature: 'invalid',
    problem: ended.has(increment.state)
      ? 'its signature is wrong'
      : 'its signature is wrong; it will not be sent',
  };
}
