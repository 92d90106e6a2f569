import { crc32 } from 'node:zlib';
import { fromBase32, toBase32 } from '../../../main/paper/slips/base32.ts';

const bytesOf = (text: string): Buffer => fromBase32(text.slice(4)) ?? Buffer.alloc(0);

/** A slip with the beginning of one and the facts of another, whose sum fits: anybody can make it. */
export function forge(one: string, other: string): string {
  const facts = 8 + 16;
  const bytes = Buffer.concat([bytesOf(one).subarray(0, facts), bytesOf(other).subarray(facts, -3)]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([Buffer.of(1), bytes])));
  return `CFS1${toBase32(Buffer.concat([bytes, sum.subarray(0, 3)]))}`;
}
