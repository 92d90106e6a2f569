import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIncrementBody, signerOf } from '../../../main/hosts/kybio/body.ts';
import { decompress } from '../../../main/hosts/kybio/decompress.ts';
import { amount } from '../../../preload/contract/index.ts';
import { bytes } from './support/any-bytes.ts';
import { documentFields, documentSigned } from './support/increment.ts';

describe('compressed bytes', () => {
  const packed = fc.oneof(
    bytes.map((body) => ({ encoding: 'gzip', body: gzipSync(body) })),
    bytes.map((body) => ({ encoding: 'deflate', body: deflateSync(body) })),
    bytes.map((body) => ({ encoding: 'deflate, gzip', body: gzipSync(deflateSync(body)) })),
    fc.record({
      encoding: fc.oneof(fc.string(), fc.constantFrom('gzip', 'deflate', 'br', 'gzip,gzip,gzip')),
      body: bytes,
    }),
  );

  it('come out within the limit, or are refused as an error', async () => {
    await fc.assert(
      fc.asyncProperty(packed, fc.nat({ max: 300 }), fc.nat(), async ({ encoding, body }, limit, at) => {
        const cut = body.subarray(0, at % (body.length + 1));
        for (const given of [body, cut]) {
          const result = await decompress(encoding, given, limit).catch((thrown: unknown) => thrown);
          const isPlain = encoding.split(',').every((coding) => /^\s*(identity)?\s*$/i.test(coding));
          if (Buffer.isBuffer(result))
            expect(result.length <= limit || isPlain || given.length === 0).toBe(true);
          else expect(result).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('a body of ours', () => {
  const uid = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
  const sum = fc
    .tuple(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), fc.nat({ max: 9_999 }))
    .map(([whole, part]) => amount(`${whole}.${String(part).padStart(4, '0')}`));

  it('is read back as it was signed, and not with any byte otherwise', () => {
    fc.assert(
      fc.property(
        uid,
        sum,
        sum,
        fc.string({ minLength: 1 }),
        (customerUid, balanceIncrement, pointIncrement, appId) => {
          const fields = {
            appId,
            customerUid,
            balanceIncrement,
            pointIncrement,
            dataChangeTime: '2026-01-15 13:26:23',
          };
          expect(readIncrementBody(signerOf('key').sign(fields).body)).toEqual(fields);
        },
      ),
    );
    for (let at = 0; at < documentSigned.body.length; at += 1) {
      for (const other of Buffer.from('07-.e"{},: A')) {
        const altered = Buffer.from(documentSigned.body);
        if (altered[at] === other) continue;
        altered[at] = other;
        const read = readIncrementBody(altered);
        // Another body may be a good one; it never says what the first said.
        if (read !== null) expect(read).not.toEqual(documentFields);
      }
    }
  });

  it('is none in any other bytes', () => {
    fc.assert(
      fc.property(bytes, (body) => {
        expect(readIncrementBody(body)).toBeNull();
      }),
    );
  });
});
