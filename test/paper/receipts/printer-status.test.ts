import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createWordReader, doneProblem } from '../../../main/paper/receipts/printer-status.ts';

const wordsOf = (...pieces: readonly (readonly number[])[]) => {
  const read = createWordReader();
  return pieces.flatMap((piece) => read(Uint8Array.from(piece)));
};

const byte = fc.integer({ min: 0, max: 255 });
/** Mostly what printers say. */
const said = fc.oneof(fc.constantFrom(0x00, 0x10, 0x11, 0x12, 0x13, 0x18, 0x0c), byte);

it('says the same in however many pieces it came', () => {
  fc.assert(
    fc.property(fc.array(fc.array(said)), (pieces) => {
      expect(wordsOf(...pieces)).toEqual(wordsOf(pieces.flat()));
    }),
  );
});

it('makes no answer of a block, and nothing of noise', () => {
  const plain = byte.filter((one) => (one & 0x90) === 0);
  const head = byte.map((one) => (one & 0x6c) | 0x10);
  fc.assert(
    fc.property(fc.array(fc.tuple(head, plain, plain, plain)), (blocks) => {
      const words = wordsOf(blocks.flat());
      expect(words.map(({ kind }) => kind)).toEqual(blocks.map(() => 'unasked'));
    }),
  );
  expect(wordsOf([0xff, 0x81, 0x11, 0x13, 0x97])).toEqual([]);
});

it('tells answers from blocks between them', () => {
  expect(wordsOf([0x12, 0x38, 0, 0, 0, 0x32, 0x10], [0x13, 0, 0x0c, 0x11], [0, 0x03])).toMatchObject([
    { kind: 'status', byte: 0x12 },
    { kind: 'unasked', problem: { code: 'printer-cover-open' } },
    { kind: 'status', byte: 0x32 },
    { kind: 'unasked', problem: { code: 'printer-paper-out' } },
    { kind: 'done', byte: 0x03 },
  ]);
  expect([0x03, 0x0c].map((done) => doneProblem(done)?.code)).toEqual([undefined, 'printer-paper-out']);
});
