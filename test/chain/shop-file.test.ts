import { sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeShop } from '../../main/chain/judge-shop.ts';
import { fingerprintOf, signText } from '../../main/chain/owner-key.ts';
import { shopSchema, shopText } from '../../main/chain/shop.ts';
import { MOST_BYTES, readShopFile } from '../../main/chain/shop-file.ts';
import { amount } from '../../preload/contract/index.ts';
import { bonusRule, pointsRule } from '../kit/rules.ts';
import { CHAIN, shopOf, testOwner } from '../kit/shop.ts';

const owner = testOwner();
const stranger = testOwner();
const trust = { chain: CHAIN, key: owner.publicKey, currency: 'SGD' };

const bytes = (text: string) => Buffer.from(text, 'utf8');
const judge = (text: string | Buffer, applied: Parameters<typeof judgeShop>[2] = null) =>
  judgeShop(typeof text === 'string' ? bytes(text) : text, trust, applied);
const problem = (text: string | Buffer, applied?: Parameters<typeof judgeShop>[2]) => {
  const judged = judge(text, applied);
  return judged.ok ? null : judged.error;
};

const whole = shopOf({
  version: 7,
  policy: { balanceCap: amount('500'), keypad: true },
  ways: ['cash', 'own:Voucher'],
  businessDay: { endsAtMinute: 180 },
  rules: { bonus: [bonusRule()], points: [pointsRule()] },
  reasons: ['Birthday'],
  people: [{ id: 'p1', name: 'Mei', role: 'manager', language: 'zh' }],
  receipts: { header: 'Kopi Corner' },
  accounts: { members: '2150' },
});

/** A file around a text that this owner signed, whatever it says. */
const around = (signed: string, by = owner) =>
  `${JSON.stringify({
    format: 'counterfoil shop 1',
    signed,
    key: by.publicKey,
    signature: signText(signed, by.key),
  })}\n`;

describe('a configuration of the owner', () => {
  it('is taken as it was signed', () => {
    const judged = judge(owner.sign(whole));
    expect(judged).toMatchObject({ ok: true, value: { version: 7, isNew: true, shop: whole } });
  });

  it('is not new a second time, and another one of the same version is refused', () => {
    const first = judge(owner.sign(whole));
    if (!first.ok) throw new Error(first.error);
    expect(judge(owner.sign(whole), first.value)).toMatchObject({ ok: true, value: { isNew: false } });
    expect(problem(owner.sign({ ...whole, name: 'Kopi' }), first.value)).toBe('twice');
    expect(problem(owner.sign({ ...whole, version: 6 }), first.value)).toBe('older');
    expect(judge(owner.sign({ ...whole, version: 8 }), first.value)).toMatchObject({
      value: { isNew: true },
    });
  });

  it('counts only from its key, for its chain, in its money', () => {
    expect(problem(stranger.sign(whole))).toBe('other-key');
    expect(problem(owner.sign({ ...whole, chain: '00000000-0000-4000-8000-000000000000' }))).toBe(
      'other-chain',
    );
    expect(problem(owner.sign({ ...whole, currency: 'MYR' }))).toBe('other-currency');
  });

  it('is refused where its key was put in place of the trusted one', () => {
    const forged = stranger.sign(whole).replace(stranger.publicKey, owner.publicKey);
    expect(problem(forged)).toBe('altered');
  });

  it('is refused where it was signed as something else', () => {
    const signed = shopText(whole);
    const bare = sign(null, bytes(signed), owner.key).toString('base64');
    const { signature } = JSON.parse(around(signed)) as { signature: string };
    expect(problem(around(signed).replace(signature, bare))).toBe('altered');
  });
});

