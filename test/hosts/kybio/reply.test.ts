import fc from 'fast-check';
import { LosslessNumber } from 'lossless-json';
import { describe, expect, it } from 'vitest';
import { parseReply } from '../../../main/hosts/kybio/reply.ts';
import { isJavaLong, readAmount, readUid } from '../../../main/hosts/kybio/values.ts';
import { sameMember } from '../../../main/hosts/port/member-id.ts';
import { subtractAmounts } from '../../../preload/contract/index.ts';

const reasonOf = (body: string | Buffer): string => {
  const parsed = parseReply(Buffer.from(body));
  return parsed.ok ? parsed.value.status : parsed.error;
};

describe('KYBIO’s envelope', () => {
  it.each([
    ['', 'empty'],
    [' \r\n\t', 'empty'],
    ['<!DOCTYPE html><html></html>', 'html'],
    ['  <html>{"status":"success"}</html>', 'html'],
    ['{"status":"success"', 'not-json'],
    ['{"status":"success"}}', 'not-json'],
    ['OK', 'not-json'],
    ['{"status":"success","status":"error"}', 'not-json'],
    ['{"ok":true}', 'no-status'],
    ['{"status":200}', 'no-status'],
    ['{"status":"fail"}', 'no-status'],
    ['{"status":null}', 'no-status'],
    ['{"Status":"success"}', 'no-status'],
    ['[{"status":"success"}]', 'no-status'],
    ['"success"', 'no-status'],
    ['12', 'no-status'],
    ['null', 'no-status'],
    ['{"status":"SUCCESS"}', 'success'],
    ['{"status":"Error"}', 'error'],
    ['\ufeff{"status":"success"}', 'success'],
  ])('in %j is %s', (body, reason) => {
    expect(reasonOf(body)).toBe(reason);
  });

  it('may lack messages and errorCode', () => {
    expect(parseReply(Buffer.from('{"status":"success","data":{}}'))).toEqual({
      ok: true,
      value: { status: 'success', messages: [], errorCode: null, data: {} },
    });
  });

  it.each([
    ['"one"', ['one']],
    ['null', []],
    ['["a",null,"",7,{"x":1},"b"]', ['a', '7', 'b']],
    ['[]', []],
    ['{}', []],
  ])('takes messages %s', (messages, expected) => {
    const parsed = parseReply(Buffer.from(`{"status":"error","messages":${messages}}`));
    expect(parsed.ok && parsed.value.messages).toEqual(expected);
  });

  it.each([
    ['1001', '1001'],
    ['"E7"', 'E7'],
    ['null', null],
    ['""', null],
    ['99999999999999999999', '99999999999999999999'],
  ])('takes errorCode %s', (errorCode, expected) => {
    const parsed = parseReply(Buffer.from(`{"status":"error","errorCode":${errorCode}}`));
    expect(parsed.ok && parsed.value.errorCode).toBe(expected);
  });

  it('is refused, not crashed on, however deep it nests', () => {
    const deep = '['.repeat(2_000_000);
    expect(reasonOf(`{"status":"success","data":${deep}`)).toBe('not-json');
    expect(reasonOf(`{"status":"success","data":${'{"a":'.repeat(200_000)}`)).toBe('not-json');
    expect(reasonOf(`{"status":"success","data":"${'['.repeat(200)}"}`)).toBe('success');
  });

  it('cannot reach the prototype', () => {
    const parsed = parseReply(Buffer.from('{"__proto__":{"status":"success"},"constructor":1}'));
    expect(parsed).toEqual({ ok: false, error: 'no-status' });
    expect(Object.hasOwn(Object.prototype, 'status')).toBe(false);
  });

  it('is found or refused in any bytes, without a throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof parseReply(Buffer.from(bytes)).ok).toBe('boolean');
      }),
    );
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(typeof parseReply(Buffer.from(json)).ok).toBe('boolean');
        expect(reasonOf(`{"status":"success","data":${json}}`)).toBe('success');
      }),
    );
  });
});

