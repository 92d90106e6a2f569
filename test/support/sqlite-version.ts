/** Before it a write-ahead log that is begun anew may lose what another connection has committed. */
const oldest = [3, 51, 3];

/** Whether a SQLite of this version keeps what was committed. */
export function isSafeSqlite(version: string): boolean {
  const parts = version.split('.').map(Number);
  const place = oldest.findIndex((wanted, at) => parts[at] !== wanted);
  return place < 0 || (parts[place] ?? -1) > (oldest[place] ?? 0);
}
