import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyChain,
  followChain,
  GENESIS,
  type JournalRow,
  sealRow,
  surveyChain,
  type UnsealedRow,
} from '../../../main/ledger/journal/chain.ts';

const key = Buffer.alloc(32, 9);

const content = fc.record({
  atMs: fc.nat(),
  entry: fc.option(fc.integer({ min: 1 }), { nil: null }),
  event: fc.constantFrom('added' as const, 'sending' as const, 'ended' as const, 'decided' as const),
  actor: fc.string(),
  reason: fc.string(),
  version: fc.integer({ min: 1, max: 9 }),
  content: fc.string(),
});

function chained(rows: readonly Omit<UnsealedRow, 'chain' | 'number'>[]): JournalRow[] {
  let previous = GENESIS;
  return rows.map((row, index) => {
    const unsealed = { ...row, chain: 1, number: index + 1 };
    previous = sealRow(key, previous, unsealed);
    return { ...unsealed, mac: previous };
  });
}

const chain = fc.array(content, { minLength: 2, maxLength: 12 }).map(chained);
const follow = (rows: readonly JournalRow[]) => followChain(key, emptyChain(1), rows);
const survey = (rows: readonly JournalRow[]) => surveyChain(key, emptyChain(1), rows);

describe('a chain of any rows', () => {
  it('fits as it was written', () => {
    fc.assert(
      fc.property(chain, (rows) => {
        const last = rows.at(-1);
        expect(follow(rows)).toEqual({
          broken: null,
          reached: { chain: 1, count: rows.length, mac: last?.mac },
        });
        expect(survey(rows)).toMatchObject({ first: null, lastBroken: 0 });
      }),
    );
  });

  it('does not fit with any field of any row altered, and says which', () => {
    const fields = ['atMs', 'entry', 'event', 'version', 'actor', 'reason', 'content'] as const;
    fc.assert(
      fc.property(chain, fc.nat(), fc.constantFrom(...fields), content, (rows, at, field, other) => {
        const index = at % rows.length;
        fc.pre(rows[index]?.[field] !== other[field]);
        const altered = rows.map((row, number) =>
          number === index ? { ...row, [field]: other[field] } : row,
        );
        expect(follow(altered).broken).toEqual({ number: index + 1, why: 'altered' });
        expect(survey(altered)).toMatchObject({ first: { number: index + 1 }, lastBroken: index + 1 });
      }),
    );
  });

  it('does not fit with any row but the last gone, and goes on to be proven behind the gap', () => {
    fc.assert(
      fc.property(chain, fc.nat(), (rows, at) => {
        const index = at % (rows.length - 1);
        const left = rows.filter((_, number) => number !== index);
        expect(follow(left).broken).toEqual({ number: index + 1, why: 'missing' });
        expect(survey(left)).toMatchObject({ first: { number: index + 1 }, lastBroken: index + 2 });
      }),
    );
  });

  it('does not fit where two rows have changed places, under whichever numbers', () => {
    fc.assert(
      fc.property(chain, fc.nat(), fc.boolean(), (rows, at, renumbered) => {
        const index = at % (rows.length - 1);
        const [first, second] = [rows[index], rows[index + 1]];
        if (first === undefined || second === undefined) throw new Error('none');
        const swapped = [...rows];
        swapped[index] = renumbered ? { ...second, number: index + 1 } : second;
        swapped[index + 1] = renumbered ? { ...first, number: index + 2 } : first;
        expect(follow(swapped).broken?.number).toBe(index + 1);
      }),
    );
  });

  it('fits under no other key', () => {
    fc.assert(
      fc.property(chain, fc.uint8Array({ minLength: 32, maxLength: 32 }), (rows, bytes) => {
        fc.pre(!key.equals(bytes));
        expect(followChain(Buffer.from(bytes), emptyChain(1), rows).broken).toEqual({
          number: 1,
          why: 'altered',
        });
      }),
    );
  });

  it('cannot be cut into fields in two ways', () => {
    fc.assert(
      fc.property(content, fc.string({ minLength: 1 }), (row, moved) => {
        const base = { ...row, chain: 1, number: 1 };
        const one = sealRow(key, GENESIS, { ...base, actor: `${row.actor}${moved}` });
        const two = sealRow(key, GENESIS, { ...base, reason: `${moved}${row.reason}` });
        expect(one).not.toBe(two);
      }),
    );
  });
});
