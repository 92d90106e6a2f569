import { ok } from '../../../preload/contract/index.ts';
import type { Room } from '../../kernel/room.ts';
import type { OutboxRepository } from '../../ledger/index.ts';
import { reference, shownEntries } from '../../ledger/shown/index.ts';
import type { ReceiptCodes } from './slips-service.ts';

export interface SlipsRoomParts {
  readonly slips: Pick<ReceiptCodes, 'scan'>;
  readonly outbox: Pick<OutboxRepository, 'entriesAhead' | 'byRequestId'>;
  readonly storeTimeZone: string;
}

/** A manager scans receipts, and unknown entries are imported. */
export function createSlipsRoom({ slips, outbox, storeTimeZone }: SlipsRoomParts): Room {
  return {
    name: 'slips',
    managersHandlers: {
      'slips:scan': ({ text, lostTill = null }, who) => {
        const scanned = slips.scan(text, lostTill, who);
        if (!scanned.ok) return scanned;
        const { entry, sequence, ...told } = scanned.value;
        return ok({
          ...told,
          reference: reference(sequence),
          entry: entry === null ? null : shownEntries(outbox, storeTimeZone)(entry),
        });
      },
    },
  };
}
