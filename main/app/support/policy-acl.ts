/** Administrators, the system, and what installs Windows; in SDDL's own words or by their ids. */
const administrators: ReadonlySet<string> = new Set([
  'BA',
  'SY',
  'S-1-5-32-544',
  'S-1-5-18',
  'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
]);

/** SDDL's words for rights of a file, as their bits. */
const bitsOf: Readonly<Record<string, number>> = {
  CC: 0x1,
  DC: 0x2,
  LC: 0x4,
  SW: 0x8,
  RP: 0x10,
  WP: 0x20,
  DT: 0x40,
  LO: 0x80,
  CR: 0x100,
  SD: 0x10000,
  RC: 0x20000,
  WD: 0x40000,
  WO: 0x80000,
  FA: 0x1f01ff,
  FR: 0x120089,
  FW: 0x120116,
  FX: 0x1200a0,
  GA: 0x10000000,
  GX: 0x20000000,
  GW: 0x40000000,
  GR: 0x80000000,
};

/** To take away, give to others, take over, or all of it. */
const TAKE_OVER = 0x10000 | 0x40000 | 0x80000 | 0x10000000;
/** What alters a file; in a folder, what takes another's file away. A file that is new there has its maker as owner. */
const alters = {
  file: TAKE_OVER | 0x2 | 0x4 | 0x40000000,
  folder: TAKE_OVER | 0x40,
} as const;

/** Null for what is not known. */
function maskOf(rights: string): number | null {
  if (/^0x[0-9a-f]{1,8}$/i.test(rights)) return Number(rights);
  const words = rights.match(/../g) ?? [];
  if (words.join('') !== rights) return null;
  return words.reduce<number | null>((sum, word) => {
    const bits = bitsOf[word];
    return sum === null || bits === undefined ? null : (sum | bits) >>> 0;
  }, 0);
}

/** A denial takes nothing from an allowance that it stands behind, so none is relied on. */
function mayAlter(entry: string, of: keyof typeof alters): boolean {
  const [type = '', flags = '', rights = '', , , who = ''] = entry.split(';');
  if (type === 'D' || administrators.has(who)) return false;
  // For what will be made in the folder, not for it.
  if (/^(?:..)*IO/.test(flags)) return false;
  const mask = maskOf(rights);
  return type !== 'A' || mask === null || (mask & alters[of]) !== 0;
}

/** Whether Windows' security descriptor, as SDDL, lets nobody but an administrator alter it; what is not understood does not. */
export function isAdministratorsAlone(sddl: string, of: keyof typeof alters): boolean {
  const [, owner = '', list] =
    /^O:(S-1-[0-9-]+|[A-Z]{2})(?:G:(?:S-1-[0-9-]+|[A-Z]{2}))?D:(?:P|AI|AR)*((?:\([^()]*\))+)$/.exec(
      sddl.trim(),
    ) ?? [];
  if (list === undefined || !administrators.has(owner)) return false;
  return !list
    .slice(1, -1)
    .split(')(')
    .some((entry) => mayAlter(entry, of));
}
