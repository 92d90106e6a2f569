import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signerOf } from '../../../main/hosts/kybio/body.ts';
import { fromScaled } from '../../../main/kernel/scaled.ts';
import {
  MOST_CHARACTERS,
  type ReceiptCodeDesk,
  readReceiptCode,
  writeReceiptCode,
} from '../../../main/paper/slips/receipt-code.ts';
import { cutTo, type ReceiptCodeFacts } from '../../../main/paper/slips/receipt-code-facts.ts';
import { deriveReceiptCodeKey } from '../../../main/paper/slips/receipt-code-seal.ts';
import { amount, MAX_OWN_TENDER_LENGTH, MAX_TENDER_LENGTH } from '../../../preload/contract/index.ts';
import { forge } from './forge.ts';

const account = { host: 'https://area15-win.pospal.cn:443', appId: 'AB12CD34EF56' };
const desk: ReceiptCodeDesk = {
  account,
  key: deriveReceiptCodeKey('712345678901234567', account),
  isPractice: false,
};

const sum = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map((e4) => fromScaled(String(e4)));
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const id = fc
  .uint8Array({ minLength: 16, maxLength: 16 })
  .map((raw) => Buffer.from(raw).toString('base64url'));
const hex = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((raw) => Buffer.from(raw).toString('hex'));
const second = fc
  .integer({ min: 1_700_000_000, max: 4_000_000_000 })
  .map((unix) => new Date(unix * 1_000).toISOString().slice(0, 19).replace('T', ' '));
const short = fc.string({ unit: 'grapheme', maxLength: 5 }).map((text) => cutTo(text, 20));

const names = ['customerName', 'actor', 'till', 'customerNumber'] as const;

/** As the page hands a scan over. */
const LONGEST = 400;

const anyFacts: fc.Arbitrary<ReceiptCodeFacts> = fc.record({
  id,
  sequence: fc.integer({ min: 1, max: 9_999_999 }),
  till: short,
  kind: fc.constantFrom('top-up', 'award', 'reversal'),
  customerUid: fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map(String),
  customerNumber: fc.stringMatching(/^[A-Z0-9]{0,13}$/),
  customerName: short,
  balanceIncrement: sum,
  pointIncrement: sum,
  dataChangeTime: second,
  createdAtMs: fc.integer({ min: 1_700_000_000_000, max: 4_000_000_000_000 }),
  actor: short,
  corrects: orNull(id),
  isConfirmed: fc.boolean(),
  origin: fc.record({ tillId: hex, epoch: hex }),
  before: orNull(
    fc.record({ balance: sum, point: sum, atMs: fc.nat(4_000_000).map((at) => at * 1_000_000) }),
  ),
  terms: fc.record({
    tender: fc.constantFrom(null, 'cash', 'card', 'qr', 'transfer', 'own:券'),
    given: orNull(sum),
    bonus: orNull(sum),
    purchase: orNull(sum),
    bonusLetGo: orNull(sum),
    rulesVersion: orNull(fc.nat({ max: 100_000 })),
  }),
});

const sumOf12 = amount('-999999999999.9999');

const usual: ReceiptCodeFacts = {
  id: 'AAAAAAAAQACAAAAAAAAAAQ',
  sequence: 42,
  till: 'Counter 1',
  kind: 'top-up',
  customerUid: '1069876543210987654',
  customerNumber: 'FUN0012345640',
  customerName: 'Tan Mei Ling',
  balanceIncrement: amount('55.5'),
  pointIncrement: amount('50'),
  dataChangeTime: '2026-11-27 13:26:23',
  createdAtMs: 1_795_757_183_123,
  actor: 'cashier:Mei',
  corrects: null,
  isConfirmed: false,
  origin: { tillId: '00112233445566ff', epoch: 'ffeeddccbbaa9900' },
  before: { balance: amount('120'), point: amount('340'), atMs: 1_795_757_001_000 },
  terms: {
    ...{ tender: 'cash', given: amount('60'), bonus: amount('5.5') },
    ...{ purchase: null, bonusLetGo: null, rulesVersion: 3 },
  },
};

const written = (facts: ReceiptCodeFacts, at = desk): string => {
  const text = writeReceiptCode(at, facts);
  if (text === null) throw new Error('not written');
  return text;
};
const problemOf = (text: string, at = desk) => {
  const read = readReceiptCode(at, text);
  return read.ok ? null : read.problem;
};

it('says every fact that fits, in digits and capital letters of a QR that a narrow printer prints well', () => {
  fc.assert(
    fc.property(anyFacts, (facts) => {
      const text = written(facts);
      expect(text).toMatch(/^CFS1[0-9A-HJ-NP-X]+$/);
      expect(text.length).toBeLessThanOrEqual(LONGEST);
      const read = readReceiptCode(desk, text);
      expect(read.ok).toBe(true);
      if (!read.ok) return;
      const said = { ...read.facts };
      for (const name of names) {
        expect(['', facts[name]]).toContain(said[name]);
        said[name] = facts[name];
      }
      // The last to go.
      if (read.facts.customerNumber === '' && said.before === null) said.before = facts.before;
      expect(said).toEqual(facts);
    }),
  );
});

it('is short, and leaves names out before anything that counts', () => {
  expect(readReceiptCode(desk, written(usual))).toEqual({ ok: true, facts: usual });
  expect(written(usual).length).toBeLessThanOrEqual(MOST_CHARACTERS);
  const wide = {
    ...usual,
    customerName: '陈'.repeat(100),
    actor: `cashier:${'美'.repeat(80)}`,
    till: '柜'.repeat(90),
  };
  const text = written({ ...wide, corrects: usual.id });
  expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(readReceiptCode(desk, text)).toMatchObject({
    ok: true,
    facts: {
      id: usual.id,
      customerUid: usual.customerUid,
      customerName: '',
      actor: '',
      ...{ till: '', customerNumber: usual.customerNumber },
      before: usual.before,
    },
  });
});

