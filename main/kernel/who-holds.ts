import { askPowerShell } from './power-shell.ts';

/** The environment variable with the file's path for PowerShell. */
const HELD_FILE = 'COUNTERFOIL_HELD_FILE';

/** Windows' Restart Manager, which knows who has a file open. */
const RESTART_MANAGER = [
  'using System; using System.Text; using System.Runtime.InteropServices;',
  'public static class Rm {',
  'const string Dll = "rstrtmgr.dll";',
  '[StructLayout(LayoutKind.Sequential)] public struct Id { public int Process; public System.Runtime.InteropServices.ComTypes.FILETIME Start; }',
  '[StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)] public struct Info { public Id Id;',
  '[MarshalAs(UnmanagedType.ByValTStr, SizeConst = 256)] public string Name;',
  '[MarshalAs(UnmanagedType.ByValTStr, SizeConst = 64)] public string Service;',
  'public int Type; public uint Status; public uint Session; public int Restartable; }',
  '[DllImport(Dll, CharSet = CharSet.Unicode)] static extern int RmStartSession(out uint session, int flags, StringBuilder key);',
  '[DllImport(Dll)] static extern int RmEndSession(uint session);',
  '[DllImport(Dll, CharSet = CharSet.Unicode)] static extern int RmRegisterResources(uint session, uint files, string[] names, uint programs, IntPtr ids, uint services, IntPtr of);',
  '[DllImport(Dll, CharSet = CharSet.Unicode)] static extern int RmGetList(uint session, out uint needed, ref uint count, [In, Out] Info[] list, out uint reasons);',
  'public static void Tell(string file) { uint session, needed, reasons, count = 16; var list = new Info[16];',
  'if (RmStartSession(out session, 0, new StringBuilder(64)) != 0) return;',
  'try { if (RmRegisterResources(session, 1, new string[] { file }, 0, IntPtr.Zero, 0, IntPtr.Zero) != 0) return;',
  'if (RmGetList(session, out needed, ref count, list, out reasons) != 0) return;',
  'for (int at = 0; at < count; at++) Console.WriteLine(list[at].Name);',
  '} finally { RmEndSession(session); } } }',
].join(' ');
const COMMAND = `[Console]::OutputEncoding = [Text.Encoding]::UTF8; Add-Type -TypeDefinition '${RESTART_MANAGER}'; [Rm]::Tell($env:${HELD_FILE})`;

/** A slow PC takes seconds to compile the calls. */
const TIMEOUT_MS = 8_000;
const MOST = 3;

/** The programs named, one a line, joined for a sentence; null where none was. */
export function programsIn(said: string): string | null {
  const names = new Set(said.split(/\r?\n/).map((name) => name.trim().slice(0, 80)));
  names.delete('');
  return names.size === 0 ? null : [...names].slice(0, MOST).join(', ');
}

/** Which programs hold a file, by Windows' names; null where it does not say, or PowerShell is not allowed. */
export const whoHolds = async (path: string): Promise<string | null> =>
  programsIn((await askPowerShell(COMMAND, { [HELD_FILE]: path }, TIMEOUT_MS)) ?? '');
