/** The simulated ledger counts in hundredths; it is no part of the product. */

export function hundredths(text: string): number {
  const negative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const value = Number(whole) * 100 + Number(fraction.padEnd(2, '0').slice(0, 2));
  return negative ? -value : value;
}

export function decimal(value: number): string {
  const size = Math.abs(value);
  const fraction = String(size % 100).padStart(2, '0');
  return `${value < 0 ? '-' : ''}${Math.floor(size / 100)}.${fraction}`;
}
