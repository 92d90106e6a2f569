import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkNewPin, normalisePin } from '../../../main/people/credentials/pin-rules.ts';
import { makeRecoveryCode, normaliseRecoveryCode } from '../../../main/people/credentials/recovery-code.ts';
import { random } from './support.ts';

test.each(['4826', '90210', '739152', '482617395061', ' 4826 '])('takes %j', (pin) => {
  expect(checkNewPin(pin)).toEqual({ ok: true, value: pin.trim() });
});

test('full-width digits are the same PIN', () => {
  expect(checkNewPin('４８２６')).toEqual({ ok: true, value: '4826' });
  expect(normalisePin('４８26')).toBe('4826');
});

test.each(['', '482', '4826173950617', '48a6', '48 26', '-4826', '4８2.6', '٤٨٢٦'])(
  'refuses %j as no PIN',
  (pin) => {
    expect(checkNewPin(pin)).toEqual({
      ok: false,
      error: { code: 'manager-pin-weak', details: { rule: 'digits' } },
    });
  },
);

test.each(['0000', '111111', '1234', '0123', '7890', '4321', '3210', '1212', '123123', '2580', '１２３４'])(
  'refuses %j as easy',
  (pin) => {
    expect(checkNewPin(pin)).toEqual({
      ok: false,
      error: { code: 'manager-pin-weak', details: { rule: 'easy' } },
    });
  },
);

test('a recovery code is 100 bits in an alphabet that cannot be misread', () => {
  const codes = Array.from({ length: 200 }, () => makeRecoveryCode(random));
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
  expect(new Set(codes).size).toBe(200);
  expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
});

test('a code is read as people write it down', () => {
  const code = '7K3QX-0MZ4A-R1TWE-HB52N';
  const plain = '7K3QX0MZ4AR1TWEHB52N';
  for (const typed of [
    code,
    plain,
    code.toLowerCase(),
    '7k3qx omz4a rltwe hb52n',
    `  ${code}\n`,
    '７K3QX—OMZ4A—RITWE—HB52N',
  ]) {
    expect(normaliseRecoveryCode(typed)).toBe(plain);
  }
});

test('no text at all breaks the reading of a code or a PIN', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 64 }), (typed) => {
      const symbols = normaliseRecoveryCode(typed);
      expect(symbols === null || symbols.length === 20).toBe(true);
      const pin = checkNewPin(typed);
      expect(!pin.ok || /^\d{4,12}$/.test(pin.value)).toBe(true);
    }),
  );
});