it('has room for a reversal by a way to pay of the shop’s own', () => {
  const { terms, ...reversal } = { ...usual, kind: 'reversal', corrects: usual.id } as const;
  const text = written({
    ...reversal,
    ...{ balanceIncrement: amount('-1000.55'), pointIncrement: amount('-1000'), sequence: 1_234 },
    terms: {
      ...terms,
      tender: 'own:会员储值卡',
      given: null,
      bonus: amount('-123.45'),
      bonusLetGo: amount('12.34'),
    },
    before: { balance: amount('1234.56'), point: amount('12345'), atMs: usual.createdAtMs - 864e5 },
  });
  expect(text.length).toBeLessThanOrEqual(MOST_CHARACTERS);
  expect(readReceiptCode(desk, text)).toMatchObject({ facts: { before: { balance: '1234.56' } } });
});

it('says a way to pay of the shop’s own whole, however long its name is', () => {
  const long = { ...usual.terms, given: sumOf12, bonus: sumOf12, purchase: sumOf12, bonusLetGo: sumOf12 };
  const { id: corrects } = usual;
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: MAX_OWN_TENDER_LENGTH }),
      fc.constantFrom('top-up', 'reversal'),
      (name, kind) => {
        const tender = Buffer.from(`own:${name}`.slice(0, MAX_TENDER_LENGTH)).toString();
        const text = written({ ...usual, kind, corrects, terms: { ...long, tender } });
        expect(text.length).toBeLessThanOrEqual(LONGEST);
        expect(readReceiptCode(desk, text)).toMatchObject({ facts: { terms: { tender } } });
      },
    ),
    { examples: [['券'.repeat(MAX_OWN_TENDER_LENGTH), 'reversal']] },
  );
});

it('the same entry gives the same slip', () => {
  expect(written(usual)).toBe(written({ ...usual }));
  expect(written(usual)).not.toBe(written({ ...usual, isConfirmed: true }));
});

it('is read as a scanner types it: any case, wide characters, a line break', () => {
  const text = written(usual);
  const wide = text.replace(/./g, (narrow) => String.fromCharCode(narrow.charCodeAt(0) + 0xfee0));
  for (const typed of [text.toLowerCase(), wide, `${text}\r\n`])
    expect(readReceiptCode(desk, typed)).toMatchObject({ ok: true, facts: { id: usual.id } });
});

it('any character that is another, missing or too many is refused', () => {
  const text = written(usual);
  const alphabet = '0123456789ABCDEFGHJKLMNPQRSTUVWX';
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.constantFrom(...Array.from(alphabet)), (at, other) => {
      const altered = text.slice(0, at) + other + text.slice(at + 1);
      fc.pre(altered !== text);
      expect(['damaged', 'not-a-slip', 'newer']).toContain(problemOf(altered));
    }),
  );
  for (let length = 0; length < text.length; length += 1)
    expect(['damaged', 'not-a-slip']).toContain(problemOf(text.slice(0, length)));
  expect(problemOf(`${text}0`)).toBe('damaged');
});

it('whoever reckons the sum anew is still found out by the seal', () => {
  const text = written({ ...usual, balanceIncrement: amount('5') });
  const other = written({ ...usual, balanceIncrement: amount('500') });
  // Header and seal of one with the facts of the other; the sum is anybody's to reckon.
  const forged = forge(text, other);
  expect(problemOf(forged)).toBe('forged');
});

it('tells another shop, another key, and the practice store by name, and offers nothing of them', () => {
  const text = written(usual);
  const elsewhere = { ...account, appId: 'ZZ' };
  expect(
    problemOf(text, {
      ...desk,
      account: elsewhere,
      key: deriveReceiptCodeKey('712345678901234567', elsewhere),
    }),
  ).toBe('other-shop');
  expect(problemOf(text, { ...desk, key: deriveReceiptCodeKey('712345678901234568', account) })).toBe(
    'other-key',
  );
  expect(problemOf(text, { ...desk, isPractice: true })).toBe('live');
  expect(problemOf(written(usual, { ...desk, isPractice: true }))).toBe('practice');
  expect(problemOf(`CFS2${text.slice(4)}`)).toBe('newer');
  expect(problemOf(`CFS0${text.slice(4)}`)).toBe('damaged');
  expect(problemOf('FUN0012345640')).toBe('not-a-slip');
  expect(problemOf('')).toBe('not-a-slip');
});

it('shows nothing of the member, and nothing that could be sent to KYBIO', () => {
  const signed = signerOf('712345678901234567').sign({ ...usual, appId: account.appId });
  const text = written(usual);
  const bytes = Buffer.from(text);
  for (const secret of ['FUN0012345640', '1069876543210987654', 'Tan', 'Mei', account.appId, '7123456789'])
    expect(bytes.includes(secret)).toBe(false);
  const read = readReceiptCode(desk, text);
  expect(JSON.stringify(read)).not.toContain(signed.signature);
  expect(JSON.stringify(read)).not.toContain('appId');
});

it('an entry that cannot be said exactly has none', () => {
  expect(writeReceiptCode(desk, { ...usual, id: 'not ours' })).toBeNull();
  expect(writeReceiptCode(desk, { ...usual, customerUid: '007' })).toBeNull();
  expect(writeReceiptCode(desk, { ...usual, dataChangeTime: 'never' })).toBeNull();
});
