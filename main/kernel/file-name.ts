/** Chinese takes three bytes a character, and a name has 255 on Linux. */
const MOST_BYTES = 240;

function cut(name: string): string {
  let stays = Array.from(name.trim());
  while (Buffer.byteLength(stays.join('')) > MOST_BYTES) stays = stays.slice(0, -1);
  return stays.join('').trim();
}

/** What Windows forbids in a name, in full width: two names that differ stay two. */
const inFullWidth = (char: string): string => String.fromCodePoint((char.codePointAt(0) ?? 0) + 0xfee0);

/** A file's name out of its parts, as `Z1 Counter 2 2026-11-29.json`; every file system takes it. */
export function fileNameOf(parts: readonly (string | number)[], ending: string): string {
  const name = parts
    .join(' ')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replace(/[<>:"/\\|?*]/g, inFullWidth);
  return `${cut(name)}.${ending}`;
}