describe('a file that nobody signed so', () => {
  const good = owner.sign(whole);
  it.each([
    ['half written', good.slice(0, good.length / 2), 'not-whole'],
    ['empty', '', 'not-whole'],
    ['zeros of a cut power', '\0'.repeat(400), 'not-whole'],
    ['with a mark at its beginning', `\ufeff${good}`, 'not-whole'],
    ['followed by more', `${good}{}`, 'not-whole'],
    ['followed by a line', `${good}\n`, 'altered'],
    ['laid out anew', JSON.stringify(JSON.parse(good), null, 2), 'altered'],
    ['with a key twice', good.replace('{"format"', '{"signed":"{}","format"'), 'altered'],
    ['with one key more', good.replace('{"format"', '{"more":1,"format"'), 'altered'],
    ['with a prototype', good.replace('{"format"', '{"__proto__":{"format":1},"format"'), 'altered'],
    ['with another sum', good.replace('\\"500\\"', '\\"900\\"'), 'altered'],
    ['of another format', good.replace('shop 1', 'shop 2'), 'newer'],
    ['of something else', '{"format":"counterfoil z report 1"}', 'foreign'],
    ['a list', '[]', 'foreign'],
    ['a number', '7', 'foreign'],
    ['nothing', 'null', 'foreign'],
    ['very deep', '['.repeat(MOST_BYTES), 'not-whole'],
    ['deep and whole', `${'['.repeat(MOST_BYTES / 2)}${']'.repeat(MOST_BYTES / 2)}`, 'foreign'],
    ['without its signature', good.replace(/"signature":"[^"]*"/, '"signature":""'), 'altered'],
    ['without a key', good.replace(owner.publicKey, ''), 'altered'],
    ['half a character', good.replace('Kopi', '\\ud83d'), 'altered'],
  ])('%s', (_what, text, reason) => {
    expect(problem(text)).toBe(reason);
  });

  it('is refused unread where it is too large', () => {
    expect(problem(Buffer.alloc(MOST_BYTES + 1, ' '))).toBe('too-large');
    expect(problem(Buffer.from([0xff, 0xfe, 0x7b]))).toBe('not-whole');
  });

  it('is refused whichever byte was altered, wherever it was cut', () => {
    const length = bytes(good).length;
    fc.assert(
      fc.property(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const altered = bytes(good);
        altered[at] = (altered[at] ?? 0) ^ by;
        expect(judge(altered).ok).toBe(false);
        expect(judge(bytes(good).subarray(0, at)).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('has no name that is read on where it is too long: accents take a second to put in order', () => {
    const read = shopSchema.safeParse(shopOf({ name: 'e\u0301\u0316'.repeat(20_000) }));
    expect(read.error?.issues).toMatchObject([{ code: 'too_big', path: ['name'] }]);
  });

  it('never ends a till, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.json().map(bytes)), (any) => {
        expect(judgeShop(any, trust, null).ok).toBe(false);
      }),
    );
  });

  it('takes a point that is none for no signature', () => {
    const zero = Buffer.alloc(32, 255).toString('base64');
    expect(readShopFile(bytes(good.replace(owner.publicKey, zero)), null)).toEqual({
      ok: false,
      error: 'altered',
    });
  });
});

describe('what the owner signed otherwise', () => {
  const text = shopText(whole);
  it.each([
    ['with a name twice', text.replace('{"version":7', '{"version":8,"version":7'), 'invalid'],
    ['with another spelling of a number', text.replace('"version":7', '"version":7.0'), 'invalid'],
    ['with a part of a newer program', text.replace('{"version"', '{"colours":1,"version"'), 'newer'],
    ['with a setting of a newer program', text.replace('"keypad"', '"loudness":1,"keypad"'), 'newer'],
    ['with an account of a newer program', text.replace('"members":', '"loyalty":'), 'newer'],
    ['with an account name that reads otherwise', text.replace('2150', '\u202e2150'), 'invalid'],
    ['with a sum that is none', text.replace('"500"', '"5e2"'), 'invalid'],
    ['with a name that reads otherwise', text.replace('Kopi Corner', '\u202eKopi'), 'invalid'],
    ['with an id that is two', text.replace('"p1"', '"p:1"'), 'invalid'],
    ['with a version of none', text.replace('"version":7', '"version":0'), 'invalid'],
    [
      'with what a manager declares',
      text.replace('"keypad"', '"tillNumbersDeclared":true,"keypad"'),
      'newer',
    ],
    ['with a person twice', text.replace(/"people":\[(.*?)\]/, '"people":[$1,$1]'), 'invalid'],
  ])('is refused %s', (_what, signed, reason) => {
    expect(signed).not.toBe(text);
    expect(problem(around(signed))).toBe(reason);
  });

  it('is refused with permissions for nobody', () => {
    const { people: _, ...others } = whole;
    const permissions = { acts: {}, balanceLimit: null, pointLimit: null } as never;
    expect(problem(owner.sign({ ...others, permissions }))).toBe('invalid');
  });
});

describe('a key', () => {
  it('is told by five groups, another for each', () => {
    expect(fingerprintOf(owner.publicKey)).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(fingerprintOf(owner.publicKey)).not.toBe(fingerprintOf(stranger.publicKey));
  });

  it('that a file names itself is only shown', () => {
    expect(readShopFile(bytes(stranger.sign(whole)), null)).toMatchObject({
      ok: true,
      value: { key: stranger.publicKey },
    });
  });
});
