import { expect, it } from 'vitest';
import { occurrences } from './support/forms.ts';

const secret = 'a "secret" of >>>??? ü 17';
const canary = [{ kind: 'it', secret }];
const bytes = Buffer.from(secret);

it.each([
  ['plain', `before ${secret} after`],
  ['in JSON', JSON.stringify({ deep: [secret] })],
  ['in an address', `https://x.example/?q=${encodeURIComponent(secret)}&r`],
  ['UTF-16', Buffer.from(`ab${secret}`, 'utf16le')],
  ['hex', bytes.toString('hex')],
  ['HEX', bytes.toString('hex').toUpperCase()],
  ...['', '1', '12', '123'].map(
    (before) => ['base64', Buffer.from(`${before}${secret} after`).toString('base64')] as const,
  ),
  ['base64url', Buffer.from(`>?${secret}?>`).toString('base64url')],
] as const)('finds a secret %s', (form, text) => {
  expect(occurrences(Buffer.from(text), canary)).toContain(`it (${form})`);
});

it('finds nothing where it is not', () => {
  expect(occurrences(Buffer.from('a "secret" of >>>??? u 17'), canary)).toEqual([]);
});

it('finds bytes, and a number by itself alone', () => {
  const key = Buffer.from('00ff17a5', 'hex');
  expect(
    occurrences(Buffer.from(`x${key.toString('latin1')}`, 'latin1'), [{ kind: 'key', secret: key }]),
  ).toEqual(['key (bytes)']);
  const phone = [{ kind: 'phone', secret: '91235640' }];
  expect(occurrences(Buffer.from('1912356407 0.91235640,'), phone)).toEqual(['phone (plain)']);
  expect(occurrences(Buffer.from('1912356407'), phone)).toEqual([]);
});
