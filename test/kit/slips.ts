import Database from 'better-sqlite3';
import type { PracticeStore } from '../../main/hosts/practice/types.ts';
import { createOutboxRepository } from '../../main/ledger/outbox-repository.ts';
import { noRecorder } from '../../main/ledger/recorder.ts';
import type { Increment } from '../../main/ledger/types.ts';
import { type ReceiptCodeDesk, writeReceiptCode } from '../../main/paper/slips/receipt-code.ts';
import type { ReceiptCodeOrigin } from '../../main/paper/slips/receipt-code-facts.ts';
import { deriveReceiptCodeKey } from '../../main/paper/slips/receipt-code-seal.ts';
import { realClock, realRandom } from './practice-store.ts';

/** Every entry of a till's database, oldest first. */
export function entriesIn(databaseFile: string): readonly Increment[] {
  const db = new Database(databaseFile, { readonly: true });
  try {
    const identity = {
      ...{ till: '', accountHost: '', accountAppId: '', storeTimeZone: 'UTC', tillNumber: 1, tillCount: 1 },
    };
    return [...createOutboxRepository(db, identity, realClock, realRandom, noRecorder).all()];
  } finally {
    db.close();
  }
}

/** Where a shop's receipts are printed. */
export function deskOf({
  baseUrl: host,
  appId,
  appKey,
}: Pick<PracticeStore, 'baseUrl' | 'appId' | 'appKey'>): ReceiptCodeDesk {
  const account = { host, appId };
  return { account, key: deriveReceiptCodeKey(appKey, account), isPractice: false };
}

/** A till that is not this one. */
export const elsewhere: ReceiptCodeOrigin = { tillId: '00112233445566ff', epoch: 'ffeeddccbbaa9900' };

/** The code on an entry's receipt, as another till would print it. */
export function slipOf(entry: Increment, desk: ReceiptCodeDesk, origin = elsewhere): string {
  const text = writeReceiptCode(desk, {
    ...entry,
    origin,
    before: null,
    isConfirmed: entry.state === 'confirmed',
  });
  if (text === null) throw new Error('no code');
  return text;
}
