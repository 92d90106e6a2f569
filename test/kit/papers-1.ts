import { crc32 } from 'node:zlib';
import { toScaled } from '../../main/kernel/scaled.ts';
import type { Increment } from '../../main/ledger/types.ts';
import { toBase32 } from '../../main/paper/slips/base32.ts';
import { createByteWriter } from '../../main/paper/slips/bytes.ts';
import { accountTag, deriveReceiptCodeKey, sealFacts } from '../../main/paper/slips/receipt-code-seal.ts';

/** The code on a paper as the program printed it until 2026-11, of an entry that was paid in cash or by nothing. */
export function slipOfVersion1(entry: Increment, appKey: string): string {
  const account = { host: entry.accountHost, appId: entry.accountAppId };
  const key = deriveReceiptCodeKey(appKey, account);
  const writer = createByteWriter();
  const kind = ['top-up', 'award', 'reversal'].indexOf(entry.kind);
  writer.byte(kind | (entry.state === 'confirmed' ? 4 : 0));
  writer.byte(0);
  writer.byte(entry.terms.tender === 'cash' ? 1 : 0);
  writer.raw(Buffer.from(entry.id, 'base64url'));
  writer.integer(BigInt(entry.sequence));
  writer.integer(BigInt(entry.customerUid));
  writer.integer(BigInt(toScaled(entry.balanceIncrement)));
  writer.integer(BigInt(toScaled(entry.pointIncrement)));
  writer.integer(BigInt(Date.parse(`${entry.dataChangeTime.replace(' ', 'T')}Z`) / 1_000));
  writer.integer(BigInt(entry.createdAtMs));
  for (const text of [entry.till, entry.customerNumber, entry.actor, entry.customerName]) writer.text(text);
  const header = Buffer.concat([Buffer.of(0), accountTag(account), key.tag]);
  const { seal, hidden } = sealFacts(key, 1, header, writer.bytes());
  const bytes = Buffer.concat([header, seal, hidden]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return `CFS1${toBase32(Buffer.concat([bytes, sum.subarray(0, 3)]))}`;
}
