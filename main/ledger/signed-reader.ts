import type { SignedBody } from '../hosts/port/index.ts';
import type { Db } from '../kernel/database/open.ts';
import { readEvent, type StoredEvent } from './tables/entry-events.ts';

/**
 * An entry's signed bytes from the journal, by sequence; null if unreadable. Whoever sends them has the rows proven
 * first (`EntryTrust`).
 */
export function createSignedReader(db: Db): (sequence: number) => SignedBody | null {
  const rows = db.prepare(
    `SELECT event, version, reason, content FROM journal
     WHERE entry = ? AND event IN ('added', 'adopted', 'resigned') ORDER BY number`,
  );
  return (sequence) => {
    let signed: SignedBody | null = null;
    for (const row of rows.all(sequence) as StoredEvent[]) {
      const event = tryToRead(row);
      if (event?.event === 'added' || event?.event === 'adopted') signed = event.signed;
      if (event?.event === 'resigned' && signed !== null)
        signed = { ...signed, signature: event.signature, keyFingerprint: event.keyFingerprint };
    }
    return signed;
  };
}

function tryToRead(row: StoredEvent) {
  try {
    return readEvent(row);
  } catch {
    return null;
  }
}
