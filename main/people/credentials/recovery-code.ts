import type { Random } from '../../kernel/ports.ts';

// Crockford's base 32: no I, L, O or U, which people misread (https://www.crockford.com/base32.html).
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const onlyOurs = new RegExp(`^[${alphabet}]+$`);
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** 100 random bits as four groups of five, e.g. `7K3QX-0MZ4A-R9TWE-HB52N`. */
export function makeRecoveryCode(random: Pick<Random, 'bytes'>): string {
  const symbols = [...random.bytes(GROUPS * GROUP_LENGTH)].map((byte) => alphabet[byte & 31] ?? '');
  return Array.from({ length: GROUPS }, (_, group) =>
    symbols.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join(''),
  ).join('-');
}

/** The 20 symbols of a typed code; null where it cannot be one. */
export function normaliseRecoveryCode(typed: string): string | null {
  const symbols = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  const isCode = symbols.length === GROUPS * GROUP_LENGTH && onlyOurs.test(symbols);
  return isCode ? symbols : null;
}