describe('an amount of a reply', () => {
  it.each([
    ['100', '100'],
    ['12.50', '12.50'],
    ['1E+2', '100'],
    ['1e2', '100'],
    ['1.5E1', '15'],
    ['4.0050E2', '400.50'],
    ['5E-2', '0.05'],
    ['1234e-2', '12.34'],
    ['-1.5e-3', '-0.0015'],
    ['0E+30', '0'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['0.30000001', '0.30000001'],
    ['0.30000000000000004', '0.3'],
    ['110.0000000000001', '110'],
    ['69.99999999999999', '70'],
    ['-0.19999999999999998', '-0.2'],
    ['9007199254740993.0001', '9007199254740993.0001'],
  ])('%s is %s, as number and as text', (text, expected) => {
    expect(readAmount(text)).toBe(expected);
    expect(readAmount(` ${text} `)).toBe(expected);
    expect(readAmount(new LosslessNumber(text))).toBe(expected);
  });

  it.each([
    '',
    'abc',
    '1,000',
    '.5',
    '5.',
    '１００',
    '1e',
    '0x1',
    'Infinity',
    '1e999',
    `1${'0'.repeat(40)}`,
    '1e-40',
  ])('%j is none', (text) => {
    expect(readAmount(text)).toBeNull();
  });

  it('loses the leading zeros of a text', () => {
    expect(readAmount('007')).toBe('7');
  });

  it('is not taken from anything but numbers and texts', () => {
    for (const value of [null, undefined, true, {}, [], ['1']]) expect(readAmount(value)).toBeNull();
  });

  it('is exact for every decimal that is no float’s noise', () => {
    const decimal = fc.tuple(
      fc.bigInt({ min: 1n - 10n ** 28n, max: 10n ** 28n - 1n }),
      fc.stringMatching(/^\d{1,8}$/),
    );
    fc.assert(
      fc.property(decimal, ([whole, fraction]) => {
        const text = `${whole}.${fraction}`;
        expect(readAmount(text)).toBe(text);
      }),
    );
  });
});

it('two amounts that differ by a whole one still do without the noise', () => {
  const noisy = fc.tuple(fc.integer({ min: -1_000, max: 1_000 }), fc.stringMatching(/^\d{9,20}$/));
  fc.assert(
    fc.property(noisy, ([whole, fraction]) => {
      const [from, to] = [`${whole}.${fraction}`, `${whole + Math.sign(whole || 1)}.${fraction}`].map(
        readAmount,
      );
      if (from == null || to == null) throw new Error('unreadable');
      expect(Math.abs(Number(subtractAmounts(to, from)))).toBe(1);
    }),
  );
});

describe('an id of a reply', () => {
  it.each([
    ['677793671220529313', '677793671220529313'],
    ['2.3160763945971846E17', '231607639459718460'],
    ['12.0', '12'],
    ['-5', '-5'],
    ['12.5', null],
    ['', null],
    ['abc', null],
    ['123456789012345678901', null],
  ])('%s is %s', (text, expected) => {
    expect(readUid(text)).toBe(expected);
  });

  it('is usable only within a Java Long', () => {
    expect(isJavaLong('9223372036854775807')).toBe(true);
    expect(isJavaLong('-9223372036854775808')).toBe(true);
    expect(isJavaLong('9223372036854775808')).toBe(false);
    expect(isJavaLong('-9223372036854775809')).toBe(false);
    expect(isJavaLong('01')).toBe(false);
  });
});

describe('the same member', () => {
  it.each([
    ['231607639459718452', '231607639459718452'],
    // KYBIO's own sample.
    ['231607639459718452', '231607639459718460'],
    // The same double, written out in full.
    ['231607639459718452', '231607639459718464'],
    ['9007199254740993', '9007199254740992'],
    ['9223372036854775807', '9223372036854776000'],
    ['9223372036854775807', '9223372036854775808'],
    ['5', '5'],
  ])('%s may come back as %s', (request, reply) => {
    expect(sameMember(request, reply)).toBe(true);
  });

  it.each([
    ['231607639459718452', '231607639459718453'],
    ['231607639459718452', '231607639459718450'],
    ['231607639459718452', '231607639459718470'],
    // The other way round: the exact id was never asked for.
    ['231607639459718460', '231607639459718452'],
    ['9007199254740992', '9007199254740993'],
    ['9007199254740991', '9007199254740992'],
    ['5', '6'],
    ['5', '-5'],
  ])('%s never comes back as %s', (request, reply) => {
    expect(sameMember(request, reply)).toBe(false);
  });
});
