import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawReceipt, inOwnLetters, pathOf } from '../../../main/paper/receipts/draw.ts';
import { makeReceipt, maskedNumber } from '../../../main/paper/receipts/make-receipt.ts';
import { columnsOf, paperWidths, type ReceiptEntry } from '../../../main/paper/receipts/receipt.ts';
import { clean, textWidth, wrapWords } from '../../../main/paper/receipts/text-width.ts';
import { amount, entryStates, languages } from '../../../preload/contract/index.ts';
import { fullEntry, logo, shopIn } from './facts.ts';

const plainShop = { ...shopIn('en'), header: 'Fun Toys', footer: 'Thank you', hasLogo: false };

function textOf(entry: Partial<ReceiptEntry>, { copy = 0, width = '58' as const, shop = plainShop } = {}) {
  const receipt = makeReceipt({ entry: { ...fullEntry, ...entry }, shop, copy, code: null });
  return drawReceipt(receipt, { width, logo: null }).text;
}

const squeezed = (text: string) => text.replace(/\s+/g, '');

describe('names', () => {
  it('of forty characters wrap between words, and are all there', () => {
    const text = textOf({});
    expect(squeezed(text)).toContain(squeezed(fullEntry.memberName));
    expect(text).toMatch(/Siti Nur Aisyah binti Abdul\n/);
  });

  const letters = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 });
  const signs = fc.string({
    unit: fc.constantFrom(
      '\\',
      '|',
      '{',
      '}',
      '~',
      '_',
      '"',
      '`',
      '^',
      '-',
      '=',
      ';',
      'x',
      '5',
      'c',
      'n',
      ' ',
    ),
    minLength: 1,
    maxLength: 60,
  });

  it('stand there as they are, whatever characters they have, and no line is wider than the paper', () => {
    fc.assert(
      fc.property(fc.oneof(letters, signs), fc.constantFrom(...paperWidths), (memberName, width) => {
        const receipt = makeReceipt({
          entry: { ...fullEntry, memberName },
          shop: plainShop,
          copy: 0,
          code: null,
        });
        const { text } = drawReceipt(receipt, { width, logo: null });
        expect(squeezed(text)).toContain(squeezed(clean(memberName)));
        for (const line of text.split('\n'))
          expect(textWidth(line.trimEnd())).toBeLessThanOrEqual(columnsOf[width]);
      }),
      { numRuns: 300 },
    );
  });

  it('write nothing but text into the picture', () => {
    const { svg } = drawReceipt(
      makeReceipt({
        entry: { ...fullEntry, memberName: '<script>&"\'</svg>' },
        shop: plainShop,
        copy: 0,
        code: '"/><script>',
      }),
      { width: '80', logo: null },
    );
    expect(svg).not.toMatch(/<script|href|url\(|@import|https?:(?!\/\/www\.w3\.org\/2000\/svg")/);
  });

  it('read from the right are one piece, which the browser joins', () => {
    const receipt = makeReceipt({
      entry: { ...fullEntry, memberName: 'محمد علي' },
      shop: plainShop,
      copy: 0,
      code: null,
    });
    expect(drawReceipt(receipt, { width: '80', logo: null }).svg).toMatch(/>محمد\u00a0علي<\/tspan>/);
  });

  it('cannot turn a line round, nor hide in it', () => {
    expect(clean('a\u202eb\u200bc\u0007\ud800d')).toBe('abcd');
  });
});

describe('sums', () => {
  it('are never cut, however long', () => {
    const long = amount('123456789012345678901234567890.1234');
    const text = textOf({ balanceIncrement: long, bonus: null, pointIncrement: long });
    expect(squeezed(text)).toContain('123,456,789,012,345,678,901,234,567,890.1234');
  });

  it('tell principal, bonus, what was credited, points, tender and change apart', () => {
    const text = textOf({});
    const rows = [
      /Top-up +\$50\.00/,
      /Bonus +\$5\.00/,
      /Credited in all +\$55\.00/,
      /Points +50/,
      /Paid by +Cash/,
      /Received +\$100\.00/,
      /Change +\$50\.00/,
    ];
    for (const row of rows) expect(text).toMatch(row);
  });

  it('of a reversal say what was taken back', () => {
    const text = textOf({
      ...{ kind: 'reversal', correctsReference: '0030', tender: null, given: null },
      ...{ balanceIncrement: amount('-55'), bonus: amount('-5'), pointIncrement: amount('-50') },
    });
    expect(text).toMatch(/Takes back number +0030/);
    expect(text).toMatch(/Taken back in all +-\$55\.00/);
  });

  const reversal = { kind: 'reversal', correctsReference: '0030', balanceIncrement: amount('-50') } as const;

  it.each(['queued', 'sending', 'unknown', 'review'] as const)(
    'of a reversal %s keep the money back',
    (state) => {
      const text = textOf({ ...reversal, state });
      expect(text).toContain('Do not pay out yet');
      expect(text).not.toContain('It will be in the account');
    },
  );

  it('of a reversal say what became of it', () => {
    expect(textOf(reversal)).toMatch(/Reversal done/);
    expect(textOf({ ...reversal, state: 'rejected' })).toContain('Nothing was taken back.');
    const ofPoints = { balanceIncrement: amount('0'), bonus: null, pointIncrement: amount('-50') };
    expect(textOf({ ...reversal, ...ofPoints, state: 'queued' })).not.toContain('pay out');
  });

  it('name the shop’s own tender', () => {
    expect(textOf({ tender: 'own:Voucher', given: null })).toMatch(/Paid by +Voucher/);
  });
});

describe('the state', () => {
  it('confirmed comes with the balance before and after', () => {
    const text = textOf({});
    expect(text).toMatch(/Confirmed/);
    expect(text).toMatch(/Balance before +\$1,200\.50\nBalance after +\$1,255\.50/);
  });

  it.each(['queued', 'sending', 'unknown', 'review'] as const)('%s is saved, not yet confirmed', (state) => {
    const text = textOf({ state });
    expect(text).toContain('Saved, not yet confirmed');
    expect(text).not.toMatch(/Balance/);
  });

  it.each(['rejected', 'cancelled'] as const)('%s says that nothing was credited', (state) => {
    expect(textOf({ state })).toContain('Nothing was credited.');
  });

  it('taken back says by which entry', () => {
    const takenBack = { reference: '0032', state: 'reversed' } as const;
    expect(textOf({ takenBack })).toContain('It was taken back by number\n');
  });

  it.each(languages)('in %s has words for every state', (language) => {
    for (const state of entryStates) {
      const { status } = makeReceipt({
        entry: { ...fullEntry, state },
        shop: shopIn(language),
        copy: 0,
        code: null,
      });
      expect(status.title).not.toBe('');
    }
  });
});

it('a copy says which one it is, the first paper says nothing', () => {
  expect(textOf({}, { copy: 3 })).toContain('COPY 3');
  expect(textOf({})).not.toContain('COPY');
});

it('masks the number, also a short one', () => {
  expect(maskedNumber('FUN80015640')).toBe('****5640');
  expect(maskedNumber('8001')).toBe('****01');
  expect(maskedNumber('7')).toBe('****');
});

it('goes in the printer’s own letters where it has no others than those that all printers know', () => {
  const plain = makeReceipt({ entry: fullEntry, shop: plainShop, copy: 0, code: null });
  const sent = Buffer.from(inOwnLetters(plain, { width: '80', logo: null }) ?? []).toString('latin1');
  expect(sent).toContain('Confirmed');
  expect(sent.slice(0, 2)).toBe('\x1b@');
  const chinese = makeReceipt({ entry: fullEntry, shop: shopIn('zh'), copy: 0, code: null });
  expect(inOwnLetters(chinese, { width: '80', logo })).toBeNull();
  const yen = makeReceipt({ entry: fullEntry, shop: { ...plainShop, currency: 'JPY' }, copy: 0, code: null });
  expect(inOwnLetters(yen, { width: '80', logo: null })).toBeNull();
});

it('draws a picture as runs of black', () => {
  expect(pathOf({ width: 9, height: 1, bits: Uint8Array.from([0b01100000, 0x80]) })).toBe(
    '<path d="M1,0h2v1h-2zM8,0h1v1h-1z" fill="#000"/>',
  );
});

it('wraps between words, and within one that is too long', () => {
  expect(wrapWords('a bb ccc', 4)).toEqual(['a bb', 'ccc']);
  expect(wrapWords('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  expect(wrapWords('中文名字很长', 4)).toEqual(['中文', '名字', '很长']);
});
